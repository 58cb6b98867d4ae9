/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What no program with these libraries starts faster than: it prints a line, and is linked so that it
 * loads all that cdn-purge-cli loads. */

#include <glib.h>

int
main (void)
{
  g_print ("limit 0\n");
  return 0;
}
