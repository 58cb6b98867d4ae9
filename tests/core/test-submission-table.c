/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#include "purge-submission-table.h"

#include <signal.h>
#include <sys/resource.h>

#include "journal-sync.h"
#include "purge-error.h"
#include "sample-order.h"
#include "scratch.h"

static void
test_keeps_submissions (void)
{
  /* Bytes are bytes: the journal does not judge. */
  const char *urls[] = {
    "http://example.com/a/", "http://example.com/%E4%BD%A0/", "http://example.com/ü/",
    "http://example.com/\xff\xfe/", "http://example.com/'\";--/", "", NULL
  };
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autofree char *path = g_build_filename (scratch, "journal.sqlite", NULL);
  g_autoptr (PurgeJournal) journal = journal_sync_new (path);
  g_autoptr (PurgeSubmission) added = sample_submit (journal, urls, 4);
  g_autoptr (PurgeSubmission) found = NULL;
  guint n = 0;

  g_assert_cmpint (added->id, >, 0);
  g_clear_object (&journal);
  journal = journal_sync_new (path);
  found = sample_load (journal, added->id);

  g_assert_cmpint (found->id, ==, added->id);
  g_assert_cmpstr (found->account_uuid, ==, "uuid");
  g_assert_cmpstr (found->account_name, ==, "shop");
  g_assert_cmpstr (found->api, ==, "2.0");
  g_assert_cmpstr (found->endpoint, ==, ENDPOINT);
  g_assert_cmpuint (found->key_serial, ==, 3);
  g_assert_cmpint (found->mode, ==, PURGE_MODE_ALL);
  g_assert_cmpint (found->created, ==, NOW);
  g_assert_cmpuint (found->batches->len, ==, 2);
  for (guint i = 1; i <= 2; i++)
    {
      PurgeBatchRecord *batch = sample_get_batch (found, i);

      g_assert_cmpint (batch->id, ==, sample_get_batch (added, i)->id);
      g_assert_cmpuint (batch->number, ==, i);
      g_assert_cmpint (batch->state, ==, PURGE_BATCH_WAITING);
      g_assert_cmpuint (batch->nonce, ==, 0);
      g_assert_null (batch->outcome);
      for (guint j = 0; batch->urls[j] != NULL; j++)
        g_assert_cmpstr (batch->urls[j], ==, urls[n++]);
    }
  g_assert_cmpuint (n, ==, 6);
}

/* What an entry is and where it is purged is kept, also where a batch is made of another one. */
static void
test_keeps_kinds (void)
{
  const char *directories[] = { "http://example.com/a/", "http://example.com/b/", NULL };
  const char *urls[] = { "http://example.com/a/", "http://example.com/c.css?v=1", NULL };
  g_autoptr (PurgeJournal) journal = journal_sync_new (":memory:");
  g_autoptr (PurgeAccount) account = purge_account_new ("uuid", "shop");
  g_autoptr (PurgeOrder) order =
    purge_order_new (PURGE_MODE_UPDATED, PURGE_AREA_OVERSEAS, directories, urls);
  PurgeLimits limits = { { { 1 }, { 2 } } };
  g_autoptr (PurgeSubmission) added =
    purge_submission_new (account, ENDPOINT, order, &limits, NOW);
  g_autoptr (PurgeSubmission) found = NULL;
  gint64 refused;

  g_assert_true (journal_sync_add (journal, added, NULL));
  refused = sample_get_batch (added, 3)->id;
  g_assert_true (journal_sync_begin (journal, refused, 1, NOW, NULL));
  g_assert_true (sample_record_event (journal, refused, PURGE_BATCH_EVENT_REJECTED, NULL));
  g_assert_true (journal_sync_append (journal, added->id, &refused, 1, NULL));

  found = sample_load (journal, added->id);
  g_assert_cmpint (found->area, ==, PURGE_AREA_OVERSEAS);
  g_assert_cmpuint (found->batches->len, ==, 4);
  for (guint i = 1; i <= 4; i++)
    g_assert_cmpint (sample_get_batch (found, i)->kind, ==,
                     i <= 2 ? PURGE_KIND_DIRECTORY : PURGE_KIND_URL);
  g_assert_true (g_strv_equal ((const char * const *) sample_get_batch (found, 4)->urls, urls));
}

static void
test_finds_the_latest (void)
{
  g_autoptr (PurgeJournal) journal = journal_sync_new (":memory:");
  const char *urls[] = { "http://example.com/a/", NULL };
  g_autoptr (PurgeSubmission) first = NULL;
  g_autoptr (PurgeSubmission) second = NULL;

  g_assert_cmpint (journal_sync_find_latest (journal), ==, 0);
  first = sample_submit (journal, urls, 20);
  g_assert_cmpint (journal_sync_find_latest (journal), ==, first->id);
  second = sample_submit (journal, urls, 20);
  g_assert_cmpint (journal_sync_find_latest (journal), ==, second->id);
}

/* A submission that does not fit on the disk leaves nothing behind. */
static void
test_adds_wholly_or_not (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autofree char *path = g_build_filename (scratch, "journal.sqlite", NULL);
  g_autoptr (PurgeJournal) journal = journal_sync_new (path);
  g_autoptr (PurgeAccount) account = purge_account_new ("uuid", "shop");
  g_autofree char *huge = g_strnfill (3 * 1024 * 1024, 'x');
  const char *urls[] = { "http://example.com/a/", "http://example.com/b/", huge, NULL };
  g_autoptr (PurgeSubmission) submission =
    sample_submission_new (account, ENDPOINT, PURGE_MODE_ALL, NOW, urls, 1);
  g_autoptr (GError) error = NULL;
  struct rlimit before;
  struct rlimit limit;
  gint64 batch_id;

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  limit = before;
  limit.rlim_cur = 1024 * 1024;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  g_assert_false (journal_sync_add (journal, submission, &error));
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);

  g_assert_error (error, PURGE_ERROR, PURGE_ERROR_STORAGE);
  g_assert_true (g_str_has_prefix (error->message, "Nothing was sent"));
  g_assert_cmpint (journal_sync_find_latest (journal), ==, 0);
  batch_id = sample_submit_one (journal);
  g_assert_cmpint (sample_load_state (journal, batch_id), ==, PURGE_BATCH_WAITING);
}

/* @data is a statement. */
static gboolean
run_statement (PurgeSql  *sql,
               gpointer   data,
               GError   **error)
{
  return purge_sql_run (sql, data, error, PURGE_SQL_NO_VALUES);
}

static void
test_refuses_what_means_nothing (void)
{
  const char *damages[] = {
    "UPDATE submission SET mode = 'some'",
    "UPDATE batch SET state = 'lost'",
    "UPDATE batch SET cause = 'weather'",
  };

  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autoptr (Scratch) scratch = scratch_new ();
      g_autofree char *path = g_build_filename (scratch, "journal.sqlite", NULL);
      g_autoptr (PurgeJournal) journal = journal_sync_new (path);
      g_autoptr (PurgeSql) sql = purge_sql_open (path, NULL);
      g_autoptr (GError) error = NULL;

      sample_submit_one (journal);
      g_assert_true (purge_sql_transact (sql, PURGE_SQL_WRITE, run_statement,
                                         (gpointer) damages[i], NULL));
      g_assert_null (journal_sync_load (journal, journal_sync_find_latest (journal), &error));
      g_assert_error (error, PURGE_ERROR, PURGE_ERROR_STORAGE_DAMAGED);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/submission-table/keeps-submissions", test_keeps_submissions);
  g_test_add_func ("/submission-table/keeps-kinds", test_keeps_kinds);
  g_test_add_func ("/submission-table/finds-the-latest", test_finds_the_latest);
  g_test_add_func ("/submission-table/adds-wholly-or-not", test_adds_wholly_or_not);
  g_test_add_func ("/submission-table/refuses-what-means-nothing", test_refuses_what_means_nothing);

  return g_test_run ();
}
