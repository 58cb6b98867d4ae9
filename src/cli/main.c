/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The command line's entry point: surroundings first, then the program. */

#define G_LOG_DOMAIN "purge-cli-main"

#include "config.h"

#include <glib.h>

#include "purge-cli.h"
#include "purge-cli-terminal.h"
#include "purge-environment.h"
#include "purge-place.h"

int
main (int    argc,
      char **argv)
{
  g_auto (GStrv) arguments = NULL;

  purge_environment_harden ();
  purge_cli_terminal_keep_streams ();

  purge_place_set_language ();
  g_set_prgname ("cdn-purge-cli");

  arguments = g_strdupv (argv);
  return purge_cli_main (&arguments);
}
