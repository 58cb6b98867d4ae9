/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#include "purge-journal-look-up.h"

#include "await.h"
#include "journal-sync.h"
#include "purge-error.h"
#include "sample-order.h"
#include "scratch.h"

static guint64 nonce;

/* A batch of these directories that went out at a time, of the account "uuid" or another one. */
static gint64
add_batch (PurgeJournal       *journal,
           const char         *account_uuid,
           const char * const *urls,
           gint64              timestamp,
           PurgeBatchEvent     event)
{
  g_autoptr (PurgeAccount) account = purge_account_new (account_uuid, account_uuid);
  g_autoptr (PurgeSubmission) submission =
    sample_submission_new (account, ENDPOINT, PURGE_MODE_ALL, NOW, urls, 20);
  gint64 batch_id;

  g_assert_true (journal_sync_add (journal, submission, NULL));
  batch_id = sample_get_batch (submission, 1)->id;
  g_assert_true (journal_sync_begin (journal, batch_id, ++nonce, timestamp, NULL));
  if (event != PURGE_BATCH_EVENT_SEND)
    g_assert_true (sample_record_event (journal, batch_id, event, NULL));

  return batch_id;
}

static gint64
add_unknown (PurgeJournal *journal)
{
  const char *urls[] = { "http://example.com/a/", "http://example.com/b/", NULL };

  return add_batch (journal, "uuid", urls, NOW, PURGE_BATCH_EVENT_LOST);
}

static gboolean
settle_with (PurgeJournal     *journal,
             gint64            batch_id,
             PurgeBatchEvent   event,
             const char       *ids,
             PurgeBatchState  *state,
             GError          **error)
{
  g_auto (GStrv) split = g_strsplit (ids, " ", -1);
  PurgeMatch match = { event, split };

  return journal_sync_settle (journal, batch_id, &match, NULL, state, error);
}

/* Which records are known to be the batch, and which another one. */
static char *
dup_claims (PurgeJournal *journal,
            gint64        batch_id)
{
  g_auto (GStrv) own = NULL;
  g_auto (GStrv) claimed = NULL;
  g_autofree char *own_text = NULL;
  g_autofree char *claimed_text = NULL;

  journal_sync_find_claims (journal, batch_id, NOW, NOW, &own, &claimed);
  own_text = g_strjoinv (" ", own);
  claimed_text = g_strjoinv (" ", claimed);
  return g_strdup_printf ("%s, %s", own_text, claimed_text);
}

static void
test_keeps_look_ups (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autofree char *path = g_build_filename (scratch, "journal.sqlite", NULL);
  g_autoptr (PurgeJournal) journal = journal_sync_new (path);
  g_autoptr (PurgeSql) sql = purge_sql_open (path, NULL);
  g_autoptr (PurgeOutcome) failure = purge_outcome_new (PURGE_BATCH_EVENT_LOST,
                                                        PURGE_CAUSE_SERVER_ERROR);
  gint64 batch_id = add_unknown (journal);
  g_autoptr (PurgeSubmission) found = NULL;
  PurgeBatchState state = PURGE_BATCH_WAITING;

  failure->http_status = 502;
  g_assert_true (journal_sync_settle (journal, batch_id, NULL, NULL, &state, NULL));
  g_assert_cmpint (state, ==, PURGE_BATCH_UNKNOWN);
  g_assert_true (journal_sync_settle (journal, batch_id, NULL, failure, &state, NULL));
  g_assert_cmpint (state, ==, PURGE_BATCH_UNKNOWN);
  found = sample_load (journal, 1);
  g_assert_cmpint (sample_get_batch (found, 1)->state, ==, PURGE_BATCH_UNKNOWN);
  g_assert_cmpuint (sample_get_batch (found, 1)->n_look_ups, ==, 2);
  g_assert_cmpint (sample_get_batch (found, 1)->looked_up, ==, NOW + 60);
  g_assert_cmpint (sample_query (sql, "SELECT count(*) FROM look_up WHERE found = 0"
                                      " AND cause IS NULL"), ==, 1);
  g_assert_cmpint (sample_query (sql, "SELECT count(*) FROM look_up WHERE found = 0"
                                      " AND cause = 'server-error' AND http_status = 502"), ==, 1);
}

static void
test_settles_what_was_found (void)
{
  const struct {
    PurgeBatchEvent event;
    PurgeBatchState state;
  } cases[] = {
    { PURGE_BATCH_EVENT_ACCEPTED, PURGE_BATCH_ACCEPTED },
    { PURGE_BATCH_EVENT_DONE, PURGE_BATCH_DONE },
    { PURGE_BATCH_EVENT_FAILED, PURGE_BATCH_FAILED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PurgeJournal) journal = journal_sync_new (":memory:");
      gint64 batch_id = add_unknown (journal);
      g_autoptr (PurgeSubmission) found = NULL;
      g_autofree char *claims = NULL;
      PurgeBatchState state = PURGE_BATCH_WAITING;
      PurgeBatchRecord *batch;

      g_assert_true (settle_with (journal, batch_id, cases[i].event, "r2 r1", &state, NULL));
      g_assert_cmpint (state, ==, cases[i].state);
      found = sample_load (journal, 1);
      batch = sample_get_batch (found, 1);
      g_assert_cmpint (batch->state, ==, cases[i].state);
      g_assert_cmpint (batch->outcome->event, ==, cases[i].event);
      g_assert_cmpint (batch->outcome->cause, ==, PURGE_CAUSE_NONE);
      g_assert_cmpstr (batch->outcome->answer.task_id, ==, "r2");
      g_assert_cmpint (batch->resolved, ==, NOW + 60);
      g_assert_cmpuint (batch->n_look_ups, ==, 1);
      claims = dup_claims (journal, batch_id);
      g_assert_cmpstr (claims, ==, "r1 r2, ");
    }
}

/* The task that the server named stays, and its records may be looked up again. */
static void
test_follows_a_task (void)
{
  g_autoptr (PurgeJournal) journal = journal_sync_new (":memory:");
  g_autoptr (PurgeOutcome) unclear = purge_outcome_new (PURGE_BATCH_EVENT_LOST,
                                                        PURGE_CAUSE_FEWER_ACCEPTED);
  g_autoptr (PurgeSubmission) found = NULL;
  gint64 batch_id = sample_submit_one (journal);

  unclear->answer.task_id = g_strdup ("task");
  g_assert_true (journal_sync_begin (journal, batch_id, 1, NOW, NULL));
  g_assert_true (journal_sync_record (journal, batch_id, unclear, NULL, NULL));
  g_assert_true (settle_with (journal, batch_id, PURGE_BATCH_EVENT_ACCEPTED, "r1", NULL, NULL));
  g_assert_true (settle_with (journal, batch_id, PURGE_BATCH_EVENT_DONE, "r1 r2", NULL, NULL));
  found = sample_load (journal, 1);
  g_assert_cmpint (sample_get_batch (found, 1)->state, ==, PURGE_BATCH_DONE);
  g_assert_cmpstr (sample_get_batch (found, 1)->outcome->answer.task_id, ==, "task");
}

static void
test_claims_a_record_once (void)
{
  g_autoptr (PurgeJournal) journal = journal_sync_new (":memory:");
  const char *urls[] = { "http://example.com/a/", "http://example.com/b/", NULL };
  gint64 first = add_unknown (journal);
  gint64 second = add_unknown (journal);
  gint64 stranger = add_batch (journal, "other", urls, NOW, PURGE_BATCH_EVENT_LOST);
  g_autoptr (PurgeSubmission) found = NULL;
  g_autofree char *claims = NULL;
  g_autofree char *others = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (settle_with (journal, first, PURGE_BATCH_EVENT_DONE, "r1 r2", NULL, NULL));
  g_assert_false (settle_with (journal, second, PURGE_BATCH_EVENT_DONE, "r3 r2", NULL, &error));
  g_assert_error (error, PURGE_ERROR, PURGE_ERROR_EXISTS);
  found = sample_load (journal, 2);
  g_assert_cmpint (sample_get_batch (found, 1)->state, ==, PURGE_BATCH_UNKNOWN);
  g_assert_cmpuint (sample_get_batch (found, 1)->n_look_ups, ==, 0);
  claims = dup_claims (journal, second);
  g_assert_cmpstr (claims, ==, ", r1 r2");

  /* The log of another account is another log. */
  others = dup_claims (journal, stranger);
  g_assert_cmpstr (others, ==, ", ");
  g_assert_true (settle_with (journal, stranger, PURGE_BATCH_EVENT_DONE, "r1", NULL, NULL));
}

/* Whatever does not lead on from a state leaves everything as it was. */
static void
test_refuses_illegal_moves (void)
{
  const struct {
    PurgeBatchEvent events[3];
    guint           n_events;
  } states[] = {
    { { 0 }, 0 },
    { { PURGE_BATCH_EVENT_SEND }, 1 },
    { { PURGE_BATCH_EVENT_SEND, PURGE_BATCH_EVENT_REJECTED }, 2 },
    { { PURGE_BATCH_EVENT_SEND, PURGE_BATCH_EVENT_LOST, PURGE_BATCH_EVENT_RESUBMITTED }, 3 },
    { { PURGE_BATCH_EVENT_SEND, PURGE_BATCH_EVENT_ACCEPTED, PURGE_BATCH_EVENT_DONE }, 3 },
    { { PURGE_BATCH_EVENT_SEND, PURGE_BATCH_EVENT_ACCEPTED, PURGE_BATCH_EVENT_FAILED }, 3 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autoptr (PurgeJournal) journal = journal_sync_new (":memory:");
      gint64 batch_id = sample_submit_one (journal);
      g_autoptr (PurgeSubmission) before = NULL;
      g_autoptr (PurgeSubmission) after = NULL;
      g_autofree char *claims = NULL;
      g_autoptr (GError) error = NULL;

      for (guint j = 0; j < states[i].n_events; j++)
        if (states[i].events[j] == PURGE_BATCH_EVENT_SEND)
          g_assert_true (journal_sync_begin (journal, batch_id, 1, NOW, NULL));
        else
          g_assert_true (sample_record_event (journal, batch_id, states[i].events[j], NULL));

      before = sample_load (journal, 1);
      g_assert_false (settle_with (journal, batch_id, PURGE_BATCH_EVENT_DONE, "r1", NULL, &error));
      g_assert_error (error, PURGE_ERROR, PURGE_ERROR_NOT_FOUND);
      after = sample_load (journal, 1);
      g_assert_cmpint (sample_get_batch (after, 1)->state, ==, sample_get_batch (before, 1)->state);
      g_assert_cmpuint (sample_get_batch (after, 1)->n_look_ups, ==, 0);
      claims = dup_claims (journal, batch_id);
      g_assert_cmpstr (claims, ==, ", ");
    }
}

static void
test_knows_what_is_not_there (void)
{
  g_autoptr (PurgeJournal) journal = journal_sync_new (":memory:");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) rivals_error = NULL;
  g_autoptr (GError) settle_error = NULL;
  g_auto (GStrv) own = NULL;
  g_auto (GStrv) claimed = NULL;
  g_auto (GStrv) others = NULL;
  guint n_rivals;

  purge_journal_find_rivals_async (journal, 7, NOW, NOW, NULL, await_cb, &result);
  g_assert_false (purge_journal_find_rivals_finish (journal, await (&result), &own, &claimed, &others,
                                                    &n_rivals, &rivals_error));
  g_assert_error (rivals_error, PURGE_ERROR, PURGE_ERROR_NOT_FOUND);
  g_assert_false (journal_sync_settle (journal, 7, NULL, NULL, NULL, &settle_error));
  g_assert_error (settle_error, PURGE_ERROR, PURGE_ERROR_NOT_FOUND);
}

/* One other batch beside an unknown one of /a/ and /b/, whose log is looked at from NOW to
 * NOW + 300. */
static const struct
{
  const char      *name;
  const char      *account;
  const char      *urls[4];
  gint64           timestamp;
  PurgeBatchEvent  event;
  gboolean         is_rival;
} rivals[] = {
  { "accepted", "uuid", { "http://example.com/a/", "http://example.com/b/" }, NOW + 1,
    PURGE_BATCH_EVENT_ACCEPTED, TRUE },
  { "in-another-order", "uuid", { "http://example.com/b/", "http://example.com/a/" }, NOW + 1,
    PURGE_BATCH_EVENT_ACCEPTED, TRUE },
  { "sending", "uuid", { "http://example.com/a/", "http://example.com/b/" }, NOW + 1,
    PURGE_BATCH_EVENT_SEND, TRUE },
  { "unknown", "uuid", { "http://example.com/a/", "http://example.com/b/" }, NOW + 1,
    PURGE_BATCH_EVENT_LOST, TRUE },
  { "rejected", "uuid", { "http://example.com/a/", "http://example.com/b/" }, NOW + 1,
    PURGE_BATCH_EVENT_REJECTED, FALSE },
  { "not-sent", "uuid", { "http://example.com/a/", "http://example.com/b/" }, NOW + 1,
    PURGE_BATCH_EVENT_NOT_EXECUTED, FALSE },
  { "fewer", "uuid", { "http://example.com/a/" }, NOW + 1, PURGE_BATCH_EVENT_ACCEPTED, FALSE },
  { "more", "uuid", { "http://example.com/a/", "http://example.com/b/", "http://example.com/c/" },
    NOW + 1, PURGE_BATCH_EVENT_ACCEPTED, FALSE },
  { "other-case", "uuid", { "http://example.com/A/", "http://example.com/b/" }, NOW + 1,
    PURGE_BATCH_EVENT_ACCEPTED, FALSE },
  { "other-account", "other", { "http://example.com/a/", "http://example.com/b/" }, NOW + 1,
    PURGE_BATCH_EVENT_ACCEPTED, FALSE },
  { "earliest", "uuid", { "http://example.com/a/", "http://example.com/b/" }, NOW - 300,
    PURGE_BATCH_EVENT_ACCEPTED, TRUE },
  { "too-early", "uuid", { "http://example.com/a/", "http://example.com/b/" }, NOW - 301,
    PURGE_BATCH_EVENT_ACCEPTED, FALSE },
  { "latest", "uuid", { "http://example.com/a/", "http://example.com/b/" }, NOW + 300,
    PURGE_BATCH_EVENT_ACCEPTED, TRUE },
  { "too-late", "uuid", { "http://example.com/a/", "http://example.com/b/" }, NOW + 301,
    PURGE_BATCH_EVENT_ACCEPTED, FALSE },
};

static void
test_counts_rivals (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (PurgeJournal) journal = journal_sync_new (":memory:");
  gint64 own = add_unknown (journal);
  g_auto (GStrv) claimed = NULL;

  add_batch (journal, rivals[i].account, rivals[i].urls, rivals[i].timestamp, rivals[i].event);
  g_assert_cmpuint (journal_sync_find_rivals (journal, own, NOW, NOW + 300, &claimed), ==,
                    rivals[i].is_rival);
  g_assert_cmpuint (g_strv_length (claimed), ==, 0);
}

/* What was found in the log has its record; what was made anew keeps being a rival of what it was
 * made of, since both may have been executed. */
static void
test_knows_rivals_by_their_fate (void)
{
  g_autoptr (PurgeJournal) journal = journal_sync_new (":memory:");
  gint64 own = add_unknown (journal);
  gint64 found = add_unknown (journal);
  gint64 superseded = add_unknown (journal);
  g_auto (GStrv) before = NULL;
  g_auto (GStrv) after = NULL;

  g_assert_cmpuint (journal_sync_find_rivals (journal, own, NOW, NOW + 300, &before), ==, 2);
  g_assert_true (settle_with (journal, found, PURGE_BATCH_EVENT_DONE, "r1 r2", NULL, NULL));
  g_assert_true (journal_sync_append (journal, 3, &superseded, 1, NULL));
  g_assert_cmpuint (journal_sync_find_rivals (journal, own, NOW, NOW + 300, &after), ==, 1);
  g_assert_cmpuint (g_strv_length (after), ==, 2);
  g_assert_cmpstr (after[0], ==, "r1");
}

/* Two windows found the same record, for one batch or for two. */
static void
test_races (void)
{
  for (guint round = 0; round < 20; round++)
    {
      g_autoptr (Scratch) scratch = scratch_new ();
      g_autofree char *path = g_build_filename (scratch, "journal.sqlite", NULL);
      g_autoptr (PurgeJournal) first = journal_sync_new (path);
      g_autoptr (PurgeJournal) second = journal_sync_new (path);
      g_autoptr (GAsyncResult) first_result = NULL;
      g_autoptr (GAsyncResult) second_result = NULL;
      g_autoptr (GError) first_error = NULL;
      g_autoptr (GError) second_error = NULL;
      char *ids[] = { (char *) "r1", NULL };
      PurgeMatch match = { PURGE_BATCH_EVENT_DONE, ids };
      gint64 batch_id = add_unknown (first);
      gint64 other_id = round % 2 == 0 ? batch_id : add_unknown (first);
      int code = round % 2 == 0 ? PURGE_ERROR_NOT_FOUND : PURGE_ERROR_EXISTS;
      gboolean first_won;

      purge_journal_settle_async (first, batch_id, &match, NULL, NOW, NULL, await_cb, &first_result);
      purge_journal_settle_async (second, other_id, &match, NULL, NOW, NULL, await_cb,
                                  &second_result);
      first_won = purge_journal_settle_finish (first, await (&first_result), NULL, &first_error);
      g_assert_cmpint (purge_journal_settle_finish (second, await (&second_result), NULL,
                                                    &second_error), ==, !first_won);
      if (first_won)
        g_assert_error (second_error, PURGE_ERROR, code);
      else
        g_assert_error (first_error, PURGE_ERROR, code);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/journal-look-up/keeps-look-ups", test_keeps_look_ups);
  g_test_add_func ("/journal-look-up/settles-what-was-found", test_settles_what_was_found);
  g_test_add_func ("/journal-look-up/follows-a-task", test_follows_a_task);
  g_test_add_func ("/journal-look-up/claims-a-record-once", test_claims_a_record_once);
  g_test_add_func ("/journal-look-up/refuses-illegal-moves", test_refuses_illegal_moves);
  g_test_add_func ("/journal-look-up/knows-what-is-not-there", test_knows_what_is_not_there);
  for (guint i = 0; i < G_N_ELEMENTS (rivals); i++)
    {
      g_autofree char *name = g_strconcat ("/journal-look-up/rivals/", rivals[i].name, NULL);

      g_test_add_data_func (name, GUINT_TO_POINTER (i), test_counts_rivals);
    }
  g_test_add_func ("/journal-look-up/knows-rivals-by-their-fate", test_knows_rivals_by_their_fate);
  g_test_add_func ("/journal-look-up/races", test_races);

  return g_test_run ();
}
