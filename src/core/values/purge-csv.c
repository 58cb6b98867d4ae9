/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Tables as CSV (RFC 4180), made safe for spreadsheets. Knows quoting, and which cells a spreadsheet
 * would take for a formula; does not know what the table is about. Lines end in a bare line feed, as
 * everything does that goes through a pipe; every spreadsheet takes that. */

#define G_LOG_DOMAIN "purge-csv"

#include "config.h"

#include "purge-csv.h"

#include <string.h>

/* A server must not be able to have a spreadsheet do something. */
#define FORMULA_BEGINNINGS "=+-@\t\r"

static void
append_cell (GString    *csv,
             const char *cell)
{
  g_autofree char *safe =
    *cell != '\0' && strchr (FORMULA_BEGINNINGS, *cell) != NULL ? g_strconcat ("'", cell, NULL)
                                                                : g_strdup (cell);

  if (strpbrk (safe, ",\"\r\n") == NULL)
    {
      g_string_append (csv, safe);
      return;
    }

  g_string_append_c (csv, '"');
  for (const char *c = safe; *c != '\0'; c++)
    {
      if (*c == '"')
        g_string_append_c (csv, '"');
      g_string_append_c (csv, *c);
    }
  g_string_append_c (csv, '"');
}

/**
 * purge_csv_append_row:
 * @csv: the table so far
 * @cells: (array length=n_cells): the cells, UTF-8; %NULL is an empty one
 * @n_cells: how many
 *
 * Adds one row. A cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage return gets an
 * apostrophe in front, since a spreadsheet would take it for a formula.
 */
void
purge_csv_append_row (GString            *csv,
                      const char * const *cells,
                      guint               n_cells)
{
  g_return_if_fail (csv != NULL);
  g_return_if_fail (cells != NULL);

  for (guint i = 0; i < n_cells; i++)
    {
      if (i > 0)
        g_string_append_c (csv, ',');
      append_cell (csv, cells[i] != NULL ? cells[i] : "");
    }

  g_string_append_c (csv, '\n');
}
