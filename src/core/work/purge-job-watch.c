/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* When a submission is looked up by itself. Knows only times: how it is looked up is next door. */

#define G_LOG_DOMAIN "purge-job-watch"

#include "config.h"

#include "purge-job-private.h"

/* A purge appears in the server's log a while after it was taken, and takes about five minutes by
 * Tencent's documents: what is unknown is asked for soon or never, what was accepted ever more seldom
 * for half an hour. */
static const guint delays_s[] = { 5, 15, 45, 60, 60, 120, 120, 240, 300, 300, 300, 300 };

#define N_UNKNOWN_DELAYS 3

static GTask *
task_new (PurgeJob            *self,
          GCancellable        *cancellable,
          GAsyncReadyCallback  callback,
          gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, purge_job_watch_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, g_new0 (guint, 1), g_free);
  return task;
}

static void watch_on (GTask *task);

/* A server that refuses to tell is not asked again. */
static void
on_checked_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!purge_job_check_finish (PURGE_JOB (source), result, NULL, &error))
    g_task_return_error (task, error);
  else if (purge_job_check_was_refused (result))
    g_task_return_boolean (task, TRUE);
  else
    watch_on (task);
}

static void
on_waited_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PurgeJob *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (!purge_clock_wait_finish (PURGE_CLOCK (source), result, &error))
    g_task_return_error (task, error);
  else if (self->running || self->checking)
    watch_on (task);
  else
    purge_job_check_async (self, g_task_get_cancellable (task), on_checked_cb, g_object_ref (task));
}

static gboolean
is_worth_waiting (PurgeJob *self,
                  guint     n_waits)
{
  if (n_waits >= G_N_ELEMENTS (delays_s) || !purge_job_can_check (self))
    return FALSE;

  return n_waits < N_UNKNOWN_DELAYS || purge_job_count (self, PURGE_BATCH_ACCEPTED) > 0;
}

static void
watch_on (GTask *task)
{
  PurgeJob *self = g_task_get_source_object (task);
  guint *n_waits = g_task_get_task_data (task);

  if (!is_worth_waiting (self, *n_waits))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  purge_clock_wait_async (purge_workspace_get_clock (self->workspace), 1000 * delays_s[*n_waits],
                          g_task_get_cancellable (task), on_waited_cb, g_object_ref (task));
  ++*n_waits;
}

/**
 * purge_job_watch_async:
 * @self: a job
 * @cancellable: (nullable): ends it
 * @callback: called in the main context when there is nothing more to find out, when the server
 *   refuses to tell, or after the last look
 * @user_data: for @callback
 *
 * Looks up what is unknown after 5, 15 and 45 seconds more, and what is accepted until it is done, ever
 * more seldom, for about half an hour. Sends no purge.
 */
void
purge_job_watch_async (PurgeJob            *self,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (PURGE_IS_JOB (self));

  task = task_new (self, cancellable, callback, user_data);
  watch_on (task);
}

/**
 * purge_job_watch_finish:
 * @self: a job
 * @result: what the callback was given
 * @error: return location for a code of #PurgeError or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether it was watched to the end
 */
gboolean
purge_job_watch_finish (PurgeJob      *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, purge_job_watch_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
