/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What goes on with a submission by itself, on a clock that the test has. */

#include "config.h"

#include "await.h"
#include "job-fixture.h"
#include "purge-watcher.h"

#define NOTHING_FOUND \
  "{\"code\":0,\"message\":\"\",\"codeDesc\":\"Success\",\"data\":{\"logs\":[],\"total\":0}}"

typedef struct {
  JobFixture *fixture;
  guint       n;
} Wanted;

static gboolean
has_requests (gpointer user_data)
{
  Wanted *wanted = user_data;

  return mock_transport_count (wanted->fixture->transport) == wanted->n;
}

static void
await_requests (JobFixture *fixture,
                guint       n)
{
  Wanted wanted = { fixture, n };

  await_condition (has_requests, &wanted);
}

static PurgeJob *
lose (JobFixture *fixture)
{
  PurgeJob *job = job_fixture_new_job (fixture, 3);

  mock_transport_set_script (fixture->transport, "l");
  g_assert_true (job_fixture_run (fixture, job, NULL));
  g_assert_cmpuint (purge_job_count (job, PURGE_BATCH_UNKNOWN), ==, 3);
  return job;
}

static void
let_go (PurgeWatcher *watcher)
{
  purge_watcher_set_job (watcher, NULL);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (watcher);
}

/* Three looks, and then it is the person's turn. */
static void
test_watch (JobFixture    *fixture,
            gconstpointer  user_data)
{
  g_autoptr (PurgeJob) job = lose (fixture);
  PurgeWatcher *watcher = purge_watcher_new (PURGE_CLOCK (fixture->clock));

  purge_watcher_set_job (watcher, job);
  g_assert_cmpint (mock_clock_get_waited (fixture->clock), ==, 0);
  purge_watcher_watch (watcher);
  for (guint i = 1; i <= 3; i++)
    {
      await_requests (fixture, 1 + i);
      mock_transport_say (fixture->transport, i, NOTHING_FOUND);
    }
  while (purge_job_get_checking (job))
    g_main_context_iteration (NULL, TRUE);

  g_assert_cmpint (mock_clock_get_waited (fixture->clock), ==, 65000);
  let_go (watcher);
  g_assert_cmpuint (mock_transport_count (fixture->transport), ==, 4);
}

/* Another submission was chosen: nobody is asked about the one before. */
static void
test_other_job (JobFixture    *fixture,
                gconstpointer  user_data)
{
  g_autoptr (PurgeJob) job = lose (fixture);
  PurgeWatcher *watcher = purge_watcher_new (PURGE_CLOCK (fixture->clock));

  mock_clock_set_held (fixture->clock, TRUE);
  purge_watcher_set_job (watcher, job);
  purge_watcher_watch (watcher);
  let_go (watcher);
  g_assert_cmpuint (mock_transport_count (fixture->transport), ==, 1);
}

static PurgeWorkspace *
open_other (JobFixture *fixture)
{
  PurgeWorkspace *other =
    purge_workspace_new (fixture->path, purge_workspace_get_keyring (fixture->workspace),
                         PURGE_TRANSPORT (fixture->transport), PURGE_CLOCK (fixture->clock));
  g_autoptr (GAsyncResult) result = NULL;

  purge_workspace_open_async (other, NULL, await_cb, &result);
  g_assert_true (purge_workspace_open_finish (other, await (&result), NULL));
  return other;
}

static PurgeJob *
load (PurgeWorkspace *workspace)
{
  g_autoptr (GAsyncResult) result = NULL;
  PurgeJob *job;

  purge_job_load_async (workspace, 0, NULL, await_cb, &result);
  job = purge_job_load_finish (workspace, await (&result), NULL);
  g_assert_nonnull (job);
  return job;
}

static gboolean
is_checked (gpointer job)
{
  return !purge_job_get_checking (job);
}

/* Where it may not ask by itself, a person can, and that is all. */
static void
test_only_when_asked (JobFixture    *fixture,
                      gconstpointer  user_data)
{
  g_autoptr (PurgeJob) job = lose (fixture);
  g_autoptr (GAsyncResult) result = NULL;
  PurgeWatcher *watcher = purge_watcher_new (PURGE_CLOCK (fixture->clock));

  purge_watcher_set_job (watcher, job);
  purge_watcher_check_async (watcher, await_cb, &result);
  await_requests (fixture, 2);
  purge_watcher_set_asking (watcher, FALSE);
  mock_transport_say (fixture->transport, 1, NOTHING_FOUND);
  g_assert_true (purge_watcher_check_finish (watcher, await (&result), NULL));
  await_condition (is_checked, job);
  g_assert_cmpint (mock_clock_get_waited (fixture->clock), ==, 0);

  /* What was given up by hand does not begin again either. */
  purge_watcher_stop (watcher);
  purge_watcher_set_asking (watcher, TRUE);
  g_assert_cmpint (mock_clock_get_waited (fixture->clock), ==, 0);
  g_clear_object (&result);
  let_go (watcher);
  g_assert_cmpuint (mock_transport_count (fixture->transport), ==, 2);
}

static gboolean
is_accepted (gpointer job)
{
  return purge_job_count (job, PURGE_BATCH_ACCEPTED) == 3;
}

/* What another instance is sending is seen as it goes. */
static void
test_other_instance (JobFixture    *fixture,
                     gconstpointer  user_data)
{
  g_autoptr (PurgeJob) job = job_fixture_new_job (fixture, 3);
  g_autoptr (GAsyncResult) result = NULL;
  PurgeWorkspace *other = open_other (fixture);
  PurgeWatcher *watcher = purge_watcher_new (PURGE_CLOCK (fixture->clock));
  PurgeJob *seen;

  purge_job_run_async (job, NULL, await_cb, &result);
  await_requests (fixture, 1);
  seen = load (other);
  g_assert_cmpuint (purge_job_count (seen, PURGE_BATCH_SENDING), ==, 3);
  purge_watcher_set_job (watcher, seen);

  mock_transport_say (fixture->transport, 0, "{\"code\":0,\"message\":\"\",\"codeDesc\":\"Success\","
                                             "\"data\":{\"task_id\":\"15\"}}");
  g_assert_true (purge_job_run_finish (job, await (&result), NULL));
  await_condition (is_accepted, seen);

  let_go (watcher);
  g_object_unref (seen);
  g_assert_finalize_object (other);
}

/* Where nothing is sent, nothing is looked at until somebody asks. */
static void
test_look (JobFixture    *fixture,
           gconstpointer  user_data)
{
  g_autoptr (PurgeJob) job = lose (fixture);
  g_autoptr (GAsyncResult) result = NULL;
  PurgeWorkspace *other = open_other (fixture);
  PurgeWatcher *watcher = purge_watcher_new (PURGE_CLOCK (fixture->clock));
  PurgeJob *seen = load (other);

  purge_watcher_set_job (watcher, seen);
  mock_transport_set_script (fixture->transport, "la");
  purge_job_retry_async (job, PURGE_JOB_UNKNOWN, NULL, await_cb, &result);
  g_assert_true (purge_job_retry_finish (job, await (&result), NULL));
  g_assert_cmpuint (purge_job_count (seen, PURGE_BATCH_UNKNOWN), ==, 3);

  purge_watcher_look (watcher);
  await_condition (is_accepted, seen);
  let_go (watcher);
  g_object_unref (seen);
  g_assert_finalize_object (other);
}

#define ADD(path, function) \
  g_test_add ("/watcher/" path, JobFixture, NULL, job_fixture_set_up, function, \
              job_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("watch", test_watch);
  ADD ("other-job", test_other_job);
  ADD ("only-when-asked", test_only_when_asked);
  ADD ("other-instance", test_other_instance);
  ADD ("look", test_look);

  return g_test_run ();
}
