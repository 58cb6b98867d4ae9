/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The window's entry point. */

#define G_LOG_DOMAIN "purge-main"

#include "config.h"

#include <glib/gi18n.h>
#include <gtk/gtk.h>

#include "purge-application.h"
#include "purge-environment.h"
#include "purge-place.h"

int
main (int   argc,
      char *argv[])
{
  g_autoptr (PurgeApplication) application = NULL;

  purge_environment_harden ();
  purge_place_set_language ();
  gtk_disable_setlocale ();
  g_set_application_name (_("CDN Purge"));

  application = purge_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
