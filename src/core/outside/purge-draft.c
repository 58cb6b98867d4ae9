/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* A list in a file. Knows what a file is worth that is not whole, and that nothing may be thrown away
 * that could not be read; does not know when to save, nor what stands in a line. */

#define G_LOG_DOMAIN "purge-draft"

#include "config.h"

#include "purge-draft.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "purge-private-file.h"
#include "purge-storage-error.h"

struct _PurgeDraft
{
  GObject   parent_instance;

  char     *path;
  gboolean  loaded;
  gboolean  busy;

  /* These belong to the thread of the call that is under way. */
  char     *digest;            /* of what is in the file, where that is known */
  gboolean  damaged;
  char     *aside;
};

G_DEFINE_FINAL_TYPE (PurgeDraft, purge_draft, G_TYPE_OBJECT)

static char *
digest_of (const char *text,
           gsize       length)
{
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) text, length);
}

/* Reading */

/* Returns how much was read; what stands in place of a file, and what cannot be read to its end, is
 * damaged. There is room for one byte more than is read. */
static gsize
read_file (PurgeDraft *self,
           int         fd,
           char      **bytes)
{
  struct stat about;
  gsize length = 0;
  gsize room;
  gssize n;

  self->damaged = fstat (fd, &about) != 0 || !S_ISREG (about.st_mode);
  room = self->damaged ? 0 : MIN (about.st_size, PURGE_DRAFT_MAX_BYTES + 1);
  *bytes = g_malloc (room + 1);

  while (length < room && (n = read (fd, *bytes + length, room - length)) != 0)
    if (n > 0)
      length += n;
    else if (errno != EINTR)
      {
        self->damaged = TRUE;
        break;
      }

  if (length > PURGE_DRAFT_MAX_BYTES)
    {
      self->damaged = TRUE;
      length = PURGE_DRAFT_MAX_BYTES;
    }

  return length;
}

/* Keeps what is whole, in place. A line that was torn off may have become a directory above the one
 * that was meant, and purge more. */
static gsize
keep_whole_lines (PurgeDraft *self,
                  char       *text,
                  gsize       length)
{
  const char *end = text + length;
  guint n_lines = 0;
  char *to = text;

  for (char *line = text, *next; line < end; line = next)
    {
      char *stop = memchr (line, '\n', end - line);

      next = stop != NULL ? stop + 1 : text + length;
      /* A NUL is not valid either. */
      if (stop == NULL || n_lines == PURGE_DRAFT_MAX_LINES || !g_utf8_validate (line, stop - line, NULL))
        {
          self->damaged = TRUE;
          continue;
        }

      memmove (to, line, next - line);
      to += next - line;
      n_lines++;
    }

  return to - text;
}

static PurgeReading *
load (PurgeDraft *self)
{
  int fd = open (self->path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  char *text = NULL;
  gsize length = 0;

  if (fd >= 0)
    {
      length = read_file (self, fd, &text);
      close (fd);
    }
  else
    {
      self->damaged = errno != ENOENT && errno != ENOTDIR;
      text = g_malloc (1);
    }

  length = keep_whole_lines (self, text, length);
  if (!self->damaged)
    self->digest = digest_of (text, length);

  return purge_reading_new_take_lines (text, length);
}

static void
unref_reading (gpointer reading)
{
  purge_reading_unref (reading);
}

static void
load_in_thread (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  GError *error = NULL;

  if (g_cancellable_set_error_if_cancelled (cancellable, &error))
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, load (PURGE_DRAFT (source_object)), unref_reading);
}

/* Writing */

/* Never over another file, and so that there is no moment without a draft. A folder or a link cannot
 * have two names, nor can a file on every disk. */
static gboolean
give_name (const char *path,
           const char *name)
{
  struct stat info;

  if (lstat (path, &info) == 0 && S_ISREG (info.st_mode))
    {
      if (link (path, name) == 0)
        return TRUE;
      if (errno == EEXIST)
        return FALSE;
    }

  if (lstat (name, &info) == 0)
    {
      errno = EEXIST;
      return FALSE;
    }

  return rename (path, name) == 0;
}

static gboolean
set_aside (PurgeDraft  *self,
           GError     **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *time = g_date_time_format (now, "%Y%m%dT%H%M%SZ");
  g_autofree char *name = g_strdup_printf ("%s.damaged-%s", self->path, time);

  for (guint i = 2; !give_name (self->path, name); i++)
    {
      /* Somebody took it away: the person, or another window that found it damaged. */
      if (errno == ENOENT)
        return TRUE;
      if (errno != EEXIST)
        {
          purge_storage_error_set (error, name, errno);
          return FALSE;
        }

      g_free (name);
      name = g_strdup_printf ("%s.damaged-%s-%u", self->path, time, i);
    }

  self->aside = g_steal_pointer (&name);
  return TRUE;
}

static gboolean
save (PurgeDraft  *self,
      const char  *text,
      GError     **error)
{
  gsize length = strlen (text);
  g_autofree char *digest = digest_of (text, length);

  if (!self->damaged && g_strcmp0 (digest, self->digest) == 0)
    return TRUE;

  /* Until a write has succeeded, nobody knows what is in the file. */
  g_clear_pointer (&self->digest, g_free);
  if (self->damaged && self->aside == NULL && !set_aside (self, error))
    return FALSE;
  if (!purge_private_file_replace (self->path, text, length, error))
    return FALSE;

  self->damaged = FALSE;
  self->digest = g_steal_pointer (&digest);
  return TRUE;
}

static void
save_in_thread (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  GError *error = NULL;

  /* Once it has begun, it is done whole, and its true result is told. */
  if (!g_cancellable_set_error_if_cancelled (cancellable, &error) &&
      save (PURGE_DRAFT (source_object), task_data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static GTask *
begin (PurgeDraft          *self,
       gpointer             source_tag,
       GCancellable        *cancellable,
       GAsyncReadyCallback  callback,
       gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, source_tag);
  g_task_set_check_cancellable (task, FALSE);
  self->busy = TRUE;
  return task;
}

static void
purge_draft_finalize (GObject *object)
{
  PurgeDraft *self = PURGE_DRAFT (object);

  g_free (self->path);
  g_free (self->digest);
  g_free (self->aside);

  G_OBJECT_CLASS (purge_draft_parent_class)->finalize (object);
}

static void
purge_draft_class_init (PurgeDraftClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = purge_draft_finalize;
}

static void
purge_draft_init (PurgeDraft *self)
{
}

/**
 * purge_draft_new:
 * @path: (type filename): the file, in a folder that is the program's own
 *
 * Touches nothing yet.
 *
 * Returns: (transfer full): a draft, to be loaded
 */
PurgeDraft *
purge_draft_new (const char *path)
{
  PurgeDraft *self;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_object_new (PURGE_TYPE_DRAFT, NULL);
  self->path = g_strdup (path);
  return self;
}

/**
 * purge_draft_load_async:
 * @self: a draft with which nothing is under way
 * @cancellable: (nullable): keeps what has not begun from beginning
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Reads the file, which is not changed.
 */
void
purge_draft_load_async (PurgeDraft          *self,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (PURGE_IS_DRAFT (self));
  g_return_if_fail (!self->busy && !self->loaded);

  task = begin (self, purge_draft_load_async, cancellable, callback, user_data);
  g_task_run_in_thread (task, load_in_thread);
}

/**
 * purge_draft_load_finish:
 * @self: the draft
 * @result: what the callback was given
 * @error: return location for %G_IO_ERROR_CANCELLED
 *
 * Ends purge_draft_load_async(). There is always something to work with: of a file that is damaged,
 * the lines that are whole; without a file, none.
 *
 * Returns: (transfer full) (nullable): the rows, or %NULL with @error set
 */
PurgeReading *
purge_draft_load_finish (PurgeDraft    *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  PurgeReading *reading;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, purge_draft_load_async), NULL);

  reading = g_task_propagate_pointer (G_TASK (result), error);
  self->busy = FALSE;
  self->loaded = reading != NULL;
  return reading;
}

/**
 * purge_draft_save_async:
 * @self: a draft that was loaded and with which nothing is under way
 * @text: (transfer full): the list as plain text, each row with a line end
 * @cancellable: (nullable): keeps what has not begun from beginning
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Puts a text in the place of the draft, unless it is what was loaded or saved last. A damaged file is
 * given another name before that.
 */
void
purge_draft_save_async (PurgeDraft          *self,
                        char                *text,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (PURGE_IS_DRAFT (self));
  g_return_if_fail (self->loaded && !self->busy);
  g_return_if_fail (text != NULL);

  task = begin (self, purge_draft_save_async, cancellable, callback, user_data);
  g_task_set_task_data (task, text, g_free);
  g_task_run_in_thread (task, save_in_thread);
}

/**
 * purge_draft_save_finish:
 * @self: the draft
 * @result: what the callback was given
 * @error: return location for %PURGE_ERROR_STORAGE, %PURGE_ERROR_STORAGE_DAMAGED or
 *   %G_IO_ERROR_CANCELLED
 *
 * Ends purge_draft_save_async().
 *
 * Returns: whether the text is on the disk; if not, what was there before still is
 */
gboolean
purge_draft_save_finish (PurgeDraft    *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, purge_draft_save_async), FALSE);

  self->busy = FALSE;
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * purge_draft_get_damaged:
 * @self: a draft with which nothing is under way
 *
 * Returns: whether the file that was loaded is damaged, and nothing was saved since
 */
gboolean
purge_draft_get_damaged (PurgeDraft *self)
{
  g_return_val_if_fail (PURGE_IS_DRAFT (self) && !self->busy, FALSE);

  return self->damaged;
}

/**
 * purge_draft_get_aside:
 * @self: a draft with which nothing is under way
 *
 * Returns: (transfer none) (nullable) (type filename): where a damaged file is kept since a save
 */
const char *
purge_draft_get_aside (PurgeDraft *self)
{
  g_return_val_if_fail (PURGE_IS_DRAFT (self) && !self->busy, NULL);

  return self->aside;
}
