/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The one safe resend. API 2.0 promises that a request with the same nonce and timestamp is executed
 * once only (https://intl.cloud.tencent.com/document/product/239/1757); so the request is built from
 * what the journal has of it, and comes out the same byte for byte. */

#define G_LOG_DOMAIN "purge-again"

#include "config.h"

#include "purge-again.h"

#include <glib/gi18n-lib.h>

#include "purge-error.h"
#include "purge-journal-again.h"

typedef struct
{
  PurgeAccess  *access;
  PurgeApi     *api;
  PurgeBatch   *batch;
  GCancellable *cancellable;
  PurgeRequest *request;
  PurgeOutcome *outcome;
} Again;

static void
again_free (gpointer data)
{
  Again *again = data;

  purge_access_unref (again->access);
  g_clear_object (&again->api);
  g_object_unref (again->batch);
  g_clear_object (&again->cancellable);
  g_clear_pointer (&again->request, purge_request_unref);
  g_clear_pointer (&again->outcome, purge_outcome_unref);
  g_free (again);
}

static void
on_recorded_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Again *again = g_task_get_task_data (task);
  GError *error = NULL;
  PurgeBatchState state;

  if (again->outcome->event == PURGE_BATCH_EVENT_ACCEPTED)
    purge_batch_set (again->batch, PURGE_BATCH_ACCEPTED, again->outcome);

  if (purge_journal_record_again_finish (PURGE_JOURNAL (source), result, &state, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_sent_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PurgeWorkspace *workspace = g_task_get_source_object (task);
  Again *again = g_task_get_task_data (task);
  g_autoptr (PurgeExchange) exchange =
    purge_transport_send_finish (PURGE_TRANSPORT (source), result);

  again->outcome = purge_api_read_purge (again->api, exchange,
                                         purge_batch_get_n_directories (again->batch));
  purge_journal_record_again_async (purge_workspace_get_journal (workspace),
                                    purge_batch_get_id (again->batch), again->outcome,
                                    purge_clock_get_unix_time (purge_workspace_get_clock (workspace)),
                                    NULL, on_recorded_cb, g_object_ref (task));
}

static void
on_begun_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PurgeWorkspace *workspace = g_task_get_source_object (task);
  Again *again = g_task_get_task_data (task);
  GError *error = NULL;

  if (!purge_journal_begin_again_finish (PURGE_JOURNAL (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  purge_batch_set_sent_again (again->batch);
  purge_transport_send_async (purge_workspace_get_transport (workspace), again->request,
                              again->cancellable, on_sent_cb, g_object_ref (task));
}

static gboolean
build (Again   *again,
       GError **error)
{
  const PurgeAttempt *attempt = purge_batch_get_attempt (again->batch);
  PurgeCall call = purge_batch_get_call (again->batch);
  g_autoptr (PurgeEndpoint) endpoint = purge_endpoint_parse (attempt->endpoint, error);

  if (endpoint == NULL)
    return FALSE;

  call.timestamp = attempt->timestamp;
  call.nonce = attempt->nonce;
  again->api = purge_api_new (attempt->api, endpoint, attempt->form, attempt->signature);
  again->request = purge_api_build_purge (again->api, &call, again->access->credentials, error);
  return again->request != NULL;
}

/**
 * purge_again_is_possible:
 * @workspace: whose clock is asked
 * @account: the account of the batch, as it is now
 * @batch: a batch
 *
 * Returns: whether the request of @batch may be sent once more: it is unknown, was not sent again
 *   yet, is less than four minutes old, and the key is still the one that signed it. Not where the
 *   server is known to have it
 */
gboolean
purge_again_is_possible (PurgeWorkspace *workspace,
                         PurgeAccount   *account,
                         PurgeBatch     *batch)
{
  const PurgeAttempt *attempt;
  PurgeOutcome *outcome;
  gint64 age;

  g_return_val_if_fail (PURGE_IS_WORKSPACE (workspace), FALSE);
  g_return_val_if_fail (PURGE_IS_ACCOUNT (account), FALSE);
  g_return_val_if_fail (PURGE_IS_BATCH (batch), FALSE);

  attempt = purge_batch_get_attempt (batch);
  outcome = purge_batch_get_outcome (batch);
  if (purge_batch_get_state (batch) != PURGE_BATCH_UNKNOWN || attempt == NULL ||
      purge_batch_get_sent_again (batch) || attempt->api != PURGE_API_KIND_2_0 ||
      attempt->key_serial != purge_account_get_key_serial (account))
    return FALSE;

  if (outcome != NULL && (outcome->cause == PURGE_CAUSE_REPLAY ||
                          outcome->cause == PURGE_CAUSE_FEWER_ACCEPTED))
    return FALSE;

  age = purge_clock_get_unix_time (purge_workspace_get_clock (workspace)) - attempt->started;
  return age >= 0 && age < PURGE_AGAIN_LIMIT_S;
}

/**
 * purge_again_async:
 * @workspace: what to work with
 * @access: the account's key
 * @batch: a batch for which purge_again_is_possible()
 * @cancellable: (nullable): gives the request up; the batch stays unknown
 * @callback: called in the main context
 * @user_data: for @callback
 *
 * Sends the request of a batch once more.
 */
void
purge_again_async (PurgeWorkspace      *workspace,
                   PurgeAccess         *access,
                   PurgeBatch          *batch,
                   GCancellable        *cancellable,
                   GAsyncReadyCallback  callback,
                   gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  PurgeClock *clock;
  Again *again;
  GError *error = NULL;

  g_return_if_fail (PURGE_IS_WORKSPACE (workspace));
  g_return_if_fail (access != NULL);
  g_return_if_fail (PURGE_IS_BATCH (batch));

  again = g_new0 (Again, 1);
  again->access = purge_access_ref (access);
  again->batch = g_object_ref (batch);
  again->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;

  task = g_task_new (workspace, cancellable, callback, user_data);
  g_task_set_source_tag (task, purge_again_async);
  /* What was sent before it was cancelled has a result too. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, again, again_free);

  if (!purge_again_is_possible (workspace, access->account, batch))
    {
      g_task_return_new_error (task, PURGE_ERROR, PURGE_ERROR_NOT_FOUND, "%s",
                               _("This request cannot be sent again safely any more. Check it, or "
                                 "send its directories as new."));
      return;
    }

  if (!build (again, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  clock = purge_workspace_get_clock (workspace);
  purge_journal_begin_again_async (purge_workspace_get_journal (workspace),
                                   purge_batch_get_id (batch), purge_clock_get_unix_time (clock),
                                   cancellable, on_begun_cb, g_steal_pointer (&task));
}

/**
 * purge_again_finish:
 * @workspace: what was worked with
 * @result: what the callback was given
 * @error: return location for %PURGE_ERROR_NOT_FOUND, %PURGE_ERROR_EXISTS where it was sent again
 *   elsewhere, %PURGE_ERROR_STORAGE or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether it was sent again and that is on the disk; the batch shows what came of it
 */
gboolean
purge_again_finish (PurgeWorkspace  *workspace,
                    GAsyncResult    *result,
                    GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, workspace), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, purge_again_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
