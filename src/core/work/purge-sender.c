/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* One batch, sent. Knows the order that the promise rests on: the journal says sending before the
 * first byte is on the wire, and what was said is on disk before anybody is told. Does not know of
 * other batches. */

#define G_LOG_DOMAIN "purge-sender"

#include "config.h"

#include "purge-sender.h"

#include "purge-error.h"

/* With 62 random bits a second roll is a wonder, and a third means that the dice are broken. */
#define MAX_ROLLS 3

typedef struct
{
  PurgeAttempt     *attempt;
  PurgeApi         *api;
  PurgeCredentials *credentials;
  PurgeMode         mode;
  PurgeBatch       *batch;
  GCancellable     *cancellable;
  PurgeRequest     *request;
  PurgeOutcome     *outcome;
  guint             n_rolls;
} Sending;

static void
sending_free (gpointer data)
{
  Sending *sending = data;

  purge_attempt_free (sending->attempt);
  g_object_unref (sending->api);
  purge_credentials_unref (sending->credentials);
  g_object_unref (sending->batch);
  g_clear_object (&sending->cancellable);
  g_clear_pointer (&sending->request, purge_request_unref);
  g_clear_pointer (&sending->outcome, purge_outcome_unref);
  g_free (sending);
}

/* The batch shows the outcome; where the journal took it, the caller is told, else the error. */
static void
finish_task (GTask  *task,
             GError *error)
{
  Sending *sending = g_task_get_task_data (task);
  PurgeBatchState state = purge_batch_get_state (sending->batch);

  if (purge_batch_state_move (state, sending->outcome->event, &state) ||
      state == PURGE_BATCH_WAITING)
    purge_batch_set (sending->batch, state, sending->outcome);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&sending->outcome),
                           (GDestroyNotify) purge_outcome_unref);
}

static void
on_recorded_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  PurgeBatchState state;

  purge_journal_record_finish (PURGE_JOURNAL (source), result, &state, &error);
  finish_task (task, error);
}

/* The journal is written whatever was cancelled: a verdict that is not on disk would be lost. */
static void
record (GTask        *task,
        PurgeOutcome *outcome)
{
  PurgeWorkspace *workspace = g_task_get_source_object (task);
  Sending *sending = g_task_get_task_data (task);

  sending->outcome = outcome;
  purge_journal_record_async (purge_workspace_get_journal (workspace),
                              purge_batch_get_id (sending->batch), outcome,
                              purge_clock_get_unix_time (purge_workspace_get_clock (workspace)),
                              NULL, on_recorded_cb, g_object_ref (task));
}

static void
on_sent_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Sending *sending = g_task_get_task_data (task);
  g_autoptr (PurgeExchange) exchange =
    purge_transport_send_finish (PURGE_TRANSPORT (source), result);

  record (task, purge_api_read_purge (sending->api, exchange,
                                      purge_batch_get_n_directories (sending->batch)));
}

static void roll_and_begin (GTask *task);

static void
on_begun_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PurgeWorkspace *workspace = g_task_get_source_object (task);
  Sending *sending = g_task_get_task_data (task);
  GError *error = NULL;

  if (!purge_journal_begin_finish (PURGE_JOURNAL (source), result, &error))
    {
      if (g_error_matches (error, PURGE_ERROR, PURGE_ERROR_EXISTS) &&
          sending->n_rolls < MAX_ROLLS)
        {
          g_error_free (error);
          roll_and_begin (task);
          return;
        }

      sending->outcome = purge_outcome_new (PURGE_BATCH_EVENT_NOT_EXECUTED,
                                            PURGE_CAUSE_NOT_RECORDED);
      finish_task (task, error);
      return;
    }

  purge_batch_set (sending->batch, PURGE_BATCH_SENDING, NULL);

  if (g_cancellable_is_cancelled (sending->cancellable))
    {
      record (task, purge_outcome_new (PURGE_BATCH_EVENT_NOT_EXECUTED,
                                       PURGE_CAUSE_CANCELLED_BEFORE));
      return;
    }

  purge_transport_send_async (purge_workspace_get_transport (workspace), sending->request,
                              sending->cancellable, on_sent_cb, g_object_ref (task));
}

static void
roll_and_begin (GTask *task)
{
  PurgeWorkspace *workspace = g_task_get_source_object (task);
  PurgeClock *clock = purge_workspace_get_clock (workspace);
  Sending *sending = g_task_get_task_data (task);
  PurgeCall call = {
    .urls = purge_batch_get_directories (sending->batch),
    .mode = sending->mode,
    .timestamp = purge_clock_get_unix_time (clock),
    .nonce = purge_clock_roll_nonce (clock),
  };
  GError *error = NULL;

  g_clear_pointer (&sending->request, purge_request_unref);
  sending->n_rolls++;
  sending->request = purge_api_build_purge (sending->api, &call, sending->credentials, &error);
  if (sending->request == NULL)
    {
      sending->outcome = purge_outcome_new (PURGE_BATCH_EVENT_NOT_EXECUTED,
                                            PURGE_CAUSE_QUEUE_STOPPED);
      finish_task (task, error);
      return;
    }

  sending->attempt->nonce = call.nonce;
  sending->attempt->timestamp = call.timestamp;
  sending->attempt->started = call.timestamp;
  purge_journal_begin_async (purge_workspace_get_journal (workspace),
                             purge_batch_get_id (sending->batch), sending->attempt, NULL,
                             on_begun_cb, g_object_ref (task));
}

/**
 * purge_sender_send_async:
 * @workspace: what to work with
 * @account: whose key it is; as it was when @api was made of it
 * @api: which API
 * @credentials: the key that signs
 * @mode: what is purged
 * @batch: a waiting batch that is in the journal
 * @cancellable: (nullable): gives the batch up: before the first byte it waits on, after it it is
 *   unknown
 * @callback: called in the main context
 * @user_data: for @callback
 *
 * Sends @batch once.
 */
void
purge_sender_send_async (PurgeWorkspace      *workspace,
                         PurgeAccount        *account,
                         PurgeApi            *api,
                         PurgeCredentials    *credentials,
                         PurgeMode            mode,
                         PurgeBatch          *batch,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  PurgeEndpoint *endpoint;
  Sending *sending;

  g_return_if_fail (PURGE_IS_WORKSPACE (workspace));
  g_return_if_fail (PURGE_IS_ACCOUNT (account));
  g_return_if_fail (PURGE_IS_API (api));
  g_return_if_fail (credentials != NULL);
  g_return_if_fail (PURGE_IS_BATCH (batch));
  g_return_if_fail (purge_batch_get_state (batch) == PURGE_BATCH_WAITING);

  sending = g_new0 (Sending, 1);
  endpoint = purge_api_get_endpoint (api);
  sending->attempt = purge_attempt_new (account, purge_endpoint_to_string (endpoint));
  sending->api = g_object_ref (api);
  sending->credentials = purge_credentials_ref (credentials);
  sending->mode = mode;
  sending->batch = g_object_ref (batch);
  sending->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;

  task = g_task_new (workspace, cancellable, callback, user_data);
  g_task_set_source_tag (task, purge_sender_send_async);
  /* A cancelled batch has an outcome too. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, sending, sending_free);

  roll_and_begin (task);
}

/**
 * purge_sender_send_finish:
 * @workspace: what was worked with
 * @result: what the callback was given
 * @error: return location for %PURGE_ERROR_STORAGE: the journal could not be written
 *
 * Returns: (transfer full) (nullable): what became of the batch, or %NULL with @error set; the batch
 *   shows what is known of it in either case
 */
PurgeOutcome *
purge_sender_send_finish (PurgeWorkspace  *workspace,
                          GAsyncResult    *result,
                          GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, workspace), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, purge_sender_send_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
