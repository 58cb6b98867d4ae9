/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Tries a key out: one that is stored, or one that was typed and may never be. Knows where the key comes
 * from; the question is harmless, and what the answer shows is judged by the verdict. Keeps nothing of
 * the key. */

#define G_LOG_DOMAIN "purge-probe"

#include "config.h"

#include "purge-probe.h"

#include "purge-server-question.h"

typedef struct
{
  PurgeAccess      *access;
  PurgeServerQuota *quota;
} Probe;

static void
probe_free (gpointer data)
{
  Probe *probe = data;

  g_clear_pointer (&probe->access, purge_access_unref);
  g_clear_pointer (&probe->quota, purge_server_quota_unref);
  g_free (probe);
}

static void
on_asked_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Probe *probe = g_task_get_task_data (task);
  PurgeAccess *access = probe->access;
  GError *error = NULL;
  PurgeKeyVerdict *verdict;

  probe->quota = purge_server_question_finish (PURGE_WORKSPACE (source), result, &error);
  if (probe->quota == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  verdict = purge_key_verdict_new (purge_account_get_api (access->account),
                                   purge_endpoint_to_string (purge_api_get_endpoint (access->api)),
                                   probe->quota->failure, access->skew);
  g_task_return_pointer (task, verdict, (GDestroyNotify) purge_key_verdict_free);
}

static void
try_out (GTask       *task,
         PurgeAccess *access)
{
  Probe *probe = g_task_get_task_data (task);

  probe->access = access;
  purge_server_question_async (g_task_get_source_object (task), access,
                               g_task_get_cancellable (task), on_asked_cb, g_object_ref (task));
}

static void
on_access_opened_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  PurgeAccess *access = purge_access_open_finish (PURGE_WORKSPACE (source), result, &error);

  if (access != NULL)
    try_out (task, access);
  else
    g_task_return_error (task, error);
}

/**
 * purge_probe_async:
 * @workspace: what to work with
 * @account: an account, which need not be stored
 * @credentials: (nullable): the key to try, or %NULL for the one that the keyring has
 * @cancellable: (nullable): gives it up
 * @callback: called in the main context
 * @user_data: for @callback
 *
 * Asks the server something harmless to see whether a key is good: DescribePurgeQuota of API 3.0,
 * GetCdnRefreshLog of API 2.0.
 */
void
purge_probe_async (PurgeWorkspace      *workspace,
                   PurgeAccount        *account,
                   PurgeCredentials    *credentials,
                   GCancellable        *cancellable,
                   GAsyncReadyCallback  callback,
                   gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (PURGE_IS_WORKSPACE (workspace));
  g_return_if_fail (PURGE_IS_ACCOUNT (account));

  task = g_task_new (workspace, cancellable, callback, user_data);
  g_task_set_source_tag (task, purge_probe_async);
  g_task_set_task_data (task, g_new0 (Probe, 1), probe_free);
  if (credentials != NULL)
    try_out (task, purge_access_new (account, credentials));
  else
    purge_access_open_async (workspace, account, cancellable, on_access_opened_cb,
                             g_object_ref (task));
}

/**
 * purge_probe_finish:
 * @workspace: what was worked with
 * @result: what the callback was given
 * @quota: (out) (transfer full) (optional): what the server told of the quotas
 * @error: return location for %G_IO_ERROR_CANCELLED, the errors of purge_keyring_load_finish(), or
 *   %PURGE_ERROR_INVALID_INPUT where the key cannot be written into a request
 *
 * Returns: (transfer full) (nullable): what was found out, or %NULL with @error set where the server
 *   was not asked
 */
PurgeKeyVerdict *
purge_probe_finish (PurgeWorkspace    *workspace,
                    GAsyncResult      *result,
                    PurgeServerQuota **quota,
                    GError           **error)
{
  PurgeKeyVerdict *verdict;

  g_return_val_if_fail (g_task_is_valid (result, workspace), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, purge_probe_async), NULL);

  verdict = g_task_propagate_pointer (G_TASK (result), error);
  if (verdict != NULL && quota != NULL)
    {
      Probe *probe = g_task_get_task_data (G_TASK (result));

      *quota = g_steal_pointer (&probe->quota);
    }

  return verdict;
}
