/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* An account with its key in hand. Knows where the key comes from; does not know what is asked of
 * the API. */

#define G_LOG_DOMAIN "purge-access"

#include "config.h"

#include "purge-access.h"

static void
on_key_loaded_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PurgeAccount *account = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (PurgeCredentials) credentials =
    purge_keyring_load_finish (PURGE_KEYRING (source), result, &error);

  if (credentials == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  g_task_return_pointer (task, purge_access_new (account, credentials),
                         (GDestroyNotify) purge_access_unref);
}

/**
 * purge_access_new:
 * @account: an account; what it says is fixed here
 * @credentials: its key
 *
 * Returns: (transfer full): an access with a key that is in hand already
 */
PurgeAccess *
purge_access_new (PurgeAccount     *account,
                  PurgeCredentials *credentials)
{
  PurgeAccess *self;

  g_return_val_if_fail (PURGE_IS_ACCOUNT (account), NULL);
  g_return_val_if_fail (credentials != NULL, NULL);

  self = g_new0 (PurgeAccess, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->account = purge_account_copy (account);
  self->api = purge_api_new_for_account (account);
  self->credentials = purge_credentials_ref (credentials);
  return self;
}

/**
 * purge_access_open_async:
 * @workspace: whose keyring has the key
 * @account: an account; what it says is fixed here
 * @cancellable: (nullable): stops waiting for the keyring
 * @callback: called in the main context
 * @user_data: for @callback
 *
 * Reads the key of an account.
 */
void
purge_access_open_async (PurgeWorkspace      *workspace,
                         PurgeAccount        *account,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (PURGE_IS_WORKSPACE (workspace));
  g_return_if_fail (PURGE_IS_ACCOUNT (account));

  task = g_task_new (workspace, cancellable, callback, user_data);
  g_task_set_source_tag (task, purge_access_open_async);
  g_task_set_task_data (task, purge_account_copy (account), g_object_unref);
  purge_keyring_load_async (purge_workspace_get_keyring (workspace),
                            purge_account_get_uuid (account), cancellable, on_key_loaded_cb, task);
}

/**
 * purge_access_open_finish:
 * @workspace: the workspace
 * @result: what the callback was given
 * @error: return location for the errors of purge_keyring_load_finish()
 *
 * Returns: (transfer full) (nullable): the access, or %NULL with @error set
 */
PurgeAccess *
purge_access_open_finish (PurgeWorkspace  *workspace,
                          GAsyncResult    *result,
                          GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, workspace), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, purge_access_open_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * purge_access_ref:
 * @self: an access
 *
 * Returns: (transfer full): @self
 */
PurgeAccess *
purge_access_ref (PurgeAccess *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * purge_access_unref:
 * @self: (transfer full): an access
 */
void
purge_access_unref (PurgeAccess *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_object_unref (self->account);
  g_object_unref (self->api);
  purge_credentials_unref (self->credentials);
  g_free (self);
}

/**
 * purge_access_get_time:
 * @self: an access
 * @workspace: whose clock is asked
 *
 * Returns: the time by the server's clock as far as it is known, in UNIX seconds
 */
gint64
purge_access_get_time (const PurgeAccess *self,
                       PurgeWorkspace    *workspace)
{
  g_return_val_if_fail (self != NULL, 0);

  return purge_clock_get_unix_time (purge_workspace_get_clock (workspace)) + self->skew;
}
