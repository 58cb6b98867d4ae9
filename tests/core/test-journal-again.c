/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#include "purge-journal-again.h"

#include "await.h"
#include "journal-sync.h"
#include "purge-error.h"
#include "scratch.h"

/* What brings a fresh batch of nonce 1 into a state. */
static const struct
{
  PurgeBatchState state;
  PurgeBatchEvent events[2];
  guint           n_events;
  gboolean        appends;
  PurgeBatchState becomes;
} states[] = {
  { PURGE_BATCH_WAITING, { PURGE_BATCH_EVENT_NOT_EXECUTED }, 1, FALSE, PURGE_BATCH_WAITING },
  { PURGE_BATCH_SENDING, { 0 }, 0, FALSE, PURGE_BATCH_SENDING },
  { PURGE_BATCH_ACCEPTED, { PURGE_BATCH_EVENT_ACCEPTED }, 1, FALSE, PURGE_BATCH_ACCEPTED },
  { PURGE_BATCH_REJECTED, { PURGE_BATCH_EVENT_REJECTED }, 1, TRUE, PURGE_BATCH_REJECTED },
  { PURGE_BATCH_UNKNOWN, { PURGE_BATCH_EVENT_LOST }, 1, TRUE, PURGE_BATCH_SUPERSEDED },
  { PURGE_BATCH_SUPERSEDED, { PURGE_BATCH_EVENT_LOST, PURGE_BATCH_EVENT_RESUBMITTED }, 2, FALSE,
    PURGE_BATCH_SUPERSEDED },
  { PURGE_BATCH_DONE, { PURGE_BATCH_EVENT_ACCEPTED, PURGE_BATCH_EVENT_DONE }, 2, FALSE,
    PURGE_BATCH_DONE },
  { PURGE_BATCH_FAILED, { PURGE_BATCH_EVENT_ACCEPTED, PURGE_BATCH_EVENT_FAILED }, 2, TRUE,
    PURGE_BATCH_FAILED },
};

static gint64
add_batch_in (PurgeJournal *journal,
              guint         i)
{
  gint64 batch_id = sample_submit_one (journal);

  g_assert_true (journal_sync_begin (journal, batch_id, 1, NOW, NULL));
  for (guint j = 0; j < states[i].n_events; j++)
    g_assert_true (sample_record_event (journal, batch_id, states[i].events[j], NULL));

  g_assert_cmpint (sample_load_state (journal, batch_id), ==, states[i].state);
  return batch_id;
}

static gint64
add_unknown (PurgeJournal *journal)
{
  gint64 batch_id = sample_submit_one (journal);

  sample_send (journal, batch_id, batch_id, PURGE_BATCH_EVENT_LOST);
  return batch_id;
}

static PurgeOutcome *
make_accepted (void)
{
  PurgeOutcome *outcome = purge_outcome_new (PURGE_BATCH_EVENT_ACCEPTED, PURGE_CAUSE_NONE);

  outcome->answer.task_id = g_strdup ("task");
  return outcome;
}

static void
test_sends_again_what_is_unknown (void)
{
  g_assert_cmpuint (G_N_ELEMENTS (states), ==, PURGE_BATCH_FAILED + 1);
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autoptr (PurgeJournal) journal = journal_sync_new (":memory:");
      gint64 batch_id = add_batch_in (journal, i);
      g_autoptr (PurgeSubmission) found = NULL;
      g_autoptr (GError) error = NULL;
      gboolean legal = states[i].state == PURGE_BATCH_UNKNOWN;

      g_assert_cmpint (journal_sync_begin_again (journal, batch_id, &error), ==, legal);
      if (!legal)
        g_assert_error (error, PURGE_ERROR, PURGE_ERROR_NOT_FOUND);

      found = sample_load (journal, 1);
      g_assert_cmpint (sample_get_batch (found, 1)->state, ==, states[i].state);
      g_assert_cmpint (sample_get_batch (found, 1)->sent_again, ==, legal);
      g_assert_cmpuint (sample_get_batch (found, 1)->n_attempts, ==, 1);
      g_assert_false (sample_get_batch (found, 1)->attempt->again);
    }
}

static void
test_sends_again_once (void)
{
  g_autoptr (PurgeJournal) journal = journal_sync_new (":memory:");
  gint64 batch_id = add_unknown (journal);
  g_autoptr (PurgeOutcome) lost = purge_outcome_new (PURGE_BATCH_EVENT_LOST, PURGE_CAUSE_TIMEOUT);
  PurgeBatchState state = PURGE_BATCH_WAITING;

  g_assert_true (journal_sync_begin_again (journal, batch_id, NULL));
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (journal_sync_begin_again (journal, batch_id, &error));
      g_assert_error (error, PURGE_ERROR, PURGE_ERROR_EXISTS);
      if (i == 0)
        g_assert_true (journal_sync_record_again (journal, batch_id, lost, &state, NULL));
    }

  g_assert_cmpint (state, ==, PURGE_BATCH_UNKNOWN);
}

/* Only that the server accepted it proves anything; and every outcome is kept. */
static void
test_records_what_came_of_it (void)
{
  const struct {
    PurgeBatchEvent event;
    PurgeBatchState state;
  } cases[] = {
    { PURGE_BATCH_EVENT_NOT_EXECUTED, PURGE_BATCH_UNKNOWN },
    { PURGE_BATCH_EVENT_ACCEPTED, PURGE_BATCH_ACCEPTED },
    { PURGE_BATCH_EVENT_REJECTED, PURGE_BATCH_UNKNOWN },
    { PURGE_BATCH_EVENT_LOST, PURGE_BATCH_UNKNOWN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Scratch) scratch = scratch_new ();
      g_autofree char *path = g_build_filename (scratch, "journal.sqlite", NULL);
      g_autoptr (PurgeJournal) journal = journal_sync_new (path);
      g_autoptr (PurgeSql) sql = purge_sql_open (path, NULL);
      g_autoptr (PurgeOutcome) outcome = purge_outcome_new (cases[i].event, PURGE_CAUSE_REPLAY);
      g_autoptr (PurgeSubmission) found = NULL;
      g_autoptr (GError) error = NULL;
      gint64 batch_id = add_unknown (journal);
      PurgeBatchState state = PURGE_BATCH_WAITING;

      g_assert_true (journal_sync_begin_again (journal, batch_id, NULL));
      g_assert_true (journal_sync_record_again (journal, batch_id, outcome, &state, NULL));
      g_assert_cmpint (state, ==, cases[i].state);
      found = sample_load (journal, 1);
      g_assert_cmpint (sample_get_batch (found, 1)->state, ==, cases[i].state);
      g_assert_cmpint (sample_get_batch (found, 1)->outcome->cause, ==,
                       cases[i].state == PURGE_BATCH_ACCEPTED ? PURGE_CAUSE_REPLAY
                                                              : PURGE_CAUSE_NONE);
      g_assert_cmpint (sample_query (sql, "SELECT count(*) FROM attempt WHERE kind = 'again'"
                                          " AND number = 2 AND nonce = 1 AND started = 1500000020"
                                          " AND ended = 1500000029 AND cause = 'replay'"), ==, 1);

      g_assert_false (journal_sync_record_again (journal, batch_id, outcome, &state, &error));
      g_assert_error (error, PURGE_ERROR, PURGE_ERROR_NOT_FOUND);
    }
}

/* A look-up, or the person in another window, was faster than the answer. */
static void
test_leaves_what_was_settled (void)
{
  const struct {
    PurgeBatchEvent event;
    PurgeBatchState state;
  } cases[] = {
    { PURGE_BATCH_EVENT_ACCEPTED, PURGE_BATCH_ACCEPTED },
    { PURGE_BATCH_EVENT_RESUBMITTED, PURGE_BATCH_SUPERSEDED },
    { PURGE_BATCH_EVENT_DONE, PURGE_BATCH_DONE },
    { PURGE_BATCH_EVENT_FAILED, PURGE_BATCH_FAILED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PurgeJournal) journal = journal_sync_new (":memory:");
      g_autoptr (PurgeOutcome) accepted = make_accepted ();
      gint64 batch_id = add_unknown (journal);
      PurgeBatchState state = PURGE_BATCH_WAITING;

      g_assert_true (journal_sync_begin_again (journal, batch_id, NULL));
      g_assert_true (sample_record_event (journal, batch_id, cases[i].event, NULL));
      g_assert_true (journal_sync_record_again (journal, batch_id, accepted, &state, NULL));
      g_assert_cmpint (state, ==, cases[i].state);
      g_assert_cmpint (sample_load_state (journal, batch_id), ==, cases[i].state);
    }
}

static void
test_appends_what_came_to_nothing (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autoptr (PurgeJournal) journal = journal_sync_new (":memory:");
      gint64 batch_id = add_batch_in (journal, i);
      g_autoptr (PurgeSubmission) found = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (journal_sync_append (journal, 1, &batch_id, 1, &error), ==,
                       states[i].appends);
      found = sample_load (journal, 1);
      g_assert_cmpint (sample_get_batch (found, 1)->state, ==, states[i].becomes);
      g_assert_cmpuint (found->batches->len, ==, states[i].appends ? 2 : 1);
      if (!states[i].appends)
        {
          g_assert_error (error, PURGE_ERROR, PURGE_ERROR_NOT_FOUND);
          g_assert_cmpuint (sample_get_batch (found, 1)->successor, ==, 0);
        }
    }
}

static void
assert_same_urls (PurgeBatchRecord *a,
                  PurgeBatchRecord *b)
{
  g_assert_true (g_strv_equal ((const char * const *) a->urls, (const char * const *) b->urls));
}

/* Three batches, of which the last and the first are made anew, in that order. */
static void
test_makes_batches_anew (void)
{
  const char *urls[] = {
    "http://example.com/1/", "http://example.com/\xff/", "http://example.com/3/",
    "http://example.com/4/", "http://example.com/5/", NULL
  };
  g_autoptr (PurgeJournal) journal = journal_sync_new (":memory:");
  g_autoptr (PurgeSubmission) added = sample_submit (journal, urls, 2);
  g_autoptr (PurgeSubmission) found = NULL;
  gint64 ids[] = { sample_get_batch (added, 3)->id, sample_get_batch (added, 1)->id };

  sample_send (journal, ids[1], 1, PURGE_BATCH_EVENT_LOST);
  sample_send (journal, ids[0], 2, PURGE_BATCH_EVENT_REJECTED);
  g_assert_true (journal_sync_append (journal, added->id, ids, 2, NULL));

  found = sample_load (journal, added->id);
  g_assert_cmpuint (found->batches->len, ==, 5);
  g_assert_cmpint (sample_get_batch (found, 1)->state, ==, PURGE_BATCH_SUPERSEDED);
  g_assert_cmpint (sample_get_batch (found, 1)->resolved, ==, NOW + 40);
  g_assert_cmpint (sample_get_batch (found, 2)->state, ==, PURGE_BATCH_WAITING);
  g_assert_cmpint (sample_get_batch (found, 3)->state, ==, PURGE_BATCH_REJECTED);
  g_assert_cmpint (sample_get_batch (found, 3)->resolved, ==, NOW + 9);
  g_assert_cmpuint (sample_get_batch (found, 1)->successor, ==, 5);
  g_assert_cmpuint (sample_get_batch (found, 2)->successor, ==, 0);
  g_assert_cmpuint (sample_get_batch (found, 3)->successor, ==, 4);
  for (guint i = 4; i <= 5; i++)
    {
      PurgeBatchRecord *batch = sample_get_batch (found, i);

      g_assert_cmpuint (batch->number, ==, i);
      g_assert_cmpint (batch->state, ==, PURGE_BATCH_WAITING);
      g_assert_null (batch->attempt);
      g_assert_null (batch->outcome);
      g_assert_cmpuint (batch->parent, ==, i == 4 ? 3 : 1);
      assert_same_urls (batch, sample_get_batch (found, batch->parent));
    }
}

static void
test_makes_each_anew_once (void)
{
  g_autoptr (PurgeJournal) journal = journal_sync_new (":memory:");
  gint64 batch_id = sample_submit_one (journal);
  g_autoptr (PurgeSubmission) found = NULL;
  g_autoptr (GError) error = NULL;
  gint64 successor;

  sample_send (journal, batch_id, 1, PURGE_BATCH_EVENT_REJECTED);
  g_assert_true (journal_sync_append (journal, 1, &batch_id, 1, NULL));
  g_assert_false (journal_sync_append (journal, 1, &batch_id, 1, &error));
  g_assert_error (error, PURGE_ERROR, PURGE_ERROR_EXISTS);

  /* Its successor may have one in its turn. */
  found = sample_load (journal, 1);
  successor = sample_get_batch (found, 2)->id;
  sample_send (journal, successor, 2, PURGE_BATCH_EVENT_LOST);
  g_assert_true (journal_sync_append (journal, 1, &successor, 1, NULL));
  g_clear_pointer (&found, purge_submission_unref);
  found = sample_load (journal, 1);
  g_assert_cmpuint (found->batches->len, ==, 3);
  g_assert_cmpuint (sample_get_batch (found, 3)->parent, ==, 2);
}

static void
test_appends_wholly_or_not (void)
{
  const char *urls[] = { "http://example.com/a/", "http://example.com/b/", NULL };
  g_autoptr (PurgeJournal) journal = journal_sync_new (":memory:");
  g_autoptr (PurgeSubmission) added = sample_submit (journal, urls, 1);
  gint64 other = add_unknown (journal);
  gint64 unknown = sample_get_batch (added, 1)->id;
  const gint64 bad[] = { other, sample_get_batch (added, 2)->id, unknown, G_MAXINT64, 0 };

  sample_send (journal, unknown, 77, PURGE_BATCH_EVENT_LOST);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      const gint64 ids[] = { unknown, bad[i] };
      g_autoptr (PurgeSubmission) found = NULL;
      g_autoptr (GError) error = NULL;
      int code = bad[i] == unknown ? PURGE_ERROR_EXISTS : PURGE_ERROR_NOT_FOUND;

      g_assert_false (journal_sync_append (journal, added->id, ids, 2, &error));
      g_assert_error (error, PURGE_ERROR, code);
      found = sample_load (journal, added->id);
      g_assert_cmpuint (found->batches->len, ==, 2);
      g_assert_cmpint (sample_get_batch (found, 1)->state, ==, PURGE_BATCH_UNKNOWN);
    }
}

/* Two windows on one file that were asked for the same at the same moment. */
typedef void (*StartFunc) (PurgeJournal  *journal,
                           gint64         batch_id,
                           GAsyncResult **result);
typedef gboolean (*FinishFunc) (PurgeJournal  *journal,
                                GAsyncResult  *result,
                                GError       **error);

static void
start_append (PurgeJournal  *journal,
              gint64         batch_id,
              GAsyncResult **result)
{
  purge_journal_append_async (journal, 1, &batch_id, 1, NOW, NULL, await_cb, result);
}

static void
start_begin_again (PurgeJournal  *journal,
                   gint64         batch_id,
                   GAsyncResult **result)
{
  purge_journal_begin_again_async (journal, batch_id, NOW, NULL, await_cb, result);
}

static void
start_begin (PurgeJournal  *journal,
             gint64         batch_id,
             GAsyncResult **result)
{
  PurgeAttempt attempt = { .nonce = g_random_int (), .endpoint = (char *) ENDPOINT };

  purge_journal_begin_async (journal, batch_id, &attempt, NULL, await_cb, result);
}

static const struct
{
  const char *name;
  gboolean    is_sent;
  StartFunc   start;
  FinishFunc  finish;
  int         code;
} races[] = {
  { "append", TRUE, start_append, purge_journal_append_finish, PURGE_ERROR_EXISTS },
  { "begin-again", TRUE, start_begin_again, purge_journal_begin_again_finish, PURGE_ERROR_EXISTS },
  { "begin", FALSE, start_begin, purge_journal_begin_finish, PURGE_ERROR_NOT_FOUND },
};

static void
test_races (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);

  for (guint round = 0; round < 10; round++)
    {
      g_autoptr (Scratch) scratch = scratch_new ();
      g_autofree char *path = g_build_filename (scratch, "journal.sqlite", NULL);
      g_autoptr (PurgeJournal) first = journal_sync_new (path);
      g_autoptr (PurgeJournal) second = journal_sync_new (path);
      g_autoptr (GAsyncResult) first_result = NULL;
      g_autoptr (GAsyncResult) second_result = NULL;
      g_autoptr (GError) first_error = NULL;
      g_autoptr (GError) second_error = NULL;
      gint64 batch_id = sample_submit_one (first);
      gboolean first_won;

      if (races[i].is_sent)
        sample_send (first, batch_id, 1, PURGE_BATCH_EVENT_LOST);
      races[i].start (first, batch_id, &first_result);
      races[i].start (second, batch_id, &second_result);
      first_won = races[i].finish (first, await (&first_result), &first_error);
      g_assert_cmpint (races[i].finish (second, await (&second_result), &second_error), ==,
                       !first_won);
      if (first_won)
        g_assert_error (second_error, PURGE_ERROR, races[i].code);
      else
        g_assert_error (first_error, PURGE_ERROR, races[i].code);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/journal-again/sends-again-what-is-unknown", test_sends_again_what_is_unknown);
  g_test_add_func ("/journal-again/sends-again-once", test_sends_again_once);
  g_test_add_func ("/journal-again/records-what-came-of-it", test_records_what_came_of_it);
  g_test_add_func ("/journal-again/leaves-what-was-settled", test_leaves_what_was_settled);
  g_test_add_func ("/journal-again/appends-what-came-to-nothing",
                   test_appends_what_came_to_nothing);
  g_test_add_func ("/journal-again/makes-batches-anew", test_makes_batches_anew);
  g_test_add_func ("/journal-again/makes-each-anew-once", test_makes_each_anew_once);
  g_test_add_func ("/journal-again/appends-wholly-or-not", test_appends_wholly_or_not);
  for (guint i = 0; i < G_N_ELEMENTS (races); i++)
    {
      g_autofree char *name = g_strconcat ("/journal-again/races/", races[i].name, NULL);

      g_test_add_data_func (name, GUINT_TO_POINTER (i), test_races);
    }

  return g_test_run ();
}
