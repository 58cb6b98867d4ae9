/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The last 30 days are those up to now, counted when they are asked for. */

#include "purge-recent-days.h"

#include "await.h"
#include "job-fixture.h"

#define DAY_S (24 * 60 * 60)

typedef struct
{
  JobFixture       job;
  PurgeRecentDays *days;
  guint            n_changes;
} Fixture;

static void
on_changed_cb (Fixture *fixture)
{
  fixture->n_changes++;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  job_fixture_set_up (&fixture->job, data);
  /* The first request is accepted, the second one rejected. */
  mock_transport_set_script (fixture->job.transport, "ar");
  fixture->days = purge_recent_days_new (fixture->job.workspace);
  g_signal_connect_swapped (fixture->days, "changed", G_CALLBACK (on_changed_cb), fixture);
}

static gboolean
is_gone (gpointer fixture)
{
  return ((Fixture *) fixture)->days == NULL;
}

/* A count that was given up ends when it wants to. */
static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_object_add_weak_pointer (G_OBJECT (fixture->days), (gpointer *) &fixture->days);
  g_object_unref (fixture->days);
  await_condition (is_gone, fixture);
  job_fixture_tear_down (&fixture->job, data);
}

static gboolean
has_changed (gpointer fixture)
{
  return ((Fixture *) fixture)->n_changes > 0;
}

static void
reload (Fixture *fixture)
{
  fixture->n_changes = 0;
  purge_recent_days_reload (fixture->days);
  await_condition (has_changed, fixture);
}

static void
send (Fixture *fixture,
      guint    n_urls)
{
  g_autoptr (PurgeJob) job = job_fixture_new_job (&fixture->job, n_urls);

  g_assert_true (job_fixture_run (&fixture->job, job, NULL));
}

static guint
count (Fixture *fixture,
       guint    days_ago)
{
  return purge_recent_days_get (fixture->days, PURGE_RECENT_DAYS_N - 1 - days_ago)
           ->tally.n_directories;
}

static void
set_days_later (Fixture *fixture,
                guint    n)
{
  mock_clock_set_unix_time (fixture->job.clock, JOB_FIXTURE_NOW + n * (gint64) DAY_S);
}

static void
test_days (Fixture       *fixture,
           gconstpointer  data)
{
  PurgeTally all;

  g_assert_cmpuint (count (fixture, 0), ==, 0);
  send (fixture, 3);
  reload (fixture);
  g_assert_cmpuint (count (fixture, 0), ==, 3);

  /* The days go on, and what is too long ago is no longer there. */
  set_days_later (fixture, 2);
  send (fixture, 2);
  reload (fixture);
  g_assert_cmpuint (count (fixture, 0), ==, 2);
  g_assert_cmpuint (count (fixture, 2), ==, 3);
  purge_recent_days_sum_up (fixture->days, &all);
  g_assert_cmpuint (all.n_directories, ==, 5);
  g_assert_cmpuint (all.n_accepted, ==, 3);
  g_assert_cmpuint (all.n_rejected, ==, 2);

  set_days_later (fixture, 29);
  reload (fixture);
  g_assert_cmpuint (count (fixture, 29), ==, 3);
  set_days_later (fixture, 30);
  reload (fixture);
  purge_recent_days_sum_up (fixture->days, &all);
  g_assert_cmpuint (all.n_directories, ==, 2);
}

/* Of counts that follow one another the last one is shown. */
static void
test_reload_twice (Fixture       *fixture,
                   gconstpointer  data)
{
  send (fixture, 3);
  purge_recent_days_reload (fixture->days);
  reload (fixture);
  g_assert_cmpuint (count (fixture, 0), ==, 3);
  g_assert_cmpuint (fixture->n_changes, ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/recent-days/days", Fixture, NULL, set_up, test_days, tear_down);
  g_test_add ("/recent-days/reload-twice", Fixture, NULL, set_up, test_reload_twice, tear_down);

  return g_test_run ();
}
