/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#include "purge-draft.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "await.h"
#include "full-disk.h"
#include "purge-error.h"
#include "scratch.h"
#include "unprivileged.h"

#define ONE "https://one.example/\n"
#define TWO "https://two.example/\n"

static char *
load (PurgeDraft *draft)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (PurgeReading) reading = NULL;
  GString *text = g_string_new (NULL);

  purge_draft_load_async (draft, NULL, await_cb, &result);
  reading = purge_draft_load_finish (draft, await (&result), &error);
  g_assert_no_error (error);
  for (guint i = 0; i < purge_reading_get_n_items (reading); i++)
    g_string_append_printf (text, "%s\n", purge_reading_get_item (reading, i)->text);

  return g_string_free (text, FALSE);
}

static void
assert_load (PurgeDraft *draft,
             const char *wanted)
{
  g_autofree char *text = load (draft);

  g_assert_cmpstr (text, ==, wanted);
}

static gboolean
save (PurgeDraft  *draft,
      const char  *text,
      GError     **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  purge_draft_save_async (draft, g_strdup (text), NULL, await_cb, &result);
  return purge_draft_save_finish (draft, await (&result), error);
}

static void
assert_save (PurgeDraft *draft,
             const char *text)
{
  g_autoptr (GError) error = NULL;

  save (draft, text, &error);
  g_assert_no_error (error);
}

static void
assert_file (const char *path,
             const char *bytes,
             gsize       length)
{
  g_autofree char *found = NULL;
  gsize n_found;

  g_assert_true (g_file_get_contents (path, &found, &n_found, NULL));
  g_assert_cmpmem (found, n_found, bytes, length);
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n_files = 0;

  while (g_dir_read_name (dir) != NULL)
    n_files++;

  return n_files;
}

static char *
in (const char *folder)
{
  return g_build_filename (folder, "draft.txt", NULL);
}

typedef struct {
  const char *bytes;
  gsize       length;
  const char *rows;
  gboolean    damaged;
} Case;

#define BYTES(bytes) bytes, sizeof bytes - 1

static const Case cases[] = {
  { BYTES (""), "", FALSE },
  { BYTES (ONE), ONE, FALSE },
  { BYTES (ONE "x\n" TWO), ONE "x\n" TWO, FALSE },
  { BYTES ("https://one.example/ https://two.example/\n"),
    "https://one.example/ https://two.example/\n", FALSE },
  { BYTES ("\n" ONE "\n"), ONE, FALSE },
  { BYTES ("https://one.example/\r\nhttps://two.example/\r\n"), ONE TWO, FALSE },
  { BYTES ("\xef\xbb\xbf" ONE), ONE, FALSE },
  { BYTES ("https://one.example/\xef\xbf\xbd\n"), "https://one.example/\xef\xbf\xbd\n", FALSE },
  /* Torn off in the middle of a line: what is left would purge a whole site. */
  { BYTES (ONE "https://two.example"), ONE, TRUE },
  { BYTES ("https://one.example/"), "", TRUE },
  /* NUL */
  { BYTES (ONE "https://\0.example/\n" TWO), ONE TWO, TRUE },
  { BYTES ("\0\n" ONE), ONE, TRUE },
  { BYTES (ONE "\0\0\0\0\0\0\0\0"), ONE, TRUE },
  { BYTES ("\0"), "", TRUE },
  /* No UTF-8: stray, cut off, overlong, half of a pair */
  { BYTES (ONE "https://\xff.example/\n" TWO), ONE TWO, TRUE },
  { BYTES ("https://one.example/\xe2\x82\n" TWO), TWO, TRUE },
  { BYTES ("https://one.example/\xc0\xaf\n" TWO), TWO, TRUE },
  { BYTES ("https://one.example/\xed\xa0\x80\n" TWO), TWO, TRUE },
  { BYTES ("\xff\xfeh\0t\0t\0p\0\n\0"), "", TRUE },
  { BYTES ("\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), "\x1a\n", TRUE },
};

/* What is whole is there, what is not is kept, and nothing happens to the file before a save. */
static void
test_table (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Scratch) folder = scratch_new ();
      g_autofree char *path = in (folder);
      g_autoptr (PurgeDraft) draft = purge_draft_new (path);

      g_test_message ("case %u", i);
      g_assert_true (g_file_set_contents (path, cases[i].bytes, cases[i].length, NULL));
      assert_load (draft, cases[i].rows);
      g_assert_cmpint (purge_draft_get_damaged (draft), ==, cases[i].damaged);
      assert_file (path, cases[i].bytes, cases[i].length);
      g_assert_cmpuint (count_files (folder), ==, 1);

      assert_save (draft, "new\n");
      assert_file (path, "new\n", 4);
      g_assert_false (purge_draft_get_damaged (draft));
      g_assert_cmpint (purge_draft_get_aside (draft) != NULL, ==, cases[i].damaged);
      g_assert_cmpuint (count_files (folder), ==, cases[i].damaged ? 2 : 1);
      if (cases[i].damaged)
        assert_file (purge_draft_get_aside (draft), cases[i].bytes, cases[i].length);
    }
}

static void
test_too_many_lines (void)
{
  g_autoptr (Scratch) folder = scratch_new ();
  g_autofree char *path = in (folder);
  g_autoptr (PurgeDraft) draft = purge_draft_new (path);
  g_autoptr (PurgeDraft) other = purge_draft_new (path);
  GString *text = g_string_new (NULL);
  g_autofree char *rows = NULL;

  for (guint i = 0; i <= PURGE_DRAFT_MAX_LINES; i++)
    g_string_append (text, "x\n");
  g_assert_true (g_file_set_contents (path, text->str, text->len - 2, NULL));
  rows = load (draft);
  g_assert_false (purge_draft_get_damaged (draft));
  g_assert_cmpuint (strlen (rows), ==, text->len - 2);

  g_assert_true (g_file_set_contents (path, text->str, text->len, NULL));
  g_free (rows);
  rows = load (other);
  g_assert_true (purge_draft_get_damaged (other));
  g_assert_cmpuint (strlen (rows), ==, text->len - 2);
  g_string_free (text, TRUE);
}

/* A hole takes no room. */
static void
test_too_many_bytes (void)
{
  g_autoptr (Scratch) folder = scratch_new ();
  g_autofree char *path = in (folder);
  g_autoptr (PurgeDraft) draft = purge_draft_new (path);

  g_assert_true (g_file_set_contents (path, ONE, -1, NULL));
  g_assert_cmpint (truncate (path, PURGE_DRAFT_MAX_BYTES + 1), ==, 0);
  assert_load (draft, ONE);
  g_assert_true (purge_draft_get_damaged (draft));
  assert_save (draft, ONE);
  assert_file (path, ONE, strlen (ONE));
}

/* Without a file the draft is empty, and an empty list is no reason to make one. */
static void
test_begins_empty (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autofree char *folder = g_build_filename (scratch, "deep", "data", NULL);
  g_autofree char *path = in (folder);
  g_autoptr (PurgeDraft) draft = purge_draft_new (path);
  GStatBuf info;

  assert_load (draft, "");
  g_assert_false (purge_draft_get_damaged (draft));
  assert_save (draft, "");
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));

  assert_save (draft, ONE);
  assert_file (path, ONE, strlen (ONE));
  g_assert_cmpint (g_stat (folder, &info), ==, 0);
  g_assert_cmphex (info.st_mode & 07777, ==, 0700);
}

static void
test_is_private (void)
{
  g_autoptr (Scratch) folder = scratch_new ();
  g_autofree char *path = in (folder);
  g_autoptr (PurgeDraft) draft = purge_draft_new (path);
  mode_t before = umask (0);
  GStatBuf info;

  g_assert_cmpint (g_chmod (folder, 0755), ==, 0);
  g_assert_true (g_file_set_contents (path, ONE, -1, NULL));
  g_assert_cmpint (g_chmod (path, 0644), ==, 0);
  assert_load (draft, ONE);
  assert_save (draft, TWO);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmphex (info.st_mode & 07777, ==, 0600);
  g_assert_cmpint (g_stat (folder, &info), ==, 0);
  g_assert_cmphex (info.st_mode & 07777, ==, 0700);
  umask (before);
}

static guint64
identify (const char *path)
{
  GStatBuf info;

  g_assert_cmpint (g_stat (path, &info), ==, 0);
  return info.st_ino;
}

static void
test_unchanged_is_not_written (void)
{
  g_autoptr (Scratch) folder = scratch_new ();
  g_autofree char *path = in (folder);
  g_autoptr (PurgeDraft) draft = purge_draft_new (path);
  guint64 first;

  g_assert_true (g_file_set_contents (path, ONE, -1, NULL));
  first = identify (path);
  assert_load (draft, ONE);
  assert_save (draft, ONE);
  g_assert_cmpuint (identify (path), ==, first);

  /* A descriptor keeps the number from being given to another file. */
  {
    int fd = g_open (path, O_RDONLY, 0);

    assert_save (draft, TWO);
    g_assert_cmpuint (identify (path), !=, first);
    close (fd);
  }
  first = identify (path);
  assert_save (draft, TWO);
  g_assert_cmpuint (identify (path), ==, first);
}

/* What is no file is no draft, is not followed, and is not lost. */
static void
test_no_file (void)
{
  for (guint kind = 0; kind < 3; kind++)
    {
      g_autoptr (Scratch) folder = scratch_new ();
      g_autofree char *path = in (folder);
      g_autofree char *target = g_build_filename (folder, "target", NULL);
      g_autoptr (PurgeDraft) draft = purge_draft_new (path);
      GStatBuf before, after;

      g_assert_true (g_file_set_contents (target, ONE, -1, NULL));
      g_assert_cmpint (kind == 0 ? symlink ("target", path)
                       : kind == 1 ? g_mkdir (path, 0700) : mkfifo (path, 0600), ==, 0);
      g_assert_cmpint (g_lstat (path, &before), ==, 0);

      assert_load (draft, "");
      assert_save (draft, TWO);
      assert_file (path, TWO, strlen (TWO));
      assert_file (target, ONE, strlen (ONE));
      g_assert_cmpint (g_lstat (purge_draft_get_aside (draft), &after), ==, 0);
      g_assert_cmpuint (before.st_ino, ==, after.st_ino);
    }
}

/* Damaged again and again within one second: each is kept. */
static void
test_each_damaged_file_is_kept (void)
{
  g_autoptr (Scratch) folder = scratch_new ();
  g_autofree char *path = in (folder);

  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (PurgeDraft) draft = purge_draft_new (path);
      g_autofree char *torn = g_strdup_printf ("torn %u", i);

      g_assert_true (g_file_set_contents (path, torn, -1, NULL));
      assert_load (draft, "");
      assert_save (draft, ONE);
      assert_file (purge_draft_get_aside (draft), torn, strlen (torn));
      g_assert_nonnull (strstr (purge_draft_get_aside (draft), "draft.txt.damaged-20"));
    }

  g_assert_cmpuint (count_files (folder), ==, 6);
}

static void
test_full_disk (void)
{
  g_autoptr (Scratch) folder = scratch_new ();
  g_autofree char *path = in (folder);
  g_autofree char *large = g_strnfill (100000, '\n');
  g_autoptr (PurgeDraft) draft = purge_draft_new (path);

  g_assert_true (g_file_set_contents (path, ONE, -1, NULL));
  assert_load (draft, ONE);

  full_disk_begin (4096);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (save (draft, large, &error));
      g_assert_error (error, PURGE_ERROR, PURGE_ERROR_STORAGE);
      g_assert_nonnull (strstr (error->message, "full"));
      assert_file (path, ONE, strlen (ONE));
      g_assert_cmpuint (count_files (folder), ==, 1);
    }

  full_disk_end ();
  assert_save (draft, large);
  assert_file (path, large, 100000);
}

/* While the folder is read-only, a damaged draft stays where it is; after that it is set aside. */
static void
test_read_only_folder_subprocess (void)
{
  g_autoptr (Scratch) folder = scratch_new ();
  g_autofree char *path = in (folder);
  g_autoptr (PurgeDraft) draft = purge_draft_new (path);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, ONE "torn", -1, NULL));
  g_assert_cmpint (g_chmod (folder, 0500), ==, 0);
  unprivileged_become ();

  assert_load (draft, ONE);
  g_assert_false (save (draft, ONE TWO, &error));
  g_assert_error (error, PURGE_ERROR, PURGE_ERROR_STORAGE);
  g_assert_nonnull (strstr (error->message, "permission"));
  g_assert_null (purge_draft_get_aside (draft));
  g_assert_true (purge_draft_get_damaged (draft));
  assert_file (path, ONE "torn", strlen (ONE "torn"));

  g_assert_cmpint (g_chmod (folder, 0700), ==, 0);
  assert_save (draft, ONE TWO);
  assert_file (path, ONE TWO, strlen (ONE TWO));
  assert_file (purge_draft_get_aside (draft), ONE "torn", strlen (ONE "torn"));
}

static void
test_unreadable_subprocess (void)
{
  g_autoptr (Scratch) folder = scratch_new ();
  g_autofree char *path = in (folder);
  g_autoptr (PurgeDraft) draft = purge_draft_new (path);

  g_assert_true (g_file_set_contents (path, ONE, -1, NULL));
  g_assert_cmpint (g_chmod (path, 0200), ==, 0);
  unprivileged_become ();

  assert_load (draft, "");
  assert_save (draft, TWO);
  assert_file (path, TWO, strlen (TWO));
  g_assert_cmpint (g_chmod (purge_draft_get_aside (draft), 0600), ==, 0);
  assert_file (purge_draft_get_aside (draft), ONE, strlen (ONE));
}

static void
test_cancelled (void)
{
  g_autoptr (Scratch) folder = scratch_new ();
  g_autofree char *path = in (folder);
  g_autoptr (PurgeDraft) draft = purge_draft_new (path);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) loaded = NULL;
  g_autoptr (GAsyncResult) saved = NULL;
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  purge_draft_load_async (draft, cancellable, await_cb, &loaded);
  g_assert_null (purge_draft_load_finish (draft, await (&loaded), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);

  assert_load (draft, "");
  purge_draft_save_async (draft, g_strdup (ONE), cancellable, await_cb, &saved);
  g_assert_false (purge_draft_save_finish (draft, await (&saved), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (count_files (folder), ==, 0);
}

static void
assert_saved (PurgeDraft   *draft,
              GAsyncResult *result)
{
  g_assert_true (purge_draft_save_finish (draft, result, NULL));
  g_object_unref (result);
}

/* Two windows that save at the same time: there is always one text or the other. */
static void
test_two_writers (void)
{
  g_autoptr (Scratch) folder = scratch_new ();
  g_autofree char *path = in (folder);
  g_autoptr (PurgeDraft) draft = purge_draft_new (path);
  g_autoptr (PurgeDraft) other = purge_draft_new (path);

  assert_load (draft, "");
  assert_load (other, "");
  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *text = g_strnfill (50000 + i, 'a');
      g_autofree char *other_text = g_strnfill (20000 + i, 'b');
      GAsyncResult *result = NULL;
      GAsyncResult *other_result = NULL;
      g_autofree char *found = NULL;

      purge_draft_save_async (draft, g_strdup (text), NULL, await_cb, &result);
      purge_draft_save_async (other, g_strdup (other_text), NULL, await_cb, &other_result);
      assert_saved (draft, await (&result));
      assert_saved (other, await (&other_result));

      g_assert_true (g_file_get_contents (path, &found, NULL, NULL));
      g_assert_true (g_str_equal (found, text) || g_str_equal (found, other_text));
      g_assert_cmpuint (count_files (folder), ==, 1);
    }
}

/* For draft-kills.py, which knows the same texts: writes one after the other and says so, until it is
 * killed. */
static char *
dup_generation (guint seed,
                guint number)
{
  GString *text = g_string_new (NULL);
  guint n_lines = 1 + (seed * 7919 + number * 104729) % 4000;

  for (guint i = 0; i < n_lines; i++)
    g_string_append_printf (text, "https://www.example.com/%u/%u/%u/\n", seed, number, i);

  return g_string_free (text, FALSE);
}

static void
write_and_say_so (const char *path,
                  guint       seed)
{
  g_autoptr (PurgeDraft) draft = purge_draft_new (path);

  g_free (load (draft));
  printf ("%s\n", purge_draft_get_damaged (draft) ? "damaged" : "loaded");
  fflush (stdout);
  for (guint number = 1;; number++)
    {
      g_autofree char *text = dup_generation (seed, number);

      assert_save (draft, text);
      printf ("%u\n", number);
      fflush (stdout);
    }
}

int
main (int   argc,
      char *argv[])
{
  if (argc == 4 && g_str_equal (argv[1], "--write-and-say-so"))
    write_and_say_so (argv[2], strtoul (argv[3], NULL, 10));

  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/draft/table", test_table);
  g_test_add_func ("/draft/too-many-lines", test_too_many_lines);
  g_test_add_func ("/draft/too-many-bytes", test_too_many_bytes);
  g_test_add_func ("/draft/begins-empty", test_begins_empty);
  g_test_add_func ("/draft/is-private", test_is_private);
  g_test_add_func ("/draft/unchanged-is-not-written", test_unchanged_is_not_written);
  g_test_add_func ("/draft/no-file", test_no_file);
  g_test_add_func ("/draft/each-damaged-file-is-kept", test_each_damaged_file_is_kept);
  g_test_add_func ("/draft/full-disk", test_full_disk);
  g_test_add_data_func ("/draft/read-only-folder", "/draft/read-only-folder/subprocess",
                        unprivileged_run);
  g_test_add_func ("/draft/read-only-folder/subprocess", test_read_only_folder_subprocess);
  g_test_add_data_func ("/draft/unreadable", "/draft/unreadable/subprocess", unprivileged_run);
  g_test_add_func ("/draft/unreadable/subprocess", test_unreadable_subprocess);
  g_test_add_func ("/draft/cancelled", test_cancelled);
  g_test_add_func ("/draft/two-writers", test_two_writers);

  return g_test_run ();
}
