/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#include "purge-batch-table.h"

#include <string.h>

#include "journal-sync.h"
#include "purge-error.h"

static PurgeOutcome *
make_full_outcome (void)
{
  PurgeOutcome *outcome = purge_outcome_new (PURGE_BATCH_EVENT_REJECTED,
                                             PURGE_CAUSE_REFUSED_BY_API);

  outcome->stops_queue = TRUE;
  outcome->http_status = 200;
  outcome->detail = g_strdup ("detail");
  outcome->answer.code = g_strdup ("9110");
  outcome->answer.code_is_number = TRUE;
  outcome->answer.code_desc = g_strdup ("ParameterError");
  outcome->answer.message = g_strdup ("(9110)域名不存在");
  outcome->answer.module_code = 9110;
  outcome->answer.task_id = g_strdup ("1500000000123");
  outcome->answer.request_id = g_strdup ("request");
  outcome->answer.count = 7;
  outcome->answer.raw = g_strdup ("{\"code\":9110}");
  return outcome;
}

static void
assert_same_outcome (PurgeOutcome *a,
                     PurgeOutcome *b)
{
  g_assert_nonnull (a);
  g_assert_cmpint (a->event, ==, b->event);
  g_assert_cmpint (a->cause, ==, b->cause);
  g_assert_cmpint (a->stops_queue, ==, b->stops_queue);
  g_assert_cmpuint (a->http_status, ==, b->http_status);
  g_assert_cmpstr (a->detail, ==, b->detail);
  g_assert_cmpstr (a->answer.code, ==, b->answer.code);
  g_assert_cmpint (a->answer.code_is_number, ==, b->answer.code_is_number);
  g_assert_cmpstr (a->answer.code_desc, ==, b->answer.code_desc);
  g_assert_cmpstr (a->answer.message, ==, b->answer.message);
  g_assert_cmpint (a->answer.module_code, ==, b->answer.module_code);
  g_assert_cmpstr (a->answer.task_id, ==, b->answer.task_id);
  g_assert_cmpstr (a->answer.request_id, ==, b->answer.request_id);
  g_assert_cmpint (a->answer.count, ==, b->answer.count);
  g_assert_cmpstr (a->answer.raw, ==, b->answer.raw);
}

static void
test_keeps_outcomes (void)
{
  g_autoptr (PurgeJournal) journal = journal_sync_new (":memory:");
  g_autoptr (PurgeOutcome) full = make_full_outcome ();
  g_autoptr (PurgeOutcome) empty = purge_outcome_new (PURGE_BATCH_EVENT_LOST, PURGE_CAUSE_TIMEOUT);
  PurgeOutcome *outcomes[] = { full, empty };

  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    {
      gint64 batch_id = sample_submit_one (journal);
      g_autoptr (PurgeSubmission) found = NULL;
      PurgeBatchState state = PURGE_BATCH_WAITING;

      g_assert_true (journal_sync_begin (journal, batch_id, G_MAXUINT64 - i, NOW + 5, NULL));
      g_assert_true (journal_sync_record (journal, batch_id, outcomes[i], &state, NULL));
      found = sample_load (journal, journal_sync_find_latest (journal));
      g_assert_cmpint (sample_get_batch (found, 1)->state, ==, state);
      g_assert_cmpuint (sample_get_batch (found, 1)->nonce, ==, G_MAXUINT64 - i);
      g_assert_cmpint (sample_get_batch (found, 1)->timestamp, ==, NOW + 5);
      g_assert_cmpint (sample_get_batch (found, 1)->resolved, ==, NOW + 9);
      assert_same_outcome (sample_get_batch (found, 1)->outcome, outcomes[i]);
    }
}

/* Each cause comes back as it went in. */
static void
test_keeps_causes (void)
{
  g_autoptr (PurgeJournal) journal = journal_sync_new (":memory:");
  GEnumClass *causes = g_type_class_ref (PURGE_TYPE_CAUSE);

  for (guint i = 0; i < causes->n_values; i++)
    {
      gint64 batch_id = sample_submit_one (journal);
      g_autoptr (PurgeOutcome) outcome = purge_outcome_new (PURGE_BATCH_EVENT_LOST,
                                                            causes->values[i].value);
      g_autoptr (PurgeSubmission) found = NULL;
      PurgeBatchState state;

      g_assert_true (journal_sync_begin (journal, batch_id, i + 1, NOW, NULL));
      g_assert_true (journal_sync_record (journal, batch_id, outcome, &state, NULL));
      found = sample_load (journal, journal_sync_find_latest (journal));
      assert_same_outcome (sample_get_batch (found, 1)->outcome, outcome);
    }

  g_type_class_unref (causes);
}

static void
test_cuts_long_answers (void)
{
  const gsize cap = 256 * 1024;
  const struct {
    gsize       n_filled;
    const char *end;
    gsize       kept;
  } cases[] = {
    { cap - 1, "x", cap },
    { cap, "x", cap },
    { cap - 1, "ü", cap - 1 },
    { cap - 2, "ü", cap },
    { cap - 1, "你好", cap - 1 },
    { cap - 2, "🦊", cap - 2 },
    { 3 * cap, "x", cap },
  };
  g_autoptr (PurgeJournal) journal = journal_sync_new (":memory:");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PurgeOutcome) outcome = purge_outcome_new (PURGE_BATCH_EVENT_LOST,
                                                            PURGE_CAUSE_ANSWER_UNCLEAR);
      g_autofree char *filled = g_strnfill (cases[i].n_filled, 'r');
      g_autoptr (PurgeSubmission) found = NULL;
      gint64 batch_id = sample_submit_one (journal);
      PurgeBatchState state;
      const char *raw;

      outcome->answer.raw = g_strconcat (filled, cases[i].end, NULL);
      g_assert_true (journal_sync_begin (journal, batch_id, i + 1, NOW, NULL));
      g_assert_true (journal_sync_record (journal, batch_id, outcome, &state, NULL));
      found = sample_load (journal, journal_sync_find_latest (journal));
      raw = sample_get_batch (found, 1)->outcome->answer.raw;
      g_assert_cmpuint (strlen (raw), ==, cases[i].kept);
      g_assert_true (g_utf8_validate (raw, -1, NULL));
    }
}

/* What brings a fresh batch into a state. */
static const struct
{
  PurgeBatchState state;
  PurgeBatchEvent events[3];
  guint           n_events;
} paths[] = {
  { PURGE_BATCH_WAITING, { 0 }, 0 },
  { PURGE_BATCH_SENDING, { PURGE_BATCH_EVENT_SEND }, 1 },
  { PURGE_BATCH_ACCEPTED, { PURGE_BATCH_EVENT_SEND, PURGE_BATCH_EVENT_ACCEPTED }, 2 },
  { PURGE_BATCH_REJECTED, { PURGE_BATCH_EVENT_SEND, PURGE_BATCH_EVENT_REJECTED }, 2 },
  { PURGE_BATCH_UNKNOWN, { PURGE_BATCH_EVENT_SEND, PURGE_BATCH_EVENT_LOST }, 2 },
  { PURGE_BATCH_SUPERSEDED,
    { PURGE_BATCH_EVENT_SEND, PURGE_BATCH_EVENT_LOST, PURGE_BATCH_EVENT_RESUBMITTED }, 3 },
  { PURGE_BATCH_DONE,
    { PURGE_BATCH_EVENT_SEND, PURGE_BATCH_EVENT_ACCEPTED, PURGE_BATCH_EVENT_DONE }, 3 },
  { PURGE_BATCH_FAILED,
    { PURGE_BATCH_EVENT_SEND, PURGE_BATCH_EVENT_ACCEPTED, PURGE_BATCH_EVENT_FAILED }, 3 },
};

static guint64 nonce;

static gboolean
apply (PurgeJournal     *journal,
       gint64            batch_id,
       PurgeBatchEvent   event,
       GError          **error)
{
  if (event == PURGE_BATCH_EVENT_SEND)
    return journal_sync_begin (journal, batch_id, ++nonce, NOW, error);

  return sample_record_event (journal, batch_id, event, error);
}

static gint64
add_batch_in (PurgeJournal *journal,
              guint         path)
{
  gint64 batch_id = sample_submit_one (journal);

  for (guint i = 0; i < paths[path].n_events; i++)
    g_assert_true (apply (journal, batch_id, paths[path].events[i], NULL));

  return batch_id;
}

/* Every event in every state: the journal moves a batch exactly where the table of moves says, and
 * where that says nothing, nothing changes. */
static void
test_moves_as_the_table_says (void)
{
  g_autoptr (PurgeJournal) journal = journal_sync_new (":memory:");
  guint n_legal = 0;

  g_assert_cmpuint (G_N_ELEMENTS (paths), ==, PURGE_BATCH_FAILED + 1);
  for (guint path = 0; path < G_N_ELEMENTS (paths); path++)
    for (PurgeBatchEvent event = 0; event <= PURGE_BATCH_EVENT_FAILED; event++)
      {
        gint64 batch_id = add_batch_in (journal, path);
        PurgeBatchState to = paths[path].state;
        gboolean legal = purge_batch_state_move (paths[path].state, event, &to);
        g_autoptr (PurgeSubmission) before =
          sample_load (journal, journal_sync_find_latest (journal));
        g_autoptr (PurgeSubmission) after = NULL;
        g_autoptr (GError) error = NULL;

        g_assert_cmpint (sample_get_batch (before, 1)->state, ==, paths[path].state);
        g_assert_cmpint (apply (journal, batch_id, event, &error), ==, legal);
        g_assert_cmpint (sample_load_state (journal, batch_id), ==, to);
        n_legal += legal;
        if (legal)
          continue;

        g_assert_error (error, PURGE_ERROR, PURGE_ERROR_NOT_FOUND);
        after = sample_load (journal, journal_sync_find_latest (journal));
        g_assert_cmpuint (sample_get_batch (after, 1)->nonce, ==,
                          sample_get_batch (before, 1)->nonce);
        if (sample_get_batch (before, 1)->outcome != NULL)
          assert_same_outcome (sample_get_batch (after, 1)->outcome,
                               sample_get_batch (before, 1)->outcome);
      }

  g_assert_cmpuint (n_legal, ==, 12);
}

static void
test_forgets_an_earlier_try (void)
{
  g_autoptr (PurgeJournal) journal = journal_sync_new (":memory:");
  g_autoptr (PurgeOutcome) refused = make_full_outcome ();
  gint64 batch_id = sample_submit_one (journal);
  g_autoptr (PurgeSubmission) waiting = NULL;
  g_autoptr (PurgeSubmission) sending = NULL;
  PurgeBatchState state;

  refused->event = PURGE_BATCH_EVENT_NOT_EXECUTED;
  g_assert_true (journal_sync_begin (journal, batch_id, 1, NOW, NULL));
  g_assert_true (journal_sync_record (journal, batch_id, refused, &state, NULL));
  waiting = sample_load (journal, journal_sync_find_latest (journal));
  assert_same_outcome (sample_get_batch (waiting, 1)->outcome, refused);

  g_assert_true (journal_sync_begin (journal, batch_id, 2, NOW, NULL));
  sending = sample_load (journal, journal_sync_find_latest (journal));
  g_assert_null (sample_get_batch (sending, 1)->outcome);
  g_assert_cmpint (sample_get_batch (sending, 1)->resolved, ==, 0);
  g_assert_cmpuint (sample_get_batch (sending, 1)->nonce, ==, 2);
}

/* A look-up that does not name the task must not lose it. */
static void
test_keeps_the_task_id (void)
{
  g_autoptr (PurgeJournal) journal = journal_sync_new (":memory:");
  g_autoptr (PurgeOutcome) accepted = make_full_outcome ();
  g_autoptr (PurgeSubmission) found = NULL;
  gint64 batch_id = sample_submit_one (journal);
  PurgeBatchState state;

  accepted->event = PURGE_BATCH_EVENT_ACCEPTED;
  g_assert_true (journal_sync_begin (journal, batch_id, 1, NOW, NULL));
  g_assert_true (journal_sync_record (journal, batch_id, accepted, &state, NULL));
  g_assert_true (sample_record_event (journal, batch_id, PURGE_BATCH_EVENT_DONE, NULL));
  found = sample_load (journal, journal_sync_find_latest (journal));
  g_assert_cmpstr (sample_get_batch (found, 1)->outcome->answer.task_id, ==, "1500000000123");
  g_assert_null (sample_get_batch (found, 1)->outcome->answer.code);
}

/* A nonce is used once with a timestamp by an account, in whatever batch and state. */
static void
test_uses_a_nonce_once (void)
{
  g_autoptr (PurgeJournal) journal = journal_sync_new (":memory:");
  gint64 first = sample_submit_one (journal);
  gint64 second = sample_submit_one (journal);
  g_autoptr (GError) error = NULL;

  g_assert_true (journal_sync_begin (journal, first, 5, NOW, NULL));
  g_assert_true (sample_record_event (journal, first, PURGE_BATCH_EVENT_ACCEPTED, NULL));
  g_assert_false (journal_sync_begin (journal, second, 5, NOW, &error));
  g_assert_error (error, PURGE_ERROR, PURGE_ERROR_EXISTS);
  g_assert_cmpint (sample_load_state (journal, second), ==, PURGE_BATCH_WAITING);

  g_assert_true (journal_sync_begin (journal, second, 5, NOW + 1, NULL));
}

static void
test_counts_quota (void)
{
  const struct {
    PurgeBatchState state;
    gboolean        counts;
    gboolean        proves;
  } cases[] = {
    { PURGE_BATCH_WAITING, FALSE, FALSE },   { PURGE_BATCH_SENDING, TRUE, FALSE },
    { PURGE_BATCH_ACCEPTED, TRUE, TRUE },    { PURGE_BATCH_REJECTED, FALSE, FALSE },
    { PURGE_BATCH_UNKNOWN, TRUE, FALSE },    { PURGE_BATCH_SUPERSEDED, TRUE, FALSE },
    { PURGE_BATCH_DONE, TRUE, TRUE },        { PURGE_BATCH_FAILED, TRUE, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PurgeJournal) journal = journal_sync_new (":memory:");
      g_autoptr (PurgeAccount) account = purge_account_new ("uuid", "shop");
      gboolean accepted = -1;

      g_object_set (account, "key-serial", 3, NULL);
      g_assert_cmpint (paths[i].state, ==, cases[i].state);
      add_batch_in (journal, i);
      g_assert_cmpuint (journal_sync_sum_up (journal, account, ENDPOINT, NOW, NOW + 1, NOW,
                                             &accepted), ==, cases[i].counts);
      g_assert_cmpint (accepted, ==, cases[i].proves);
    }
}

/* One accepted batch of three directories at NOW, seen from elsewhere. */
static void
test_counts_what_is_asked (void)
{
  const struct {
    const char *uuid;
    guint       serial;
    const char *endpoint;
    gint64      since;
    gint64      until;
    gint64      canary_since;
    guint       n_used;
    gboolean    accepted;
  } cases[] = {
    { "uuid", 3, ENDPOINT, NOW, NOW + 1, NOW, 3, TRUE },
    { "uuid", 3, ENDPOINT, NOW - 100, NOW + 100, NOW - 100, 3, TRUE },
    { "uuid", 3, ENDPOINT, NOW + 1, NOW + 100, NOW, 0, TRUE },
    { "uuid", 3, ENDPOINT, NOW - 100, NOW, NOW + 1, 0, FALSE },
    { "uuid", 4, ENDPOINT, NOW, NOW + 1, NOW, 3, FALSE },
    { "uuid", 3, "https://other.example", NOW, NOW + 1, NOW, 3, FALSE },
    { "other", 3, ENDPOINT, NOW, NOW + 1, NOW, 0, FALSE },
  };
  const char *urls[] = { "http://a.example/", "http://b.example/", "http://c.example/", NULL };
  g_autoptr (PurgeJournal) journal = journal_sync_new (":memory:");
  g_autoptr (PurgeSubmission) submission = sample_submit (journal, urls, 20);
  gint64 batch_id = sample_get_batch (submission, 1)->id;

  g_assert_true (journal_sync_begin (journal, batch_id, 1, NOW, NULL));
  g_assert_true (sample_record_event (journal, batch_id, PURGE_BATCH_EVENT_ACCEPTED, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PurgeAccount) account = purge_account_new (cases[i].uuid, "shop");
      gboolean accepted = -1;

      g_test_message ("case %u", i);
      g_object_set (account, "key-serial", cases[i].serial, NULL);
      g_assert_cmpuint (journal_sync_sum_up (journal, account, cases[i].endpoint, cases[i].since,
                                             cases[i].until, cases[i].canary_since, &accepted), ==,
                        cases[i].n_used);
      g_assert_cmpint (accepted, ==, cases[i].accepted);
    }
}

/* N directories and N URLs more, accepted in an area. */
static gint64
accept_in_area (PurgeJournal *journal,
                PurgeAccount *account,
                PurgeArea     area,
                guint         n_directories,
                guint         n_urls)
{
  const char * const urls[] = { "http://a.example/", "http://b.example/", "http://c.example/",
                                "http://d.example/", NULL };
  const guint n = G_N_ELEMENTS (urls) - 1;
  g_autoptr (PurgeOrder) order =
    purge_order_new (PURGE_MODE_UPDATED, area, urls + n - n_directories, urls + n - n_urls);
  PurgeLimits limits = { { { 20 }, { 20 } } };
  g_autoptr (PurgeSubmission) submission =
    purge_submission_new (account, ENDPOINT, order, &limits, NOW);

  g_assert_true (journal_sync_add (journal, submission, NULL));
  for (guint i = 1; i <= submission->batches->len; i++)
    {
      gint64 batch_id = sample_get_batch (submission, i)->id;

      g_assert_true (journal_sync_begin (journal, batch_id, ++nonce, NOW, NULL));
      g_assert_true (sample_record_event (journal, batch_id, PURGE_BATCH_EVENT_ACCEPTED, NULL));
    }

  return submission->id;
}

/* Every kind has a quota of its own in every area; what named no area may have spent of each. It stays
 * spent when the submission is deleted. */
static void
test_counts_kinds_and_areas (void)
{
  const struct {
    PurgeArea area;
    guint     n_used[PURGE_N_KINDS];
  } cases[] = {
    { PURGE_AREA_MAINLAND, { 3 + 1, 0 + 2 } },
    { PURGE_AREA_OVERSEAS, { 0 + 1, 4 + 2 } },
    { PURGE_AREA_NONE, { 3 + 1, 4 + 2 } },
  };
  g_autoptr (PurgeJournal) journal = journal_sync_new (":memory:");
  g_autoptr (PurgeAccount) account = purge_account_new ("uuid", "shop");
  gint64 ids[] = {
    accept_in_area (journal, account, PURGE_AREA_MAINLAND, 3, 0),
    accept_in_area (journal, account, PURGE_AREA_OVERSEAS, 0, 4),
    accept_in_area (journal, account, PURGE_AREA_NONE, 1, 2),
  };

  for (guint turn = 0; turn <= G_N_ELEMENTS (ids); turn++)
    {
      for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
        {
          guint n_used[PURGE_N_KINDS] = { 0 };

          g_test_message ("%u deleted, case %u", turn, i);
          journal_sync_count_kinds (journal, account, cases[i].area, NOW, NOW + 1, n_used);
          for (guint kind = 0; kind < PURGE_N_KINDS; kind++)
            g_assert_cmpuint (n_used[kind], ==, cases[i].n_used[kind]);
        }
      if (turn < G_N_ELEMENTS (ids))
        g_assert_true (journal_sync_remove (journal, ids[turn], NOW, NULL));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/batch-table/keeps-outcomes", test_keeps_outcomes);
  g_test_add_func ("/batch-table/keeps-causes", test_keeps_causes);
  g_test_add_func ("/batch-table/cuts-long-answers", test_cuts_long_answers);
  g_test_add_func ("/batch-table/moves-as-the-table-says", test_moves_as_the_table_says);
  g_test_add_func ("/batch-table/forgets-an-earlier-try", test_forgets_an_earlier_try);
  g_test_add_func ("/batch-table/keeps-the-task-id", test_keeps_the_task_id);
  g_test_add_func ("/batch-table/uses-a-nonce-once", test_uses_a_nonce_once);
  g_test_add_func ("/batch-table/counts-quota", test_counts_quota);
  g_test_add_func ("/batch-table/counts-what-is-asked", test_counts_what_is_asked);
  g_test_add_func ("/batch-table/counts-kinds-and-areas", test_counts_kinds_and_areas);

  return g_test_run ();
}
