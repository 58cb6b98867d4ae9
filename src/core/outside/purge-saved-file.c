/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Writing where a person wants it. The folder is theirs, so nothing about it is changed; it need not be
 * on this computer. What stands in the text is not its business. */

#define G_LOG_DOMAIN "purge-saved-file"

#include "config.h"

#include "purge-saved-file.h"

#include <errno.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "purge-error.h"
#include "purge-storage-error.h"

/* In a person's words, and what to do. Cancelled stays cancelled. */
static GError *
explain (GFile        *file,
         const GError *reason)
{
  g_autofree char *path = g_file_get_parse_name (file);
  g_autofree char *name = g_filename_display_basename (path);
  GError *error = NULL;

  if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_error_copy (reason);

  if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    purge_storage_error_set (&error, path, ENOSPC);
  else if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED) ||
           g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_READ_ONLY))
    purge_storage_error_set (&error, path, EACCES);
  else
    g_set_error (&error, PURGE_ERROR, PURGE_ERROR_STORAGE,
                 /* Translators: the name of a file, and what the system says of it. */
                 _("“%s” cannot be written: %s. Choose another name or folder."), name,
                 reason->message);

  return error;
}

/* A file that is there is replaced by another one, which takes its name when it is whole. */
static GFileOutputStream *
open_stream (GFile         *file,
             gboolean      *is_new,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autoptr (GError) local_error = NULL;
  GFileOutputStream *stream = g_file_create (file, G_FILE_CREATE_PRIVATE, cancellable, &local_error);

  *is_new = stream != NULL;
  if (stream != NULL)
    return stream;

  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_EXISTS))
    return g_file_replace (file, NULL, FALSE, G_FILE_CREATE_PRIVATE, cancellable, error);

  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

/* Half a text takes the place of nothing, and no room on a disk that may have none: a stream whose closing
 * is cancelled takes away what was to become the other file. */
static void
give_up (GFile         *file,
         GOutputStream *stream,
         gboolean       is_new)
{
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();

  g_cancellable_cancel (cancelled);
  g_output_stream_close (stream, cancelled, NULL);
  if (is_new)
    g_file_delete (file, NULL, NULL);
}

static gboolean
replace (GFile         *file,
         const char    *text,
         GCancellable  *cancellable,
         GError       **error)
{
  gboolean is_new;
  g_autoptr (GFileOutputStream) stream = open_stream (file, &is_new, cancellable, error);

  if (stream == NULL)
    return FALSE;

  if (g_output_stream_write_all (G_OUTPUT_STREAM (stream), text, strlen (text), NULL, cancellable,
                                 error) &&
      g_output_stream_close (G_OUTPUT_STREAM (stream), cancellable, error))
    return TRUE;

  give_up (file, G_OUTPUT_STREAM (stream), is_new);
  return FALSE;
}

static void
write_in_thread (GTask        *task,
                 gpointer      source_object,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;

  if (replace (G_FILE (source_object), task_data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, explain (G_FILE (source_object), error));
}

/**
 * purge_saved_file_write_async:
 * @file: where a person wants it
 * @text: (transfer full): what is to be in it
 * @cancellable: (nullable): keeps a file that is not replaced yet from being replaced
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Puts a text in the place of all that is in a file, in a thread of its own. Whoever reads it finds all
 * that was there or all of the text; where there was none, one is made that only the user can read, and
 * is not left half. What a link leads to is written over in place.
 */
void
purge_saved_file_write_async (GFile               *file,
                              char                *text,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (G_IS_FILE (file));
  g_return_if_fail (text != NULL);

  task = g_task_new (file, cancellable, callback, user_data);
  g_task_set_source_tag (task, purge_saved_file_write_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, text, g_free);
  g_task_run_in_thread (task, write_in_thread);
}

/**
 * purge_saved_file_write_finish:
 * @file: the file
 * @result: what the callback was given
 * @error: return location for %PURGE_ERROR_STORAGE with a translated sentence, or
 *   %G_IO_ERROR_CANCELLED
 *
 * Ends purge_saved_file_write_async().
 *
 * Returns: whether the text is in the file; if not, what was there before still is
 */
gboolean
purge_saved_file_write_finish (GFile         *file,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, file), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, purge_saved_file_write_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
