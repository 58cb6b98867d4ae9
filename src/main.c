/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The window's entry point. */

#define G_LOG_DOMAIN "purge-main"

#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "purge-application.h"
#include "purge-environment.h"
#include "purge-location.h"

int
main (int   argc,
      char *argv[])
{
  g_autoptr (PurgeApplication) application = NULL;

  purge_environment_harden ();
  setlocale (LC_ALL, "");
  purge_location_bind_translations ();
  g_set_application_name (_("CDN Purge"));

  application = purge_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
