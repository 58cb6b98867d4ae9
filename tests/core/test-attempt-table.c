/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#include "purge-attempt-table.h"

#include "journal-sync.h"
#include "purge-error.h"
#include "scratch.h"

static PurgeAttempt *
make_attempt (void)
{
  g_autoptr (PurgeAccount) account = purge_account_new ("uuid", "shop");
  PurgeAttempt *attempt;

  g_object_set (account, "form", PURGE_FORM_GET, "signature", PURGE_SIGNATURE_HMAC_SHA1,
                "key-serial", 3, NULL);
  attempt = purge_attempt_new (account, ENDPOINT);
  attempt->nonce = G_MAXUINT64;
  attempt->timestamp = NOW + 300;
  attempt->started = NOW;
  return attempt;
}

static void
assert_same (const PurgeAttempt *a,
             const PurgeAttempt *b)
{
  g_assert_nonnull (a);
  g_assert_cmpint (a->again, ==, b->again);
  g_assert_cmpuint (a->nonce, ==, b->nonce);
  g_assert_cmpint (a->timestamp, ==, b->timestamp);
  g_assert_cmpint (a->api, ==, b->api);
  g_assert_cmpstr (a->endpoint, ==, b->endpoint);
  g_assert_cmpint (a->form, ==, b->form);
  g_assert_cmpint (a->signature, ==, b->signature);
  g_assert_cmpuint (a->key_serial, ==, b->key_serial);
  g_assert_cmpint (a->started, ==, b->started);
}

static void
test_keeps_attempts (void)
{
  g_autoptr (PurgeJournal) journal = journal_sync_new (":memory:");
  g_autoptr (PurgeAttempt) attempt = make_attempt ();
  g_autoptr (PurgeAttempt) copy = purge_attempt_copy (attempt);
  g_autoptr (PurgeSubmission) fresh = NULL;
  g_autoptr (PurgeSubmission) found = NULL;
  gint64 batch_id = sample_submit_one (journal);

  fresh = sample_load (journal, 1);
  g_assert_null (sample_get_batch (fresh, 1)->attempt);
  g_assert_cmpuint (sample_get_batch (fresh, 1)->n_attempts, ==, 0);

  g_assert_cmpint (attempt->form, ==, PURGE_FORM_GET);
  g_assert_true (journal_sync_begin_attempt (journal, batch_id, attempt, NULL));
  found = sample_load (journal, 1);
  assert_same (sample_get_batch (found, 1)->attempt, copy);
  g_assert_cmpuint (sample_get_batch (found, 1)->attempt->number, ==, 1);
}

/* Each try of a batch is a row of its own; the last is what is known of it. */
static void
test_counts_attempts (void)
{
  g_autoptr (PurgeJournal) journal = journal_sync_new (":memory:");
  gint64 batch_id = sample_submit_one (journal);

  for (guint i = 1; i <= 3; i++)
    {
      g_autoptr (PurgeSubmission) found = NULL;
      PurgeBatchRecord *batch;

      g_assert_true (journal_sync_begin (journal, batch_id, i * 10, NOW, NULL));
      g_assert_true (sample_record_event (journal, batch_id, PURGE_BATCH_EVENT_NOT_EXECUTED, NULL));
      found = sample_load (journal, 1);
      batch = sample_get_batch (found, 1);
      g_assert_cmpuint (batch->n_attempts, ==, i);
      g_assert_cmpuint (batch->attempt->number, ==, i);
      g_assert_cmpuint (batch->attempt->nonce, ==, i * 10);
      g_assert_cmpuint (batch->nonce, ==, i * 10);
      g_assert_false (batch->sent_again);
    }
}

/* Also where the batch went out with another nonce since. */
static void
test_never_uses_a_nonce_again (void)
{
  g_autoptr (PurgeJournal) journal = journal_sync_new (":memory:");
  gint64 batch_id = sample_submit_one (journal);
  gint64 other = sample_submit_one (journal);

  for (guint nonce = 5; nonce < 7; nonce++)
    {
      g_assert_true (journal_sync_begin (journal, batch_id, nonce, NOW, NULL));
      g_assert_true (sample_record_event (journal, batch_id, PURGE_BATCH_EVENT_NOT_EXECUTED, NULL));
    }

  for (guint nonce = 5; nonce < 7; nonce++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (journal_sync_begin (journal, other, nonce, NOW, &error));
      g_assert_error (error, PURGE_ERROR, PURGE_ERROR_EXISTS);
      g_assert_cmpint (sample_load_state (journal, other), ==, PURGE_BATCH_WAITING);
    }

  g_assert_true (journal_sync_begin (journal, other, 7, NOW, NULL));
}

/* What the rows say of an attempt that ended. */
static void
test_closes_attempts (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autofree char *path = g_build_filename (scratch, "journal.sqlite", NULL);
  g_autoptr (PurgeJournal) journal = journal_sync_new (path);
  g_autoptr (PurgeSql) sql = purge_sql_open (path, NULL);
  g_autoptr (PurgeOutcome) refused = purge_outcome_new (PURGE_BATCH_EVENT_NOT_EXECUTED,
                                                        PURGE_CAUSE_TOO_MANY_REQUESTS);
  const char *closed = "SELECT count(*) FROM attempt WHERE number = 1 AND ended = 1500000009"
                       " AND cause = 'too-many-requests' AND http_status = 429 AND detail = 'busy'";
  const char *open = "SELECT count(*) FROM attempt WHERE ended IS NULL AND cause IS NULL";
  gint64 batch_id = sample_submit_one (journal);
  PurgeBatchState state;

  refused->http_status = 429;
  refused->detail = g_strdup ("busy");
  g_assert_true (journal_sync_begin (journal, batch_id, 1, NOW, NULL));
  g_assert_cmpint (sample_query (sql, open), ==, 1);
  g_assert_true (journal_sync_record (journal, batch_id, refused, &state, NULL));
  g_assert_cmpint (sample_query (sql, open), ==, 0);
  g_assert_cmpint (sample_query (sql, closed), ==, 1);

  g_assert_true (journal_sync_begin (journal, batch_id, 2, NOW, NULL));
  g_assert_cmpint (sample_query (sql, open), ==, 1);
  g_assert_true (sample_record_event (journal, batch_id, PURGE_BATCH_EVENT_LOST, NULL));
  g_assert_cmpint (sample_query (sql, open), ==, 0);
  g_assert_cmpint (sample_query (sql, closed), ==, 1);
}

static void
test_refuses_what_means_nothing (void)
{
  const char *damages[] = {
    "UPDATE attempt SET api = '1.0'",
    "UPDATE attempt SET form = 'paper'",
    "UPDATE attempt SET signature = 'ink'",
  };

  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autoptr (Scratch) scratch = scratch_new ();
      g_autofree char *path = g_build_filename (scratch, "journal.sqlite", NULL);
      g_autoptr (PurgeJournal) journal = journal_sync_new (path);
      g_autoptr (PurgeSql) sql = purge_sql_open (path, NULL);
      g_autoptr (GError) error = NULL;

      g_assert_true (journal_sync_begin (journal, sample_submit_one (journal), 1, NOW, NULL));
      g_assert_true (purge_sql_run (sql, damages[i], NULL, PURGE_SQL_NO_VALUES));
      g_assert_null (journal_sync_load (journal, 1, &error));
      g_assert_error (error, PURGE_ERROR, PURGE_ERROR_STORAGE_DAMAGED);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/attempt-table/keeps-attempts", test_keeps_attempts);
  g_test_add_func ("/attempt-table/counts-attempts", test_counts_attempts);
  g_test_add_func ("/attempt-table/never-uses-a-nonce-again", test_never_uses_a_nonce_again);
  g_test_add_func ("/attempt-table/closes-attempts", test_closes_attempts);
  g_test_add_func ("/attempt-table/refuses-what-means-nothing", test_refuses_what_means_nothing);

  return g_test_run ();
}
