/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#include "purge-saved-file.h"

#include <string.h>
#include <sys/stat.h>

#include <glib/gstdio.h>

#include "purge-error.h"

#include "await.h"
#include "full-disk.h"
#include "scratch.h"
#include "unprivileged.h"

static gboolean
save (const char    *path,
      const char    *text,
      GCancellable  *cancellable,
      GError       **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;

  purge_saved_file_write_async (file, g_strdup (text), cancellable, await_cb, &result);
  return purge_saved_file_write_finish (file, await (&result), error);
}

static void
assert_text (const char *path,
             const char *expected)
{
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, expected);
}

static guint
get_mode (const char *path)
{
  struct stat about;

  g_assert_cmpint (lstat (path, &about), ==, 0);
  return about.st_mode & 0777;
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;

  return n;
}

/* What was made here is nobody else's; what was there keeps its mode; the folder stays as it is. */
static void
test_modes (void)
{
  g_autoptr (Scratch) folder = scratch_new ();
  g_autofree char *path = g_build_filename (folder, "a.csv", NULL);
  g_autoptr (GError) error = NULL;
  mode_t mask = umask (0);

  g_assert_cmpint (g_chmod (folder, 0755), ==, 0);
  g_assert_true (save (path, "one\n", NULL, &error));
  g_assert_no_error (error);
  assert_text (path, "one\n");
  g_assert_cmpuint (get_mode (path), ==, 0600);

  g_assert_cmpint (g_chmod (path, 0640), ==, 0);
  g_assert_true (save (path, "2\n", NULL, NULL));
  assert_text (path, "2\n");
  g_assert_cmpuint (get_mode (path), ==, 0640);
  g_assert_cmpuint (get_mode (folder), ==, 0755);
  g_assert_cmpuint (count_files (folder), ==, 1);
  umask (mask);
}

/* Whoever has the old file open reads all of it: it is another one. */
static void
test_replaced_whole (void)
{
  g_autoptr (Scratch) folder = scratch_new ();
  g_autofree char *path = g_build_filename (folder, "a.csv", NULL);
  g_autofree char *large = g_strnfill (300000, 'x');
  char seen[16] = "";
  FILE *reader;

  g_assert_true (save (path, "before\n", NULL, NULL));
  reader = fopen (path, "r");
  g_assert_nonnull (reader);
  g_assert_true (save (path, large, NULL, NULL));
  g_assert_nonnull (fgets (seen, sizeof seen, reader));
  g_assert_cmpstr (seen, ==, "before\n");
  fclose (reader);
  assert_text (path, large);
}

/* What was there stays, and what was not there is not there half. */
static void
test_full_disk (void)
{
  g_autofree char *large = g_strnfill (300000, 'x');

  for (guint n_before = 0; n_before < 2; n_before++)
    {
      g_autoptr (Scratch) folder = scratch_new ();
      g_autofree char *path = g_build_filename (folder, "a.csv", NULL);
      g_autoptr (GError) error = NULL;

      if (n_before > 0)
        g_assert_true (save (path, "before\n", NULL, NULL));
      full_disk_begin (4096);
      g_assert_false (save (path, large, NULL, &error));
      full_disk_end ();
      g_assert_error (error, PURGE_ERROR, PURGE_ERROR_STORAGE);
      g_assert_nonnull (strstr (error->message, "a.csv"));
      g_assert_cmpuint (count_files (folder), ==, n_before);
      if (n_before > 0)
        assert_text (path, "before\n");
    }
}

static void
test_read_only_folder_subprocess (void)
{
  g_autoptr (Scratch) folder = scratch_new ();
  g_autofree char *path = g_build_filename (folder, "a.csv", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_chmod (folder, 0500), ==, 0);
  unprivileged_become ();
  g_assert_false (save (path, "one\n", NULL, &error));
  g_assert_error (error, PURGE_ERROR, PURGE_ERROR_STORAGE);
  g_assert_nonnull (strstr (error->message, "permission"));
  g_assert_cmpint (g_chmod (folder, 0700), ==, 0);
}

static void
test_no_place (void)
{
  g_autoptr (Scratch) folder = scratch_new ();
  g_autofree char *path = g_build_filename (folder, "gone", "a.csv", NULL);
  const char *paths[] = { path, folder, "/dev/null" };

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (save (paths[i], "one\n", NULL, &error));
      g_assert_error (error, PURGE_ERROR, PURGE_ERROR_STORAGE);
      g_assert_nonnull (strstr (error->message, "Choose another name or folder."));
    }
}

static void
test_cancelled (void)
{
  g_autoptr (Scratch) folder = scratch_new ();
  g_autofree char *path = g_build_filename (folder, "a.csv", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (save (path, "one\n", cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (count_files (folder), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/saved-file/modes", test_modes);
  g_test_add_func ("/saved-file/replaced-whole", test_replaced_whole);
  g_test_add_func ("/saved-file/full-disk", test_full_disk);
  g_test_add_data_func ("/saved-file/read-only-folder",
                        "/saved-file/read-only-folder/subprocess", unprivileged_run);
  g_test_add_func ("/saved-file/read-only-folder/subprocess", test_read_only_folder_subprocess);
  g_test_add_func ("/saved-file/no-place", test_no_place);
  g_test_add_func ("/saved-file/cancelled", test_cancelled);

  return g_test_run ();
}
