/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* A run. Knows the order of things (key, journal, batch after batch); the queue decides the pace, the
 * sender sends, the batches explain themselves. */

#define G_LOG_DOMAIN "purge-run"

#include "config.h"

#include "purge-run.h"

#include "purge-api.h"
#include "purge-batch.h"
#include "purge-queue.h"
#include "purge-sender.h"

/* An accepted batch of the last day proves that key, endpoint and clock are good. */
#define CANARY_LIFETIME_S (24 * 60 * 60)

typedef struct
{
  PurgeAccount     *account;
  PurgeApi         *api;
  PurgeSubmission  *submission;
  GListModel       *batches;
  PurgeQueue        queue;
  PurgeCredentials *credentials;
  GError           *trouble;
} Run;

static void
run_free (gpointer data)
{
  Run *run = data;

  g_object_unref (run->account);
  g_object_unref (run->api);
  purge_submission_unref (run->submission);
  g_object_unref (run->batches);
  g_clear_pointer (&run->credentials, purge_credentials_unref);
  g_clear_error (&run->trouble);
  g_free (run);
}

static void send_on (GTask *task);

static void
on_sent_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Run *run = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (PurgeOutcome) outcome =
    purge_sender_send_finish (PURGE_WORKSPACE (source), result, &error);

  /* Without a journal nothing more may be sent. */
  if (outcome == NULL)
    {
      if (run->trouble == NULL)
        run->trouble = g_steal_pointer (&error);
      outcome = purge_outcome_new (PURGE_BATCH_EVENT_NOT_EXECUTED, PURGE_CAUSE_NOT_RECORDED);
      outcome->stops_queue = TRUE;
    }

  purge_queue_put (&run->queue, outcome);
  send_on (task);
}

/* The key is needed no longer than the run lasts. */
static void
end_run (GTask *task)
{
  Run *run = g_task_get_task_data (task);

  g_clear_pointer (&run->credentials, purge_credentials_unref);
  g_task_return_boolean (task, TRUE);
}

static void
send_on (GTask *task)
{
  PurgeWorkspace *workspace = g_task_get_source_object (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  Run *run = g_task_get_task_data (task);
  guint index;

  if (g_cancellable_is_cancelled (cancellable))
    purge_queue_stop (&run->queue);

  while (purge_queue_take (&run->queue, &index))
    {
      g_autoptr (PurgeBatch) batch = g_list_model_get_item (run->batches, index);

      purge_sender_send_async (workspace, run->account, run->api, run->credentials,
                               run->submission->mode, batch, cancellable, on_sent_cb, g_object_ref (task));
    }

  if (purge_queue_is_over (&run->queue))
    end_run (task);
}

static void
on_added_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (purge_journal_add_finish (PURGE_JOURNAL (source), result, &error))
    send_on (task);
  else
    g_task_return_error (task, error);
}

static void
on_summed_up_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Run *run = g_task_get_task_data (task);
  PurgeJournal *journal = PURGE_JOURNAL (source);
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;
  gboolean accepted_lately;
  guint n_used;

  if (!purge_journal_sum_up_finish (journal, result, &n_used, &accepted_lately, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  purge_queue_init (&run->queue, g_list_model_get_n_items (run->batches), !accepted_lately);
  purge_journal_add_async (journal, run->submission, cancellable, on_added_cb,
                           g_steal_pointer (&task));
}

static void
on_key_loaded_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PurgeWorkspace *workspace = g_task_get_source_object (task);
  Run *run = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;
  gint64 now;

  run->credentials = purge_keyring_load_finish (PURGE_KEYRING (source), result, &error);
  if (run->credentials == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  now = purge_clock_get_unix_time (purge_workspace_get_clock (workspace));
  run->submission->created = now;
  purge_journal_sum_up_async (purge_workspace_get_journal (workspace), run->account,
                              run->submission->endpoint, now, now, now - CANARY_LIFETIME_S,
                              cancellable, on_summed_up_cb, g_steal_pointer (&task));
}

/**
 * purge_run_async:
 * @workspace: what to work with
 * @account: whose key signs
 * @submission: what was confirmed, not in the journal yet
 * @batches: its batches as #PurgeBatch, all waiting
 * @cancellable: (nullable): stops what is not sent yet, and gives the requests under way up
 * @callback: called in the main context when nothing is under way any more
 * @user_data: for @callback
 *
 * Reads the key, stores the submission, and sends batch after batch as pace and canary allow, each
 * on disk before it is on the wire and each verdict on disk before it is shown.
 */
void
purge_run_async (PurgeWorkspace      *workspace,
                 PurgeAccount        *account,
                 PurgeSubmission     *submission,
                 GListModel          *batches,
                 GCancellable        *cancellable,
                 GAsyncReadyCallback  callback,
                 gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Run *run;

  g_return_if_fail (PURGE_IS_WORKSPACE (workspace));
  g_return_if_fail (PURGE_IS_ACCOUNT (account));
  g_return_if_fail (submission != NULL && submission->id == 0);
  g_return_if_fail (G_IS_LIST_MODEL (batches));

  run = g_new0 (Run, 1);
  run->account = purge_account_copy (account);
  run->api = purge_api_new_for_account (account);
  run->submission = purge_submission_ref (submission);
  run->batches = g_object_ref (batches);

  task = g_task_new (workspace, cancellable, callback, user_data);
  g_task_set_source_tag (task, purge_run_async);
  /* Once there is a submission, a cancelled run has a result too. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, run, run_free);

  purge_keyring_load_async (purge_workspace_get_keyring (workspace),
                            purge_account_get_uuid (account), cancellable, on_key_loaded_cb,
                            g_steal_pointer (&task));
}

/**
 * purge_run_finish:
 * @workspace: what was worked with
 * @result: what the callback was given
 * @trouble: (out) (optional) (nullable): what went wrong with the journal while the run went on
 * @error: return location for a code of #PurgeError or %G_IO_ERROR_CANCELLED
 *
 * Returns: %TRUE where there is a submission in the journal, whatever became of its batches; %FALSE
 *   with @error set where nothing was sent, since the key, the journal or the person did not allow it
 */
gboolean
purge_run_finish (PurgeWorkspace  *workspace,
                  GAsyncResult    *result,
                  GError         **trouble,
                  GError         **error)
{
  Run *run;

  g_return_val_if_fail (g_task_is_valid (result, workspace), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, purge_run_async), FALSE);

  run = g_task_get_task_data (G_TASK (result));
  if (trouble != NULL)
    *trouble = g_steal_pointer (&run->trouble);

  return g_task_propagate_boolean (G_TASK (result), error);
}
