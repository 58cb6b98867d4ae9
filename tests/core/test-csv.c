/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Cells as a spreadsheet reads them, and never as a formula. */

#include "purge-csv.h"

static const struct
{
  const char *name;
  const char *cell;
  const char *csv;
} cells[] = {
  { "plain", "https://www.example.com/a/", "https://www.example.com/a/\n" },
  { "empty", "", "\n" },
  { "absent", NULL, "\n" },
  { "comma", "a,b", "\"a,b\"\n" },
  { "quotation mark", "a \"b\" c", "\"a \"\"b\"\" c\"\n" },
  { "line feed", "a\nb", "\"a\nb\"\n" },
  { "carriage return", "a\rb", "\"a\rb\"\n" },
  { "formula", "=1+1", "'=1+1\n" },
  { "formula with a comma", "=A(1,2)", "\"'=A(1,2)\"\n" },
  { "plus", "+1", "'+1\n" },
  { "minus", "-9015", "'-9015\n" },
  { "at", "@x", "'@x\n" },
  { "tab", "\t=1", "'\t=1\n" },
  { "return", "\r=1", "\"'\r=1\"\n" },
  { "equals later", "a=b", "a=b\n" },
  { "blank first", " =1", " =1\n" },
  { "apostrophe", "'=1", "'=1\n" },
  { "not ASCII", "域名", "域名\n" },
};

static void
test_cells (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    {
      g_autoptr (GString) csv = g_string_new (NULL);

      g_test_message ("%s", cells[i].name);
      purge_csv_append_row (csv, &cells[i].cell, 1);
      g_assert_cmpstr (csv->str, ==, cells[i].csv);
    }
}

static void
test_rows (void)
{
  const char * const first[] = { "a", NULL, "=c" };
  const char * const second[] = { "1", "2,3", "" };
  g_autoptr (GString) csv = g_string_new (NULL);

  purge_csv_append_row (csv, first, G_N_ELEMENTS (first));
  purge_csv_append_row (csv, second, G_N_ELEMENTS (second));
  g_assert_cmpstr (csv->str, ==, "a,,'=c\n1,\"2,3\",\n");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/csv/cells", test_cells);
  g_test_add_func ("/csv/rows", test_rows);

  return g_test_run ();
}
