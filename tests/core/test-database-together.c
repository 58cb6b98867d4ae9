/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What is asked for while the database is busy is written in one transaction, and still each call is
 * told the truth about itself. */

#include "purge-database.h"

#include <signal.h>
#include <sys/resource.h>

#include "await.h"
#include "database-hold.h"
#include "database-sync.h"
#include "purge-error.h"
#include "scratch.h"

#define MAX_CALLS 5
#define HUGE_BYTES (4 * 1024 * 1024)
#define DISK_BYTES (1024 * 1024)

static const char *path;

/* How many accounts somebody else finds in the file. */
static gint64
count_elsewhere (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PurgeSql) sql = purge_sql_open (path, &error);
  gint64 n = -1;

  g_assert_no_error (error);
  g_assert_true (sample_count (sql, &n, &error));
  return n;
}

/* Fails where what stands before it is on the disk already. */
static gboolean
insert_with_others (PurgeSql  *sql,
                    gpointer   data,
                    GError   **error)
{
  if (count_elsewhere () == 0)
    return sample_insert (sql, data, error);

  g_set_error_literal (error, PURGE_ERROR, PURGE_ERROR_DECLINED, "written alone");
  return FALSE;
}

static gboolean
insert_and_fail (PurgeSql  *sql,
                 gpointer   data,
                 GError   **error)
{
  g_assert_true (sample_insert (sql, data, error));
  g_set_error_literal (error, PURGE_ERROR, PURGE_ERROR_NOT_FOUND, "for the test");
  return FALSE;
}

/* As SQLite itself does where the disk fails. */
static gboolean
lose (PurgeSql  *sql,
      int        code,
      GError   **error)
{
  g_assert_true (purge_sql_run (sql, "ROLLBACK", error, PURGE_SQL_NO_VALUES));
  g_set_error_literal (error, PURGE_ERROR, code, "for the test");
  return FALSE;
}

static gboolean
lose_transaction (PurgeSql  *sql,
                  gpointer   data,
                  GError   **error)
{
  return lose (sql, PURGE_ERROR_STORAGE, error);
}

static gboolean
refuse_and_lose (PurgeSql  *sql,
                 gpointer   data,
                 GError   **error)
{
  return lose (sql, PURGE_ERROR_NOT_FOUND, error);
}

/* Leaves what can only be refused at the end. */
static gboolean
insert_orphan (PurgeSql  *sql,
               gpointer   data,
               GError   **error)
{
  return purge_sql_run (sql, "PRAGMA defer_foreign_keys = ON", error, PURGE_SQL_NO_VALUES) &&
         purge_sql_run (sql,
                        "INSERT INTO batch (submission_id, account_uuid, number, state)"
                        " VALUES (777, '', 1, 'waiting')", error, PURGE_SQL_NO_VALUES);
}

typedef struct {
  PurgeSqlTransactFunc  func;
  const char           *name;
  int                   code;  /* of the error, or 0 */
} Call;

typedef struct {
  const char *path;
  Call        calls[MAX_CALLS];
} Case;

static const Case cases[] = {
  { "/database/together/one-wait-for-the-disk", {
      { sample_insert, "a" },
      { insert_with_others, "b" },
      { insert_with_others, "c" } } },
  { "/database/together/one-fails", {
      { sample_insert, "a" },
      { insert_and_fail, "b", PURGE_ERROR_NOT_FOUND },
      { sample_insert, "c" },
      { sample_insert, "a", PURGE_ERROR_EXISTS },
      { insert_with_others, "d" } } },
  { "/database/together/the-first-fails", {
      { insert_and_fail, "a", PURGE_ERROR_NOT_FOUND },
      { sample_insert, "a" } } },
  { "/database/together/the-transaction-is-lost", {
      { sample_insert, "a", PURGE_ERROR_STORAGE },
      { lose_transaction, NULL, PURGE_ERROR_STORAGE },
      { sample_insert, "b" },
      { sample_insert, "c" } } },
  { "/database/together/lost-by-one-that-is-refused", {
      { sample_insert, "a", PURGE_ERROR_STORAGE },
      { refuse_and_lose, NULL, PURGE_ERROR_NOT_FOUND },
      { sample_insert, "b" } } },
  { "/database/together/lost-twice", {
      { lose_transaction, NULL, PURGE_ERROR_STORAGE },
      { sample_insert, "a", PURGE_ERROR_STORAGE },
      { lose_transaction, NULL, PURGE_ERROR_STORAGE },
      { sample_insert, "b" } } },
  { "/database/together/refused-at-the-end", {
      { sample_insert, "a", PURGE_ERROR_STORAGE_DAMAGED },
      { insert_and_fail, "b", PURGE_ERROR_NOT_FOUND },
      { insert_orphan, NULL, PURGE_ERROR_STORAGE_DAMAGED } } },
};

static gboolean
finish (PurgeDatabase *database,
        GAsyncResult  *result,
        int            code)
{
  g_autoptr (GError) error = NULL;

  if (database_sync_finish (database, result, &error))
    {
      g_assert_cmpint (code, ==, 0);
      return TRUE;
    }

  g_assert_error (error, PURGE_ERROR, code);
  return FALSE;
}

static void
test_case (gconstpointer data)
{
  const Case *item = data;
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autofree char *file = g_build_filename (scratch, "journal.sqlite", NULL);
  g_autoptr (PurgeDatabase) database = database_sync_new (file);
  GAsyncResult *results[MAX_CALLS] = { NULL };
  GAsyncResult *held = NULL;
  DatabaseHold holding;
  gint64 n_stored = 0;

  path = file;
  database_hold_start (database, &holding, &held);
  for (guint i = 0; i < MAX_CALLS && item->calls[i].func != NULL; i++)
    database_sync_start (database, PURGE_SQL_WRITE, item->calls[i].func,
                         (gpointer) item->calls[i].name, NULL, &results[i]);
  database_hold_end (database, &holding, &held);
  g_object_unref (held);

  for (guint i = 0; i < MAX_CALLS && item->calls[i].func != NULL; i++)
    {
      n_stored += finish (database, await (&results[i]), item->calls[i].code);
      g_object_unref (results[i]);
    }
  g_assert_cmpint (count_elsewhere (), ==, n_stored);
}

/* A call that reads stands between two that write: it sees the first, and not the second. */
static void
test_reads_in_order (void)
{
  g_autoptr (PurgeDatabase) database = database_sync_new (":memory:");
  g_autoptr (GAsyncResult) held = NULL;
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) read = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  DatabaseHold holding;
  gint64 n = -1;

  database_hold_start (database, &holding, &held);
  database_sync_start (database, PURGE_SQL_WRITE, sample_insert, (gpointer) "a", NULL, &first);
  database_sync_start (database, PURGE_SQL_READ, sample_count, &n, NULL, &read);
  database_sync_start (database, PURGE_SQL_WRITE, sample_insert, (gpointer) "b", NULL, &second);
  database_hold_end (database, &holding, &held);

  g_assert_true (database_sync_finish (database, await (&second), NULL));
  g_assert_true (database_sync_finish (database, await (&read), NULL));
  g_assert_true (database_sync_finish (database, await (&first), NULL));
  g_assert_cmpint (n, ==, 1);
  g_assert_cmpint (sample_get_n (database), ==, 2);
}

/* One that is given up before its turn is not there, and its neighbours are. */
static void
test_one_is_cancelled (void)
{
  g_autoptr (PurgeDatabase) database = database_sync_new (":memory:");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) held = NULL;
  GAsyncResult *results[3] = { NULL };
  g_autoptr (GError) error = NULL;
  DatabaseHold holding;

  database_hold_start (database, &holding, &held);
  database_sync_start (database, PURGE_SQL_WRITE, sample_insert, (gpointer) "a", NULL, &results[0]);
  database_sync_start (database, PURGE_SQL_WRITE, sample_insert, (gpointer) "b", cancellable,
                       &results[1]);
  database_sync_start (database, PURGE_SQL_WRITE, insert_and_fail, (gpointer) "c", NULL, &results[2]);
  g_cancellable_cancel (cancellable);
  database_hold_end (database, &holding, &held);

  g_assert_true (finish (database, await (&results[0]), 0));
  g_assert_false (database_sync_finish (database, await (&results[1]), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (finish (database, await (&results[2]), PURGE_ERROR_NOT_FOUND));
  g_assert_cmpint (sample_get_n (database), ==, 1);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    g_object_unref (results[i]);
}

/* A limit of the process stands in for a full disk. Whatever SQLite makes of it, each call is told
 * what is true of it: what was stored is there, and of what was not there is nothing. */
static void
test_disk_full (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autofree char *file = g_build_filename (scratch, "journal.sqlite", NULL);
  g_autoptr (PurgeDatabase) database = database_sync_new (file);
  g_autofree char *huge = g_strnfill (HUGE_BYTES, 'x');
  const char *names[] = { "a", huge, "b" };
  GAsyncResult *results[G_N_ELEMENTS (names)] = { NULL };
  g_autoptr (GAsyncResult) held = NULL;
  DatabaseHold holding;
  struct rlimit before;
  struct rlimit limit;
  gint64 n_stored = 0;

  path = file;
  database_hold_start (database, &holding, &held);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    database_sync_start (database, PURGE_SQL_WRITE, sample_insert, (gpointer) names[i], NULL,
                         &results[i]);
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  limit = before;
  limit.rlim_cur = DISK_BYTES;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  database_hold_end (database, &holding, &held);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GError) error = NULL;

      if (database_sync_finish (database, await (&results[i]), &error))
        n_stored++;
      else
        g_assert_error (error, PURGE_ERROR, PURGE_ERROR_STORAGE);
      g_object_unref (results[i]);
    }
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  g_assert_cmpint (n_stored, <, G_N_ELEMENTS (names));
  g_assert_cmpint (count_elsewhere (), ==, n_stored);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add_data_func (cases[i].path, &cases[i], test_case);
  g_test_add_func ("/database/together/reads-in-order", test_reads_in_order);
  g_test_add_func ("/database/together/one-is-cancelled", test_one_is_cancelled);
  g_test_add_func ("/database/together/disk-full", test_disk_full);

  return g_test_run ();
}
