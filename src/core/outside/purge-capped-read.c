/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* A stream, read to its end, but no further than one is willing to. Knows nothing of what is read. */

#define G_LOG_DOMAIN "purge-capped-read"

#include "config.h"

#include "purge-capped-read.h"

#define BLOCK_BYTES (16 * 1024)

typedef struct
{
  GByteArray *bytes;
  gsize       max_bytes;
} Reading;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_clear_pointer (&reading->bytes, g_byte_array_unref);
  g_free (reading);
}

static void on_read_cb (GObject      *source,
                        GAsyncResult *result,
                        gpointer      user_data);

static void
read_more (GTask *task)
{
  g_input_stream_read_bytes_async (g_task_get_source_object (task), BLOCK_BYTES,
                                   G_PRIORITY_DEFAULT, g_task_get_cancellable (task), on_read_cb,
                                   task);
}

static void
on_read_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Reading *reading = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) block =
    g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);

  if (block == NULL)
    {
      g_task_return_error (task, error);
    }
  else if (g_bytes_get_size (block) == 0)
    {
      g_task_return_pointer (task, g_byte_array_free_to_bytes (g_steal_pointer (&reading->bytes)),
                             (GDestroyNotify) g_bytes_unref);
    }
  else if (reading->bytes->len + g_bytes_get_size (block) > reading->max_bytes)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE,
                               "More than %" G_GSIZE_FORMAT " bytes", reading->max_bytes);
    }
  else
    {
      g_byte_array_append (reading->bytes, g_bytes_get_data (block, NULL),
                           g_bytes_get_size (block));
      read_more (g_steal_pointer (&task));
    }
}

/**
 * purge_capped_read_async:
 * @stream: what to read
 * @max_bytes: how much of it at most
 * @cancellable: (nullable): gives it up
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Reads @stream to its end. Never holds more than @max_bytes and one block of 16 KiB.
 */
void
purge_capped_read_async (GInputStream        *stream,
                         gsize                max_bytes,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  GTask *task = g_task_new (stream, cancellable, callback, user_data);
  Reading *reading = g_new0 (Reading, 1);

  reading->bytes = g_byte_array_new ();
  reading->max_bytes = max_bytes;

  g_task_set_source_tag (task, purge_capped_read_async);
  g_task_set_task_data (task, reading, reading_free);
  read_more (task);
}

/**
 * purge_capped_read_finish:
 * @stream: what was read
 * @result: what the callback was given
 * @error: return location for %G_IO_ERROR_MESSAGE_TOO_LARGE or what the stream says
 *
 * Returns: (transfer full) (nullable): all of @stream, or %NULL with @error set
 */
GBytes *
purge_capped_read_finish (GInputStream  *stream,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, stream), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, purge_capped_read_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
