/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Reading what a person points at. Knows that it may be anything: a pipe that never says a word, a
 * device that never ends, a picture. It is opened once and never again, so that what was judged is
 * what is read. What stands in the text is not its business. */

#define G_LOG_DOMAIN "purge-text-file"

#include "config.h"

#include "purge-text-file.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "purge-error.h"
#include "purge-file-kind.h"
#include "purge-lines.h"
#include "purge-reading.h"

#define CHUNK_BYTES (64 * 1024)

typedef struct
{
  char  *bytes;
  gsize  length;
} Text;

static void
text_free (gpointer data)
{
  Text *text = data;

  g_free (text->bytes);
  g_free (text);
}

static gboolean
refuse (GError     **error,
        char        *sentence)
{
  g_set_error_literal (error, PURGE_ERROR, PURGE_ERROR_REFUSED_FILE, sentence);
  g_free (sentence);
  return FALSE;
}

static gboolean
refuse_errno (GError     **error,
              const char  *name,
              int          number)
{
  if (number == ENOENT || number == ENOTDIR)
    return refuse (error, g_strdup_printf (_("There is no file “%s”. Choose another."), name));
  if (number == EACCES || number == EPERM)
    return refuse (error, g_strdup_printf (_("You may not read “%s”. Change its permissions, or "
                                             "choose another file."), name));

  /* Translators: the name of a file, and what the system says of it. */
  return refuse (error, g_strdup_printf (_("“%s” cannot be read: %s. Choose another file."), name,
                                         g_strerror (number)));
}

static gboolean
refuse_length (GError     **error,
               const char  *name)
{
  return refuse (error, g_strdup_printf (_("“%s” is larger than 16 MiB. Divide it."), name));
}

/* Standard input may be a pipe or a terminal; a file that somebody chose is a file. */
static gboolean
check_file_type (int          fd,
                 const char  *name,
                 gboolean     allow_streams,
                 GError     **error)
{
  struct stat about;

  if (fstat (fd, &about) != 0)
    return refuse_errno (error, name, errno);
  if (S_ISDIR (about.st_mode))
    return refuse (error, g_strdup_printf (_("“%s” is a folder. Choose a text file."), name));
  if (S_ISBLK (about.st_mode) || (!S_ISREG (about.st_mode) && !allow_streams))
    return refuse (error, g_strdup_printf (_("“%s” is no ordinary file. Choose a text file."),
                                           name));
  if (S_ISREG (about.st_mode) && about.st_size > PURGE_TEXT_MAX_BYTES)
    return refuse_length (error, name);

  return TRUE;
}

/* Waits where another program made the descriptor non-blocking. */
static gssize
read_some (int   fd,
           void *buffer,
           gsize room)
{
  for (;;)
    {
      gssize n = read (fd, buffer, room);
      struct pollfd ready = { .fd = fd, .events = POLLIN };

      if (n >= 0 || (errno != EINTR && errno != EAGAIN))
        return n;
      if (errno == EAGAIN && poll (&ready, 1, -1) < 0 && errno != EINTR)
        return -1;
    }
}

static gboolean
read_all (int            fd,
          const char    *name,
          GByteArray    *bytes,
          GCancellable  *cancellable,
          GError       **error)
{
  for (;;)
    {
      const guint length = bytes->len;
      gssize n;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;

      g_byte_array_set_size (bytes, length + CHUNK_BYTES);
      n = read_some (fd, bytes->data + length, CHUNK_BYTES);
      if (n < 0)
        return refuse_errno (error, name, errno);

      g_byte_array_set_size (bytes, length + n);
      if (bytes->len > PURGE_TEXT_MAX_BYTES)
        return refuse_length (error, name);
      if (n == 0)
        return TRUE;
    }
}

static gboolean
check_bytes (const char  *bytes,
             gsize        length,
             const char  *name,
             GError     **error)
{
  const char *kind = purge_file_kind_recognize (bytes, length);
  const char *nul = length > 0 ? memchr (bytes, '\0', length) : NULL;

  if (kind != NULL)
    /* Translators: the name of a file, and what it is, such as “a PNG picture”. */
    return refuse (error, g_strdup_printf (_("“%s” is no plain text but %s. Save the list as UTF-8 "
                                             "text."), name, kind));
  if (nul != NULL)
    /* Translators: the name of a file, and the number of a line. */
    return refuse (error, g_strdup_printf (_("“%s” is no text: line %u holds a NUL byte. Save the "
                                             "list as UTF-8 text."), name,
                                           purge_lines_count (bytes, nul + 1 - bytes)));

  return TRUE;
}

static Text *
read_text (int            fd,
           const char    *name,
           gboolean       allow_streams,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  Text *text;

  if (!check_file_type (fd, name, allow_streams, error) ||
      !read_all (fd, name, bytes, cancellable, error) ||
      !check_bytes ((const char *) bytes->data, bytes->len, name, error))
    return NULL;

  text = g_new0 (Text, 1);
  text->length = bytes->len;
  g_byte_array_append (bytes, (const guint8 *) "", 1);
  text->bytes = (char *) g_byte_array_free (g_steal_pointer (&bytes), FALSE);

  return text;
}

/* Without O_NONBLOCK, opening a pipe that nobody writes to would never return. */
static Text *
open_and_read (GFile         *file,
               GCancellable  *cancellable,
               GError       **error)
{
  g_autofree char *path = g_file_get_path (file);
  g_autofree char *uri = g_file_get_uri (file);
  g_autofree char *name = g_filename_display_basename (path != NULL ? path : uri);
  Text *text;
  int fd;

  if (path == NULL)
    {
      refuse (error, g_strdup_printf (_("“%s” is not on this computer. Save it in a folder here "
                                        "first."), name));
      return NULL;
    }

  fd = open (path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  if (fd < 0)
    {
      refuse_errno (error, name, errno);
      return NULL;
    }

  text = read_text (fd, name, FALSE, cancellable, error);
  close (fd);
  return text;
}

static void
read_in_thread (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  GError *error = NULL;
  Text *text = open_and_read (G_FILE (source_object), cancellable, &error);

  if (text != NULL)
    g_task_return_pointer (task, text, text_free);
  else
    g_task_return_error (task, error);
}

static char *
text_take (Text  *text,
           gsize *length)
{
  char *bytes;

  if (text == NULL)
    return NULL;

  bytes = g_steal_pointer (&text->bytes);
  if (length != NULL)
    *length = text->length;
  text_free (text);

  return bytes;
}

/**
 * purge_text_file_read_async:
 * @file: what a person chose, dropped or named
 * @cancellable: (nullable): cancels it; what is open is closed
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Reads a text file of at most %PURGE_TEXT_MAX_BYTES bytes in a thread of its own. Anything but a
 * regular file is refused without waiting for it.
 */
void
purge_text_file_read_async (GFile               *file,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (G_IS_FILE (file));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (file, cancellable, callback, user_data);
  g_task_set_source_tag (task, purge_text_file_read_async);
  g_task_run_in_thread (task, read_in_thread);
}

/**
 * purge_text_file_read_finish:
 * @file: the file
 * @result: what the callback was given
 * @length: (out) (optional): how many bytes
 * @error: why there is no text: %PURGE_ERROR_REFUSED_FILE or %G_IO_ERROR_CANCELLED
 *
 * Ends purge_text_file_read_async().
 *
 * Returns: (transfer full) (nullable): the bytes, followed by a NUL and without one among them;
 *   they need not be UTF-8
 */
char *
purge_text_file_read_finish (GFile         *file,
                             GAsyncResult  *result,
                             gsize         *length,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, file), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, purge_text_file_read_async), NULL);

  return text_take (g_task_propagate_pointer (G_TASK (result), error), length);
}

/**
 * purge_text_file_read_fd:
 * @fd: a descriptor that is open for reading, such as standard input; it stays open
 * @name: what to call it in a sentence, translated
 * @length: (out) (optional): how many bytes
 * @error: why there is no text: %PURGE_ERROR_REFUSED_FILE
 *
 * The same for a descriptor, which may be a pipe or a terminal as well. Waits until its end, so it
 * is for programs without a window.
 *
 * Returns: (transfer full) (nullable): the bytes, as purge_text_file_read_finish() returns them
 */
char *
purge_text_file_read_fd (int          fd,
                         const char  *name,
                         gsize       *length,
                         GError     **error)
{
  g_return_val_if_fail (fd >= 0, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  return text_take (read_text (fd, name, TRUE, NULL, error), length);
}
