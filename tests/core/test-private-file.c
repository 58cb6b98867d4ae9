/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#include "purge-private-file.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "database-sync.h"
#include "purge-error.h"
#include "scratch.h"
#include "unprivileged.h"

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
      g_autoptr (PurgeDatabase) database = database_sync_new (path);

      sample_add (database, "shop");
      assert_all_private (folder, 4); /* with -wal, -shm and leases */
      umask (before);
    }
}

static void
test_becomes_private (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autofree char *path = g_build_filename (scratch, "journal.sqlite", NULL);
  g_autoptr (PurgeDatabase) database = database_sync_new (path);

  sample_add (database, "shop");
  purge_database_close (database);
  g_clear_object (&database);
  g_assert_cmpint (g_chmod (scratch, 0755), ==, 0);
  g_assert_cmpint (g_chmod (path, 0644), ==, 0);

  database = database_sync_new (path);
  sample_add (database, "blog");
  assert_all_private (scratch, 4);
}

/* A home may be a link; the file may not. */
static void
test_finds_the_folder (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autofree char *folder = g_build_filename (scratch, "real", NULL);
  g_autofree char *link = g_build_filename (scratch, "link", NULL);
  g_autofree char *path = g_build_filename (link, "file", NULL);
  g_autofree char *expected = g_build_filename (folder, "file", NULL);
  g_autofree char *prepared = NULL;
  g_autofree char *again = NULL;

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_cmpint (symlink ("real", link), ==, 0);
  prepared = purge_private_file_prepare (path, NULL);
  g_assert_cmpstr (prepared, ==, expected);
  g_assert_true (g_file_set_contents (prepared, "kept", -1, NULL));
  again = purge_private_file_prepare (path, NULL);
  g_assert_cmpstr (again, ==, expected);
  assert_mode (expected, 0600);
}

/* A folder that is everybody's, such as /tmp, must stay so. */
static void
test_leaves_shared_folders (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autofree char *path = g_build_filename (scratch, "file", NULL);
  g_autofree char *prepared = NULL;

  g_assert_cmpint (g_chmod (scratch, 01777), ==, 0);
  prepared = purge_private_file_prepare (path, NULL);
  g_assert_nonnull (prepared);
  assert_mode (scratch, 01777);
  assert_mode (prepared, 0600);
}

/* In place of whatever is in the file, a link to it excepted, and whatever a killed writer left. */
static void
test_replaces (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autofree char *folder = g_build_filename (scratch, "data", NULL);
  g_autofree char *path = g_build_filename (folder, "file", NULL);
  g_autofree char *left = g_build_filename (folder, "file.new", NULL);
  g_autofree char *link = g_build_filename (folder, "link", NULL);
  g_autoptr (GError) error = NULL;
  const char *texts[] = { "first", "", "second and longer", "3" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *found = NULL;
      gsize length;

      g_assert_true (purge_private_file_replace (path, texts[i], strlen (texts[i]), NULL));
      assert_all_private (folder, 1);
      g_assert_true (g_file_get_contents (path, &found, &length, NULL));
      g_assert_cmpmem (found, length, texts[i], strlen (texts[i]));
      g_assert_true (g_file_set_contents (left, "half of something that was longer", -1, NULL));
    }

  g_assert_cmpint (symlink ("file", link), ==, 0);
  g_assert_false (purge_private_file_replace (link, "x", 1, &error));
  g_assert_error (error, PURGE_ERROR, PURGE_ERROR_STORAGE_DAMAGED);
}

static void
test_read_only_file_subprocess (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autofree char *path = g_build_filename (scratch, "journal.sqlite", NULL);
  g_autoptr (PurgeDatabase) database = NULL;
  g_autoptr (GError) error = NULL;

  g_object_unref (database_sync_new (path));
  g_assert_cmpint (g_chmod (path, 0400), ==, 0);
  unprivileged_become ();

  database = purge_database_new (path);
  g_assert_false (database_sync_open (database, &error));
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

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_cmpint (g_chmod (folder, 0500), ==, 0);
  unprivileged_become ();
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (PurgeDatabase) database = purge_database_new (paths[i]);
      g_autoptr (GError) error = NULL;

      g_assert_false (database_sync_open (database, &error));
      g_assert_error (error, PURGE_ERROR, PURGE_ERROR_STORAGE);
      g_assert_nonnull (strstr (error->message, "permission"));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/private-file/is-private", test_is_private);
  g_test_add_func ("/private-file/becomes-private", test_becomes_private);
  g_test_add_func ("/private-file/finds-the-folder", test_finds_the_folder);
  g_test_add_func ("/private-file/leaves-shared-folders", test_leaves_shared_folders);
  g_test_add_func ("/private-file/replaces", test_replaces);
  g_test_add_data_func ("/private-file/read-only-file", "/private-file/read-only-file/subprocess",
                        unprivileged_run);
  g_test_add_func ("/private-file/read-only-file/subprocess", test_read_only_file_subprocess);
  g_test_add_data_func ("/private-file/read-only-folder",
                        "/private-file/read-only-folder/subprocess", unprivileged_run);
  g_test_add_func ("/private-file/read-only-folder/subprocess", test_read_only_folder_subprocess);

  return g_test_run ();
}
