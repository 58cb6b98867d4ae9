/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The execution log: in memory for a test, and where a path is given as one JSON line for whatever
 * changed, on disk before the answer leaves, so that it outlives whoever is killed. */

#include "fault-log.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "fault-json.h"

struct _FaultLog
{
  GMutex        mutex;
  GPtrArray    *entries;
  FaultLogFunc  observer;
  gpointer      user_data;
  int           fd;
};

static void
entry_free (gpointer data)
{
  FaultEntry *entry = data;

  g_free (entry->who);
  g_free (entry->action);
  g_free (entry->nonce);
  g_free (entry->code);
  g_free (entry->type);
  g_strfreev (entry->directories);
  g_free (entry);
}

static FaultEntry *
entry_copy (const FaultEntry *entry)
{
  FaultEntry *copy = g_memdup2 (entry, sizeof *entry);

  copy->who = g_strdup (entry->who);
  copy->action = g_strdup (entry->action);
  copy->nonce = g_strdup (entry->nonce);
  copy->code = g_strdup (entry->code);
  copy->type = g_strdup (entry->type);
  copy->directories = g_strdupv (entry->directories);
  return copy;
}

/* path: where it is written as well, or NULL. */
FaultLog *
fault_log_new (const char  *path,
               GError     **error)
{
  g_autoptr (FaultLog) self = g_new0 (FaultLog, 1);

  g_mutex_init (&self->mutex);
  self->entries = g_ptr_array_new_with_free_func (entry_free);
  self->fd = path != NULL ? open (path, O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600) : -1;
  if (path != NULL && self->fd < 0)
    {
      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "%s: %s", path,
                   g_strerror (errno));
      return NULL;
    }

  return g_steal_pointer (&self);
}

void
fault_log_free (FaultLog *self)
{
  if (self->fd >= 0)
    close (self->fd);
  g_ptr_array_unref (self->entries);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

void
fault_log_set_observer (FaultLog     *self,
                        FaultLogFunc  observer,
                        gpointer      user_data)
{
  g_mutex_lock (&self->mutex);
  self->observer = observer;
  self->user_data = user_data;
  g_mutex_unlock (&self->mutex);
}

static void
append_text (GString    *json,
             const char *name,
             const char *value)
{
  g_autofree char *quoted = fault_json_quote (value);

  g_string_append_printf (json, ",\"%s\":%s", name, quoted);
}

static void
append_directories (GString     *json,
                    const GStrv  directories)
{
  g_string_append (json, ",\"directories\":[");
  for (guint i = 0; directories != NULL && directories[i] != NULL; i++)
    {
      g_autofree char *quoted = fault_json_quote (directories[i]);

      g_string_append_printf (json, "%s%s", i > 0 ? "," : "", quoted);
    }
  g_string_append_c (json, ']');
}

/* One line, synchronised where an answer may leave after it: of a request that comes byte by byte
 * every byte is a line. */
static void
write_line (FaultLog         *self,
            const FaultEntry *entry,
            gboolean          synchronise)
{
  g_autoptr (GString) json = g_string_new (NULL);
  gssize n;

  g_string_append_printf (json, "{\"request\":%u,\"bytes\":%" G_GSIZE_FORMAT ",\"length\":%"
                          G_GSIZE_FORMAT ",\"whole\":%s,\"timestamp\":%" G_GINT64_FORMAT
                          ",\"judged\":%s,\"executions\":%u,\"executed\":%u",
                          entry->number, entry->n_bytes, entry->length,
                          entry->whole ? "true" : "false", entry->timestamp,
                          entry->judged ? "true" : "false", entry->n_executions,
                          entry->n_executed);
  append_text (json, "api", entry->api == FAULT_API_3_0 ? "3.0" : "2.0");
  append_text (json, "code", entry->code);
  append_text (json, "who", entry->who);
  append_text (json, "action", entry->action);
  append_text (json, "nonce", entry->nonce);
  append_text (json, "type", entry->type);
  append_directories (json, entry->directories);
  g_string_append (json, "}\n");

  do
    n = write (self->fd, json->str, json->len);
  while (n < 0 && errno == EINTR);
  if (n != (gssize) json->len || (synchronise && fdatasync (self->fd) != 0))
    g_error ("The execution log cannot be written: %s", g_strerror (errno));
}

static FaultEntry *
lock_entry (FaultLog *self,
            guint     number)
{
  g_mutex_lock (&self->mutex);
  g_assert_cmpuint (number, >=, 1);
  g_assert_cmpuint (number, <=, self->entries->len);

  return g_ptr_array_index (self->entries, number - 1);
}

/* Writes what changed, lets go of the lock, and tells the observer. */
static void
unlock_and_say (FaultLog   *self,
                FaultEntry *entry,
                const char *event)
{
  FaultLogFunc observer = self->observer;
  gpointer user_data = self->user_data;
  FaultEntry *copy = observer != NULL ? entry_copy (entry) : NULL;

  if (self->fd >= 0)
    write_line (self, entry, entry->judged);
  g_mutex_unlock (&self->mutex);

  if (observer == NULL)
    return;
  observer (event, copy, user_data);
  entry_free (copy);
}

/* A request begins. Returns its number. */
guint
fault_log_begin (FaultLog *self)
{
  FaultEntry *entry = g_new0 (FaultEntry, 1);
  guint number;

  g_mutex_lock (&self->mutex);
  g_ptr_array_add (self->entries, entry);
  entry->number = number = self->entries->len;
  unlock_and_say (self, entry, "begun");

  return number;
}

/* So much of it has arrived; length is 0 where it is not known. */
void
fault_log_receive (FaultLog *self,
                   guint     number,
                   gsize     n_bytes,
                   gsize     length)
{
  FaultEntry *entry = lock_entry (self, number);

  entry->n_bytes = n_bytes;
  entry->length = length;
  unlock_and_say (self, entry, "received");
}

/* All of it has arrived. */
void
fault_log_read (FaultLog           *self,
                guint               number,
                const FaultRequest *request)
{
  FaultEntry *entry = lock_entry (self, number);

  g_assert_false (entry->whole);
  entry->whole = TRUE;
  entry->api = request->api;
  entry->mark = request->mark;
  entry->who = g_strdup (fault_request_get (request, "SecretId"));
  entry->action = g_strdup (fault_request_get (request, "Action"));
  entry->nonce = g_strdup (fault_request_get (request, "Nonce"));
  entry->timestamp = fault_request_get_number (request, "Timestamp");
  entry->type = g_strdup (fault_request_get_mode (request));
  entry->directories = fault_request_dup_directories (request);
  unlock_and_say (self, entry, "whole");
}

/* It was decided what to answer. */
void
fault_log_judge (FaultLog           *self,
                 guint               number,
                 const FaultVerdict *verdict)
{
  FaultEntry *entry = lock_entry (self, number);

  entry->judged = TRUE;
  g_free (entry->code);
  entry->code = g_strdup (verdict->code);
  entry->n_executions += verdict->n_executions;
  entry->n_executed += verdict->n_executed;
  unlock_and_say (self, entry, "judged");
}

/* Something else happened to it. */
void
fault_log_say (FaultLog   *self,
               guint       number,
               const char *event)
{
  unlock_and_say (self, lock_entry (self, number), event);
}

/* How many requests began. */
guint
fault_log_count (FaultLog *self)
{
  guint n;

  g_mutex_lock (&self->mutex);
  n = self->entries->len;
  g_mutex_unlock (&self->mutex);

  return n;
}

/* Copies of all entries, in order. */
GPtrArray *
fault_log_dup_entries (FaultLog *self)
{
  GPtrArray *copies = g_ptr_array_new_with_free_func (entry_free);

  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->entries->len; i++)
    g_ptr_array_add (copies, entry_copy (g_ptr_array_index (self->entries, i)));
  g_mutex_unlock (&self->mutex);

  return copies;
}
