/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What of a session is shown: the submission under way, or one of before, and what is being done about
 * it. Knows when that begins and ends and whom to tell; what is sent, and with which account, is
 * elsewhere. */

#define G_LOG_DOMAIN "purge-session"

#include "config.h"

#include "purge-session-private.h"

static void
on_job_batch_done_cb (PurgeSession *self)
{
  purge_session_update_quota (self);
}

static void
on_job_checking_cb (PurgeSession *self)
{
  g_object_notify (G_OBJECT (self), "checking");
}

/* The signals of whichever submission is shown. */
void
purge_session_init_job (PurgeSession *self)
{
  self->job_signals = g_signal_group_new (PURGE_TYPE_JOB);
  g_signal_group_connect_swapped (self->job_signals, "notify::n-batches-done",
                                  G_CALLBACK (on_job_batch_done_cb), self);
  g_signal_group_connect_swapped (self->job_signals, "notify::checking",
                                  G_CALLBACK (on_job_checking_cb), self);
}

void
purge_session_dispose_job (PurgeSession *self)
{
  g_clear_object (&self->job_signals);
  g_clear_object (&self->sending);
  g_clear_object (&self->job);
}

/* What is under way goes on with the account that it began with. */
void
purge_session_update_job_account (PurgeSession *self)
{
  if (self->job != NULL && !purge_job_get_running (self->job))
    purge_job_set_account (self->job, purge_accounts_find_uuid (
                             self->accounts, purge_job_get_submission (self->job)->account_uuid));
}

/**
 * purge_session_show_job:
 * @self: a session
 * @job: (nullable): a submission
 *
 * Shows another submission. What is under way is shown until it has ended: see `sending`.
 */
void
purge_session_show_job (PurgeSession *self,
                        PurgeJob     *job)
{
  g_return_if_fail (PURGE_IS_SESSION (self));
  g_return_if_fail (job == NULL || PURGE_IS_JOB (job));

  if (!g_set_object (&self->job, job))
    return;

  purge_session_update_job_account (self);
  g_signal_group_set_target (self->job_signals, job);
  purge_watcher_set_job (self->watcher, job);
  purge_session_update_quota (self);
  g_object_notify (G_OBJECT (self), "job");
  g_object_notify (G_OBJECT (self), "checking");
}

/**
 * purge_session_forget_before:
 * @self: a session
 * @time: UNIX seconds
 *
 * What was made before @time was deleted: it is not shown any more, unless it is being sent.
 */
void
purge_session_forget_before (PurgeSession *self,
                             gint64        time)
{
  g_return_if_fail (PURGE_IS_SESSION (self));

  /* One that could not be read is gone with the others. */
  if (time == G_MAXINT64)
    purge_session_set_knows_newest (self, TRUE);
  if (self->job != NULL && self->sending == NULL &&
      purge_job_get_submission (self->job)->created < time)
    purge_session_show_job (self, NULL);
  g_signal_emit_by_name (self, "forgotten");
}

/**
 * purge_session_begin:
 * @self: a session that shows a submission, and in which nothing is under way
 *
 * Something of the submission is about to be sent, and `sending` until purge_session_end().
 */
void
purge_session_begin (PurgeSession *self)
{
  g_return_if_fail (PURGE_IS_SESSION (self));
  g_return_if_fail (self->sending == NULL);

  self->sending = g_cancellable_new ();
  g_object_notify (G_OBJECT (self), "sending");
}

/**
 * purge_session_end:
 * @self: a session
 *
 * Nothing is under way any more. What is unknown is looked up by itself from now on, and what is left of
 * the quota is asked for.
 */
void
purge_session_end (PurgeSession *self)
{
  g_return_if_fail (PURGE_IS_SESSION (self));

  g_clear_object (&self->sending);
  purge_session_update_job_account (self);
  g_object_notify (G_OBJECT (self), "sending");
  purge_session_update_quota (self);
  purge_quotas_ask_after (self->quotas, self->job);
  purge_watcher_watch (self->watcher);
}

/**
 * purge_session_cancel:
 * @self: a session
 *
 * Stops what is not sent yet, and asks the server nothing more; with nothing under way nothing happens.
 */
void
purge_session_cancel (PurgeSession *self)
{
  g_return_if_fail (PURGE_IS_SESSION (self));

  g_cancellable_cancel (self->sending);
  purge_watcher_stop (self->watcher);
}

/**
 * purge_session_get_job:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): the submission that is shown
 */
PurgeJob *
purge_session_get_job (PurgeSession *self)
{
  g_return_val_if_fail (PURGE_IS_SESSION (self), NULL);

  return self->job;
}

/**
 * purge_session_get_sending:
 * @self: a session
 *
 * Returns: whether a submission is under way
 */
gboolean
purge_session_get_sending (PurgeSession *self)
{
  g_return_val_if_fail (PURGE_IS_SESSION (self), FALSE);

  return self->sending != NULL;
}

/**
 * purge_session_get_cancellable:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): what cancels that which is under way
 */
GCancellable *
purge_session_get_cancellable (PurgeSession *self)
{
  g_return_val_if_fail (PURGE_IS_SESSION (self), NULL);

  return self->sending;
}

/**
 * purge_session_get_checking:
 * @self: a session
 *
 * Returns: whether the server is being asked what became of the submission
 */
gboolean
purge_session_get_checking (PurgeSession *self)
{
  g_return_val_if_fail (PURGE_IS_SESSION (self), FALSE);

  return self->job != NULL && purge_job_get_checking (self->job);
}
