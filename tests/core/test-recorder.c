/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Verdicts that the disk does not take, and those that it takes later. */

#include "purge-recorder.h"

#include <signal.h>
#include <sys/resource.h>

#include "purge-error.h"

#include "await.h"
#include "job-fixture.h"

/* From here on no file can grow: the disk is full, for this process. */
static void
set_full (gboolean full)
{
  struct rlimit limit;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = full ? 0 : limit.rlim_max;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

static gboolean
has_request (gpointer user_data)
{
  return mock_transport_count (user_data) == 1;
}

static gboolean
has_tried_twice (gpointer user_data)
{
  return mock_clock_get_waited (user_data) >= 10000;
}

static gboolean
is_nothing_pending (gpointer user_data)
{
  return purge_recorder_get_n_pending (user_data) == 0;
}

/* Runs a job of three batches during whose first request the disk gets full. */
static PurgeJob *
run_into_full_disk (JobFixture *fixture)
{
  PurgeJob *job = job_fixture_new_job (fixture, 45);
  g_autoptr (GAsyncResult) result = NULL;

  purge_job_run_async (job, NULL, await_cb, &result);
  await_condition (has_request, fixture->transport);
  mock_clock_set_held (fixture->clock, TRUE);
  set_full (TRUE);
  mock_transport_say (fixture->transport, 0, "{\"code\":0}");
  g_assert_true (purge_job_run_finish (job, await (&result), NULL));
  return job;
}

/* The answer shows, nothing more is sent, the person is told; and when there is room again it is
 * written, and the warning goes. */
static void
test_room_again (JobFixture    *fixture,
                 gconstpointer  data)
{
  PurgeRecorder *recorder = purge_workspace_get_recorder (fixture->workspace);
  g_autoptr (PurgeJob) job = run_into_full_disk (fixture);
  g_autoptr (PurgeJob) loaded = NULL;
  g_autofree char *states = job_fixture_dup_states (job);
  g_autofree char *loaded_states = NULL;

  g_assert_cmpstr (states, ==, "aww");
  g_assert_cmpuint (purge_recorder_get_n_pending (recorder), ==, 1);
  g_assert_nonnull (purge_job_get_warning (job));
  g_assert_cmpuint (mock_transport_count (fixture->transport), ==, 1);

  set_full (FALSE);
  mock_clock_set_held (fixture->clock, FALSE);
  await_condition (is_nothing_pending, recorder);
  g_assert_null (purge_job_get_warning (job));
  loaded = job_fixture_load (fixture, 0);
  loaded_states = job_fixture_dup_states (loaded);
  g_assert_cmpstr (loaded_states, ==, "aww");
}

/* It is tried again as often as it takes. */
static void
test_room_at_last (JobFixture    *fixture,
                   gconstpointer  data)
{
  PurgeRecorder *recorder = purge_workspace_get_recorder (fixture->workspace);
  g_autoptr (PurgeJob) job = run_into_full_disk (fixture);
  g_autoptr (PurgeJob) loaded = NULL;
  g_autofree char *loaded_states = NULL;
  guint n_pending;

  mock_clock_set_held (fixture->clock, FALSE);
  await_condition (has_tried_twice, fixture->clock);
  g_object_get (recorder, "n-pending", &n_pending, NULL);
  g_assert_cmpuint (n_pending, ==, 1);
  g_assert_nonnull (purge_job_get_warning (job));

  set_full (FALSE);
  await_condition (is_nothing_pending, recorder);
  loaded = job_fixture_load (fixture, 0);
  loaded_states = job_fixture_dup_states (loaded);
  g_assert_cmpstr (loaded_states, ==, "aww");
}

/* A program that ends meanwhile has lost the answer, and says no more than that. */
static void
test_ends_meanwhile (JobFixture    *fixture,
                     gconstpointer  data)
{
  PurgeJob *job = run_into_full_disk (fixture);
  g_autoptr (PurgeJob) loaded = NULL;
  g_autofree char *states = NULL;

  g_object_unref (job);
  set_full (FALSE);
  job_fixture_reopen (fixture);
  loaded = job_fixture_load (fixture, 0);
  states = job_fixture_dup_states (loaded);
  g_assert_cmpstr (states, ==, "uww");
}

/* Where even the intention cannot be written, nothing is sent. */
static void
test_full_from_the_start (JobFixture    *fixture,
                          gconstpointer  data)
{
  g_autoptr (PurgeJob) job = job_fixture_new_job (fixture, 45);
  g_autoptr (GError) error = NULL;

  set_full (TRUE);
  g_assert_false (job_fixture_run (fixture, job, &error));
  set_full (FALSE);
  g_assert_error (error, PURGE_ERROR, PURGE_ERROR_STORAGE);
  g_assert_cmpuint (mock_transport_count (fixture->transport), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  /* Then a write fails, and the process does not die of it. */
  signal (SIGXFSZ, SIG_IGN);

#define ADD(name, function) \
  g_test_add ("/recorder/" name, JobFixture, NULL, job_fixture_set_up, function, \
              job_fixture_tear_down)
  ADD ("room-again", test_room_again);
  ADD ("room-at-last", test_room_at_last);
  ADD ("ends-meanwhile", test_ends_meanwhile);
  ADD ("full-from-the-start", test_full_from_the_start);
#undef ADD

  return g_test_run ();
}
