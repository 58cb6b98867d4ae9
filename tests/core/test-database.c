/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#include "purge-database.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "await.h"
#include "database-hold.h"
#include "database-sync.h"
#include "purge-error.h"
#include "scratch.h"

/* A limit of the process stands in for a full disk: SQLite sees a write that fails. */
static void
test_disk_full (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autofree char *path = g_build_filename (scratch, "journal.sqlite", NULL);
  g_autoptr (PurgeDatabase) database = database_sync_new (path);
  g_autofree char *huge = g_strnfill (4 * 1024 * 1024, 'x');
  g_autoptr (GError) error = NULL;
  struct rlimit before;
  struct rlimit limit;

  sample_add (database, "shop");
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  limit = before;
  limit.rlim_cur = 1024 * 1024;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  g_assert_false (database_sync_run (database, PURGE_SQL_WRITE, sample_insert, huge, &error));
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);

  g_assert_error (error, PURGE_ERROR, PURGE_ERROR_STORAGE);
  g_assert_nonnull (strstr (error->message, "disk is full"));
  g_assert_cmpint (sample_get_n (database), ==, 1);
  sample_add (database, "blog");
  g_assert_cmpint (sample_get_n (database), ==, 2);
}

static gboolean
fail_after_writing (PurgeSql  *sql,
                    gpointer   data,
                    GError   **error)
{
  g_assert_true (sample_insert (sql, data, error));
  g_set_error_literal (error, PURGE_ERROR, PURGE_ERROR_NOT_FOUND, "for the test");
  return FALSE;
}

static void
test_undoes_what_failed (void)
{
  g_autoptr (PurgeDatabase) database = database_sync_new (":memory:");
  g_autoptr (GError) error = NULL;

  g_assert_false (database_sync_run (database, PURGE_SQL_WRITE, fail_after_writing,
                                     (gpointer) "shop", &error));
  g_assert_error (error, PURGE_ERROR, PURGE_ERROR_NOT_FOUND);
  g_assert_cmpint (sample_get_n (database), ==, 0);
}

static void
test_tells_what_exists (void)
{
  g_autoptr (PurgeDatabase) database = database_sync_new (":memory:");
  g_autoptr (GError) error = NULL;

  sample_add (database, "shop");
  g_assert_false (database_sync_run (database, PURGE_SQL_WRITE, sample_insert, (gpointer) "shop",
                                     &error));
  g_assert_error (error, PURGE_ERROR, PURGE_ERROR_EXISTS);
  g_assert_cmpint (sample_get_n (database), ==, 1);
}

static gboolean
run_elsewhere (PurgeSql  *sql,
               gpointer   data,
               GError   **error)
{
  GThread **thread = data;

  *thread = g_thread_self ();
  return TRUE;
}

static void
test_works_elsewhere (void)
{
  g_autoptr (PurgeDatabase) database = database_sync_new (":memory:");
  GThread *first = NULL;
  GThread *second = NULL;

  g_assert_true (database_sync_run (database, PURGE_SQL_READ, run_elsewhere, &first, NULL));
  g_assert_true (database_sync_run (database, PURGE_SQL_READ, run_elsewhere, &second, NULL));
  g_assert_nonnull (first);
  g_assert_true (first == second);
  g_assert_true (first != g_thread_self ());
}

/* Calls of before it is open wait for that; calls before its end are answered. */
static void
test_keeps_the_order (void)
{
  g_autoptr (PurgeDatabase) database = purge_database_new (":memory:");
  g_autoptr (GAsyncResult) opened = NULL;
  GAsyncResult *inserted[20] = { NULL };
  g_autoptr (GAsyncResult) counted = NULL;
  g_autoptr (GAsyncResult) late = NULL;
  g_autoptr (GError) error = NULL;
  char names[20][3];
  gint64 n = -1;

  purge_database_open_async (database, NULL, await_cb, &opened);
  for (guint i = 0; i < 20; i++)
    {
      g_snprintf (names[i], sizeof names[i], "%u", i);
      database_sync_start (database, PURGE_SQL_WRITE, sample_insert, names[i], NULL, &inserted[i]);
    }
  database_sync_start (database, PURGE_SQL_READ, sample_count, &n, NULL, &counted);
  purge_database_close (database);
  purge_database_close (database);
  database_sync_start (database, PURGE_SQL_READ, sample_count, &n, NULL, &late);
  g_assert_null (late);

  g_assert_true (purge_database_open_finish (database, await (&opened), NULL));
  g_assert_true (database_sync_finish (database, await (&counted), NULL));
  g_assert_cmpint (n, ==, 20);
  g_assert_false (database_sync_finish (database, await (&late), &error));
  g_assert_error (error, PURGE_ERROR, PURGE_ERROR_STORAGE);

  for (guint i = 0; i < 20; i++)
    {
      g_assert_true (database_sync_finish (database, await (&inserted[i]), NULL));
      g_object_unref (inserted[i]);
    }
}

static void
test_needs_opening (void)
{
  g_autoptr (PurgeDatabase) database = purge_database_new (":memory:");
  g_autoptr (GError) error = NULL;
  gint64 n = -1;

  g_assert_false (database_sync_run (database, PURGE_SQL_READ, sample_count, &n, &error));
  g_assert_error (error, PURGE_ERROR, PURGE_ERROR_STORAGE);
}

static void
test_ends_with_its_last_reference (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autofree char *path = g_build_filename (scratch, "journal.sqlite", NULL);
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  PurgeDatabase *database = purge_database_new (path);
  GAsyncResult *result = NULL;

  purge_database_open_async (database, NULL, await_cb, &result);
  g_object_add_weak_pointer (G_OBJECT (database), (gpointer *) &database);
  g_object_unref (database);
  await (&result);
  g_object_unref (result);
  while (database != NULL)
    g_main_context_iteration (NULL, TRUE);

  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (wal, G_FILE_TEST_EXISTS));
}

static void
test_cancels_what_has_not_begun (void)
{
  g_autoptr (PurgeDatabase) database = database_sync_new (":memory:");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) held = NULL;
  g_autoptr (GAsyncResult) waiting = NULL;
  g_autoptr (GError) error = NULL;
  DatabaseHold holding;

  database_hold_start (database, &holding, &held);
  database_sync_start (database, PURGE_SQL_WRITE, sample_insert, (gpointer) "shop", cancellable,
                       &waiting);
  g_cancellable_cancel (cancellable);
  database_hold_end (database, &holding, &held);
  g_assert_false (database_sync_finish (database, await (&waiting), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (sample_get_n (database), ==, 0);
}

typedef struct {
  GCancellable *cancellable;
} CancelMidway;

static gboolean
insert_and_cancel (PurgeSql  *sql,
                   gpointer   data,
                   GError   **error)
{
  CancelMidway *midway = data;

  g_cancellable_cancel (midway->cancellable);
  return sample_insert (sql, (gpointer) "shop", error);
}

/* Whoever sends after this must not be told that nothing was stored. */
static void
test_tells_the_truth_when_cancelled_late (void)
{
  g_autoptr (PurgeDatabase) database = database_sync_new (":memory:");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  CancelMidway midway = { cancellable };

  database_sync_start (database, PURGE_SQL_WRITE, insert_and_cancel, &midway, cancellable, &result);
  g_assert_true (database_sync_finish (database, await (&result), NULL));
  g_assert_cmpint (sample_get_n (database), ==, 1);
}

static gboolean
on_beat_cb (gpointer user_data)
{
  guint *n_beats = user_data;

  (*n_beats)++;
  return G_SOURCE_CONTINUE;
}

/* One instance writes and does not end; the other waits for it in its thread, not in its window. */
static void
test_leaves_the_main_loop_alive (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autofree char *path = g_build_filename (scratch, "journal.sqlite", NULL);
  g_autoptr (PurgeDatabase) holder = database_sync_new (path);
  g_autoptr (PurgeDatabase) waiter = database_sync_new (path);
  g_autoptr (PurgeDatabase) reader = database_sync_new (path);
  g_autoptr (GAsyncResult) held = NULL;
  g_autoptr (GAsyncResult) waited = NULL;
  DatabaseHold holding;
  guint n_beats = 0;
  guint beat;

  database_hold_start (holder, &holding, &held);
  database_sync_start (waiter, PURGE_SQL_WRITE, sample_insert, (gpointer) "shop", NULL, &waited);
  beat = g_timeout_add (10, on_beat_cb, &n_beats);
  while (n_beats < 5)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (beat);

  /* Who only reads waits for nobody. */
  g_assert_cmpint (sample_get_n (reader), ==, 0);
  g_assert_null (waited);
  database_hold_end (holder, &holding, &held);
  g_assert_true (database_sync_finish (waiter, await (&waited), NULL));
  g_assert_cmpint (sample_get_n (reader), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/database/disk-full", test_disk_full);
  g_test_add_func ("/database/undoes-what-failed", test_undoes_what_failed);
  g_test_add_func ("/database/tells-what-exists", test_tells_what_exists);
  g_test_add_func ("/database/works-elsewhere", test_works_elsewhere);
  g_test_add_func ("/database/keeps-the-order", test_keeps_the_order);
  g_test_add_func ("/database/needs-opening", test_needs_opening);
  g_test_add_func ("/database/ends-with-its-last-reference", test_ends_with_its_last_reference);
  g_test_add_func ("/database/cancels-what-has-not-begun", test_cancels_what_has_not_begun);
  g_test_add_func ("/database/tells-the-truth-when-cancelled-late",
                   test_tells_the_truth_when_cancelled_late);
  g_test_add_func ("/database/leaves-the-main-loop-alive", test_leaves_the_main_loop_alive);

  return g_test_run ();
}
