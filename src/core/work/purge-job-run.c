/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* A submission goes on: what of a job sends, and how a job comes out of the journal. Knows what a
 * person may ask for; the run does the work. */

#define G_LOG_DOMAIN "purge-job-run"

#include "config.h"

#include "purge-job-private.h"

#include <glib/gi18n-lib.h>

#include "purge-error.h"
#include "purge-journal-again.h"
#include "purge-run.h"

static void
on_loaded_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PurgeWorkspace *workspace = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (PurgeOutcome) stopped =
    purge_outcome_new (PURGE_BATCH_EVENT_NOT_EXECUTED, PURGE_CAUSE_QUEUE_STOPPED);
  g_autoptr (PurgeSubmission) submission =
    purge_journal_load_finish (PURGE_JOURNAL (source), result, &error);
  PurgeJob *job;

  if (submission == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  job = purge_job_new_for_submission (workspace, submission);
  purge_job_explain_waiting (job, FALSE, stopped);
  g_task_return_pointer (task, job, g_object_unref);
}

static void
on_latest_found_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PurgeJournal *journal = PURGE_JOURNAL (source);
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;
  gint64 id;

  if (!purge_journal_find_latest_finish (journal, result, &id, &error))
    g_task_return_error (task, error);
  else if (id == 0)
    g_task_return_pointer (task, NULL, NULL);
  else
    purge_journal_load_async (journal, id, cancellable, on_loaded_cb,
                              g_steal_pointer (&task));
}

/**
 * purge_job_load_async:
 * @workspace: an open workspace
 * @submission_id: which submission, or 0 for the newest
 * @cancellable: (nullable): cancels it
 * @callback: called in the main context
 * @user_data: for @callback
 *
 * Loads a submission of before. To go on with it takes purge_job_set_account().
 */
void
purge_job_load_async (PurgeWorkspace      *workspace,
                      gint64               submission_id,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  PurgeJournal *journal;

  g_return_if_fail (PURGE_IS_WORKSPACE (workspace));

  task = g_task_new (workspace, cancellable, callback, user_data);
  g_task_set_source_tag (task, purge_job_load_async);
  journal = purge_workspace_get_journal (workspace);

  if (submission_id == 0)
    purge_journal_find_latest_async (journal, cancellable, on_latest_found_cb,
                                     g_steal_pointer (&task));
  else
    purge_journal_load_async (journal, submission_id, cancellable, on_loaded_cb,
                              g_steal_pointer (&task));
}

/**
 * purge_job_load_finish:
 * @workspace: the workspace
 * @result: what the callback was given
 * @error: return location for %PURGE_ERROR_NOT_FOUND, %PURGE_ERROR_STORAGE or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the job; or %NULL with @error set; or %NULL without an error
 *   where the newest was asked for and there is none
 */
PurgeJob *
purge_job_load_finish (PurgeWorkspace  *workspace,
                       GAsyncResult    *result,
                       GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, workspace), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, purge_job_load_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

typedef struct
{
  PurgeJob          *job;
  GTask             *task;
  PurgeJobReloaded   next;
} Reload;

static void
on_reloaded_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autofree Reload *reload = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PurgeSubmission) submission =
    purge_journal_load_finish (PURGE_JOURNAL (source), result, &error);

  if (submission != NULL)
    purge_job_update (reload->job, submission);
  reload->next (reload->task, g_steal_pointer (&error));
}

/**
 * purge_job_reload:
 * @self: a job that @task keeps alive
 * @task: (transfer full): what is being done with it
 * @next: how that goes on when the job shows what the journal has
 */
void
purge_job_reload (PurgeJob         *self,
                  GTask            *task,
                  PurgeJobReloaded  next)
{
  Reload *reload = g_new0 (Reload, 1);

  reload->job = self;
  reload->task = task;
  reload->next = next;
  purge_journal_load_async (purge_workspace_get_journal (self->workspace), self->submission->id,
                            NULL, on_reloaded_cb, reload);
}

/* A clock that was wrong enough to be refused is told, even though it was helped. */
static void
warn_of_clock (PurgeJob *self,
               gint64    skew)
{
  guint minutes = (ABS (skew) + 30) / 60;
  g_autofree char *warning = NULL;

  if (skew == 0)
    return;

  if (skew > 0)
    warning = g_strdup_printf (ngettext ("The clock of this computer is about %u minute slow. The "
                                         "server’s time was used instead. Set the clock right.",
                                         "The clock of this computer is about %u minutes slow. The "
                                         "server’s time was used instead. Set the clock right.",
                                         minutes), minutes);
  else
    warning = g_strdup_printf (ngettext ("The clock of this computer is about %u minute fast. The "
                                         "server’s time was used instead. Set the clock right.",
                                         "The clock of this computer is about %u minutes fast. The "
                                         "server’s time was used instead. Set the clock right.",
                                         minutes), minutes);
  purge_job_set_warning (self, warning);
}

static void
on_recorder_pending_cb (PurgeRecorder *recorder,
                        GParamSpec    *pspec,
                        PurgeJob      *self)
{
  if (purge_recorder_get_n_pending (recorder) > 0)
    return;

  g_signal_handlers_disconnect_by_func (recorder, on_recorder_pending_cb, self);
  purge_job_set_warning (self, NULL);
}

/* It stays until the disk has taken what it refused. */
static void
warn_of_disk (PurgeJob     *self,
              const GError *trouble)
{
  PurgeRecorder *recorder = purge_workspace_get_recorder (self->workspace);

  purge_job_set_warning (self, trouble->message);
  if (purge_recorder_get_n_pending (recorder) > 0)
    g_signal_connect_object (recorder, "notify::n-pending", G_CALLBACK (on_recorder_pending_cb),
                             self, 0);
}

/* What is shown is the best that is known, whether the journal could be read or not. */
static void
end_run (GTask  *task,
         GError *error)
{
  purge_job_set_running (g_task_get_source_object (task), FALSE);
  g_clear_error (&error);
  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

static void
on_run_ended_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PurgeJob *self = g_task_get_source_object (task);
  g_autoptr (PurgeOutcome) outcome = NULL;
  g_autoptr (GError) trouble = NULL;
  GError *error = NULL;
  gint64 skew;
  gboolean run = purge_run_finish (PURGE_WORKSPACE (source), result, &skew, &trouble, &error);

  outcome = purge_outcome_new (PURGE_BATCH_EVENT_NOT_EXECUTED,
                               g_cancellable_is_cancelled (g_task_get_cancellable (task))
                                 ? PURGE_CAUSE_CANCELLED_BEFORE : PURGE_CAUSE_QUEUE_STOPPED);
  purge_job_explain_waiting (self, FALSE, outcome);
  if (!run)
    {
      purge_job_set_running (self, FALSE);
      g_task_return_error (task, error);
      return;
    }

  warn_of_clock (self, skew);
  if (trouble != NULL)
    warn_of_disk (self, trouble);
  if (g_error_matches (trouble, PURGE_ERROR, PURGE_ERROR_NOT_FOUND))
    {
      /* Another instance went on with it. */
      purge_job_reload (self, g_steal_pointer (&task), end_run);
      return;
    }

  purge_job_set_running (self, FALSE);
  g_task_return_boolean (task, TRUE);
}

static void
run (GTask *task)
{
  PurgeJob *self = g_task_get_source_object (task);

  purge_job_explain_waiting (self, TRUE, NULL);
  if (purge_recorder_get_n_pending (purge_workspace_get_recorder (self->workspace)) == 0)
    purge_job_set_warning (self, NULL);
  purge_run_async (self->workspace, self->account, self->submission, G_LIST_MODEL (self),
                   g_task_get_cancellable (task), on_run_ended_cb, task);
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
  /* What was sent before it was cancelled has a result too. */
  g_task_set_check_cancellable (task, FALSE);
  return task;
}

/**
 * purge_job_run_async:
 * @self: a job, new or of before
 * @cancellable: (nullable): stops what is not sent yet, and gives the requests under way up
 * @callback: called in the main context when nothing is under way any more
 * @user_data: for @callback
 *
 * Sends what waits; see purge_run_async().
 */
void
purge_job_run_async (PurgeJob            *self,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (PURGE_IS_JOB (self));

  task = task_new (self, purge_job_run_async, cancellable, callback, user_data);
  if (!purge_job_check_free (self, task))
    return;

  purge_job_set_running (self, TRUE);
  run (g_steal_pointer (&task));
}

/**
 * purge_job_run_finish:
 * @self: a job
 * @result: what the callback was given
 * @error: return location for a code of #PurgeError or %G_IO_ERROR_CANCELLED
 *
 * Returns: %TRUE where there is a submission in the journal, whatever became of its batches; %FALSE
 *   with @error set where nothing was sent, since the key, the journal or the person did not allow it
 */
gboolean
purge_job_run_finish (PurgeJob      *self,
                      GAsyncResult  *result,
                      GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, purge_job_run_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
run_reloaded (GTask  *task,
              GError *error)
{
  if (error == NULL)
    {
      run (task);
      return;
    }

  purge_job_set_running (g_task_get_source_object (task), FALSE);
  g_task_return_error (task, error);
  g_object_unref (task);
}

static void
on_appended_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PurgeJob *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (!purge_journal_append_finish (PURGE_JOURNAL (source), result, &error))
    {
      purge_job_set_running (self, FALSE);
      g_task_return_error (task, error);
      return;
    }

  purge_job_reload (self, g_steal_pointer (&task), run_reloaded);
}

static gboolean
belongs_to (PurgeBatch   *batch,
            PurgeJobPart  part)
{
  PurgeBatchState state = purge_batch_get_state (batch);

  if (purge_batch_get_successor (batch) != 0)
    return FALSE;

  if (state == PURGE_BATCH_UNKNOWN)
    return (part & PURGE_JOB_UNKNOWN) != 0;

  return (state == PURGE_BATCH_REJECTED || state == PURGE_BATCH_FAILED) &&
         (part & PURGE_JOB_REFUSED) != 0;
}

static GArray *
list_part (PurgeJob     *self,
           PurgeJobPart  part)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < self->batches->len; i++)
    {
      PurgeBatch *batch = g_ptr_array_index (self->batches, i);
      gint64 id = purge_batch_get_id (batch);

      if (belongs_to (batch, part))
        g_array_append_val (ids, id);
    }

  return ids;
}

/* Makes new batches of some, and sends those and what waits. */
static void
append_and_run (PurgeJob *self,
                GArray   *ids,
                GTask    *task)
{
  PurgeClock *clock = purge_workspace_get_clock (self->workspace);

  purge_job_set_running (self, TRUE);
  purge_journal_append_async (purge_workspace_get_journal (self->workspace), self->submission->id,
                              (const gint64 *) (gpointer) ids->data, ids->len,
                              purge_clock_get_unix_time (clock), g_task_get_cancellable (task),
                              on_appended_cb, task);
}

/**
 * purge_job_retry_async:
 * @self: a job
 * @part: what to make new batches of, by #PurgeJobPart
 * @cancellable: (nullable): stops what is not sent yet, and gives the requests under way up
 * @callback: called in the main context when nothing is under way any more
 * @user_data: for @callback
 *
 * Makes new batches of a part of the submission, stores them, and sends those and what waits. The old
 * batches stay as they are, but for unknown ones, which are superseded: whatever became of them, they
 * are not looked up or counted any more.
 */
void
purge_job_retry_async (PurgeJob            *self,
                       PurgeJobPart         part,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GArray) ids = NULL;

  g_return_if_fail (PURGE_IS_JOB (self));

  task = task_new (self, purge_job_retry_async, cancellable, callback, user_data);
  if (!purge_job_check_free (self, task))
    return;

  ids = list_part (self, part);
  if (ids->len == 0)
    {
      g_task_return_new_error (task, PURGE_ERROR, PURGE_ERROR_NOT_FOUND, "%s",
                               _("There is nothing in this submission that could be sent again."));
      return;
    }

  append_and_run (self, ids, g_steal_pointer (&task));
}

/**
 * purge_job_retry_finish:
 * @self: a job
 * @result: what the callback was given
 * @error: return location for a code of #PurgeError or %G_IO_ERROR_CANCELLED
 *
 * Returns: as purge_job_run_finish(); where it is %FALSE, the new batches may be there and wait
 */
gboolean
purge_job_retry_finish (PurgeJob      *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, purge_job_retry_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * purge_job_send_as_new_async:
 * @self: a job
 * @batch: one of its batches, unknown
 * @cancellable: (nullable): stops what is not sent yet, and gives the requests under way up
 * @callback: called in the main context when nothing is under way any more
 * @user_data: for @callback
 *
 * Makes a new batch of an unknown one, which is superseded, and sends it and what waits. It may be
 * purged twice then.
 */
void
purge_job_send_as_new_async (PurgeJob            *self,
                             PurgeBatch          *batch,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 id;

  g_return_if_fail (PURGE_IS_JOB (self));
  g_return_if_fail (PURGE_IS_BATCH (batch));

  task = task_new (self, purge_job_send_as_new_async, cancellable, callback, user_data);
  if (!purge_job_check_free (self, task))
    return;
  if (!belongs_to (batch, PURGE_JOB_UNKNOWN))
    {
      g_task_return_new_error (task, PURGE_ERROR, PURGE_ERROR_NOT_FOUND, "%s",
                               _("It is known by now what became of this batch."));
      return;
    }

  id = purge_batch_get_id (batch);
  g_array_append_val (ids, id);
  append_and_run (self, ids, g_steal_pointer (&task));
}

/**
 * purge_job_send_as_new_finish:
 * @self: a job
 * @result: what the callback was given
 * @error: return location for a code of #PurgeError or %G_IO_ERROR_CANCELLED
 *
 * Returns: as purge_job_run_finish(); where it is %FALSE, the new batch may be there and wait
 */
gboolean
purge_job_send_as_new_finish (PurgeJob      *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, purge_job_send_as_new_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
end_reload (GTask  *task,
            GError *error)
{
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

static void
on_recovered_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PurgeJob *self = g_task_get_source_object (task);
  GError *error = NULL;
  guint n_recovered;

  if (purge_journal_recover_finish (PURGE_JOURNAL (source), result, &n_recovered, &error))
    purge_job_reload (self, g_steal_pointer (&task), end_reload);
  else
    g_task_return_error (task, error);
}

/**
 * purge_job_reload_async:
 * @self: a job that is in the journal
 * @cancellable: (nullable): cancels it
 * @callback: called in the main context
 * @user_data: for @callback
 *
 * Shows what other instances of the program did with it; what one was sending that is dead by now
 * becomes unknown.
 */
void
purge_job_reload_async (PurgeJob            *self,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (PURGE_IS_JOB (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, purge_job_reload_async);
  /* What is at work here is shown as it goes. */
  if (self->running || self->checking || self->submission->id == 0)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  purge_journal_recover_async (purge_workspace_get_journal (self->workspace), cancellable,
                               on_recovered_cb, g_steal_pointer (&task));
}

/**
 * purge_job_reload_finish:
 * @self: a job
 * @result: what the callback was given
 * @error: return location for %PURGE_ERROR_NOT_FOUND where it was removed from the history,
 *   %PURGE_ERROR_STORAGE or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether it shows what the journal has
 */
gboolean
purge_job_reload_finish (PurgeJob      *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, purge_job_reload_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
