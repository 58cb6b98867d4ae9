/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The database of a journal as a file: full of all that can be in it, byte by byte, and moved
 * aside. */

#include "journal-file.h"

#include <string.h>

#include "database-sync.h"
#include "journal-sync.h"
#include "scratch.h"

void
file_bytes_clear (FileBytes *bytes)
{
  g_free (bytes->bytes);
}

FileBytes
file_bytes_read (const char *path)
{
  FileBytes bytes = { NULL, 0 };

  g_file_get_contents (path, &bytes.bytes, &bytes.length, NULL);
  return bytes;
}

void
file_bytes_write (const char *path,
                  const char *bytes,
                  gsize       length)
{
  g_assert_true (g_file_set_contents (path, bytes, length, NULL));
}

void
file_bytes_assert_same (const char      *path,
                        const FileBytes *expected)
{
  g_auto (FileBytes) found = file_bytes_read (path);

  g_assert_cmpmem (found.bytes, found.length, expected->bytes, expected->length);
}

/* An account, and submissions of three batches with all that can become of them. */
void
journal_file_fill (const char *path,
                   guint       n_submissions)
{
  g_autoptr (PurgeJournal) journal = journal_sync_new (path);
  guint64 nonce = 0;

  sample_add (purge_journal_get_database (journal), "shop");
  for (guint i = 0; i < n_submissions; i++)
    {
      g_autofree char *directory = g_strdup_printf ("http://example.com/%u/a-longer-name/", i);
      const char *urls[] = { directory, "http://example.com/b/", "http://example.com/c/", NULL };
      g_autoptr (PurgeSubmission) submission = sample_submit (journal, urls, 1);
      g_autofree char *record = g_strdup_printf ("record %u", i);
      char *ids[] = { record, NULL };
      PurgeMatch match = { PURGE_BATCH_EVENT_DONE, ids };
      gint64 first = sample_get_batch (submission, 1)->id;
      gint64 second = sample_get_batch (submission, 2)->id;

      sample_send (journal, first, ++nonce, PURGE_BATCH_EVENT_LOST);
      g_assert_true (journal_sync_settle (journal, first, i % 2 == 0 ? &match : NULL, NULL, NULL,
                                          NULL));
      sample_send (journal, second, ++nonce, PURGE_BATCH_EVENT_REJECTED);
      g_assert_true (journal_sync_append (journal, submission->id, &second, 1, NULL));
    }
}

FileBytes
journal_file_read (guint n_submissions)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autofree char *path = g_build_filename (scratch, "good.sqlite", NULL);

  journal_file_fill (path, n_submissions);
  return file_bytes_read (path);
}

/* The one file that is aside in a folder, companions left out; NULL where there is none. */
char *
journal_file_find_aside (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  char *found = NULL;
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    if (strstr (name, ".damaged-") != NULL && !g_str_has_suffix (name, "-wal") &&
        !g_str_has_suffix (name, "-shm"))
      {
        g_assert_null (found);
        found = g_build_filename (folder, name, NULL);
      }

  return found;
}

guint
journal_file_count_submissions (PurgeJournal *journal)
{
  g_autoptr (GPtrArray) summaries = journal_sync_list (journal, NULL, 0, 0);

  return summaries->len;
}

/* Everything that is listed can be loaded and means something. */
void
journal_file_assert_meaning (PurgeJournal *journal)
{
  g_autoptr (GPtrArray) summaries = journal_sync_list (journal, NULL, 0, 0);

  for (guint i = 0; i < summaries->len; i++)
    {
      PurgeSubmissionSummary *summary = g_ptr_array_index (summaries, i);
      g_autoptr (PurgeSubmission) submission = sample_load (journal, summary->id);

      g_assert_cmpuint (submission->batches->len, >, 0);
      for (guint j = 0; j < submission->batches->len; j++)
        {
          PurgeBatchRecord *batch = g_ptr_array_index (submission->batches, j);

          g_assert_nonnull (batch->urls[0]);
        }
    }
}
