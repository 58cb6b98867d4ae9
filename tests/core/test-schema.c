/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#include "purge-schema.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <gio/gio.h>
#include <glib/gstdio.h>

#include "database-sync.h"
#include "purge-error.h"
#include "scratch.h"

static char *program;

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
    { "PRAGMA user_version", 3 },
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
  g_autoptr (PurgeDatabase) database = database_sync_new (path);
  g_autoptr (GError) error = NULL;

  database_sync_run (database, PURGE_SQL_READ, read_settings, NULL, &error);
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
  g_autoptr (PurgeDatabase) database = database_sync_new (":memory:");
  gint64 n = 0;

  g_assert_true (database_sync_run (database, PURGE_SQL_READ, find_indexes, &n, NULL));
  g_assert_cmpint (n, ==, 2);
}

/* The ways in which a file can be what is not ours to touch. */

static void
make_good (const char *path)
{
  g_autoptr (PurgeDatabase) database = database_sync_new (path);

  sample_add (database, "shop");
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
make_newer (const char *path)
{
  change_good (path, "PRAGMA user_version = 4");
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
  { "newer", make_newer, "newer version" },
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
  g_assert_false (database_sync_open (database, &error));
  g_assert_error (error, PURGE_ERROR, PURGE_ERROR_STORAGE_DAMAGED);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, refused[i].says));
  g_assert_nonnull (strstr (error->message, "journal.sqlite"));
  g_assert_nonnull (strstr (error->message, "Nothing was sent"));

  g_assert_false (database_sync_run (database, PURGE_SQL_READ, sample_count, &n, &later_error));
  g_assert_error (later_error, PURGE_ERROR, PURGE_ERROR_STORAGE_DAMAGED);

  purge_database_close (database);
  after = get_checksum (path);
  g_assert_cmpstr (before, ==, after);
}

static void
test_takes_empty_file (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autofree char *path = g_build_filename (scratch, "journal.sqlite", NULL);
  g_autoptr (PurgeDatabase) database = NULL;

  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  database = database_sync_new (path);
  g_assert_cmpint (sample_get_n (database), ==, 0);
}

static void
test_opens_again_when_mended (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autofree char *path = g_build_filename (scratch, "journal.sqlite", NULL);
  g_autoptr (PurgeDatabase) database = purge_database_new (path);

  make_of_other_program (path);
  g_assert_false (database_sync_open (database, NULL));
  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_true (database_sync_open (database, NULL));
  g_assert_true (database_sync_open (database, NULL));
  g_assert_cmpint (sample_get_n (database), ==, 0);
}

/* What was committed when the program died stands in the -wal file alone. */
static void
test_finds_what_was_committed (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autofree char *path = g_build_filename (scratch, "journal.sqlite", NULL);
  g_autofree char *copy = g_build_filename (scratch, "copy.sqlite", NULL);
  g_autoptr (PurgeDatabase) database = database_sync_new (path);
  g_autoptr (PurgeDatabase) revived = NULL;
  const char *suffixes[] = { "", "-wal" };

  sample_add (database, "shop");
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *from = g_strconcat (path, suffixes[i], NULL);
      g_autofree char *to = g_strconcat (copy, suffixes[i], NULL);
      g_autofree char *bytes = NULL;
      gsize length;

      g_assert_true (g_file_get_contents (from, &bytes, &length, NULL));
      g_assert_true (g_file_set_contents (to, bytes, length, NULL));
    }

  revived = database_sync_new (copy);
  g_assert_cmpint (sample_get_n (revived), ==, 1);
}

/* Another process: opens the database at argv[2] and inserts the account argv[3]. */
static int
open_and_insert (const char *path,
                 const char *name)
{
  g_autoptr (PurgeDatabase) database = database_sync_new (path);

  sample_add (database, name);
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

  database = database_sync_new (path);
  g_assert_cmpint (sample_get_n (database), ==, G_N_ELEMENTS (others));
}

int
main (int   argc,
      char *argv[])
{
  if (argc == 4 && g_str_equal (argv[1], "--insert"))
    return open_and_insert (argv[2], argv[3]);

  program = argv[0];
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/schema/is-durable", test_is_durable);
  g_test_add_func ("/schema/has-indexes", test_has_indexes);
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *name = g_strconcat ("/schema/refuses/", refused[i].name, NULL);

      g_test_add_data_func (name, GUINT_TO_POINTER (i), test_refuses);
    }
  g_test_add_func ("/schema/takes-empty-file", test_takes_empty_file);
  g_test_add_func ("/schema/opens-again-when-mended", test_opens_again_when_mended);
  g_test_add_func ("/schema/finds-what-was-committed", test_finds_what_was_committed);
  g_test_add_func ("/schema/is-shared", test_is_shared);

  return g_test_run ();
}
