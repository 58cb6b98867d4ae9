/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#include "purge-database.h"

#include <fcntl.h>
#include <linux/capability.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "await.h"
#include "purge-error.h"
#include "scratch.h"

static char *program;

static gboolean
open_database (PurgeDatabase  *database,
               GError        **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  purge_database_open_async (database, NULL, await_cb, &result);
  return purge_database_open_finish (database, await (&result), error);
}

static PurgeDatabase *
new_database (const char *path)
{
  PurgeDatabase *database = purge_database_new (path);
  g_autoptr (GError) error = NULL;

  open_database (database, &error);
  g_assert_no_error (error);
  return database;
}

static gboolean
run_finish (PurgeDatabase  *database,
            GAsyncResult   *result,
            GError        **error)
{
  g_assert_true (g_task_is_valid (result, database));
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
run_async (PurgeDatabase         *database,
           PurgeSqlAccess         access,
           PurgeSqlTransactFunc   func,
           gpointer               data,
           GCancellable          *cancellable,
           GAsyncResult         **result)
{
  GTask *task = g_task_new (database, cancellable, await_cb, result);

  g_task_set_task_data (task, data, NULL);
  purge_database_run (database, task, access, func);
}

static gboolean
run (PurgeDatabase         *database,
     PurgeSqlAccess         access,
     PurgeSqlTransactFunc   func,
     gpointer               data,
     GError               **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  run_async (database, access, func, data, NULL, &result);
  return run_finish (database, await (&result), error);
}

/* @data is its name. */
static gboolean
insert_account (PurgeSql  *sql,
                gpointer   data,
                GError   **error)
{
  g_autofree char *uuid = g_uuid_string_random ();

  return purge_sql_run (sql,
                        "INSERT INTO account (uuid, name, api, form, signature, daily_quota,"
                        " key_serial) VALUES (?, ?, '2.0', 'post', 'HmacSHA256', 100, 1)", error,
                        PURGE_SQL_VALUES (PURGE_SQL_TEXT (uuid), PURGE_SQL_TEXT (data)));
}

static gboolean
count_accounts (PurgeSql  *sql,
                gpointer   data,
                GError   **error)
{
  return purge_sql_query_integer (sql, "SELECT count(*) FROM account", data, error,
                                  PURGE_SQL_NO_VALUES);
}

static gint64
count (PurgeDatabase *database)
{
  g_autoptr (GError) error = NULL;
  gint64 n = -1;

  run (database, PURGE_SQL_READ, count_accounts, &n, &error);
  g_assert_no_error (error);
  return n;
}

static void
insert (PurgeDatabase *database,
        const char    *name)
{
  g_autoptr (GError) error = NULL;

  run (database, PURGE_SQL_WRITE, insert_account, (gpointer) name, &error);
  g_assert_no_error (error);
}

static void
assert_mode (const char *path,
             guint       mode)
{
  GStatBuf info;

  g_assert_cmpint (g_lstat (path, &info), ==, 0);
  g_assert_cmphex (info.st_mode & 07777, ==, mode);
}

/* Every file in @folder, of which there are @n_files. */
static void
assert_all_private (const char *folder,
                    guint       n_files)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  assert_mode (folder, 0700);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      assert_mode (path, 0600);
      n_files--;
    }

  g_assert_cmpuint (n_files, ==, 0);
}

static void
test_is_private (void)
{
  const mode_t umasks[] = { 0, 0022, 0077, 0777 };

  for (guint i = 0; i < G_N_ELEMENTS (umasks); i++)
    {
      g_autoptr (Scratch) scratch = scratch_new ();
      g_autofree char *folder = g_build_filename (scratch, "data", NULL);
      g_autofree char *path = g_build_filename (folder, "journal.sqlite", NULL);
      mode_t before = umask (umasks[i]);
      g_autoptr (PurgeDatabase) database = new_database (path);

      insert (database, "shop");
      assert_all_private (folder, 4); /* with -wal, -shm and leases */
      umask (before);
    }
}

static void
test_becomes_private (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autofree char *path = g_build_filename (scratch, "journal.sqlite", NULL);
  g_autoptr (PurgeDatabase) database = new_database (path);

  insert (database, "shop");
  purge_database_close (database);
  g_clear_object (&database);
  g_assert_cmpint (g_chmod (scratch, 0755), ==, 0);
  g_assert_cmpint (g_chmod (path, 0644), ==, 0);

  database = new_database (path);
  insert (database, "blog");
  assert_all_private (scratch, 4);
}

static gboolean
read_settings (PurgeSql  *sql,
               gpointer   data,
               GError   **error)
{
  const struct {
    const char *pragma;
    gint64      value;
  } settings[] = {
    { "PRAGMA synchronous", 2 }, /* FULL */
    { "PRAGMA foreign_keys", 1 },
    { "PRAGMA application_id", 0x43444e50 },
    { "PRAGMA user_version", 1 },
    { "PRAGMA trusted_schema", 0 },
    { "SELECT journal_mode = 'wal' FROM pragma_journal_mode", 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      gint64 value = -1;

      if (!purge_sql_query_integer (sql, settings[i].pragma, &value, error, PURGE_SQL_NO_VALUES))
        return FALSE;

      g_test_message ("%s", settings[i].pragma);
      g_assert_cmpint (value, ==, settings[i].value);
    }

  return TRUE;
}

static void
test_is_durable (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autofree char *path = g_build_filename (scratch, "journal.sqlite", NULL);
  g_autoptr (PurgeDatabase) database = new_database (path);
  g_autoptr (GError) error = NULL;

  run (database, PURGE_SQL_READ, read_settings, NULL, &error);
  g_assert_no_error (error);
}

static gboolean
find_indexes (PurgeSql  *sql,
              gpointer   data,
              GError   **error)
{
  return purge_sql_query_integer (sql,
                                  "SELECT count(*) FROM sqlite_schema WHERE type = 'index'"
                                  " AND name IN ('batch_by_state', 'batch_by_time')", data, error,
                                  PURGE_SQL_NO_VALUES);
}

static void
test_has_indexes (void)
{
  g_autoptr (PurgeDatabase) database = new_database (":memory:");
  gint64 n = 0;

  g_assert_true (run (database, PURGE_SQL_READ, find_indexes, &n, NULL));
  g_assert_cmpint (n, ==, 2);
}

/* The ways in which a file can be what it should not be. */

static void
make_good (const char *path)
{
  g_autoptr (PurgeDatabase) database = new_database (path);

  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *name = g_strdup_printf ("account %u", i);

      insert (database, name);
    }
}

static void
change_good (const char *path,
             const char *statement)
{
  g_autoptr (PurgeSql) sql = NULL;

  make_good (path);
  sql = purge_sql_open (path, NULL);
  g_assert_true (purge_sql_run (sql, statement, NULL, PURGE_SQL_NO_VALUES));
}

static void
write_at (const char *path,
          off_t       offset,
          const char *bytes,
          gsize       length)
{
  int fd = g_open (path, O_WRONLY, 0);

  g_assert_cmpint (pwrite (fd, bytes, length, offset), ==, length);
  close (fd);
}

static void
make_text (const char *path)
{
  g_assert_true (g_file_set_contents (path, "http://example.com/\n", -1, NULL));
}

static void
make_header_and_noise (const char *path)
{
  g_autofree char *bytes = g_malloc (8192);

  memset (bytes, 0xa5, 8192);
  memcpy (bytes, "SQLite format 3", 16);
  g_assert_true (g_file_set_contents (path, bytes, 8192, NULL));
}

static void
make_truncated (const char *path)
{
  make_good (path);
  g_assert_cmpint (truncate (path, 3 * 4096 + 100), ==, 0);
}

static void
make_page_of_noise (const char *path)
{
  char noise[4096];

  make_good (path);
  memset (noise, 0x5a, sizeof noise);
  for (off_t page = 4; page < 10; page++)
    write_at (path, page * sizeof noise, noise, sizeof noise);
}

static void
make_broken_schema (const char *path)
{
  make_good (path);
  write_at (path, 100, "\xff\xff\xff\xff\xff\xff\xff\xff", 8);
}

static void
make_newer (const char *path)
{
  change_good (path, "PRAGMA user_version = 2");
}

static void
make_without_version (const char *path)
{
  change_good (path, "PRAGMA user_version = 0");
}

static void
make_of_other_program (const char *path)
{
  change_good (path, "PRAGMA application_id = 1");
}

static void
make_of_nameless_program (const char *path)
{
  change_good (path, "PRAGMA application_id = 0");
}

static void
make_folder (const char *path)
{
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
}

static void
make_fifo (const char *path)
{
  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
}

static void
make_link_to_good (const char *path)
{
  g_autofree char *target = g_strconcat (path, ".target", NULL);

  make_good (target);
  g_assert_cmpint (symlink (target, path), ==, 0);
}

static void
make_link_to_nothing (const char *path)
{
  g_assert_cmpint (symlink ("nowhere", path), ==, 0);
}

static char *
get_checksum (const char *path)
{
  g_autofree char *bytes = NULL;
  gsize length;

  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR) ||
      !g_file_get_contents (path, &bytes, &length, NULL))
    return NULL;

  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guchar *) bytes, length);
}

static const struct
{
  const char *name;
  void      (*make) (const char *path);
  const char *says;
} refused[] = {
  { "text", make_text, "damaged" },
  { "header-and-noise", make_header_and_noise, "damaged" },
  { "truncated", make_truncated, "damaged" },
  { "page-of-noise", make_page_of_noise, "damaged" },
  { "broken-schema", make_broken_schema, "damaged" },
  { "newer", make_newer, "newer version" },
  { "without-version", make_without_version, "damaged" },
  { "of-other-program", make_of_other_program, "another program" },
  { "of-nameless-program", make_of_nameless_program, "another program" },
  { "folder", make_folder, "is none" },
  { "fifo", make_fifo, "is none" },
  { "link-to-good", make_link_to_good, "a link" },
  { "link-to-nothing", make_link_to_nothing, "a link" },
};

static void
test_refuses (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autofree char *path = g_build_filename (scratch, "journal.sqlite", NULL);
  g_autoptr (PurgeDatabase) database = purge_database_new (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) later_error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gint64 n = -1;

  refused[i].make (path);
  before = get_checksum (path);
  g_assert_false (open_database (database, &error));
  g_assert_error (error, PURGE_ERROR, PURGE_ERROR_STORAGE_DAMAGED);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, refused[i].says));
  g_assert_nonnull (strstr (error->message, "journal.sqlite"));
  g_assert_nonnull (strstr (error->message, "Nothing was sent"));

  g_assert_false (run (database, PURGE_SQL_READ, count_accounts, &n, &later_error));
  g_assert_error (later_error, PURGE_ERROR, PURGE_ERROR_STORAGE_DAMAGED);

  purge_database_close (database);
  after = get_checksum (path);
  g_assert_cmpstr (before, ==, after);
}

/* Wherever a byte is wrong, the database opens or is refused, and is not changed where refused. */
static void
test_survives_mutations (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autofree char *good = g_build_filename (scratch, "good.sqlite", NULL);
  g_autofree char *path = g_build_filename (scratch, "journal.sqlite", NULL);
  g_autofree char *bytes = NULL;
  guint n_refused = 0;
  gsize length;

  make_good (good);
  g_assert_true (g_file_get_contents (good, &bytes, &length, NULL));
  for (guint i = 0; i < 120; i++)
    {
      g_autofree char *mutant = g_memdup2 (bytes, length);
      g_autoptr (PurgeDatabase) database = purge_database_new (path);
      g_autoptr (GError) error = NULL;
      gsize at = i < 40 ? i * 3 : (gsize) g_test_rand_int_range (0, length - 16);

      memset (mutant + at, g_test_rand_int_range (0, 256), 16);
      g_assert_true (g_file_set_contents (path, mutant, length, NULL));
      if (!open_database (database, &error))
        {
          g_assert_error (error, PURGE_ERROR, PURGE_ERROR_STORAGE_DAMAGED);
          g_assert_true (g_utf8_validate (error->message, -1, NULL));
          n_refused++;
        }
    }

  g_test_message ("%u of 120 refused", n_refused);
  g_assert_cmpuint (n_refused, >, 0);
}

static void
test_takes_empty_file (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autofree char *path = g_build_filename (scratch, "journal.sqlite", NULL);
  g_autoptr (PurgeDatabase) database = NULL;

  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  database = new_database (path);
  g_assert_cmpint (count (database), ==, 0);
}

static void
test_opens_again_when_mended (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autofree char *path = g_build_filename (scratch, "journal.sqlite", NULL);
  g_autoptr (PurgeDatabase) database = purge_database_new (path);

  make_text (path);
  g_assert_false (open_database (database, NULL));
  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_true (open_database (database, NULL));
  g_assert_true (open_database (database, NULL));
  g_assert_cmpint (count (database), ==, 0);
}

/* What was committed when the program died stands in the -wal file alone. */
static void
test_finds_what_was_committed (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autofree char *path = g_build_filename (scratch, "journal.sqlite", NULL);
  g_autofree char *copy = g_build_filename (scratch, "copy.sqlite", NULL);
  g_autoptr (PurgeDatabase) database = new_database (path);
  g_autoptr (PurgeDatabase) revived = NULL;
  const char *suffixes[] = { "", "-wal" };

  insert (database, "shop");
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *from = g_strconcat (path, suffixes[i], NULL);
      g_autofree char *to = g_strconcat (copy, suffixes[i], NULL);
      g_autofree char *bytes = NULL;
      gsize length;

      g_assert_true (g_file_get_contents (from, &bytes, &length, NULL));
      g_assert_true (g_file_set_contents (to, bytes, length, NULL));
    }

  revived = new_database (copy);
  g_assert_cmpint (count (revived), ==, 1);
}

/* Root may write everywhere, but not without its capabilities. Threads from before keep theirs. */
static void
give_up_capabilities (void)
{
  struct __user_cap_header_struct header = { _LINUX_CAPABILITY_VERSION_3, 0 };
  struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = { 0 };

  g_thread_pool_stop_unused_threads ();
  g_assert_cmpint (syscall (SYS_capset, &header, none), ==, 0);
}

static void
test_read_only_file_subprocess (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autofree char *path = g_build_filename (scratch, "journal.sqlite", NULL);
  g_autoptr (PurgeDatabase) database = NULL;
  g_autoptr (GError) error = NULL;

  make_good (path);
  g_assert_cmpint (g_chmod (path, 0400), ==, 0);
  give_up_capabilities ();

  database = purge_database_new (path);
  g_assert_false (open_database (database, &error));
  g_assert_error (error, PURGE_ERROR, PURGE_ERROR_STORAGE);
  g_assert_nonnull (strstr (error->message, "Nothing was sent"));
  g_assert_nonnull (strstr (error->message, "permission"));
}

static void
test_read_only_folder_subprocess (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autofree char *folder = g_build_filename (scratch, "data", NULL);
  g_autofree char *path = g_build_filename (folder, "journal.sqlite", NULL);
  g_autofree char *deep = g_build_filename (folder, "deep", "journal.sqlite", NULL);
  const char *paths[] = { path, deep };

  make_folder (folder);
  g_assert_cmpint (g_chmod (folder, 0500), ==, 0);
  give_up_capabilities ();
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (PurgeDatabase) database = purge_database_new (paths[i]);
      g_autoptr (GError) error = NULL;

      g_assert_false (open_database (database, &error));
      g_assert_error (error, PURGE_ERROR, PURGE_ERROR_STORAGE);
      g_assert_nonnull (strstr (error->message, "permission"));
    }
}

static void
test_read_only (gconstpointer data)
{
  g_test_trap_subprocess (data, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

/* A limit of the process stands in for a full disk: SQLite sees a write that fails. */
static void
test_disk_full (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autofree char *path = g_build_filename (scratch, "journal.sqlite", NULL);
  g_autoptr (PurgeDatabase) database = new_database (path);
  g_autofree char *huge = g_strnfill (4 * 1024 * 1024, 'x');
  g_autoptr (GError) error = NULL;
  struct rlimit before;
  struct rlimit limit;

  insert (database, "shop");
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  limit = before;
  limit.rlim_cur = 1024 * 1024;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  g_assert_false (run (database, PURGE_SQL_WRITE, insert_account, huge, &error));
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);

  g_assert_error (error, PURGE_ERROR, PURGE_ERROR_STORAGE);
  g_assert_nonnull (strstr (error->message, "disk is full"));
  g_assert_cmpint (count (database), ==, 1);
  insert (database, "blog");
  g_assert_cmpint (count (database), ==, 2);
}

static gboolean
fail_after_writing (PurgeSql  *sql,
                    gpointer   data,
                    GError   **error)
{
  g_assert_true (insert_account (sql, data, error));
  g_set_error_literal (error, PURGE_ERROR, PURGE_ERROR_NOT_FOUND, "for the test");
  return FALSE;
}

static void
test_undoes_what_failed (void)
{
  g_autoptr (PurgeDatabase) database = new_database (":memory:");
  g_autoptr (GError) error = NULL;

  g_assert_false (run (database, PURGE_SQL_WRITE, fail_after_writing, (gpointer) "shop", &error));
  g_assert_error (error, PURGE_ERROR, PURGE_ERROR_NOT_FOUND);
  g_assert_cmpint (count (database), ==, 0);
}

static void
test_tells_what_exists (void)
{
  g_autoptr (PurgeDatabase) database = new_database (":memory:");
  g_autoptr (GError) error = NULL;

  insert (database, "shop");
  g_assert_false (run (database, PURGE_SQL_WRITE, insert_account, (gpointer) "shop", &error));
  g_assert_error (error, PURGE_ERROR, PURGE_ERROR_EXISTS);
  g_assert_cmpint (count (database), ==, 1);
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
  g_autoptr (PurgeDatabase) database = new_database (":memory:");
  GThread *first = NULL;
  GThread *second = NULL;

  g_assert_true (run (database, PURGE_SQL_READ, run_elsewhere, &first, NULL));
  g_assert_true (run (database, PURGE_SQL_READ, run_elsewhere, &second, NULL));
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
      run_async (database, PURGE_SQL_WRITE, insert_account, names[i], NULL, &inserted[i]);
    }
  run_async (database, PURGE_SQL_READ, count_accounts, &n, NULL, &counted);
  purge_database_close (database);
  purge_database_close (database);
  run_async (database, PURGE_SQL_READ, count_accounts, &n, NULL, &late);
  g_assert_null (late);

  g_assert_true (purge_database_open_finish (database, await (&opened), NULL));
  g_assert_true (run_finish (database, await (&counted), NULL));
  g_assert_cmpint (n, ==, 20);
  g_assert_false (run_finish (database, await (&late), &error));
  g_assert_error (error, PURGE_ERROR, PURGE_ERROR_STORAGE);

  for (guint i = 0; i < 20; i++)
    {
      g_assert_true (run_finish (database, await (&inserted[i]), NULL));
      g_object_unref (inserted[i]);
    }
}

static void
test_needs_opening (void)
{
  g_autoptr (PurgeDatabase) database = purge_database_new (":memory:");
  g_autoptr (GError) error = NULL;
  gint64 n = -1;

  g_assert_false (run (database, PURGE_SQL_READ, count_accounts, &n, &error));
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

static gboolean
wait_for_signal (PurgeSql  *sql,
                 gpointer   data,
                 GError   **error)
{
  char byte;

  return read (GPOINTER_TO_INT (data), &byte, 1) == 1;
}

static void
test_cancels_what_has_not_begun (void)
{
  g_autoptr (PurgeDatabase) database = new_database (":memory:");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) begun = NULL;
  g_autoptr (GAsyncResult) waiting = NULL;
  g_autoptr (GError) error = NULL;
  int fds[2];

  g_assert_cmpint (pipe (fds), ==, 0);
  run_async (database, PURGE_SQL_WRITE, wait_for_signal, GINT_TO_POINTER (fds[0]), NULL, &begun);
  run_async (database, PURGE_SQL_WRITE, insert_account, (gpointer) "shop", cancellable, &waiting);
  g_cancellable_cancel (cancellable);
  g_assert_cmpint (write (fds[1], "!", 1), ==, 1);

  g_assert_true (run_finish (database, await (&begun), NULL));
  g_assert_false (run_finish (database, await (&waiting), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (count (database), ==, 0);
  close (fds[0]);
  close (fds[1]);
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
  return insert_account (sql, (gpointer) "shop", error);
}

/* Whoever sends after this must not be told that nothing was stored. */
static void
test_tells_the_truth_when_cancelled_late (void)
{
  g_autoptr (PurgeDatabase) database = new_database (":memory:");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  CancelMidway midway = { cancellable };

  run_async (database, PURGE_SQL_WRITE, insert_and_cancel, &midway, cancellable, &result);
  g_assert_true (run_finish (database, await (&result), NULL));
  g_assert_cmpint (count (database), ==, 1);
}

static gboolean
on_beat_cb (gpointer user_data)
{
  guint *n_beats = user_data;

  (*n_beats)++;
  return G_SOURCE_CONTINUE;
}

/* One instance writes and does not end; the other one waits for it in its thread, not in its window. */
static void
test_leaves_the_main_loop_alive (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autofree char *path = g_build_filename (scratch, "journal.sqlite", NULL);
  g_autoptr (PurgeDatabase) holder = new_database (path);
  g_autoptr (PurgeDatabase) waiter = new_database (path);
  g_autoptr (PurgeDatabase) reader = new_database (path);
  g_autoptr (GAsyncResult) held = NULL;
  g_autoptr (GAsyncResult) waited = NULL;
  guint n_beats = 0;
  guint beat;
  int fds[2];

  g_assert_cmpint (pipe (fds), ==, 0);
  run_async (holder, PURGE_SQL_WRITE, wait_for_signal, GINT_TO_POINTER (fds[0]), NULL, &held);
  run_async (waiter, PURGE_SQL_WRITE, insert_account, (gpointer) "shop", NULL, &waited);
  beat = g_timeout_add (10, on_beat_cb, &n_beats);
  while (n_beats < 5)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (beat);

  /* Who only reads waits for nobody. */
  g_assert_cmpint (count (reader), ==, 0);
  g_assert_null (held);
  g_assert_null (waited);
  g_assert_cmpint (write (fds[1], "!", 1), ==, 1);
  g_assert_true (run_finish (holder, await (&held), NULL));
  g_assert_true (run_finish (waiter, await (&waited), NULL));
  g_assert_cmpint (count (holder), ==, 1);
  close (fds[0]);
  close (fds[1]);
}

/* Another process: opens the database at argv[2] and inserts the account argv[3]. */
static int
open_and_insert (const char *path,
                 const char *name)
{
  g_autoptr (PurgeDatabase) database = new_database (path);

  insert (database, name);
  return 0;
}

static void
test_is_shared (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autofree char *path = g_build_filename (scratch, "data", "journal.sqlite", NULL);
  g_autoptr (PurgeDatabase) database = NULL;
  GSubprocess *others[8];

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", i);
      g_autoptr (GError) error = NULL;

      others[i] = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, program, "--insert", path,
                                    name, NULL);
      g_assert_no_error (error);
    }

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_assert_true (g_subprocess_wait_check (others[i], NULL, NULL));
      g_object_unref (others[i]);
    }

  database = new_database (path);
  g_assert_cmpint (count (database), ==, G_N_ELEMENTS (others));
}

int
main (int   argc,
      char *argv[])
{
  if (argc == 4 && g_str_equal (argv[1], "--insert"))
    return open_and_insert (argv[2], argv[3]);

  program = argv[0];
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/database/is-private", test_is_private);
  g_test_add_func ("/database/becomes-private", test_becomes_private);
  g_test_add_func ("/database/is-durable", test_is_durable);
  g_test_add_func ("/database/has-indexes", test_has_indexes);
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *name = g_strconcat ("/database/refuses/", refused[i].name, NULL);

      g_test_add_data_func (name, GUINT_TO_POINTER (i), test_refuses);
    }
  g_test_add_func ("/database/survives-mutations", test_survives_mutations);
  g_test_add_func ("/database/takes-empty-file", test_takes_empty_file);
  g_test_add_func ("/database/opens-again-when-mended", test_opens_again_when_mended);
  g_test_add_func ("/database/finds-what-was-committed", test_finds_what_was_committed);
  g_test_add_data_func ("/database/read-only-file", "/database/read-only-file/subprocess",
                        test_read_only);
  g_test_add_func ("/database/read-only-file/subprocess", test_read_only_file_subprocess);
  g_test_add_data_func ("/database/read-only-folder", "/database/read-only-folder/subprocess",
                        test_read_only);
  g_test_add_func ("/database/read-only-folder/subprocess", test_read_only_folder_subprocess);
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
  g_test_add_func ("/database/is-shared", test_is_shared);

  return g_test_run ();
}
