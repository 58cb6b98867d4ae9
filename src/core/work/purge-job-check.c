/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What is not known of a submission becomes known: by look-ups, one batch after the other, or by the
 * one safe resend. */

#define G_LOG_DOMAIN "purge-job-check"

#include "config.h"

#include "purge-job-private.h"

#include <glib/gi18n-lib.h>

#include "purge-again.h"
#include "purge-check.h"
#include "purge-error.h"
#include "purge-explanation.h"

typedef struct
{
  PurgeAccess  *access;
  PurgeBatch   *batch;
  guint         next;
  guint         n_settled;
  gboolean      is_stale;
  PurgeOutcome *failure;
} Check;

static void
check_free (gpointer data)
{
  Check *check = data;

  g_clear_pointer (&check->access, purge_access_unref);
  g_clear_object (&check->batch);
  g_clear_pointer (&check->failure, purge_outcome_unref);
  g_free (check);
}

static GTask *
task_new (PurgeJob            *self,
          gpointer             tag,
          GCancellable        *cancellable,
          GAsyncReadyCallback  callback,
          gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, g_new0 (Check, 1), check_free);
  return task;
}

static void
fail (GTask  *task,
      GError *error)
{
  purge_job_set_checking (g_task_get_source_object (task), FALSE);
  g_task_return_error (task, error);
}

/* What kept the server from telling is said in the words that the same would have for a purge. */
static void
warn_of_failure (PurgeJob           *self,
                 const PurgeOutcome *failure)
{
  PurgeBatchState state;
  g_autoptr (PurgeExplanation) explanation = NULL;
  g_autofree char *warning = NULL;

  /* What the disk did not take is worse. */
  if (purge_recorder_get_n_pending (purge_workspace_get_recorder (self->workspace)) > 0)
    return;

  if (failure == NULL)
    {
      purge_job_set_warning (self, NULL);
      return;
    }

  if (!purge_batch_state_move (PURGE_BATCH_SENDING, failure->event, &state))
    state = PURGE_BATCH_UNKNOWN;
  explanation = purge_explanation_new (state, failure);
  /* Translators: %s is a whole sentence that says why. */
  warning = g_strdup_printf (_("Tencent could not be asked what became of it: nothing has changed. "
                               "%s Check again in a moment."), explanation->sentence);
  purge_job_set_warning (self, warning);
}

static void check_next (GTask *task);

static void
on_checked_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Check *check = g_task_get_task_data (task);
  g_autoptr (PurgeOutcome) failure = NULL;
  GError *error = NULL;
  gboolean settled;

  if (purge_check_finish (PURGE_WORKSPACE (source), result, &settled, &failure, &error))
    {
      check->n_settled += settled;
    }
  else if (g_error_matches (error, PURGE_ERROR, PURGE_ERROR_NOT_FOUND) ||
           g_error_matches (error, PURGE_ERROR, PURGE_ERROR_EXISTS))
    {
      /* Another instance was faster. */
      check->is_stale = TRUE;
      g_error_free (error);
    }
  else
    {
      fail (task, error);
      return;
    }

  /* Where one look-up fails, the next ones would too. */
  if (failure != NULL)
    {
      check->failure = g_steal_pointer (&failure);
      check->next = G_MAXUINT;
    }
  check_next (task);
}

static PurgeBatch *
find_next (PurgeJob *self,
           Check    *check)
{
  while (check->next < self->batches->len)
    {
      PurgeBatch *batch = g_ptr_array_index (self->batches, check->next++);

      if (purge_check_is_possible (batch))
        return batch;
    }

  return NULL;
}

static void
end_check (GTask  *task,
           GError *error)
{
  if (error != NULL)
    {
      fail (task, error);
    }
  else
    {
      purge_job_set_checking (g_task_get_source_object (task), FALSE);
      g_task_return_boolean (task, TRUE);
    }

  g_object_unref (task);
}

static void
check_next (GTask *task)
{
  PurgeJob *self = g_task_get_source_object (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  Check *check = g_task_get_task_data (task);
  PurgeBatch *batch = g_cancellable_is_cancelled (cancellable) ? NULL : find_next (self, check);

  if (batch != NULL)
    {
      purge_check_async (self->workspace, check->access, batch, cancellable, on_checked_cb,
                         g_object_ref (task));
      return;
    }

  g_clear_pointer (&check->access, purge_access_unref);
  warn_of_failure (self, check->failure);
  if (check->is_stale)
    purge_job_reload (self, g_object_ref (task), end_check);
  else
    end_check (g_object_ref (task), NULL);
}

static void
on_access_opened_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Check *check = g_task_get_task_data (task);
  GError *error = NULL;

  check->access = purge_access_open_finish (PURGE_WORKSPACE (source), result, &error);
  if (check->access != NULL)
    check_next (task);
  else
    fail (task, error);
}

/**
 * purge_job_can_check:
 * @self: a job
 *
 * Returns: whether the server can tell more of any batch than is known
 */
gboolean
purge_job_can_check (PurgeJob *self)
{
  g_return_val_if_fail (PURGE_IS_JOB (self), FALSE);

  for (guint i = 0; i < self->batches->len; i++)
    if (purge_check_is_possible (g_ptr_array_index (self->batches, i)))
      return TRUE;

  return FALSE;
}

/**
 * purge_job_check_async:
 * @self: a job
 * @cancellable: (nullable): ends it after the look-up under way
 * @callback: called in the main context
 * @user_data: for @callback
 *
 * Looks up every batch that is unknown, or accepted and not known to be done, once. Where the server
 * cannot be asked, `warning` says why.
 */
void
purge_job_check_async (PurgeJob            *self,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (PURGE_IS_JOB (self));

  task = task_new (self, purge_job_check_async, cancellable, callback, user_data);
  if (!purge_job_check_free (self, task))
    return;

  if (!purge_job_can_check (self))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  purge_job_set_checking (self, TRUE);
  purge_access_open_async (self->workspace, self->account, cancellable, on_access_opened_cb,
                           g_steal_pointer (&task));
}

/**
 * purge_job_check_finish:
 * @self: a job
 * @result: what the callback was given
 * @n_settled: (out) (optional): of how many batches more is known now
 * @error: return location for a code of #PurgeError or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether the look-ups were made; what they found, or that they failed, is on the disk
 */
gboolean
purge_job_check_finish (PurgeJob      *self,
                        GAsyncResult  *result,
                        guint         *n_settled,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, purge_job_check_async), FALSE);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;

  if (n_settled != NULL)
    *n_settled = ((Check *) g_task_get_task_data (G_TASK (result)))->n_settled;
  return TRUE;
}

/**
 * purge_job_check_was_refused:
 * @result: what the callback of purge_job_check_async() was given
 *
 * Returns: whether the server refused to tell, which it would do again
 */
gboolean
purge_job_check_was_refused (GAsyncResult *result)
{
  Check *check;

  g_return_val_if_fail (g_async_result_is_tagged (result, purge_job_check_async), FALSE);

  check = g_task_get_task_data (G_TASK (result));
  return check->failure != NULL && check->failure->event == PURGE_BATCH_EVENT_REJECTED;
}

/**
 * purge_job_can_send_again:
 * @self: a job
 * @batch: one of its batches
 *
 * Returns: whether the request of @batch can be sent once more safely; see purge_again_is_possible().
 *   It ceases to be so by the mere passing of time
 */
gboolean
purge_job_can_send_again (PurgeJob   *self,
                          PurgeBatch *batch)
{
  g_return_val_if_fail (PURGE_IS_JOB (self), FALSE);
  g_return_val_if_fail (PURGE_IS_BATCH (batch), FALSE);

  return self->account != NULL && !self->running &&
         purge_again_is_possible (self->workspace, self->account, batch);
}

static void
on_sent_again_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PurgeJob *self = g_task_get_source_object (task);
  Check *check = g_task_get_task_data (task);
  GError *error = NULL;

  g_clear_pointer (&check->access, purge_access_unref);
  purge_job_set_running (self, FALSE);
  if (purge_again_finish (PURGE_WORKSPACE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_access_for_again_opened_cb (GObject      *source,
                               GAsyncResult *result,
                               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PurgeJob *self = g_task_get_source_object (task);
  Check *check = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;

  check->access = purge_access_open_finish (PURGE_WORKSPACE (source), result, &error);
  if (check->access == NULL)
    {
      purge_job_set_running (self, FALSE);
      g_task_return_error (task, error);
      return;
    }

  purge_again_async (self->workspace, check->access, check->batch,
                     cancellable, on_sent_again_cb, g_steal_pointer (&task));
}

/**
 * purge_job_send_again_async:
 * @self: a job
 * @batch: one of its batches
 * @cancellable: (nullable): gives the request up; the batch stays unknown
 * @callback: called in the main context
 * @user_data: for @callback
 *
 * Sends the request of an unknown batch once more, byte for byte; see purge_again_async().
 */
void
purge_job_send_again_async (PurgeJob            *self,
                            PurgeBatch          *batch,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Check *check;

  g_return_if_fail (PURGE_IS_JOB (self));
  g_return_if_fail (PURGE_IS_BATCH (batch));

  task = task_new (self, purge_job_send_again_async, cancellable, callback, user_data);
  if (!purge_job_check_free (self, task))
    return;

  check = g_task_get_task_data (task);
  check->batch = g_object_ref (batch);
  purge_job_set_running (self, TRUE);
  purge_access_open_async (self->workspace, self->account, cancellable,
                           on_access_for_again_opened_cb, g_steal_pointer (&task));
}

/**
 * purge_job_send_again_finish:
 * @self: a job
 * @result: what the callback was given
 * @error: return location for a code of #PurgeError or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether it was sent again; the batch shows what came of it, and is looked up next where it
 *   is still unknown
 */
gboolean
purge_job_send_again_finish (PurgeJob      *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, purge_job_send_again_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
