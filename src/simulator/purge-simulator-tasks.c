/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Keeps the purges that were accepted, so that they can be looked up. Knows no clock and no API. */

#define G_LOG_DOMAIN "purge-simulator-tasks"

#include "config.h"

#include "purge-simulator-tasks.h"

#define KEPT_FOR (30 * G_TIME_SPAN_DAY)

struct _PurgeSimulatorTasks
{
  GPtrArray  *in_order; /* of PurgeSimulatorTask, oldest first */
  GHashTable *by_id;
  guint       last_number;
};

static void
free_task (gpointer data)
{
  PurgeSimulatorTask *task = data;

  g_free (task->id);
  g_strfreev (task->urls);
  g_free (task);
}

static void
forget_old (PurgeSimulatorTasks *self,
            gint64               now)
{
  guint n_old = 0;

  while (n_old < self->in_order->len
         && purge_simulator_tasks_get (self, n_old)->time < now - KEPT_FOR)
    {
      g_hash_table_remove (self->by_id, purge_simulator_tasks_get (self, n_old)->id);
      n_old++;
    }

  if (n_old > 0)
    g_ptr_array_remove_range (self->in_order, 0, n_old);
}

/* The ids of the vendor begin with the time in seconds and go on with nine digits, or with a hyphen
 * and eight letters and digits. */
static char *
roll_id (PurgeSimulatorIdForm form,
         gint64               seconds)
{
  static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789";
  char tail[] = "00000000";

  if (form == PURGE_SIMULATOR_ID_DIGITS)
    return g_strdup_printf ("%010" G_GINT64_FORMAT "%09d", seconds,
                            g_random_int_range (0, 1000000000));

  for (gsize i = 0; tail[i] != '\0'; i++)
    tail[i] = letters[g_random_int_range (0, sizeof letters - 1)];

  return g_strdup_printf ("%010" G_GINT64_FORMAT "-%s", seconds, tail);
}

static char *
make_id (PurgeSimulatorTasks            *self,
         const PurgeSimulatorSubmission *submission)
{
  char *id = NULL;

  do
    {
      g_free (id);
      id = roll_id (submission->id_form, submission->time / G_USEC_PER_SEC);
    }
  while (g_hash_table_contains (self->by_id, id));

  return id;
}

/**
 * purge_simulator_tasks_new:
 *
 * Returns: (transfer full): an empty memory of tasks
 */
PurgeSimulatorTasks *
purge_simulator_tasks_new (void)
{
  PurgeSimulatorTasks *self = g_new0 (PurgeSimulatorTasks, 1);

  self->in_order = g_ptr_array_new_with_free_func (free_task);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  return self;
}

/**
 * purge_simulator_tasks_free:
 * @self: (transfer full): a memory of tasks
 */
void
purge_simulator_tasks_free (PurgeSimulatorTasks *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->by_id);
  g_ptr_array_unref (self->in_order);
  g_free (self);
}

/**
 * purge_simulator_tasks_add:
 * @self: a memory of tasks
 * @purge: what was accepted
 *
 * Returns: (transfer none): the new task
 */
const PurgeSimulatorTask *
purge_simulator_tasks_add (PurgeSimulatorTasks            *self,
                           const PurgeSimulatorSubmission *purge)
{
  PurgeSimulatorTask *task = g_new0 (PurgeSimulatorTask, 1);
  GPtrArray *urls = purge->urls;

  forget_old (self, purge->time);

  task->id = make_id (self, purge);
  task->number = ++self->last_number;
  task->time = purge->time;
  task->area = purge->area;
  task->is_directory = purge->is_directory;
  task->is_delete = purge->is_delete;
  task->urls = g_new0 (char *, urls->len + 1);
  for (guint i = 0; i < urls->len; i++)
    task->urls[i] = g_strdup (g_ptr_array_index (urls, i));

  g_ptr_array_add (self->in_order, task);
  g_hash_table_insert (self->by_id, task->id, task);

  return task;
}

/**
 * purge_simulator_tasks_get_size:
 * @self: a memory of tasks
 *
 * Returns: how many there are
 */
guint
purge_simulator_tasks_get_size (PurgeSimulatorTasks *self)
{
  return self->in_order->len;
}

/**
 * purge_simulator_tasks_get:
 * @self: a memory of tasks
 * @position: which, the oldest is 0
 *
 * Returns: (transfer none): the task
 */
const PurgeSimulatorTask *
purge_simulator_tasks_get (PurgeSimulatorTasks *self,
                           guint                position)
{
  return g_ptr_array_index (self->in_order, position);
}

/**
 * purge_simulator_tasks_find:
 * @self: a memory of tasks
 * @id: what a client was told
 *
 * Returns: (transfer none) (nullable): the task of that id
 */
const PurgeSimulatorTask *
purge_simulator_tasks_find (PurgeSimulatorTasks *self,
                            const char          *id)
{
  return g_hash_table_lookup (self->by_id, id);
}
