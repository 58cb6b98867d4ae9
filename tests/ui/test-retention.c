/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The history is kept as long as the settings say, and not a day longer. */

#include "config.h"

#include "await.h"
#include "desk.h"
#include "job-fixture.h"
#include "purge-retention.h"

#define DAY_S (24 * 60 * 60)

static const struct {
  const char *name;
  int         days;
  guint       age;
  gboolean    kept;
} cases[] = {
  { "for-ever", 0, 4000, TRUE },
  { "young", 30, 29, TRUE },
  { "old", 30, 31, FALSE },
  { "year", 365, 364, TRUE },
  { "older-than-a-year", 365, 366, FALSE },
};

static void
test_case (JobFixture    *fixture,
           gconstpointer  data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (GSettings) settings = desk_new_settings ();
  g_autoptr (PurgeAccounts) accounts = purge_accounts_new (fixture->workspace);
  PurgeSession *session = purge_session_new (fixture->workspace, accounts);
  g_autoptr (PurgeJob) job = job_fixture_new_job (fixture, 3);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) loading = NULL;
  g_autoptr (PurgeJob) left = NULL;

  mock_transport_set_script (fixture->transport, "a");
  g_assert_true (job_fixture_run (fixture, job, NULL));
  purge_session_show_job (session, job);
  mock_clock_set_unix_time (fixture->clock,
                            JOB_FIXTURE_NOW + cases[i].age * (gint64) DAY_S);
  g_settings_set_int (settings, "history-days", cases[i].days);
  purge_retention_apply_async (session, settings, await_cb, &result);
  g_assert_true (purge_retention_apply_finish (session, await (&result), NULL));

  /* What is gone is not shown either. */
  g_assert_true ((purge_session_get_job (session) != NULL) == cases[i].kept);
  purge_job_load_async (fixture->workspace, 0, NULL, await_cb, &loading);
  left = purge_job_load_finish (fixture->workspace, await (&loading), NULL);
  g_assert_true ((left != NULL) == cases[i].kept);
  g_clear_object (&result);
  desk_await_gone (session);
}

/* Without settings nothing is deleted. */
static void
test_no_settings (JobFixture    *fixture,
                  gconstpointer  data)
{
  g_assert_cmpuint (purge_retention_get_days (NULL), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  desk_init (&argc, &argv);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/retention/%s", cases[i].name);

      g_test_add (path, JobFixture, GUINT_TO_POINTER (i), job_fixture_set_up, test_case,
                  job_fixture_tear_down);
    }
  g_test_add ("/retention/no-settings", JobFixture, NULL, job_fixture_set_up, test_no_settings,
              job_fixture_tear_down);

  return g_test_run ();
}
