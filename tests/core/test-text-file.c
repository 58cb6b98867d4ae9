/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#include "purge-text-file.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "await.h"
#include "purge-error.h"
#include "purge-reading.h"

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  fixture->folder = g_dir_make_tmp ("cdn-purge-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "list.txt", NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  g_unlink (fixture->path);
  g_rmdir (fixture->path);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static char *
read_file (GFile         *file,
           GCancellable  *cancellable,
           gsize         *length,
           GError       **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  purge_text_file_read_async (file, cancellable, await_cb, &result);
  return purge_text_file_read_finish (file, await (&result), length, error);
}

static void
write_bytes (Fixture    *fixture,
             const char *bytes,
             gsize       length)
{
  g_assert_true (g_file_set_contents (fixture->path, bytes, length, NULL));
}

static void
assert_refused (const char *path,
                const char *words)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  gsize length;

  g_assert_null (read_file (file, NULL, &length, &error));
  g_assert_error (error, PURGE_ERROR, PURGE_ERROR_REFUSED_FILE);
  if (strstr (error->message, words) == NULL)
    g_error ("“%s” does not say “%s”", error->message, words);
}

static void
test_reads (Fixture       *fixture,
            gconstpointer  user_data)
{
  static const char bytes[] = "\xef\xbb\xbfhttps://a.example/\r\n\xff\r\nhttps://b.example/";
  g_autoptr (GFile) file = g_file_new_for_path (fixture->path);
  g_autoptr (GError) error = NULL;
  g_autoptr (PurgeReading) reading = NULL;
  g_autofree char *text = NULL;
  gsize length;

  write_bytes (fixture, bytes, strlen (bytes));
  text = read_file (file, NULL, &length, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (text, length, bytes, strlen (bytes));
  g_assert_cmpint (text[length], ==, '\0');

  /* A line that is no UTF-8 does not make the others useless. */
  reading = purge_reading_new (text, length, PURGE_KIND_DIRECTORY, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (purge_reading_get_n_items (reading), ==, 3);
  g_assert_cmpuint (purge_reading_get_n_problems (reading), ==, 1);
  g_assert_cmpuint (purge_reading_get_item (reading, 1)->line, ==, 2);
}

static void
test_reads_nothing (Fixture       *fixture,
                    gconstpointer  user_data)
{
  g_autoptr (GFile) file = g_file_new_for_path (fixture->path);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gsize length = 1;

  write_bytes (fixture, "", 0);
  text = read_file (file, NULL, &length, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, "");
  g_assert_cmpuint (length, ==, 0);
}

static const struct
{
  const char *bytes;
  gsize       length;
  const char *words;
} contents[] = {
  { "\xff\xfeh\0t\0", 6, "UTF-16" },
  { "\xfe\xff\0h\0t", 6, "UTF-16" },
  { "h\0t\0t\0p\0:\0/\0/\0a\0", 16, "UTF-16" },
  { "\0h\0t\0t\0p\0:\0/\0/\0a", 16, "UTF-16" },
  { "\xff\xfe\0\0h\0\0\0", 8, "UTF-32" },
  { "\0\0\xfe\xff\0\0\0h", 8, "UTF-32" },
  { "h\0\0\0t\0\0\0t\0\0\0p\0\0\0", 16, "UTF-32" },
  { "\0\0\0h\0\0\0t\0\0\0t\0\0\0p", 16, "UTF-32" },
  { "\x1f\x8b\x08", 3, "gzip" },
  { "PK\3\4", 4, "ZIP" },
  { "BZh9", 4, "bzip2" },
  { "\x89PNG\r\n\x1a\n\0", 9, "PNG" },
  { "\xff\xd8\xff\xe0", 4, "JPEG" },
  { "GIF89a", 6, "GIF" },
  { "RIFF\1\2\3\4WEBP", 12, "WebP" },
  { "%PDF-1.7\n", 9, "PDF" },
  { "SQLite format 3\0", 16, "SQLite" },
  { "\x7f" "ELF", 4, "program" },
  { "https://a.example/\nhttps://b.example/\0c/\n", 41, "line 2" },
  { "\0", 1, "line 1" },
  { "https://a.example/\r\n\r\n\0", 23, "line 3" },
};

static void
test_recognizes (Fixture       *fixture,
                 gconstpointer  user_data)
{
  for (guint i = 0; i < G_N_ELEMENTS (contents); i++)
    {
      write_bytes (fixture, contents[i].bytes, contents[i].length);
      assert_refused (fixture->path, contents[i].words);
      assert_refused (fixture->path, "list.txt");
    }
}

static void
test_refuses_tar (Fixture       *fixture,
                  gconstpointer  user_data)
{
  char bytes[512] = "list.txt";

  memcpy (bytes + 257, "ustar", 5);
  write_bytes (fixture, bytes, sizeof bytes);
  assert_refused (fixture->path, "tar");
}

static void
test_refuses_what_is_no_file (Fixture       *fixture,
                              gconstpointer  user_data)
{
  assert_refused (fixture->path, "There is no file");
  assert_refused (fixture->folder, "folder");
  assert_refused ("/dev/zero", "no ordinary file");
  assert_refused ("/dev/null", "no ordinary file");

  /* Nobody ever writes to it. */
  g_assert_cmpint (mkfifo (fixture->path, 0600), ==, 0);
  assert_refused (fixture->path, "no ordinary file");
}

static void
test_refuses_remote (Fixture       *fixture,
                     gconstpointer  user_data)
{
  g_autoptr (GFile) file = g_file_new_for_uri ("sftp://example.com/list.txt");
  g_autoptr (GError) error = NULL;
  gsize length;

  g_assert_null (read_file (file, NULL, &length, &error));
  g_assert_error (error, PURGE_ERROR, PURGE_ERROR_REFUSED_FILE);
  g_assert_nonnull (strstr (error->message, "list.txt"));
}

/* Permissions do not hinder root, so root plays nobody for a moment. */
static void
test_refuses_unreadable (Fixture       *fixture,
                         gconstpointer  user_data)
{
  const uid_t user = geteuid ();

  write_bytes (fixture, "https://a.example/", 18);
  g_assert_cmpint (chmod (fixture->folder, 0755), ==, 0);
  g_assert_cmpint (chmod (fixture->path, 0), ==, 0);
  if (user == 0)
    g_assert_cmpint (seteuid (65534), ==, 0);
  assert_refused (fixture->path, "may not read");
  g_assert_cmpint (seteuid (user), ==, 0);
}

/* Reading the first page of a process's memory is an error of the disk as good as any. */
static void
test_refuses_broken (Fixture       *fixture,
                     gconstpointer  user_data)
{
  assert_refused ("/proc/self/mem", "cannot be read");
}

static void
test_refuses_too_long (Fixture       *fixture,
                       gconstpointer  user_data)
{
  g_autoptr (GFile) file = g_file_new_for_path (fixture->path);
  g_autofree char *bytes = g_malloc (PURGE_TEXT_MAX_BYTES + 1);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  memset (bytes, 'a', PURGE_TEXT_MAX_BYTES + 1);
  write_bytes (fixture, bytes, PURGE_TEXT_MAX_BYTES);
  text = read_file (file, NULL, &length, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (length, ==, PURGE_TEXT_MAX_BYTES);

  write_bytes (fixture, bytes, PURGE_TEXT_MAX_BYTES + 1);
  assert_refused (fixture->path, "16 MiB");

  /* A hole of 4 GiB is refused by its size, not read. */
  g_assert_cmpint (truncate (fixture->path, G_GINT64_CONSTANT (4) << 30), ==, 0);
  assert_refused (fixture->path, "16 MiB");
}

static void
test_cancels (Fixture       *fixture,
              gconstpointer  user_data)
{
  g_autoptr (GFile) file = g_file_new_for_path (fixture->path);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  gsize length;

  write_bytes (fixture, "https://a.example/", 18);
  g_cancellable_cancel (cancellable);
  g_assert_null (read_file (file, cancellable, &length, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static gpointer
write_slowly (gpointer data)
{
  const int fd = GPOINTER_TO_INT (data);

  g_assert_cmpint (write (fd, "https://a.exa", 13), ==, 13);
  g_usleep (20000);
  g_assert_cmpint (write (fd, "mple/\n", 6), ==, 6);
  close (fd);
  return NULL;
}

/* A pipe, blocking or not, is read to its end, however it comes. */
static void
test_reads_pipes (Fixture       *fixture,
                  gconstpointer  user_data)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *text = NULL;
      GThread *writer;
      gsize length;
      int fds[2];

      g_assert_cmpint (pipe (fds), ==, 0);
      g_assert_cmpint (fcntl (fds[0], F_SETFL, i == 0 ? 0 : O_NONBLOCK), ==, 0);
      writer = g_thread_new ("writer", write_slowly, GINT_TO_POINTER (fds[1]));
      text = purge_text_file_read_fd (fds[0], "Standard input", &length, &error);
      g_thread_join (writer);
      close (fds[0]);

      g_assert_no_error (error);
      g_assert_cmpstr (text, ==, "https://a.example/\n");
      g_assert_cmpuint (length, ==, 19);
    }
}

static void
assert_descriptor_refused (const char *path,
                           const char *words)
{
  g_autoptr (GError) error = NULL;
  const int fd = open (path, O_RDONLY | O_CLOEXEC);
  gsize length;

  g_assert_cmpint (fd, >=, 0);
  g_assert_null (purge_text_file_read_fd (fd, "Standard input", &length, &error));
  g_assert_error (error, PURGE_ERROR, PURGE_ERROR_REFUSED_FILE);
  g_assert_nonnull (strstr (error->message, words));
  g_assert_nonnull (strstr (error->message, "Standard input"));
  close (fd);
}

static void
test_refuses_descriptors (Fixture       *fixture,
                          gconstpointer  user_data)
{
  assert_descriptor_refused (fixture->folder, "folder");
  assert_descriptor_refused ("/dev/zero", "16 MiB");
  write_bytes (fixture, "\x89PNG\r\n\x1a\n", 8);
  assert_descriptor_refused (fixture->path, "PNG");
}

#define ADD(name, test) g_test_add ("/text-file/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("reads", test_reads);
  ADD ("reads-nothing", test_reads_nothing);
  ADD ("recognizes", test_recognizes);
  ADD ("refuses-tar", test_refuses_tar);
  ADD ("refuses-what-is-no-file", test_refuses_what_is_no_file);
  ADD ("refuses-remote", test_refuses_remote);
  ADD ("refuses-unreadable", test_refuses_unreadable);
  ADD ("refuses-broken", test_refuses_broken);
  ADD ("refuses-too-long", test_refuses_too_long);
  ADD ("cancels", test_cancels);
  ADD ("reads-pipes", test_reads_pipes);
  ADD ("refuses-descriptors", test_refuses_descriptors);

  return g_test_run ();
}
