/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#include "purge-journal-history.h"

#include "await.h"
#include "journal-sync.h"
#include "purge-error.h"
#include "scratch.h"

#define DAY (24 * 60 * 60)

static guint64 nonce;

/* A submission of one batch of @n_urls directories that went out at a time. */
static gint64
add_sent (PurgeJournal    *journal,
          guint            n_urls,
          gint64           timestamp,
          PurgeBatchEvent  event)
{
  const char *urls[4] = { "http://example.com/a/", "http://example.com/b/",
                          "http://example.com/c/", NULL };
  g_autoptr (PurgeSubmission) submission = NULL;
  gint64 batch_id;

  urls[n_urls] = NULL;
  submission = sample_submit (journal, urls, 20);
  batch_id = sample_get_batch (submission, 1)->id;
  g_assert_true (journal_sync_begin (journal, batch_id, ++nonce, timestamp, NULL));
  if (event != PURGE_BATCH_EVENT_SEND)
    g_assert_true (sample_record_event (journal, batch_id, event, NULL));

  return submission->id;
}

static guint
count_used (PurgeJournal *journal,
            gint64        since)
{
  g_autoptr (PurgeAccount) account = purge_account_new ("uuid", "shop");
  gboolean accepted;

  return journal_sync_sum_up (journal, account, ENDPOINT, since, G_MAXINT64, since, &accepted);
}

/* Ids and hits of the submissions that are listed, "3:1 1:2". */
static char *
dup_list (PurgeJournal *journal,
          const char   *search,
          gint64        before_id,
          guint         limit)
{
  g_autoptr (GPtrArray) summaries = journal_sync_list (journal, search, before_id, limit);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < summaries->len; i++)
    {
      PurgeSubmissionSummary *summary = g_ptr_array_index (summaries, i);

      g_string_append_printf (text, "%s%" G_GINT64_FORMAT ":%u", i > 0 ? " " : "", summary->id,
                              summary->n_hits);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* One batch in each state, and one that was made anew of each that may be. */
static void
test_sums_up (void)
{
  const char *urls[] = {
    "http://example.com/1/", "http://example.com/2/", "http://example.com/3/",
    "http://example.com/4/", "http://example.com/5/", "http://example.com/6/",
    "http://example.com/7/", NULL
  };
  const PurgeBatchEvent events[] = {
    PURGE_BATCH_EVENT_ACCEPTED, PURGE_BATCH_EVENT_REJECTED, PURGE_BATCH_EVENT_LOST,
    PURGE_BATCH_EVENT_LOST, PURGE_BATCH_EVENT_REJECTED, PURGE_BATCH_EVENT_NOT_EXECUTED,
  };
  g_autoptr (PurgeJournal) journal = journal_sync_new (":memory:");
  g_autoptr (PurgeSubmission) submission = sample_submit (journal, urls, 1);
  g_autoptr (GPtrArray) summaries = NULL;
  PurgeSubmissionSummary *summary;
  gint64 anew[] = { sample_get_batch (submission, 4)->id, sample_get_batch (submission, 5)->id };

  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    sample_send (journal, sample_get_batch (submission, i + 1)->id, i + 1, events[i]);
  g_assert_true (journal_sync_append (journal, submission->id, anew, 2, NULL));

  summaries = journal_sync_list (journal, "example", 0, 10);
  g_assert_cmpuint (summaries->len, ==, 1);
  summary = g_ptr_array_index (summaries, 0);
  g_assert_cmpint (summary->id, ==, submission->id);
  g_assert_cmpstr (summary->account_uuid, ==, "uuid");
  g_assert_cmpstr (summary->account_name, ==, "shop");
  g_assert_cmpint (summary->mode, ==, PURGE_MODE_ALL);
  g_assert_cmpint (summary->created, ==, NOW);
  g_assert_cmpuint (summary->tally.n_directories, ==, 7);
  g_assert_cmpuint (summary->tally.n_accepted, ==, 1);
  g_assert_cmpuint (summary->tally.n_rejected, ==, 1);
  g_assert_cmpuint (summary->tally.n_unknown, ==, 1);
  g_assert_cmpuint (summary->tally.n_waiting, ==, 4);
  g_assert_cmpuint (summary->n_hits, ==, 7);
}

/* Directories and URLs can be told apart; what was made anew is counted there. */
static void
test_counts_urls (void)
{
  const char * const entries[] = {
    "http://example.com/1/", "http://example.com/2/", "http://example.com/3/", NULL
  };
  g_autoptr (PurgeJournal) journal = journal_sync_new (":memory:");
  g_autoptr (PurgeAccount) account = purge_account_new ("uuid", "shop");
  g_autoptr (PurgeOrder) order =
    purge_order_new (PURGE_MODE_ALL, PURGE_AREA_NONE, entries + 1, entries);
  const PurgeLimits limits = { { { 1 }, { 2 } } };
  g_autoptr (PurgeSubmission) submission =
    purge_submission_new (account, ENDPOINT, order, &limits, NOW);
  g_autoptr (GPtrArray) summaries = NULL;
  const PurgeSubmissionSummary *summary;
  gint64 anew;

  g_assert_true (journal_sync_add (journal, submission, NULL));
  anew = sample_get_batch (submission, 3)->id;
  sample_send (journal, anew, 1, PURGE_BATCH_EVENT_REJECTED);
  g_assert_true (journal_sync_append (journal, submission->id, &anew, 1, NULL));

  summaries = journal_sync_list (journal, NULL, 0, 10);
  summary = g_ptr_array_index (summaries, 0);
  g_assert_cmpuint (summary->tally.n_directories, ==, 5);
  g_assert_cmpuint (summary->n_urls, ==, 3);
}

static void
test_counts_each_state (void)
{
  const struct {
    PurgeBatchEvent events[2];
    guint           n_events;
    guint           accepted;
    guint           rejected;
    guint           unknown;
    guint           waiting;
    guint           done;
    guint           failed;
  } cases[] = {
    { { 0 }, 0, 0, 0, 0, 2, 0, 0 },
    { { PURGE_BATCH_EVENT_NOT_EXECUTED }, 1, 0, 0, 0, 2, 0, 0 },
    { { PURGE_BATCH_EVENT_ACCEPTED }, 1, 2, 0, 0, 0, 0, 0 },
    { { PURGE_BATCH_EVENT_ACCEPTED, PURGE_BATCH_EVENT_DONE }, 2, 2, 0, 0, 0, 2, 0 },
    { { PURGE_BATCH_EVENT_ACCEPTED, PURGE_BATCH_EVENT_FAILED }, 2, 0, 2, 0, 0, 0, 2 },
    { { PURGE_BATCH_EVENT_REJECTED }, 1, 0, 2, 0, 0, 0, 0 },
    { { PURGE_BATCH_EVENT_LOST }, 1, 0, 0, 2, 0, 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PurgeJournal) journal = journal_sync_new (":memory:");
      g_autoptr (GPtrArray) summaries = NULL;
      PurgeSubmissionSummary *summary;

      add_sent (journal, 2, NOW, PURGE_BATCH_EVENT_SEND);
      for (guint j = 0; j < cases[i].n_events; j++)
        g_assert_true (sample_record_event (journal, 1, cases[i].events[j], NULL));

      summaries = journal_sync_list (journal, NULL, 0, 0);
      summary = g_ptr_array_index (summaries, 0);
      g_assert_cmpuint (summary->tally.n_directories, ==, 2);
      g_assert_cmpuint (summary->tally.n_accepted, ==, cases[i].accepted);
      g_assert_cmpuint (summary->tally.n_rejected, ==, cases[i].rejected);
      g_assert_cmpuint (summary->tally.n_unknown, ==, cases[i].unknown);
      g_assert_cmpuint (summary->tally.n_waiting, ==, cases[i].waiting);
      g_assert_cmpuint (summary->tally.n_done, ==, cases[i].done);
      g_assert_cmpuint (summary->tally.n_failed, ==, cases[i].failed);
      g_assert_cmpuint (summary->n_hits, ==, 0);
    }
}

/* Three days up to the one of @now. */
static GArray *
count_days (PurgeJournal *journal,
            gint64        now)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GArray *days;

  purge_journal_count_days_async (journal, purge_day_new_last (now, zone, 3), NULL, await_cb,
                                  &result);
  days = purge_journal_count_days_finish (journal, await (&result), &error);
  g_assert_no_error (error);
  return days;
}

static void
submit_at (PurgeJournal    *journal,
           guint            n_urls,
           gint64           time,
           PurgeBatchEvent  event)
{
  const char *urls[4] = { "http://example.com/a/", "http://example.com/b/",
                          "http://example.com/c/", NULL };
  g_autoptr (PurgeAccount) account = purge_account_new ("uuid", "shop");
  g_autoptr (PurgeOrder) order = NULL;
  g_autoptr (PurgeSubmission) submission = NULL;
  const PurgeLimits limits = { { { 20 }, { 20 } } };

  urls[n_urls] = NULL;
  order = purge_order_new (PURGE_MODE_ALL, PURGE_AREA_NONE, urls, urls + 3);
  submission = purge_submission_new (account, ENDPOINT, order, &limits, time);
  g_assert_true (journal_sync_add (journal, submission, NULL));
  if (event != PURGE_BATCH_EVENT_SEND)
    sample_send (journal, sample_get_batch (submission, 1)->id, ++nonce, event);
}

static void
test_counts_days (void)
{
  const struct {
    gint64          time;
    guint           n_urls;
    PurgeBatchEvent event;
  } submissions[] = {
    { -1, 3, PURGE_BATCH_EVENT_ACCEPTED },
    { 0, 3, PURGE_BATCH_EVENT_ACCEPTED },
    { DAY - 1, 2, PURGE_BATCH_EVENT_REJECTED },
    { 2 * DAY, 1, PURGE_BATCH_EVENT_LOST },
    { 2 * DAY + 1, 2, PURGE_BATCH_EVENT_ACCEPTED },
    /* Of this nothing was sent. */
    { 3 * DAY - 1, 3, PURGE_BATCH_EVENT_SEND },
    { 3 * DAY, 3, PURGE_BATCH_EVENT_ACCEPTED },
  };
  const PurgeTally expected[] = {
    { 5, .n_accepted = 3, .n_rejected = 2, .n_batches = 2, .n_batches_done = 2 },
    { 0 },
    { 6, .n_accepted = 2, .n_unknown = 1, .n_waiting = 3, .n_batches = 3, .n_batches_done = 2 },
  };
  g_autoptr (PurgeJournal) journal = journal_sync_new (":memory:");
  g_autoptr (GArray) days = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (submissions); i++)
    submit_at (journal, submissions[i].n_urls, submissions[i].time, submissions[i].event);

  days = count_days (journal, 2 * DAY + 5);
  for (guint i = 0; i < days->len; i++)
    g_assert_cmpmem (&g_array_index (days, PurgeDay, i).tally, sizeof (PurgeTally), &expected[i],
                     sizeof (PurgeTally));
}

/* What was sent again counts once, on the day on which it was submitted first. */
static void
test_counts_once (void)
{
  g_autoptr (PurgeJournal) journal = journal_sync_new (":memory:");
  g_autoptr (GArray) days = NULL;
  const PurgeTally *tally;
  gint64 batch_id = 1;

  submit_at (journal, 3, DAY, PURGE_BATCH_EVENT_REJECTED);
  g_assert_true (journal_sync_append (journal, 1, &batch_id, 1, NULL));
  sample_send (journal, 2, ++nonce, PURGE_BATCH_EVENT_ACCEPTED);
  g_assert_true (sample_record_event (journal, 2, PURGE_BATCH_EVENT_DONE, NULL));

  days = count_days (journal, 2 * DAY);
  tally = &g_array_index (days, PurgeDay, 1).tally;
  g_assert_cmpuint (tally->n_directories, ==, 3);
  g_assert_cmpuint (tally->n_accepted, ==, 3);
  g_assert_cmpuint (tally->n_done, ==, 3);
  g_assert_cmpuint (tally->n_rejected, ==, 0);
  g_assert_cmpuint (g_array_index (days, PurgeDay, 2).tally.n_directories, ==, 0);
}

/* A period has its first second and not its last; it goes together with a search and with pages. */
static void
test_lists_a_period (void)
{
  const struct {
    PurgeHistoryQuery query;
    const char       *ids;
  } cases[] = {
    { { .since = DAY, .until = 2 * DAY }, "3 2" },
    { { .since = DAY }, "4 3 2" },
    { { .until = DAY }, "1" },
    { { .since = DAY, .until = 2 * DAY, .limit = 1 }, "3" },
    { { .since = DAY, .until = 2 * DAY, .before_id = 3 }, "2" },
    { { .since = DAY, .until = 2 * DAY, .search = "/b/" }, "3" },
    { { .since = 2 * DAY + 1 }, "" },
  };
  g_autoptr (PurgeJournal) journal = journal_sync_new (":memory:");

  submit_at (journal, 2, DAY - 1, PURGE_BATCH_EVENT_ACCEPTED);
  submit_at (journal, 1, DAY, PURGE_BATCH_EVENT_ACCEPTED);
  submit_at (journal, 2, 2 * DAY - 1, PURGE_BATCH_EVENT_ACCEPTED);
  submit_at (journal, 2, 2 * DAY, PURGE_BATCH_EVENT_ACCEPTED);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GPtrArray) summaries = NULL;
      g_autoptr (GString) ids = g_string_new (NULL);

      purge_journal_list_async (journal, &cases[i].query, NULL, await_cb, &result);
      summaries = purge_journal_list_finish (journal, await (&result), NULL);
      for (guint j = 0; j < summaries->len; j++)
        g_string_append_printf (ids, "%s%" G_GINT64_FORMAT, j > 0 ? " " : "",
                                ((PurgeSubmissionSummary *) summaries->pdata[j])->id);
      g_assert_cmpstr (ids->str, ==, cases[i].ids);
    }
}

static void
test_searches_plainly (void)
{
  const struct {
    const char *search;
    const char *found;
  } cases[] = {
    { NULL, "5:0 4:0 3:0 2:0 1:0" },
    { "", "5:0 4:0 3:0 2:0 1:0" },
    { "example", "5:1 4:1 3:1 2:2 1:2" },
    { "/a/", "1:1" },
    { "/A/", "3:1" },
    { "EXAMPLE", "" },
    { "%", "2:2" },
    { "%E4", "2:1" },
    { "e%m", "" },
    { "_", "1:1" },
    { "e_ample", "" },
    { "*", "5:1" },
    { "example*a", "" },
    { "e?a", "" },
    { "[a]", "" },
    { "[", "5:1" },
    { "[x]?y*^", "5:1" },
    { "]?y*", "5:1" },
    { "[y]", "" },
    { "[^a]", "" },
    { "\\", "" },
    { "'", "4:1" },
    { "' OR '1'='1", "" },
    { "ü", "4:1" },
    { "http://example.com/a/", "1:1" },
    { "http://example.com/a/x", "" },
  };
  const char *first[] = { "http://example.com/a/", "http://example.com/a_b/", NULL };
  const char *second[] = { "http://example.com/%E4%BD%A0/", "http://example.com/100%/", NULL };
  const char *third[] = { "http://example.com/A/", NULL };
  const char *fourth[] = { "http://example.com/it's-ü/", NULL };
  const char *fifth[] = { "http://example.com/[x]?y*^-/", NULL };
  const char * const *lists[] = { first, second, third, fourth, fifth };
  g_autoptr (PurgeJournal) journal = journal_sync_new (":memory:");

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autoptr (PurgeSubmission) submission = sample_submit (journal, lists[i], 20);

      g_assert_cmpint (submission->id, ==, i + 1);
    }

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *found = dup_list (journal, cases[i].search, 0, 0);

      g_test_message ("search %s", cases[i].search);
      g_assert_cmpstr (found, ==, cases[i].found);
    }
}

/* A page says the same however it was found: one submission after the other, or all at once. */
static void
test_finds_all (void)
{
  const guint n = 150;
  const guint every[] = { 1, 2, 7, 30, 149, 151 };
  g_autoptr (PurgeJournal) journal = journal_sync_new (":memory:");

  for (guint i = 1; i <= n; i++)
    {
      g_autoptr (GString) url = g_string_new ("http://example.com/");
      const char *urls[] = { "http://example.com/else/", NULL, NULL };
      g_autoptr (PurgeSubmission) submission = NULL;

      for (guint j = 0; j < G_N_ELEMENTS (every); j++)
        if (i % every[j] == 0)
          g_string_append_printf (url, "every-%u/", every[j]);
      urls[1] = url->str;
      submission = sample_submit (journal, urls, 20);
      g_assert_cmpint (submission->id, ==, i);
    }

  for (guint j = 0; j < G_N_ELEMENTS (every); j++)
    {
      g_autofree char *search = g_strdup_printf ("/every-%u/", every[j]);
      gint64 next = n - n % every[j];
      gint64 before_id = 0;
      guint n_found;

      do
        {
          g_autoptr (GPtrArray) page = journal_sync_list (journal, search, before_id, 9);

          n_found = page->len;
          for (guint i = 0; i < n_found; i++, next -= every[j])
            {
              before_id = ((PurgeSubmissionSummary *) g_ptr_array_index (page, i))->id;
              g_assert_cmpint (before_id, ==, next);
            }
        }
      while (n_found == 9);
      g_assert_cmpint (next, ==, 0);
    }
}

static void
test_turns_pages (void)
{
  const struct {
    const char *search;
    gint64      before_id;
    guint       limit;
    const char *found;
  } cases[] = {
    { NULL, 0, 2, "5:0 4:0" }, { NULL, 4, 2, "3:0 2:0" }, { NULL, 2, 2, "1:0" },
    { NULL, 1, 2, "" },        { NULL, 0, 99, "5:0 4:0 3:0 2:0 1:0" },
    { "/a/", 0, 2, "5:1 4:1" }, { "/a/", 4, 2, "3:1 2:1" }, { "/a/", 2, 0, "1:1" },
  };
  g_autoptr (PurgeJournal) journal = journal_sync_new (":memory:");

  for (guint i = 0; i < 5; i++)
    sample_submit_one (journal);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *found = dup_list (journal, cases[i].search, cases[i].before_id,
                                         cases[i].limit);

      g_assert_cmpstr (found, ==, cases[i].found);
    }
}

static void
test_removes (void)
{
  const char *tables[] = { "submission", "batch", "entry", "attempt", "look_up" };
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autofree char *path = g_build_filename (scratch, "journal.sqlite", NULL);
  g_autoptr (PurgeJournal) journal = journal_sync_new (path);
  g_autoptr (PurgeSql) sql = purge_sql_open (path, NULL);
  gint64 id = add_sent (journal, 2, NOW, PURGE_BATCH_EVENT_LOST);
  gint64 batch_id = 1;
  g_autoptr (GError) error = NULL;

  g_assert_true (journal_sync_settle (journal, batch_id, NULL, NULL, NULL, NULL));
  g_assert_true (journal_sync_append (journal, id, &batch_id, 1, NULL));
  g_assert_true (journal_sync_remove (journal, id, NOW, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *text = g_strdup_printf ("SELECT count(*) FROM %s", tables[i]);

      g_assert_cmpint (sample_query (sql, text), ==, 0);
    }

  g_assert_false (journal_sync_remove (journal, id, NOW, &error));
  g_assert_error (error, PURGE_ERROR, PURGE_ERROR_NOT_FOUND);
  g_assert_cmpint (add_sent (journal, 1, NOW, PURGE_BATCH_EVENT_LOST), >, id);
}

static void
test_keeps_what_is_being_sent (void)
{
  g_autoptr (PurgeJournal) journal = journal_sync_new (":memory:");
  gint64 id = add_sent (journal, 2, NOW, PURGE_BATCH_EVENT_SEND);
  gint64 other = add_sent (journal, 1, NOW, PURGE_BATCH_EVENT_ACCEPTED);
  g_autoptr (GError) error = NULL;
  g_autofree char *left = NULL;

  g_assert_false (journal_sync_remove (journal, id, NOW, &error));
  g_assert_error (error, PURGE_ERROR, PURGE_ERROR_INVALID_INPUT);
  g_assert_cmpuint (journal_sync_remove_before (journal, NOW + 1, NOW + 1), ==, 1);
  left = dup_list (journal, NULL, 0, 0);
  g_assert_cmpstr (left, ==, "1:0");
  g_assert_cmpint (other, ==, 2);

  g_assert_true (sample_record_event (journal, 1, PURGE_BATCH_EVENT_ACCEPTED, NULL));
  g_assert_true (journal_sync_remove (journal, id, NOW, NULL));
}

/* sample_submit() makes all at NOW. */
static void
test_removes_what_is_old (void)
{
  g_autoptr (PurgeJournal) journal = journal_sync_new (":memory:");

  for (guint i = 0; i < 3; i++)
    sample_submit_one (journal);

  g_assert_cmpuint (journal_sync_remove_before (journal, NOW, NOW), ==, 0);
  g_assert_cmpuint (journal_sync_remove_before (journal, NOW + 1, NOW), ==, 3);
  g_assert_cmpuint (journal_sync_remove_before (journal, G_MAXINT64, NOW), ==, 0);
  g_assert_cmpint (journal_sync_find_latest (journal), ==, 0);
}

/* The count of a day is the same before and after its submissions are deleted, in whichever way. */
static void
test_keeps_the_quota_count (void)
{
  const PurgeBatchEvent events[] = {
    PURGE_BATCH_EVENT_ACCEPTED, PURGE_BATCH_EVENT_REJECTED, PURGE_BATCH_EVENT_LOST,
    PURGE_BATCH_EVENT_NOT_EXECUTED,
  };
  const gint64 times[] = { NOW - 3 * DAY, NOW - DAY, NOW, NOW + 60 };
  g_autoptr (PurgeJournal) journal = journal_sync_new (":memory:");
  guint before[2];

  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    for (guint j = 0; j < G_N_ELEMENTS (times); j++)
      add_sent (journal, 1 + (i + j) % 3, times[j], events[i]);

  before[0] = count_used (journal, NOW - 2 * DAY);
  before[1] = count_used (journal, NOW);
  g_assert_cmpuint (before[1], >, 0);
  g_assert_cmpuint (before[0], >, before[1]);

  g_assert_true (journal_sync_remove (journal, 3, NOW, NULL));
  g_assert_cmpuint (count_used (journal, NOW - 2 * DAY), ==, before[0]);
  g_assert_cmpuint (count_used (journal, NOW), ==, before[1]);
  journal_sync_remove_before (journal, NOW + 1, NOW);
  g_assert_cmpint (journal_sync_find_latest (journal), ==, 0);
  g_assert_cmpuint (count_used (journal, NOW - 2 * DAY), ==, before[0]);
  g_assert_cmpuint (count_used (journal, NOW), ==, before[1]);
  g_assert_cmpuint (count_used (journal, NOW - 9 * DAY), ==, before[0]);
}

/* What was kept for the quota goes when no day asks for it any more. */
static void
test_forgets_what_was_spent (void)
{
  g_autoptr (PurgeJournal) journal = journal_sync_new (":memory:");

  g_assert_true (journal_sync_remove (journal, add_sent (journal, 3, NOW,
                                                         PURGE_BATCH_EVENT_ACCEPTED), NOW, NULL));
  g_assert_cmpuint (journal_sync_remove_before (journal, 0, NOW + 2 * DAY), ==, 0);
  g_assert_cmpuint (count_used (journal, NOW), ==, 3);
  g_assert_cmpuint (journal_sync_remove_before (journal, 0, NOW + 2 * DAY + 1), ==, 0);
  g_assert_cmpuint (count_used (journal, NOW), ==, 0);
}

/* A record of the log does not become free when the submission that it belongs to is deleted. */
static void
test_keeps_claims (void)
{
  char *ids[] = { (char *) "r1", NULL };
  PurgeMatch match = { PURGE_BATCH_EVENT_DONE, ids };
  g_autoptr (PurgeJournal) journal = journal_sync_new (":memory:");
  gint64 id = add_sent (journal, 1, NOW, PURGE_BATCH_EVENT_LOST);
  g_auto (GStrv) claimed = NULL;
  g_autoptr (GError) error = NULL;

  add_sent (journal, 1, NOW, PURGE_BATCH_EVENT_LOST);
  g_assert_true (journal_sync_settle (journal, 1, &match, NULL, NULL, NULL));
  g_assert_true (journal_sync_remove (journal, id, NOW, NULL));
  g_assert_cmpuint (journal_sync_find_rivals (journal, 2, NOW, NOW, &claimed), ==, 0);
  g_assert_cmpuint (g_strv_length (claimed), ==, 1);
  g_assert_false (journal_sync_settle (journal, 2, &match, NULL, NULL, &error));
  g_assert_error (error, PURGE_ERROR, PURGE_ERROR_EXISTS);
}

static GStrv
make_urls (guint n_urls)
{
  GStrv urls = g_new0 (char *, n_urls + 1);

  for (guint i = 0; i < n_urls; i++)
    urls[i] = g_strdup_printf ("http://example.com/%u/", i);

  return urls;
}

/* A hundred thousand directories, as one submission and as many: whatever would take the square of
 * that never ends. */
static void
test_bears_a_long_history (void)
{
  const guint n = 100000;
  g_auto (GStrv) urls = make_urls (n);
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autofree char *path = g_build_filename (scratch, "journal.sqlite", NULL);
  g_autoptr (PurgeJournal) journal = journal_sync_new (path);
  g_autoptr (PurgeSubmission) long_one = sample_submit (journal, (const char * const *) urls, 20);
  g_autoptr (PurgeSubmission) loaded = NULL;
  g_autoptr (GPtrArray) summaries = NULL;
  g_autofree char *found = NULL;
  g_autofree char *page = NULL;
  gint64 first = sample_get_batch (long_one, 1)->id;
  g_auto (GStrv) claimed = NULL;

  sample_send (journal, first, 1, PURGE_BATCH_EVENT_LOST);
  g_assert_true (journal_sync_append (journal, 1, &first, 1, NULL));
  found = dup_list (journal, "/99999/", 0, 50);
  g_assert_cmpstr (found, ==, "1:1");
  g_assert_cmpuint (journal_sync_find_rivals (journal, first, NOW, NOW, &claimed), ==, 0);
  loaded = sample_load (journal, 1);
  g_assert_cmpuint (loaded->batches->len, ==, n / 20 + 1);

  for (guint i = 0; i < 2000; i++)
    sample_submit_one (journal);
  page = dup_list (journal, "/a/", 100, 1);
  g_assert_cmpstr (page, ==, "99:1");
  summaries = journal_sync_list (journal, NULL, 0, 0);
  g_assert_cmpuint (summaries->len, ==, 2001);
  g_assert_cmpuint (((PurgeSubmissionSummary *) g_ptr_array_index (summaries, 2000))->tally.n_directories,
                    ==, n);
  g_assert_cmpuint (journal_sync_remove_before (journal, NOW + 1, NOW), ==, 2001);
  g_assert_cmpuint (count_used (journal, NOW), ==, 0);
}

static void
test_refuses_what_means_nothing (void)
{
  const char *damages[] = {
    "UPDATE submission SET mode = 'some'",
    "UPDATE batch SET state = 'lost'",
  };

  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autoptr (Scratch) scratch = scratch_new ();
      g_autofree char *path = g_build_filename (scratch, "journal.sqlite", NULL);
      g_autoptr (PurgeJournal) journal = journal_sync_new (path);
      g_autoptr (PurgeSql) sql = purge_sql_open (path, NULL);
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;

      sample_submit_one (journal);
      g_assert_true (purge_sql_run (sql, damages[i], NULL, PURGE_SQL_NO_VALUES));
      purge_journal_list_async (journal, &(PurgeHistoryQuery) { 0 }, NULL, await_cb, &result);
      g_assert_null (purge_journal_list_finish (journal, await (&result), &error));
      g_assert_error (error, PURGE_ERROR, PURGE_ERROR_STORAGE_DAMAGED);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/journal-history/sums-up", test_sums_up);
  g_test_add_func ("/journal-history/counts-urls", test_counts_urls);
  g_test_add_func ("/journal-history/counts-each-state", test_counts_each_state);
  g_test_add_func ("/journal-history/counts-days", test_counts_days);
  g_test_add_func ("/journal-history/counts-once", test_counts_once);
  g_test_add_func ("/journal-history/lists-a-period", test_lists_a_period);
  g_test_add_func ("/journal-history/searches-plainly", test_searches_plainly);
  g_test_add_func ("/journal-history/finds-all", test_finds_all);
  g_test_add_func ("/journal-history/turns-pages", test_turns_pages);
  g_test_add_func ("/journal-history/removes", test_removes);
  g_test_add_func ("/journal-history/keeps-what-is-being-sent", test_keeps_what_is_being_sent);
  g_test_add_func ("/journal-history/removes-what-is-old", test_removes_what_is_old);
  g_test_add_func ("/journal-history/keeps-the-quota-count", test_keeps_the_quota_count);
  g_test_add_func ("/journal-history/forgets-what-was-spent", test_forgets_what_was_spent);
  g_test_add_func ("/journal-history/keeps-claims", test_keeps_claims);
  g_test_add_func ("/journal-history/bears-a-long-history", test_bears_a_long_history);
  g_test_add_func ("/journal-history/refuses-what-means-nothing", test_refuses_what_means_nothing);

  return g_test_run ();
}
