/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* One harmless question: what is left of the quota, where the API tells it, and else what was purged
 * in the last minute. Knows the order of things; what the answer means for a key or a list is decided
 * by others. */

#define G_LOG_DOMAIN "purge-server-question"

#include "config.h"

#include "purge-server-question.h"

#include "purge-skew.h"

#define LAST_MINUTE_S 60

typedef struct
{
  PurgeAccess *access;
  gint64       sent;
  gboolean     corrected;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  purge_access_unref (question->access);
  g_free (question);
}

static void ask (GTask *task);

/* Nothing is purged by a question: where the clock turns out to be off, it is simply asked again,
 * once, with the server's time. */
static gboolean
correct_clock (Question            *question,
               const PurgeExchange *exchange,
               const PurgeOutcome  *failure,
               gint64               now)
{
  gint64 skew;

  if (question->corrected || failure == NULL ||
      !purge_skew_measure (exchange, question->sent, now, &skew) ||
      !purge_skew_explains (failure, skew - question->access->skew))
    return FALSE;

  question->corrected = TRUE;
  question->access->skew = skew;
  return TRUE;
}

static PurgeServerQuota *
read_answer (PurgeApi      *api,
             PurgeExchange *exchange)
{
  g_autoptr (PurgeLookUp) found = NULL;

  if (purge_api_tells_quota (api))
    return purge_api_read_quota (api, exchange);

  found = purge_api_read_look_up (api, exchange);
  return found->failure != NULL ? purge_server_quota_new_failed (found->failure)
                                : purge_server_quota_new ();
}

static void
on_answered_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PurgeWorkspace *workspace = g_task_get_source_object (task);
  Question *question = g_task_get_task_data (task);
  g_autoptr (PurgeExchange) exchange =
    purge_transport_send_finish (PURGE_TRANSPORT (source), result);
  g_autoptr (PurgeServerQuota) quota = read_answer (question->access->api, exchange);
  gint64 now = purge_clock_get_unix_time (purge_workspace_get_clock (workspace));

  if (g_task_return_error_if_cancelled (task))
    return;

  if (correct_clock (question, exchange, quota->failure, now))
    ask (task);
  else
    g_task_return_pointer (task, g_steal_pointer (&quota),
                           (GDestroyNotify) purge_server_quota_unref);
}

static PurgeRequest *
build (PurgeWorkspace  *workspace,
       PurgeAccess     *access,
       GError         **error)
{
  gint64 timestamp = purge_access_get_time (access, workspace);
  guint64 nonce = purge_clock_roll_new_nonce (purge_workspace_get_clock (workspace));
  PurgeLookUpCall call = {
    .since = timestamp - LAST_MINUTE_S,
    .until = timestamp,
    .timestamp = timestamp,
    .nonce = nonce,
  };

  if (purge_api_tells_quota (access->api))
    return purge_api_build_quota (access->api, timestamp, nonce, access->credentials, error);

  return purge_api_build_look_up (access->api, &call, access->credentials, error);
}

static void
ask (GTask *task)
{
  PurgeWorkspace *workspace = g_task_get_source_object (task);
  Question *question = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (PurgeRequest) request = build (workspace, question->access, &error);

  if (request == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  question->sent = purge_clock_get_unix_time (purge_workspace_get_clock (workspace));
  purge_transport_send_async (purge_workspace_get_transport (workspace), request,
                              g_task_get_cancellable (task), on_answered_cb, g_object_ref (task));
}

/**
 * purge_server_question_async:
 * @workspace: what to work with
 * @access: who asks which API; learns how far the clock of this computer is off
 * @cancellable: (nullable): gives the question up
 * @callback: called in the main context
 * @user_data: for @callback
 *
 * Asks the server for the quotas of an account. API 2.0 does not tell them: there the log of the last
 * minute is asked for, which shows as well whether the key is good. Nothing is purged, nothing is
 * written down.
 */
void
purge_server_question_async (PurgeWorkspace      *workspace,
                             PurgeAccess         *access,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Question *question;

  g_return_if_fail (PURGE_IS_WORKSPACE (workspace));
  g_return_if_fail (access != NULL);

  question = g_new0 (Question, 1);
  question->access = purge_access_ref (access);
  task = g_task_new (workspace, cancellable, callback, user_data);
  g_task_set_source_tag (task, purge_server_question_async);
  g_task_set_task_data (task, question, question_free);
  ask (task);
}

/**
 * purge_server_question_finish:
 * @workspace: what was worked with
 * @result: what the callback was given
 * @error: return location for %G_IO_ERROR_CANCELLED, or %PURGE_ERROR_INVALID_INPUT where the key
 *   cannot be written into a request
 *
 * Returns: (transfer full) (nullable): the quotas, without rows where the API does not tell them, or
 *   with the `failure` of the question; %NULL with @error set where it was not asked
 */
PurgeServerQuota *
purge_server_question_finish (PurgeWorkspace  *workspace,
                              GAsyncResult    *result,
                              GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, workspace), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, purge_server_question_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
