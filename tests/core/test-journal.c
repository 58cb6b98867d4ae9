/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#include "purge-journal.h"

#include <signal.h>
#include <unistd.h>

#include "journal-sync.h"
#include "purge-error.h"
#include "sample-order.h"
#include "scratch.h"

static char *program;

static void
test_knows_what_is_not_there (void)
{
  g_autoptr (PurgeJournal) journal = journal_sync_new (":memory:");
  const gint64 ids[] = { 0, 1, -1, G_MAXINT64 };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (GError) load_error = NULL;
      g_autoptr (GError) begin_error = NULL;
      g_autoptr (GError) record_error = NULL;

      g_assert_null (journal_sync_load (journal, ids[i], &load_error));
      g_assert_error (load_error, PURGE_ERROR, PURGE_ERROR_NOT_FOUND);
      g_assert_false (journal_sync_begin (journal, ids[i], 1, NOW, &begin_error));
      g_assert_error (begin_error, PURGE_ERROR, PURGE_ERROR_NOT_FOUND);
      g_assert_false (sample_record_event (journal, ids[i], PURGE_BATCH_EVENT_ACCEPTED,
                                           &record_error));
      g_assert_error (record_error, PURGE_ERROR, PURGE_ERROR_NOT_FOUND);
    }
}

/* Another process: stores a batch, begins it, says its number, and lives until its standard input
 * ends; then it dies without a farewell. */
static int
begin_and_die (const char *path)
{
  g_autoptr (PurgeJournal) journal = journal_sync_new (path);
  gint64 batch_id = sample_submit_one (journal);
  char byte;

  g_assert_true (journal_sync_begin (journal, batch_id, batch_id, NOW, NULL));
  g_assert_cmpint (write (STDOUT_FILENO, &batch_id, sizeof batch_id), ==, sizeof batch_id);
  while (read (STDIN_FILENO, &byte, 1) > 0)
    ;
  kill (getpid (), SIGKILL);
  return 1;
}

static GSubprocess *
spawn_sender (const char *path,
              gint64     *batch_id)
{
  g_autoptr (GError) error = NULL;
  GSubprocess *sender;
  gsize n_read;

  sender = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                             program, "--begin-and-die", path, NULL);
  g_assert_no_error (error);
  g_input_stream_read_all (g_subprocess_get_stdout_pipe (sender), batch_id, sizeof *batch_id,
                           &n_read, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_read, ==, sizeof *batch_id);
  return sender;
}

static void
end_sender (GSubprocess *sender)
{
  g_output_stream_close (g_subprocess_get_stdin_pipe (sender), NULL, NULL);
  g_subprocess_wait (sender, NULL, NULL);
  g_assert_true (g_subprocess_get_if_signaled (sender));
  g_object_unref (sender);
}

static void
test_recovers_from_the_dead_only (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autofree char *path = g_build_filename (scratch, "journal.sqlite", NULL);
  g_autoptr (PurgeJournal) journal = journal_sync_new (path);
  g_autoptr (PurgeSubmission) found = NULL;
  gint64 own = sample_submit_one (journal);
  gint64 waiting = sample_submit_one (journal);
  gint64 first;
  gint64 second;
  GSubprocess *first_sender = spawn_sender (path, &first);
  GSubprocess *second_sender = spawn_sender (path, &second);

  g_assert_true (journal_sync_begin (journal, own, G_MAXINT64, NOW, NULL));
  g_assert_cmpuint (journal_sync_recover (journal), ==, 0);
  g_assert_cmpint (sample_load_state (journal, first), ==, PURGE_BATCH_SENDING);

  end_sender (first_sender);
  g_assert_cmpuint (journal_sync_recover (journal), ==, 1);
  g_assert_cmpint (sample_load_state (journal, first), ==, PURGE_BATCH_UNKNOWN);
  g_assert_cmpint (sample_load_state (journal, second), ==, PURGE_BATCH_SENDING);

  end_sender (second_sender);
  g_assert_cmpuint (journal_sync_recover (journal), ==, 1);
  g_assert_cmpuint (journal_sync_recover (journal), ==, 0);
  g_assert_cmpint (sample_load_state (journal, own), ==, PURGE_BATCH_SENDING);
  g_assert_cmpint (sample_load_state (journal, waiting), ==, PURGE_BATCH_WAITING);

  found = sample_load (journal, journal_sync_find_latest (journal));
  g_assert_cmpint (sample_get_batch (found, 1)->outcome->event, ==, PURGE_BATCH_EVENT_LOST);
  g_assert_cmpint (sample_get_batch (found, 1)->outcome->cause, ==, PURGE_CAUSE_PROGRAM_ENDED);
  g_assert_cmpuint (sample_get_batch (found, 1)->nonce, ==, second);
}

/* What is wrong with the disk is told together with what that means for the wire. */
static void
test_says_what_was_sent (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autofree char *path = g_build_filename (scratch, "journal.sqlite", NULL);
  g_autoptr (PurgeDatabase) database = purge_database_new (path);
  g_autoptr (PurgeJournal) journal = purge_journal_new (database);
  g_autoptr (PurgeAccount) account = purge_account_new ("uuid", "shop");
  const char *urls[] = { "http://example.com/a/", NULL };
  g_autoptr (PurgeSubmission) submission =
    sample_submission_new (account, ENDPOINT, PURGE_MODE_ALL, NOW, urls, 20);
  g_autoptr (GError) add_error = NULL;
  g_autoptr (GError) begin_error = NULL;
  g_autoptr (GError) record_error = NULL;

  g_assert_false (journal_sync_add (journal, submission, &add_error));
  g_assert_error (add_error, PURGE_ERROR, PURGE_ERROR_STORAGE);
  g_assert_true (g_str_has_prefix (add_error->message, "Nothing was sent"));
  g_assert_cmpint (submission->id, ==, 0);

  g_assert_false (journal_sync_begin (journal, 1, 1, NOW, &begin_error));
  g_assert_error (begin_error, PURGE_ERROR, PURGE_ERROR_STORAGE);
  g_assert_true (g_str_has_prefix (begin_error->message, "This request was not sent"));

  g_assert_false (sample_record_event (journal, 1, PURGE_BATCH_EVENT_ACCEPTED, &record_error));
  g_assert_error (record_error, PURGE_ERROR, PURGE_ERROR_STORAGE);
  g_assert_true (g_str_has_prefix (record_error->message, "The request was sent"));
}

/* Another process, watched by journal-order.py: says "begun" the moment it may send. */
static int
begin_and_say_so (const char *path)
{
  g_autoptr (PurgeJournal) journal = journal_sync_new (path);
  gint64 batch_id = sample_submit_one (journal);

  g_assert_true (journal_sync_begin (journal, batch_id, 1, NOW, NULL));
  g_assert_cmpint (write (STDOUT_FILENO, "begun\n", 6), ==, 6);
  return 0;
}

int
main (int   argc,
      char *argv[])
{
  if (argc == 3 && g_str_equal (argv[1], "--begin-and-die"))
    return begin_and_die (argv[2]);
  if (argc == 3 && g_str_equal (argv[1], "--begin-and-say-so"))
    return begin_and_say_so (argv[2]);

  program = argv[0];
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/journal/knows-what-is-not-there", test_knows_what_is_not_there);
  g_test_add_func ("/journal/recovers-from-the-dead-only", test_recovers_from_the_dead_only);
  g_test_add_func ("/journal/says-what-was-sent", test_says_what_was_sent);

  return g_test_run ();
}
