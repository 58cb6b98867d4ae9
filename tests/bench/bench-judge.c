/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* bench-judge FILE: reads a file, judges, mends and merges its lines, and writes what is to be sent, as
 * `sort -u` would. On standard error it says how many lines there were, what became of them, and how
 * many microseconds of a processor the judging alone took. */

#include <stdio.h>
#include <time.h>

#include "purge-reading.h"

static void
write_urls (const PurgeReading *reading)
{
  for (guint i = 0; i < purge_reading_get_n_items (reading); i++)
    {
      const PurgeReadingItem *item = purge_reading_get_item (reading, i);

      if (item->problem == PURGE_PROBLEM_NONE && item->duplicate_of == 0)
        {
          fputs (item->url, stdout);
          putc ('\n', stdout);
        }
    }
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (PurgeReading) reading = NULL;
  g_autoptr (GError) error = NULL;
  char *text;
  gsize length;
  clock_t begun;
  clock_t took;

  if (argc != 2 || !g_file_get_contents (argv[1], &text, &length, &error))
    {
      g_printerr ("bench-judge: %s\n", error != NULL ? error->message : "FILE is missing");
      return 1;
    }

  begun = clock ();
  reading = purge_reading_new_take (text, length);
  took = clock () - begun;

  write_urls (reading);
  g_printerr ("%u %u %u %.0f\n", purge_reading_get_n_items (reading),
              purge_reading_get_n_problems (reading), purge_reading_get_n_duplicates (reading),
              took * 1e6 / CLOCKS_PER_SEC);
  return fflush (stdout) == 0 ? 0 : 1;
}
