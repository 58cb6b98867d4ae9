/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* A run. Knows the order of things (key, journal, batch after batch); the queue decides the pace, the
 * sender sends, the batches explain themselves. */

#define G_LOG_DOMAIN "purge-run"

#include "config.h"

#include "purge-run.h"

#include "purge-access.h"
#include "purge-batch.h"
#include "purge-error.h"
#include "purge-queue.h"
#include "purge-sender.h"

/* An accepted batch of the last day proves that key, endpoint and clock are good. */
#define CANARY_LIFETIME_S (24 * 60 * 60)

typedef struct
{
  PurgeAccount     *account;
  PurgeSubmission  *submission;
  GPtrArray        *batches;
  PurgeQueue        queue;
  PurgeAccess      *access;
  gint64            skew;
  GError           *trouble;
} Run;

static void
run_free (gpointer data)
{
  Run *run = data;

  g_object_unref (run->account);
  purge_submission_unref (run->submission);
  g_ptr_array_unref (run->batches);
  g_clear_pointer (&run->access, purge_access_unref);
  g_clear_error (&run->trouble);
  g_free (run);
}

static void send_on (GTask *task);

/* What another instance has sent is left to it. Without a journal nothing more may be sent. */
static void
take_trouble (Run    *run,
              GError *error)
{
  purge_queue_skip (&run->queue);
  if (!g_error_matches (error, PURGE_ERROR, PURGE_ERROR_NOT_FOUND))
    purge_queue_stop (&run->queue);

  if (run->trouble == NULL)
    run->trouble = error;
  else
    g_error_free (error);
}

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

  if (outcome != NULL)
    purge_queue_put (&run->queue, outcome);
  else
    take_trouble (run, g_steal_pointer (&error));

  send_on (task);
}

/* The key is needed no longer than the run lasts. */
static void
end_run (GTask *task)
{
  Run *run = g_task_get_task_data (task);

  run->skew = run->access->skew;
  g_clear_pointer (&run->access, purge_access_unref);
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
    purge_sender_send_async (workspace, run->access, g_ptr_array_index (run->batches, index),
                             cancellable, on_sent_cb, g_object_ref (task));

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

  if (!purge_journal_sum_up_finish (journal, result, NULL, &accepted_lately, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  purge_queue_init (&run->queue, run->batches->len, !accepted_lately);
  if (run->submission->id != 0)
    send_on (task);
  else
    purge_journal_add_async (journal, run->submission, cancellable, on_added_cb,
                             g_steal_pointer (&task));
}

static void
on_access_opened_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PurgeWorkspace *workspace = PURGE_WORKSPACE (source);
  Run *run = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;
  gint64 now;

  run->access = purge_access_open_finish (workspace, result, &error);
  if (run->access == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  now = purge_clock_get_unix_time (purge_workspace_get_clock (workspace));
  if (run->submission->id == 0)
    run->submission->created = now;
  purge_journal_sum_up_async (purge_workspace_get_journal (workspace), run->account,
                              purge_endpoint_to_string (purge_api_get_endpoint (run->access->api)),
                              PURGE_AREA_NONE, now, now, now - CANARY_LIFETIME_S, cancellable, on_summed_up_cb,
                              g_steal_pointer (&task));
}

static GPtrArray *
list_waiting (GListModel *batches)
{
  GPtrArray *waiting = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (batches); i++)
    {
      g_autoptr (PurgeBatch) batch = g_list_model_get_item (batches, i);

      if (purge_batch_get_state (batch) == PURGE_BATCH_WAITING)
        g_ptr_array_add (waiting, g_steal_pointer (&batch));
    }

  return waiting;
}

/**
 * purge_run_async:
 * @workspace: what to work with
 * @account: whose key signs
 * @submission: what was confirmed; its id is 0 where it is not in the journal yet
 * @batches: its batches as #PurgeBatch
 * @cancellable: (nullable): stops what is not sent yet, and gives the requests under way up
 * @callback: called in the main context when nothing is under way any more
 * @user_data: for @callback
 *
 * Reads the key, stores the submission where that is to be done, and sends what waits, batch after
 * batch as pace and canary allow, each on disk before it is on the wire and each verdict on disk
 * before it is shown.
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
  g_return_if_fail (submission != NULL);
  g_return_if_fail (G_IS_LIST_MODEL (batches));

  run = g_new0 (Run, 1);
  run->account = g_object_ref (account);
  run->submission = purge_submission_ref (submission);
  run->batches = list_waiting (batches);

  task = g_task_new (workspace, cancellable, callback, user_data);
  g_task_set_source_tag (task, purge_run_async);
  /* Once there is a submission, a cancelled run has a result too. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, run, run_free);

  purge_access_open_async (workspace, account, cancellable, on_access_opened_cb,
                           g_steal_pointer (&task));
}

/**
 * purge_run_finish:
 * @workspace: what was worked with
 * @result: what the callback was given
 * @skew: (out) (optional): how far the server's clock was found to be off from this computer's, in
 *   seconds, where that had to be corrected; else 0
 * @trouble: (out) (optional) (nullable): what went wrong with the journal while the run went on
 * @error: return location for a code of #PurgeError or %G_IO_ERROR_CANCELLED
 *
 * Returns: %TRUE where there is a submission in the journal, whatever became of its batches; %FALSE
 *   with @error set where nothing was sent, since the key, the journal or the person did not allow it
 */
gboolean
purge_run_finish (PurgeWorkspace  *workspace,
                  GAsyncResult    *result,
                  gint64          *skew,
                  GError         **trouble,
                  GError         **error)
{
  Run *run;

  g_return_val_if_fail (g_task_is_valid (result, workspace), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, purge_run_async), FALSE);

  run = g_task_get_task_data (G_TASK (result));
  if (skew != NULL)
    *skew = run->skew;
  if (trouble != NULL)
    *trouble = g_steal_pointer (&run->trouble);

  return g_task_propagate_boolean (G_TASK (result), error);
}
