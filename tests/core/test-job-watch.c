/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What was accepted becomes done or failed, and when that is asked for. */

#include "purge-job.h"

#include <string.h>

#include "await.h"
#include "job-fixture.h"
#include "job-look-up.h"

#define EMPTY_LOG "{\"code\":0,\"data\":{\"logs\":[],\"total\":0}}"

static PurgeJob *
accept (JobFixture *fixture,
        guint       n_urls)
{
  PurgeJob *job = job_fixture_new_job (fixture, n_urls);

  mock_transport_set_script (fixture->transport, "aaaa");
  g_assert_true (job_fixture_run (fixture, job, NULL));
  mock_transport_set_script (fixture->transport, NULL);
  g_assert_cmpuint (purge_job_count (job, PURGE_BATCH_ACCEPTED), ==, n_urls);
  return job;
}

static void
assert_states (PurgeJob   *job,
               const char *expected)
{
  g_autofree char *states = job_fixture_dup_states (job);

  g_assert_cmpstr (states, ==, expected);
}

/* What the log does not say of an accepted batch leaves it accepted. Where the server told the task, it
 * is asked for that; where it did not, for the time. */
static const struct
{
  const char *name;
  JobRecord   records[3];
  guint       n_records;
  const char *state;
  const char *state_by_time;
} cases[] = {
  { "nothing yet", { { 0 } }, 0, "a", "a" },
  { "under way", { { 0, 3, 2, 0 } }, 1, "a", "a" },
  { "done", { { 0, 3, 2, 1 } }, 1, "d", "d" },
  { "failed", { { 0, 3, 2, -1 } }, 1, "f", "f" },
  { "a part of it", { { 0, 2, 2, 1 } }, 1, "a", "a" },
  { "more than it", { { 0, 4, 2, 1 } }, 1, "a", "a" },
  { "others", { { 7, 3, 2, -1 } }, 1, "a", "a" },
  { "long before", { { 0, 3, -61, 1 } }, 1, "d", "a" },
  { "among others", { { 7, 3, 1, 0 }, { 0, 3, 2, 1 }, { 9, 2, 3, -1 } }, 3, "a", "d" },
};

/* Accepted as API 2.0 documents it: without a task. */
static PurgeJob *
accept_without_task (JobFixture *fixture)
{
  PurgeJob *job = job_fixture_new_job (fixture, 3);
  g_autoptr (GAsyncResult) result = NULL;

  purge_job_run_async (job, NULL, await_cb, &result);
  job_look_up_await (fixture, 1);
  mock_transport_say (fixture->transport, 0, "{\"code\":0,\"message\":\"\",\"codeDesc\":\"Success\"}");
  g_assert_true (purge_job_run_finish (job, await (&result), NULL));
  return job;
}

static void
check_case (JobFixture *fixture,
            PurgeJob   *job,
            guint       index,
            const char *state)
{
  g_autoptr (PurgeJob) loaded = NULL;
  g_autofree char *json = job_look_up_dup_log (cases[index].records, cases[index].n_records);
  gboolean settled = *state != 'a';

  g_assert_true (purge_job_can_check (job));
  g_assert_cmpuint (job_look_up_check (fixture, job, json), ==, settled);
  assert_states (job, state);
  g_assert_cmpint (purge_job_can_check (job), ==, !settled);

  loaded = job_fixture_load (fixture, 0);
  assert_states (loaded, state);
}

static void
test_cases (JobFixture    *fixture,
            gconstpointer  data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (PurgeJob) job = accept (fixture, 3);
  g_autofree char *body = NULL;

  check_case (fixture, job, i, cases[i].state);
  body = job_look_up_dup_body (fixture, 1);
  g_assert_nonnull (strstr (body, "taskId=15"));
}

static void
test_cases_by_time (JobFixture    *fixture,
                    gconstpointer  data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (PurgeJob) job = accept_without_task (fixture);
  g_autofree char *body = NULL;

  check_case (fixture, job, i, cases[i].state_by_time);
  body = job_look_up_dup_body (fixture, 1);
  g_assert_null (strstr (body, "taskId="));
}

/* Once its records are known they tell, whatever else the log has by then. */
static void
test_is_known_again (JobFixture    *fixture,
                     gconstpointer  data)
{
  g_autoptr (PurgeJob) job = job_look_up_lose (fixture, 3);
  JobRecord records[] = { { 0, 3, 2, 0 }, { 0, 3, 9, -1 }, { 7, 1, 2, 1 } };
  g_autofree char *one = job_look_up_dup_log (records, 1);
  g_autofree char *more = job_look_up_dup_log (records, G_N_ELEMENTS (records));
  g_autofree char *done = NULL;

  g_assert_cmpuint (job_look_up_check (fixture, job, one), ==, 1);
  assert_states (job, "a");
  g_assert_cmpuint (job_look_up_check (fixture, job, more), ==, 0);
  assert_states (job, "a");

  records[0].status = 1;
  done = job_look_up_dup_log (records, G_N_ELEMENTS (records));
  g_assert_cmpuint (job_look_up_check (fixture, job, done), ==, 1);
  assert_states (job, "d");
}

/* What was said of the purge is still there when it is done. */
static void
test_keeps_the_answer (JobFixture    *fixture,
                       gconstpointer  data)
{
  g_autoptr (PurgeJob) job = accept (fixture, 3);
  g_autoptr (PurgeBatch) batch = g_list_model_get_item (G_LIST_MODEL (job), 0);
  g_autofree char *raw = g_strdup (purge_batch_get_outcome (batch)->answer.raw);
  JobRecord record = { 0, 3, 2, 1 };
  g_autofree char *json = job_look_up_dup_log (&record, 1);
  g_autoptr (PurgeJob) loaded = NULL;
  g_autoptr (PurgeBatch) loaded_batch = NULL;

  g_assert_nonnull (raw);
  g_assert_cmpuint (job_look_up_check (fixture, job, json), ==, 1);
  g_assert_cmpstr (purge_batch_get_outcome (batch)->answer.raw, ==, raw);

  loaded = job_fixture_load (fixture, 0);
  loaded_batch = g_list_model_get_item (G_LIST_MODEL (loaded), 0);
  g_assert_cmpint (purge_batch_get_state (loaded_batch), ==, PURGE_BATCH_DONE);
  g_assert_cmpstr (purge_batch_get_outcome (loaded_batch)->answer.raw, ==, raw);
  g_assert_cmpstr (purge_batch_get_outcome (loaded_batch)->answer.code, ==, "0");
}

/* What is done is accepted, too, and what failed rejected: neither is counted twice. */
static void
test_counts (JobFixture    *fixture,
             gconstpointer  data)
{
  gboolean failed = GPOINTER_TO_INT (data);
  g_autoptr (PurgeJob) job = accept (fixture, 23);
  JobRecord record = { 20, 3, 2, failed ? -1 : 1 };
  g_autofree char *json = job_look_up_dup_log (&record, 1);
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *summary = NULL;
  guint n_accepted, n_done, n_rejected, n_failed;

  purge_job_check_async (job, NULL, await_cb, &result);
  for (guint i = 0; i < 2; i++)
    {
      job_look_up_await (fixture, 3 + i);
      mock_transport_say (fixture->transport, 2 + i, json);
    }
  g_assert_true (purge_job_check_finish (job, await (&result), NULL, NULL));

  g_object_get (job, "n-accepted", &n_accepted, "n-done", &n_done, "n-rejected", &n_rejected,
                "n-failed", &n_failed, "summary", &summary, NULL);
  g_assert_cmpuint (n_accepted, ==, failed ? 20 : 23);
  g_assert_cmpuint (n_done, ==, failed ? 0 : 3);
  g_assert_cmpuint (n_rejected, ==, failed ? 3 : 0);
  g_assert_cmpuint (n_failed, ==, failed ? 3 : 0);
  g_assert_cmpstr (summary, ==, failed ? "20 accepted · 3 failed" : "20 accepted · 3 done");
}

/* Unknown batches are asked for soon or never, accepted ones ever more seldom. */
static void
test_times (JobFixture    *fixture,
            gconstpointer  data)
{
  static const gint64 waited_s[] = { 5, 20, 65, 125, 185, 305, 425, 665, 965, 1265, 1565, 1865 };
  gboolean accepted = GPOINTER_TO_INT (data);
  g_autoptr (PurgeJob) job = accepted ? accept (fixture, 3) : job_look_up_lose (fixture, 3);
  g_autoptr (GAsyncResult) result = NULL;
  guint n_looks = accepted ? G_N_ELEMENTS (waited_s) : 3;

  purge_job_watch_async (job, NULL, await_cb, &result);
  for (guint i = 0; i < n_looks; i++)
    {
      job_look_up_await (fixture, 2 + i);
      g_assert_cmpint (mock_clock_get_waited (fixture->clock), ==, 1000 * waited_s[i]);
      mock_transport_say (fixture->transport, 1 + i, EMPTY_LOG);
    }
  g_assert_true (purge_job_watch_finish (job, await (&result), NULL));
  g_assert_cmpuint (mock_transport_count (fixture->transport), ==, 1 + n_looks);
}

/* Found is not the end while it is under way; done is. */
static void
test_ends (JobFixture    *fixture,
           gconstpointer  data)
{
  g_autoptr (PurgeJob) job = job_look_up_lose (fixture, 3);
  g_autoptr (GAsyncResult) result = NULL;

  purge_job_watch_async (job, NULL, await_cb, &result);
  for (int status = 0; status <= 1; status++)
    {
      JobRecord record = { 0, 3, 2, status };
      g_autofree char *json = job_look_up_dup_log (&record, 1);

      job_look_up_await (fixture, 2 + status);
      mock_transport_say (fixture->transport, 1 + status, json);
    }
  g_assert_true (purge_job_watch_finish (job, await (&result), NULL));
  g_assert_cmpuint (mock_transport_count (fixture->transport), ==, 3);
  g_assert_cmpuint (purge_job_count (job, PURGE_BATCH_DONE), ==, 3);
}

/* A key that may not ask is not tried again and again. */
static void
test_refused (JobFixture    *fixture,
              gconstpointer  data)
{
  g_autoptr (PurgeJob) job = accept (fixture, 3);
  g_autoptr (GAsyncResult) result = NULL;

  purge_job_watch_async (job, NULL, await_cb, &result);
  job_look_up_await (fixture, 2);
  mock_transport_say (fixture->transport, 1,
                      "{\"code\":4101,\"message\":\"no\",\"codeDesc\":\"AuthFailure\"}");
  g_assert_true (purge_job_watch_finish (job, await (&result), NULL));
  g_assert_cmpuint (mock_transport_count (fixture->transport), ==, 2);
  g_assert_cmpuint (purge_job_count (job, PURGE_BATCH_ACCEPTED), ==, 3);
  g_assert_nonnull (purge_job_get_warning (job));
}

#define ADD(name, function, data) \
  g_test_add ("/job-watch/" name, JobFixture, data, job_fixture_set_up, function, \
              job_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/job-watch/cases/%s", cases[i].name);
      g_autofree char *time_path = g_strdup_printf ("/job-watch/cases-by-time/%s", cases[i].name);

      g_test_add (path, JobFixture, GUINT_TO_POINTER (i), job_fixture_set_up, test_cases,
                  job_fixture_tear_down);
      g_test_add (time_path, JobFixture, GUINT_TO_POINTER (i), job_fixture_set_up,
                  test_cases_by_time, job_fixture_tear_down);
    }
  ADD ("is-known-again", test_is_known_again, NULL);
  ADD ("keeps-the-answer", test_keeps_the_answer, NULL);
  ADD ("counts/done", test_counts, GINT_TO_POINTER (FALSE));
  ADD ("counts/failed", test_counts, GINT_TO_POINTER (TRUE));
  ADD ("times/unknown", test_times, GINT_TO_POINTER (FALSE));
  ADD ("times/accepted", test_times, GINT_TO_POINTER (TRUE));
  ADD ("ends", test_ends, NULL);
  ADD ("refused", test_refused, NULL);

  return g_test_run ();
}
