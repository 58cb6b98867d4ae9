/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What of a session sends: a new submission, and what a person does about one of before. Nothing here
 * asks a person; whoever calls has asked. */

#define G_LOG_DOMAIN "purge-session"

#include "config.h"

#include "purge-session.h"

typedef struct {
  PurgeJob      *job;
  PurgeJob      *job_before;
  PurgeBatch    *batch;
  PurgeFollowUp  follow_up;
} Sending;

static void
sending_free (gpointer data)
{
  Sending *sending = data;

  g_object_unref (sending->job);
  g_clear_object (&sending->job_before);
  g_clear_object (&sending->batch);
  g_free (sending);
}

static GTask *
task_new (PurgeSession        *self,
          gpointer             tag,
          PurgeJob            *job,
          GAsyncReadyCallback  callback,
          gpointer             user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  Sending *sending = g_new0 (Sending, 1);

  sending->job = g_object_ref (job);
  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, sending, sending_free);
  return task;
}

static void
end (GTask    *task,
     gboolean  done,
     GError   *error)
{
  purge_session_end (g_task_get_source_object (task));
  if (done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_job_run_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Sending *sending = g_task_get_task_data (task);
  GError *error = NULL;
  gboolean submitted = purge_job_run_finish (PURGE_JOB (source), result, &error);

  /* Without a submission there is nothing to show: what was shown before comes back. */
  if (!submitted)
    purge_session_show_job (g_task_get_source_object (task), sending->job_before);
  end (task, submitted, error);
}

/* Where the list could not be saved, the window says so, and what is sent is in the journal. */
static void
on_draft_saved_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PurgeSession *self = g_task_get_source_object (task);
  Sending *sending = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!purge_draft_keeper_flush_finish (PURGE_DRAFT_KEEPER (source), result, &error))
    g_debug ("Sending without a draft: %s", error->message);

  purge_job_run_async (sending->job, purge_session_get_cancellable (self), on_job_run_cb,
                       g_steal_pointer (&task));
}

/**
 * purge_session_send_async:
 * @self: a session with an account, in which nothing is under way
 * @order: what was confirmed
 * @callback: called when nothing more will be sent
 * @user_data: for @callback
 *
 * Makes a submission of @order with the chosen account, saves the draft, and shows the
 * submission as `job`. It is cancelled by purge_session_cancel().
 */
void
purge_session_send_async (PurgeSession        *self,
                          PurgeOrder          *order,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (PurgeJob) job = NULL;
  Sending *sending;

  g_return_if_fail (PURGE_IS_SESSION (self));
  g_return_if_fail (purge_session_get_account (self) != NULL);
  g_return_if_fail (!purge_session_get_sending (self));

  job = purge_job_new (purge_session_get_workspace (self), purge_session_get_account (self), order,
                       purge_quota_asker_recall (purge_quotas_get_asker (
                                                   purge_session_get_quotas (self)),
                                                 purge_session_get_account (self), NULL));
  task = task_new (self, purge_session_send_async, job, callback, user_data);
  sending = g_task_get_task_data (task);
  g_set_object (&sending->job_before, purge_session_get_job (self));
  purge_session_show_job (self, job);
  purge_session_begin (self);

  purge_draft_keeper_flush_async (purge_session_get_keeper (self),
                                  purge_session_get_cancellable (self), on_draft_saved_cb,
                                  g_steal_pointer (&task));
}

/**
 * purge_session_send_finish:
 * @self: a session
 * @result: what the callback was given
 * @error: return location for the reason why nothing was sent
 *
 * Returns: whether there is a submission, whatever became of it
 */
gboolean
purge_session_send_finish (PurgeSession  *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, purge_session_send_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
on_followed_up_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Sending *sending = g_task_get_task_data (task);
  PurgeJob *job = PURGE_JOB (source);
  GError *error = NULL;
  gboolean done = FALSE;

  switch (sending->follow_up)
    {
    case PURGE_FOLLOW_UP_RESUME:
      done = purge_job_run_finish (job, result, &error);
      break;
    case PURGE_FOLLOW_UP_RETRY:
      done = purge_job_retry_finish (job, result, &error);
      break;
    case PURGE_FOLLOW_UP_SEND_AGAIN:
      done = purge_job_send_again_finish (job, result, &error);
      break;
    case PURGE_FOLLOW_UP_SEND_AS_NEW:
      done = purge_job_send_as_new_finish (job, result, &error);
      break;
    default:
      g_assert_not_reached ();
    }

  end (task, done, error);
}

static void
follow_up (GTask        *task,
           GCancellable *cancellable)
{
  Sending *sending = g_task_get_task_data (task);

  switch (sending->follow_up)
    {
    case PURGE_FOLLOW_UP_RESUME:
      purge_job_run_async (sending->job, cancellable, on_followed_up_cb, task);
      break;
    case PURGE_FOLLOW_UP_RETRY:
      purge_job_retry_async (sending->job, PURGE_JOB_REFUSED, cancellable, on_followed_up_cb, task);
      break;
    case PURGE_FOLLOW_UP_SEND_AGAIN:
      purge_job_send_again_async (sending->job, sending->batch, cancellable, on_followed_up_cb,
                                  task);
      break;
    case PURGE_FOLLOW_UP_SEND_AS_NEW:
      purge_job_send_as_new_async (sending->job, sending->batch, cancellable, on_followed_up_cb,
                                   task);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
on_job_checking_cb (PurgeJob   *job,
                    GParamSpec *pspec,
                    GTask      *task)
{
  if (purge_job_get_checking (job))
    return;

  g_signal_handlers_disconnect_by_func (job, on_job_checking_cb, task);
  follow_up (task, purge_session_get_cancellable (g_task_get_source_object (task)));
}

/**
 * purge_session_follow_up_async:
 * @self: a session that shows a submission, and in which nothing is under way
 * @what: what to do about it
 * @batch: (nullable): about which batch, where it is about one
 * @callback: called when nothing more will be sent
 * @user_data: for @callback
 *
 * Goes on with the submission that is shown; a look-up that is under way is given up for it. It is
 * cancelled by purge_session_cancel().
 */
void
purge_session_follow_up_async (PurgeSession        *self,
                               PurgeFollowUp        what,
                               PurgeBatch          *batch,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  PurgeJob *job = purge_session_get_job (self);
  GTask *task;
  Sending *sending;

  g_return_if_fail (job != NULL);
  g_return_if_fail (!purge_session_get_sending (self));

  task = task_new (self, purge_session_follow_up_async, job, callback, user_data);
  sending = g_task_get_task_data (task);
  sending->follow_up = what;
  g_set_object (&sending->batch, batch);
  purge_session_begin (self);
  purge_watcher_stop (purge_session_get_watcher (self));
  if (purge_job_get_checking (job))
    g_signal_connect (job, "notify::checking", G_CALLBACK (on_job_checking_cb), task);
  else
    follow_up (task, purge_session_get_cancellable (self));
}

/**
 * purge_session_follow_up_finish:
 * @self: a session
 * @result: what the callback was given
 * @error: return location for the reason why it was not done
 *
 * Returns: whether it was done, whatever came of it
 */
gboolean
purge_session_follow_up_finish (PurgeSession  *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, purge_session_follow_up_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
