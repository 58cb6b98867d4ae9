/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Writes what was asked and answered. Knows the form of a line; no parameter ever reaches it but
 * the action and the directories, so no secret does. */

#define G_LOG_DOMAIN "purge-simulator-log"

#include "config.h"

#include "purge-simulator-log.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

struct _PurgeSimulatorLog
{
  int   fd;
  char *path;
};

static gboolean
fail (const char  *path,
      GError     **error)
{
  int code = errno;

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "%s: %s", path,
               g_strerror (code));
  return FALSE;
}

static void
add_string (JsonBuilder *builder,
            const char  *name,
            const char  *value)
{
  json_builder_set_member_name (builder, name);
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

static char *
format_line (const PurgeSimulatorCall   *call,
             const PurgeSimulatorAnswer *answer)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GDateTime) second = g_date_time_new_from_unix_utc (call->now / G_USEC_PER_SEC);
  g_autoptr (GDateTime) when = g_date_time_add (second, call->now % G_USEC_PER_SEC);
  g_autofree char *time = g_date_time_format_iso8601 (when);
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_object (builder);
  add_string (builder, "time", time);
  add_string (builder, "method", call->method);
  add_string (builder, "action", answer->action);
  json_builder_set_member_name (builder, "verdict");
  json_builder_add_value (builder, json_node_copy (answer->verdict));
  json_builder_set_member_name (builder, "executed");
  json_builder_add_boolean_value (builder, answer->executed);
  json_builder_set_member_name (builder, "directories");
  json_builder_begin_array (builder);
  for (guint i = 0; i < answer->directories->len; i++)
    json_builder_add_string_value (builder, g_ptr_array_index (answer->directories, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  text = json_to_string (root, FALSE);
  return g_strconcat (text, "\n", NULL);
}

/**
 * purge_simulator_log_open:
 * @path: the file; it is made where there is none, and grows where there is one
 * @error: return location for an error of %G_IO_ERROR
 *
 * Returns: (transfer full): the log, or %NULL
 */
PurgeSimulatorLog *
purge_simulator_log_open (const char  *path,
                          GError     **error)
{
  int fd = g_open (path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  PurgeSimulatorLog *self;

  if (fd < 0)
    {
      fail (path, error);
      return NULL;
    }

  self = g_new0 (PurgeSimulatorLog, 1);
  self->fd = fd;
  self->path = g_strdup (path);
  return self;
}

/**
 * purge_simulator_log_close:
 * @self: (transfer full): a log
 */
void
purge_simulator_log_close (PurgeSimulatorLog *self)
{
  g_return_if_fail (self != NULL);

  close (self->fd);
  g_free (self->path);
  g_free (self);
}

/**
 * purge_simulator_log_write:
 * @self: a log
 * @call: what came
 * @answer: what will be answered
 * @error: return location for an error of %G_IO_ERROR
 *
 * Appends a line, in one write so that lines of two servers do not mix, and waits for the disk.
 *
 * Returns: whether the line is on disk
 */
gboolean
purge_simulator_log_write (PurgeSimulatorLog           *self,
                           const PurgeSimulatorCall    *call,
                           const PurgeSimulatorAnswer  *answer,
                           GError                     **error)
{
  g_autofree char *line = format_line (call, answer);
  gsize length = strlen (line);
  gssize written;

  do
    written = write (self->fd, line, length);
  while (written < 0 && errno == EINTR);

  if (written >= 0 && (gsize) written < length)
    errno = ENOSPC;
  if (written < 0 || (gsize) written < length)
    return fail (self->path, error);

  /* A pipe or a terminal has no disk to wait for. */
  if (fdatasync (self->fd) != 0 && errno != EINVAL && errno != EROFS)
    return fail (self->path, error);

  return TRUE;
}
