/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What the journal costs: per batch (the promise is 5 ms on an ordinary disk), and at the start with
 * a history of 100,000 directories and with none. It measures and judges nothing: how fast a disk is
 * says nothing of the program. */

#include "purge-journal.h"

#include <glib/gstdio.h>

#include "database-sync.h"
#include "journal-sync.h"
#include "scratch.h"
#include "timing.h"

#define N_BATCHES 300
#define N_ROUNDS 9
#define HISTORY 100000
#define PER_SUBMISSION 1000

static GStrv
dup_urls (guint n,
          guint salt)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *url =
        g_strdup_printf ("https://www.example%u.com/section/%u/%u/", salt % 50, salt, i);

      g_strv_builder_add (builder, url);
    }

  return g_strv_builder_end (builder);
}

/* What a request adds to itself: on disk before it leaves, and its verdict. */
static double
measure_batch (const char *path)
{
  g_autoptr (PurgeJournal) journal = journal_sync_new (path);
  g_auto (GStrv) urls = dup_urls (N_BATCHES * 20, 1);
  g_autoptr (PurgeSubmission) submission =
    sample_submit (journal, (const char * const *) urls, 20);
  double times[N_BATCHES];

  for (guint i = 0; i < N_BATCHES; i++)
    {
      g_autoptr (PurgeOutcome) outcome =
        purge_outcome_new (PURGE_BATCH_EVENT_ACCEPTED, PURGE_CAUSE_NONE);
      PurgeBatchState state;
      gint64 begun = g_get_monotonic_time ();

      journal_sync_begin (journal, sample_get_batch (submission, i + 1)->id, i + 1, NOW, NULL);
      journal_sync_record (journal, sample_get_batch (submission, i + 1)->id, outcome, &state, NULL);
      times[i] = timing_get_ms (begun);
    }

  return timing_get_median (times, N_BATCHES);
}

static void
fill (const char *path,
      guint       n)
{
  g_autoptr (PurgeJournal) journal = journal_sync_new (path);

  for (guint i = 0; i < n / PER_SUBMISSION; i++)
    {
      g_auto (GStrv) urls = dup_urls (PER_SUBMISSION, i);
      g_autoptr (PurgeSubmission) submission =
        sample_submit (journal, (const char * const *) urls, 20);

      g_assert_nonnull (submission);
    }
}

static double
measure_start (const char *path)
{
  gint64 begun = g_get_monotonic_time ();
  g_autoptr (PurgeDatabase) database = database_sync_new (path);

  g_assert_nonnull (database);
  return timing_get_ms (begun);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (Scratch) folder = scratch_new ();
  g_autofree char *batches = g_build_filename (folder, "batches.sqlite", NULL);
  g_autofree char *empty = g_build_filename (folder, "empty.sqlite", NULL);
  g_autofree char *full = g_build_filename (folder, "full.sqlite", NULL);
  double without[N_ROUNDS];
  double with[N_ROUNDS];

  g_print ("journal, per batch (begin and record): %.2f ms, promised: 5 ms\n",
           measure_batch (batches));

  fill (empty, 0);
  fill (full, HISTORY);
  for (guint i = 0; i < N_ROUNDS; i++)
    {
      without[i] = measure_start (empty);
      with[i] = measure_start (full);
    }
  g_print ("opening, history of 0 / %u directories: %.1f / %.1f ms (in a thread of its own)\n",
           HISTORY, timing_get_median (without, N_ROUNDS), timing_get_median (with, N_ROUNDS));

  return 0;
}
