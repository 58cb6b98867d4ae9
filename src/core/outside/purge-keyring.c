/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Where keys are kept, as an interface. Knows what can be asked of a keyring; does not know one. */

#define G_LOG_DOMAIN "purge-keyring"

#include "config.h"

#include "purge-keyring.h"

G_DEFINE_INTERFACE (PurgeKeyring, purge_keyring, G_TYPE_OBJECT)

static void
purge_keyring_default_init (PurgeKeyringInterface *iface)
{
  g_object_interface_install_property (iface,
    g_param_spec_boolean ("waiting", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS));
}

/**
 * purge_keyring_check_async:
 * @self: a keyring
 * @uuid: the account's UUID
 * @cancellable: (nullable): gives up
 * @callback: called on the main thread
 * @user_data: for @callback
 *
 * Looks whether there is a key for an account. Never asks a person to unlock anything.
 */
void
purge_keyring_check_async (PurgeKeyring        *self,
                           const char          *uuid,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (PURGE_IS_KEYRING (self));
  g_return_if_fail (uuid != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, purge_keyring_check_async);
  PURGE_KEYRING_GET_IFACE (self)->check (self, task, uuid);
}

/**
 * purge_keyring_check_finish:
 * @self: a keyring
 * @result: what the callback was given
 * @state: (out): what the keyring says
 * @error: return location
 *
 * Returns: whether @state was set
 */
gboolean
purge_keyring_check_finish (PurgeKeyring   *self,
                            GAsyncResult   *result,
                            PurgeKeyState  *state,
                            GError        **error)
{
  gssize found;

  g_return_val_if_fail (PURGE_IS_KEYRING (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, purge_keyring_check_async), FALSE);
  g_return_val_if_fail (state != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  found = g_task_propagate_int (G_TASK (result), error);
  if (found < 0)
    return FALSE;

  *state = found;
  return TRUE;
}

/**
 * purge_keyring_load_async:
 * @self: a keyring
 * @uuid: the account's UUID
 * @cancellable: (nullable): gives up
 * @callback: called on the main thread
 * @user_data: for @callback
 *
 * Reads the key of an account. Where it is locked, a person is asked to unlock it.
 */
void
purge_keyring_load_async (PurgeKeyring        *self,
                          const char          *uuid,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (PURGE_IS_KEYRING (self));
  g_return_if_fail (uuid != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, purge_keyring_load_async);
  PURGE_KEYRING_GET_IFACE (self)->load (self, task, uuid);
}

/**
 * purge_keyring_load_finish:
 * @self: a keyring
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the key, or %NULL with @error set
 */
PurgeCredentials *
purge_keyring_load_finish (PurgeKeyring  *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (PURGE_IS_KEYRING (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, purge_keyring_load_async), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * purge_keyring_store_async:
 * @self: a keyring
 * @uuid: the account's UUID
 * @name: the account's name, which the keyring shows as a label
 * @credentials: what to keep
 * @cancellable: (nullable): gives up, as long as nothing has been given to the keyring
 * @callback: called on the main thread
 * @user_data: for @callback
 *
 * Keeps the key of an account, in the place of the one that was there. Where the keyring is locked,
 * a person is asked to unlock it. The key may have become known to the keyring although the call
 * ends with an error: an error only means that it could not be seen there.
 */
void
purge_keyring_store_async (PurgeKeyring        *self,
                           const char          *uuid,
                           const char          *name,
                           PurgeCredentials    *credentials,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (PURGE_IS_KEYRING (self));
  g_return_if_fail (uuid != NULL);
  g_return_if_fail (name != NULL);
  g_return_if_fail (credentials != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, purge_keyring_store_async);
  PURGE_KEYRING_GET_IFACE (self)->store (self, task, uuid, name, credentials);
}

/**
 * purge_keyring_store_finish:
 * @self: a keyring
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: whether the key is kept
 */
gboolean
purge_keyring_store_finish (PurgeKeyring  *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (PURGE_IS_KEYRING (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, purge_keyring_store_async), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * purge_keyring_forget_async:
 * @self: a keyring
 * @uuid: the account's UUID
 * @cancellable: (nullable): gives up
 * @callback: called on the main thread
 * @user_data: for @callback
 *
 * Removes the key of an account so that it cannot be read any more. An absent key is no error.
 * Where the keyring is locked, a person is asked to unlock it.
 */
void
purge_keyring_forget_async (PurgeKeyring        *self,
                            const char          *uuid,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (PURGE_IS_KEYRING (self));
  g_return_if_fail (uuid != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, purge_keyring_forget_async);
  PURGE_KEYRING_GET_IFACE (self)->forget (self, task, uuid);
}

/**
 * purge_keyring_forget_finish:
 * @self: a keyring
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: whether the keyring holds no key for the account now
 */
gboolean
purge_keyring_forget_finish (PurgeKeyring  *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (PURGE_IS_KEYRING (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, purge_keyring_forget_async), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * purge_keyring_get_waiting:
 * @self: a keyring
 *
 * Returns: whether a person is being asked to unlock the keyring right now
 */
gboolean
purge_keyring_get_waiting (PurgeKeyring *self)
{
  gboolean waiting = FALSE;

  g_return_val_if_fail (PURGE_IS_KEYRING (self), FALSE);

  g_object_get (self, "waiting", &waiting, NULL);
  return waiting;
}
