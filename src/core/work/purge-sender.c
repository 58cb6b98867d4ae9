/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* One batch, sent. Knows the order that the promise rests on: the journal says sending before the
 * first byte is on the wire, and what was said is on disk before anybody is told; and that only what
 * was certainly not executed is tried again. Does not know of other batches. */

#define G_LOG_DOMAIN "purge-sender"

#include "config.h"

#include "purge-sender.h"

#include "purge-check.h"
#include "purge-error.h"
#include "purge-retry.h"
#include "purge-skew.h"

/* With 62 random bits a second roll is a wonder, and a third means that the dice are broken. */
#define MAX_ROLLS 3

/* A wait is told by the second. */
#define TICK_MS 1000

typedef struct
{
  PurgeAccess      *access;
  PurgeBatch       *batch;
  GCancellable     *cancellable;
  PurgeAttempt     *attempt;
  PurgeRequest     *request;
  PurgeOutcome     *outcome;
  gint64            sent;
  guint             n_rolls;
  guint             n_attempts;
  gboolean          corrected;
  gboolean          tries_again;
  guint             wait_ms;
} Sending;

static void
sending_free (gpointer data)
{
  Sending *sending = data;

  purge_access_unref (sending->access);
  g_object_unref (sending->batch);
  g_clear_object (&sending->cancellable);
  g_clear_pointer (&sending->attempt, purge_attempt_free);
  g_clear_pointer (&sending->request, purge_request_unref);
  g_clear_pointer (&sending->outcome, purge_outcome_unref);
  g_free (sending);
}

static void
set_outcome (Sending      *sending,
             PurgeOutcome *outcome)
{
  g_clear_pointer (&sending->outcome, purge_outcome_unref);
  sending->outcome = outcome;
}

static void
show_outcome (Sending *sending)
{
  PurgeBatchState state = purge_batch_get_state (sending->batch);

  if (purge_batch_state_move (state, sending->outcome->event, &state) ||
      state == PURGE_BATCH_WAITING)
    purge_batch_set (sending->batch, state, sending->outcome);
}

/* The batch shows the outcome; where the journal took it, the caller is told, else the error. */
static void
finish_task (GTask  *task,
             GError *error)
{
  Sending *sending = g_task_get_task_data (task);

  show_outcome (sending);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&sending->outcome),
                           (GDestroyNotify) purge_outcome_unref);
}

static void wait_on (GTask *task);

static void
on_waited_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Sending *sending = g_task_get_task_data (task);

  if (purge_clock_wait_finish (PURGE_CLOCK (source), result, NULL))
    {
      wait_on (task);
      return;
    }

  purge_batch_set_retry_in (sending->batch, 0);
  set_outcome (sending, purge_outcome_new (PURGE_BATCH_EVENT_NOT_EXECUTED,
                                           PURGE_CAUSE_CANCELLED_BEFORE));
  finish_task (task, NULL);
}

static void begin_attempt (GTask *task);

static void
wait_on (GTask *task)
{
  PurgeWorkspace *workspace = g_task_get_source_object (task);
  Sending *sending = g_task_get_task_data (task);
  guint ms = MIN (sending->wait_ms, TICK_MS);

  purge_batch_set_retry_in (sending->batch, (sending->wait_ms + 999) / 1000);
  if (ms == 0)
    {
      begin_attempt (task);
      return;
    }

  sending->wait_ms -= ms;
  purge_clock_wait_async (purge_workspace_get_clock (workspace), ms, sending->cancellable,
                          on_waited_cb, g_object_ref (task));
}

static void
on_recorded_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Sending *sending = g_task_get_task_data (task);
  GError *error = NULL;

  if (purge_recorder_record_finish (PURGE_RECORDER (source), result, &error) &&
      sending->tries_again)
    {
      show_outcome (sending);
      wait_on (task);
      return;
    }

  finish_task (task, error);
}

/* The journal is written whatever was cancelled. */
static void
record (GTask *task)
{
  PurgeWorkspace *workspace = g_task_get_source_object (task);
  Sending *sending = g_task_get_task_data (task);

  purge_recorder_record_async (purge_workspace_get_recorder (workspace),
                               purge_batch_get_id (sending->batch), sending->outcome,
                               on_recorded_cb, g_object_ref (task));
}

/* How far the clock was off for a request that the server may have refused for its time; 0 where it
 * was not, or where that has been corrected once. */
static gint64
measure_error (GTask         *task,
               PurgeExchange *exchange)
{
  PurgeWorkspace *workspace = g_task_get_source_object (task);
  Sending *sending = g_task_get_task_data (task);
  gint64 used = sending->attempt->timestamp - sending->attempt->started;
  gint64 now = purge_clock_get_unix_time (purge_workspace_get_clock (workspace));
  gint64 skew;

  if (sending->corrected || g_cancellable_is_cancelled (sending->cancellable) ||
      !purge_skew_measure (exchange, sending->sent, now, &skew) ||
      !purge_skew_explains (sending->outcome, skew - used))
    return 0;

  sending->access->skew = skew;
  return skew - used;
}

/* The request may be signed anew, once: it was certainly not executed. */
static void
sign_again (GTask *task)
{
  Sending *sending = g_task_get_task_data (task);

  sending->corrected = TRUE;
  sending->tries_again = TRUE;
  sending->wait_ms = 0;
  sending->outcome->event = PURGE_BATCH_EVENT_NOT_EXECUTED;
  sending->outcome->cause = PURGE_CAUSE_CLOCK;
  record (task);
}

static void
on_absence_checked_cb (GObject      *source,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;

  if (purge_check_absence_finish (PURGE_WORKSPACE (source), result))
    sign_again (task);
  else
    record (task);
}

static gboolean
decide_retry (GTask *task)
{
  PurgeWorkspace *workspace = g_task_get_source_object (task);
  Sending *sending = g_task_get_task_data (task);

  sending->wait_ms = 0;
  if (g_cancellable_is_cancelled (sending->cancellable) ||
      !purge_retry_decide (sending->outcome, sending->n_attempts, sending->access->n_retries,
                           purge_clock_roll_chance (purge_workspace_get_clock (workspace)),
                           &sending->wait_ms))
    return FALSE;

  sending->access->n_retries++;
  return TRUE;
}

static void
on_sent_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PurgeWorkspace *workspace = g_task_get_source_object (task);
  Sending *sending = g_task_get_task_data (task);
  g_autoptr (PurgeExchange) exchange =
    purge_transport_send_finish (PURGE_TRANSPORT (source), result);
  gint64 error;

  set_outcome (sending, purge_api_read_purge (sending->access->api, exchange,
                                              purge_batch_get_n_directories (sending->batch)));
  error = measure_error (task, exchange);
  sending->tries_again = FALSE;
  if (error != 0 && purge_skew_proves (sending->outcome, error))
    {
      sign_again (task);
    }
  else if (error != 0)
    {
      /* Its nonce may have been seen, for all that the code says: the log tells. */
      purge_check_absence_async (workspace, sending->access, sending->batch, sending->cancellable,
                                 on_absence_checked_cb, g_object_ref (task));
    }
  else
    {
      sending->tries_again = decide_retry (task);
      record (task);
    }
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

      set_outcome (sending, purge_outcome_new (PURGE_BATCH_EVENT_NOT_EXECUTED,
                                               PURGE_CAUSE_NOT_RECORDED));
      finish_task (task, error);
      return;
    }

  purge_batch_set_attempt (sending->batch, sending->attempt);
  purge_batch_set (sending->batch, PURGE_BATCH_SENDING, NULL);

  if (g_cancellable_is_cancelled (sending->cancellable))
    {
      set_outcome (sending, purge_outcome_new (PURGE_BATCH_EVENT_NOT_EXECUTED,
                                               PURGE_CAUSE_CANCELLED_BEFORE));
      sending->tries_again = FALSE;
      record (task);
      return;
    }

  sending->sent = purge_clock_get_unix_time (purge_workspace_get_clock (workspace));
  purge_transport_send_async (purge_workspace_get_transport (workspace), sending->request,
                              sending->cancellable, on_sent_cb, g_object_ref (task));
}

static void
roll_and_begin (GTask *task)
{
  PurgeWorkspace *workspace = g_task_get_source_object (task);
  PurgeClock *clock = purge_workspace_get_clock (workspace);
  Sending *sending = g_task_get_task_data (task);
  PurgeAccess *access = sending->access;
  PurgeAttempt *attempt =
    purge_attempt_new (access->account,
                       purge_endpoint_to_string (purge_api_get_endpoint (access->api)));
  PurgeCall call = purge_batch_get_call (sending->batch);
  GError *error = NULL;

  attempt->started = purge_clock_get_unix_time (clock);
  attempt->timestamp = call.timestamp = attempt->started + access->skew;
  attempt->nonce = call.nonce = purge_clock_roll_nonce (clock);
  g_clear_pointer (&sending->attempt, purge_attempt_free);
  sending->attempt = attempt;

  sending->n_rolls++;
  g_clear_pointer (&sending->request, purge_request_unref);
  sending->request = purge_api_build_purge (access->api, &call, access->credentials, &error);
  if (sending->request == NULL)
    {
      set_outcome (sending, purge_outcome_new (PURGE_BATCH_EVENT_NOT_EXECUTED,
                                               PURGE_CAUSE_QUEUE_STOPPED));
      finish_task (task, error);
      return;
    }

  purge_journal_begin_async (purge_workspace_get_journal (workspace),
                             purge_batch_get_id (sending->batch), attempt, NULL, on_begun_cb,
                             g_object_ref (task));
}

static void
begin_attempt (GTask *task)
{
  Sending *sending = g_task_get_task_data (task);

  sending->n_attempts++;
  sending->n_rolls = 0;
  roll_and_begin (task);
}

/**
 * purge_sender_send_async:
 * @workspace: what to work with
 * @access: who speaks to which API; learns how far the clock is off
 * @batch: a waiting batch that is in the journal
 * @cancellable: (nullable): gives the batch up: before the first byte it waits on, after it it is
 *   unknown
 * @callback: called in the main context
 * @user_data: for @callback
 *
 * Sends @batch; again, after a while, where it certainly was not executed and trying again may help.
 */
void
purge_sender_send_async (PurgeWorkspace      *workspace,
                         PurgeAccess         *access,
                         PurgeBatch          *batch,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Sending *sending;

  g_return_if_fail (PURGE_IS_WORKSPACE (workspace));
  g_return_if_fail (access != NULL);
  g_return_if_fail (PURGE_IS_BATCH (batch));
  g_return_if_fail (purge_batch_get_state (batch) == PURGE_BATCH_WAITING);

  sending = g_new0 (Sending, 1);
  sending->access = purge_access_ref (access);
  sending->batch = g_object_ref (batch);
  sending->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;

  task = g_task_new (workspace, cancellable, callback, user_data);
  g_task_set_source_tag (task, purge_sender_send_async);
  /* A cancelled batch has an outcome too. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, sending, sending_free);

  begin_attempt (task);
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
