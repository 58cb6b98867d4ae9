/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* bench-history N PER-SUBMISSION: fills a journal with N entries, so many a submission, and searches it
 * as the window does while somebody types. Says of each search how many submissions its first page has,
 * how many milliseconds it took from the call to the answer, and how many of a processor; and before
 * that how many it took to store a submission and to delete one. */

#include <stdlib.h>
#include <time.h>

#include "journal-sync.h"
#include "purge-history.h"
#include "scratch.h"
#include "timing.h"

#define N_ROUNDS 15

/* Every entry; many; one in a thousand; what only the oldest and only the newest submission has; what
 * is nowhere; three characters of which each is everywhere, and which are nowhere together. */
static const char * const searches[] = {
  "exa", "/images/", "/77/", "oldest", "newest", "nowhere", "zzz", "eht",
};

static GStrv
dup_urls (guint       n,
          guint       first,
          const char *word)
{
  static const char * const sections[] = { "news", "images", "video", "archive", "products" };
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = first; i < first + n; i++)
    {
      g_autofree char *url =
        g_strdup_printf ("https://www.example%u.com/%s/%u/%x/%s", i % 50,
                         sections[i % G_N_ELEMENTS (sections)], i % 1000, i * 2654435761u, word);

      g_strv_builder_add (builder, url);
    }

  return g_strv_builder_end (builder);
}

static gint64
submit (PurgeJournal *journal,
        guint         n,
        guint         first,
        const char   *word)
{
  g_auto (GStrv) urls = dup_urls (n, first, word);
  g_autoptr (PurgeSubmission) submission =
    sample_submit (journal, (const char * const *) urls, 20);

  return submission->id;
}

static void
measure_changes (PurgeJournal *journal,
                 guint         per_submission)
{
  double stored[N_ROUNDS];
  double deleted[N_ROUNDS];

  for (guint i = 0; i < N_ROUNDS; i++)
    {
      gint64 begun = g_get_monotonic_time ();
      const gint64 id = submit (journal, per_submission, i, "");

      stored[i] = timing_get_ms (begun);
      begun = g_get_monotonic_time ();
      journal_sync_remove (journal, id, NOW, NULL);
      deleted[i] = timing_get_ms (begun);
    }

  g_print ("store %.3f\ndelete %.3f\n", timing_get_median (stored, N_ROUNDS),
           timing_get_median (deleted, N_ROUNDS));
}

static void
measure_search (PurgeJournal *journal,
                const char   *search)
{
  double times[N_ROUNDS];
  double cpu_times[N_ROUNDS];
  guint n = 0;

  for (guint i = 0; i < N_ROUNDS; i++)
    {
      const gint64 begun = g_get_monotonic_time ();
      const clock_t cpu_begun = clock ();
      g_autoptr (GPtrArray) page = journal_sync_list (journal, search, 0, PURGE_HISTORY_PAGE);

      times[i] = timing_get_ms (begun);
      cpu_times[i] = (clock () - cpu_begun) * 1000.0 / CLOCKS_PER_SEC;
      n = page->len;
    }

  g_print ("search %s %u %.3f %.3f\n", search, n, timing_get_median (times, N_ROUNDS),
           timing_get_median (cpu_times, N_ROUNDS));
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (Scratch) folder = scratch_new ();
  g_autofree char *path = g_build_filename (folder, "history.sqlite", NULL);
  g_autoptr (PurgeJournal) journal = journal_sync_new (path);
  const guint n = argc == 3 ? strtoul (argv[1], NULL, 10) : 0;
  const guint per_submission = argc == 3 ? strtoul (argv[2], NULL, 10) : 0;

  if (n == 0 || per_submission == 0)
    {
      g_printerr ("bench-history N PER-SUBMISSION\n");
      return 1;
    }

  for (guint i = 0; i < n; i += per_submission)
    {
      const gboolean newest = i + per_submission >= n;

      submit (journal, per_submission, i, i == 0 ? "oldest/" : newest ? "newest/" : "");
    }

  measure_changes (journal, per_submission);
  for (guint i = 0; i < G_N_ELEMENTS (searches); i++)
    measure_search (journal, searches[i]);

  return 0;
}
