/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The history as a list: page by page, searched, and deleted from. */

#include "purge-history.h"

#include "purge-error.h"

#include "await.h"
#include "job-fixture.h"

typedef struct
{
  JobFixture    job;
  PurgeHistory *history;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  job_fixture_set_up (&fixture->job, data);
  fixture->history = purge_history_new (fixture->job.workspace);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_assert_finalize_object (fixture->history);
  job_fixture_tear_down (&fixture->job, data);
}

static guint
count (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (fixture->history));
}

static const PurgeSubmissionSummary *
get (Fixture *fixture,
     guint    position)
{
  g_autoptr (PurgeHistoryEntry) entry =
    g_list_model_get_item (G_LIST_MODEL (fixture->history), position);

  return purge_history_entry_get_summary (entry);
}

static gboolean
is_loaded (gpointer history)
{
  return !purge_history_get_loading (history);
}

static void
await_loaded (Fixture *fixture)
{
  await_condition (is_loaded, fixture->history);
}

/* The number of directories tells them apart. */
static void
send (Fixture *fixture,
      guint    n_urls)
{
  g_autoptr (PurgeJob) job = job_fixture_new_job (&fixture->job, n_urls);
  g_autofree char *script = g_strnfill (200, 'a');

  mock_transport_set_script (fixture->job.transport, script);
  g_assert_true (job_fixture_run (&fixture->job, job, NULL));
}

static void
test_empty (Fixture       *fixture,
            gconstpointer  data)
{
  purge_history_reload (fixture->history);
  g_assert_true (purge_history_get_loading (fixture->history));
  await_loaded (fixture);
  g_assert_cmpuint (count (fixture), ==, 0);
  purge_history_load_more (fixture->history);
  g_assert_false (purge_history_get_loading (fixture->history));
}

static void
test_pages (Fixture       *fixture,
            gconstpointer  data)
{
  for (guint i = 0; i < PURGE_HISTORY_PAGE + 10; i++)
    send (fixture, 1 + i % 20);

  purge_history_reload (fixture->history);
  await_loaded (fixture);
  g_assert_cmpuint (count (fixture), ==, PURGE_HISTORY_PAGE);
  g_assert_cmpuint (get (fixture, 0)->tally.n_accepted, ==, 20);

  purge_history_load_more (fixture->history);
  await_loaded (fixture);
  g_assert_cmpuint (count (fixture), ==, PURGE_HISTORY_PAGE + 10);
  for (guint i = 0; i < count (fixture); i++)
    g_assert_cmpint (get (fixture, i)->id, ==, PURGE_HISTORY_PAGE + 10 - i);

  purge_history_load_more (fixture->history);
  g_assert_false (purge_history_get_loading (fixture->history));
}

static void
count_changes (GListModel *model,
               guint       position,
               guint       n_removed,
               guint       n_added,
               guint      *n_changes)
{
  ++*n_changes;
}

/* A view that is looked at loses no row that is as it was. */
static void
test_reload (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (PurgeHistoryEntry) before = NULL;
  g_autoptr (PurgeHistoryEntry) after = NULL;
  guint n_changes = 0;

  for (guint i = 1; i <= 3; i++)
    send (fixture, i);
  purge_history_reload (fixture->history);
  await_loaded (fixture);
  before = g_list_model_get_item (G_LIST_MODEL (fixture->history), 0);

  g_signal_connect (fixture->history, "items-changed", G_CALLBACK (count_changes), &n_changes);
  purge_history_reload (fixture->history);
  await_loaded (fixture);
  g_assert_cmpuint (n_changes, ==, 0);

  send (fixture, 4);
  purge_history_reload (fixture->history);
  await_loaded (fixture);
  g_assert_cmpuint (n_changes, ==, 1);
  g_assert_cmpuint (count (fixture), ==, 4);
  after = g_list_model_get_item (G_LIST_MODEL (fixture->history), 1);
  g_assert_true (after == before);
  for (guint i = 0; i < count (fixture); i++)
    g_assert_cmpint (get (fixture, i)->id, ==, 4 - i);
}

/* What was typed last is shown, and nothing of before. */
static void
test_search (Fixture       *fixture,
             gconstpointer  data)
{
  guint n_changes = 0;

  send (fixture, 3);
  send (fixture, 12);
  purge_history_reload (fixture->history);
  await_loaded (fixture);
  g_assert_cmpuint (count (fixture), ==, 2);
  g_assert_cmpuint (get (fixture, 0)->n_hits, ==, 0);

  g_signal_connect (fixture->history, "items-changed", G_CALLBACK (count_changes), &n_changes);
  purge_history_set_search (fixture->history, "no");
  purge_history_set_search (fixture->history, "com/1");
  purge_history_set_search (fixture->history, "com/11");
  await_loaded (fixture);
  g_assert_cmpuint (n_changes, ==, 1);
  g_assert_cmpuint (count (fixture), ==, 1);
  g_assert_cmpuint (get (fixture, 0)->tally.n_directories, ==, 12);
  g_assert_cmpuint (get (fixture, 0)->n_hits, ==, 1);

  purge_history_set_search (fixture->history, "");
  await_loaded (fixture);
  g_assert_cmpuint (count (fixture), ==, 2);
  g_signal_handlers_disconnect_by_data (fixture->history, &n_changes);
}

static gboolean
remove_one (Fixture  *fixture,
            gint64    id,
            GError  **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  purge_history_remove_async (fixture->history, id, await_cb, &result);
  return purge_history_remove_finish (fixture->history, await (&result), error);
}

static void
test_remove (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 1; i <= 3; i++)
    send (fixture, i);
  purge_history_reload (fixture->history);
  await_loaded (fixture);

  g_assert_true (remove_one (fixture, 2, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count (fixture), ==, 2);
  g_assert_cmpint (get (fixture, 0)->id, ==, 3);
  g_assert_cmpint (get (fixture, 1)->id, ==, 1);

  g_assert_false (remove_one (fixture, 2, &error));
  g_assert_error (error, PURGE_ERROR, PURGE_ERROR_NOT_FOUND);
}

static void
test_remove_before (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  send (fixture, 1);
  mock_clock_set_unix_time (fixture->job.clock, JOB_FIXTURE_NOW + 1000);
  send (fixture, 2);
  purge_history_reload (fixture->history);
  await_loaded (fixture);

  purge_history_remove_before_async (fixture->history, JOB_FIXTURE_NOW + 500, await_cb, &result);
  g_assert_true (purge_history_remove_finish (fixture->history, await (&result), &error));
  await_loaded (fixture);
  g_assert_cmpuint (count (fixture), ==, 1);
  g_assert_cmpuint (get (fixture, 0)->tally.n_directories, ==, 2);
}

/* A database that cannot be read is said, and can be tried again. */
static void
test_failure (Fixture       *fixture,
              gconstpointer  data)
{
  purge_workspace_close (fixture->job.workspace);
  purge_history_reload (fixture->history);
  await_loaded (fixture);
  g_assert_nonnull (purge_history_get_failure (fixture->history));
  g_assert_cmpuint (count (fixture), ==, 0);
}

#define ADD(path, function) \
  g_test_add ("/history/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("empty", test_empty);
  ADD ("pages", test_pages);
  ADD ("reload", test_reload);
  ADD ("search", test_search);
  ADD ("remove", test_remove);
  ADD ("remove-before", test_remove_before);
  ADD ("failure", test_failure);

  return g_test_run ();
}
