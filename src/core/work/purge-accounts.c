/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The accounts. Knows that an account lives in two places, the database and the keyring, and in which
 * order they are written; knows neither of them from inside. */

#define G_LOG_DOMAIN "purge-accounts"

#include "config.h"

#include "purge-accounts.h"

#include <glib/gi18n-lib.h>

#include "purge-account-table.h"
#include "purge-error.h"

struct _PurgeAccounts
{
  GObject         parent_instance;

  PurgeWorkspace *workspace;
  GListStore     *accounts;
};

static void purge_accounts_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PurgeAccounts, purge_accounts, G_TYPE_OBJECT,
  G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, purge_accounts_list_model_init))

/* What is being put or removed. */
typedef struct
{
  PurgeAccount     *account;
  PurgeCredentials *credentials;
  gboolean          is_new;
} Change;

static void
change_free (gpointer data)
{
  Change *change = data;

  g_object_unref (change->account);
  g_clear_pointer (&change->credentials, purge_credentials_unref);
  g_free (change);
}

static int
compare_names (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  return g_utf8_collate (purge_account_get_name ((PurgeAccount *) a),
                         purge_account_get_name ((PurgeAccount *) b));
}

static gboolean
find_position (PurgeAccounts *self,
               const char    *uuid,
               guint         *position)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->accounts)); i++)
    {
      g_autoptr (PurgeAccount) account = g_list_model_get_item (G_LIST_MODEL (self->accounts), i);

      if (g_str_equal (purge_account_get_uuid (account), uuid))
        {
          *position = i;
          return TRUE;
        }
    }

  return FALSE;
}

static void
remove_from_list (PurgeAccounts *self,
                  PurgeAccount  *account)
{
  guint position;

  if (find_position (self, purge_account_get_uuid (account), &position))
    g_list_store_remove (self->accounts, position);
}

/* An edited account takes its own place in one step: while it is missing, whoever has chosen it would
 * take another one. */
static void
put_into_list (PurgeAccounts *self,
               PurgeAccount  *account)
{
  gpointer additions[] = { account };
  guint position;

  if (!find_position (self, purge_account_get_uuid (account), &position))
    {
      g_list_store_insert_sorted (self->accounts, account, compare_names, NULL);
      return;
    }

  g_list_store_splice (self->accounts, position, 1, additions, G_N_ELEMENTS (additions));
  g_list_store_sort (self->accounts, compare_names, NULL);
}

static void
on_items_changed_cb (GListModel    *model,
                     guint          position,
                     guint          n_removed,
                     guint          n_added,
                     PurgeAccounts *self)
{
  g_list_model_items_changed (G_LIST_MODEL (self), position, n_removed, n_added);
}

static void
purge_accounts_dispose (GObject *object)
{
  PurgeAccounts *self = PURGE_ACCOUNTS (object);

  g_clear_object (&self->accounts);
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (purge_accounts_parent_class)->dispose (object);
}

static void
purge_accounts_class_init (PurgeAccountsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = purge_accounts_dispose;
}

static void
purge_accounts_init (PurgeAccounts *self)
{
  self->accounts = g_list_store_new (PURGE_TYPE_ACCOUNT);
  g_signal_connect_object (self->accounts, "items-changed", G_CALLBACK (on_items_changed_cb), self,
                           0);
}

static GType
purge_accounts_get_item_type (GListModel *model)
{
  return PURGE_TYPE_ACCOUNT;
}

static guint
purge_accounts_get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (PURGE_ACCOUNTS (model)->accounts));
}

static gpointer
purge_accounts_get_item (GListModel *model,
                         guint       position)
{
  return g_list_model_get_item (G_LIST_MODEL (PURGE_ACCOUNTS (model)->accounts), position);
}

static void
purge_accounts_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = purge_accounts_get_item_type;
  iface->get_n_items = purge_accounts_get_n_items;
  iface->get_item = purge_accounts_get_item;
}

/**
 * purge_accounts_new:
 * @workspace: where database and keyring are
 *
 * Returns: (transfer full): the accounts, none until they are loaded
 */
PurgeAccounts *
purge_accounts_new (PurgeWorkspace *workspace)
{
  PurgeAccounts *self;

  g_return_val_if_fail (PURGE_IS_WORKSPACE (workspace), NULL);

  self = g_object_new (PURGE_TYPE_ACCOUNTS, NULL);
  self->workspace = g_object_ref (workspace);

  return self;
}

static void
on_listed_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PurgeAccounts *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) accounts =
    purge_account_table_list_finish (PURGE_DATABASE (source), result, &error);

  if (accounts == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  g_list_store_splice (self->accounts, 0, g_list_model_get_n_items (G_LIST_MODEL (self->accounts)),
                       accounts->pdata, accounts->len);
  g_list_store_sort (self->accounts, compare_names, NULL);
  g_task_return_boolean (task, TRUE);
}

/**
 * purge_accounts_load_async:
 * @self: the accounts
 * @cancellable: (nullable): cancels it
 * @callback: called in the main context
 * @user_data: for @callback
 *
 * Loads all accounts from the database; the keyring is not touched.
 */
void
purge_accounts_load_async (PurgeAccounts       *self,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (PURGE_IS_ACCOUNTS (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, purge_accounts_load_async);
  purge_account_table_list_async (purge_workspace_get_database (self->workspace), cancellable,
                                  on_listed_cb, g_steal_pointer (&task));
}

/**
 * purge_accounts_load_finish:
 * @self: the accounts
 * @result: what the callback was given
 * @error: return location for %PURGE_ERROR_STORAGE or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether they were loaded
 */
gboolean
purge_accounts_load_finish (PurgeAccounts  *self,
                            GAsyncResult   *result,
                            GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, purge_accounts_load_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* The account could not be stored, and so will not be there: its key must not stay either. The
 * person is told of the first error, which explains the second. */
static void
on_orphan_forgotten_cb (GObject      *source,
                        GAsyncResult *result,
                        gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (!purge_keyring_forget_finish (PURGE_KEYRING (source), result, &error))
    g_warning ("The key of an account that could not be stored is left in the keyring: %s",
               error->message);
}

static void
on_put_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PurgeAccounts *self = g_task_get_source_object (task);
  Change *change = g_task_get_task_data (task);
  GError *error = NULL;

  if (purge_account_table_put_finish (PURGE_DATABASE (source), result, &error))
    {
      put_into_list (self, change->account);
      g_task_return_boolean (task, TRUE);
      return;
    }

  if (change->is_new && change->credentials != NULL)
    purge_keyring_forget_async (purge_workspace_get_keyring (self->workspace),
                                purge_account_get_uuid (change->account), NULL,
                                on_orphan_forgotten_cb, NULL);
  g_task_return_error (task, error);
}

static void
put_into_table (GTask *task)
{
  PurgeAccounts *self = g_task_get_source_object (task);
  Change *change = g_task_get_task_data (task);

  purge_account_table_put_async (purge_workspace_get_database (self->workspace), change->account,
                                 g_task_get_cancellable (task), on_put_cb, g_object_ref (task));
}

static void
on_key_stored_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Change *change = g_task_get_task_data (task);
  GError *error = NULL;

  if (!purge_keyring_store_finish (PURGE_KEYRING (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  g_object_set (change->account,
                "key-serial", purge_account_get_key_serial (change->account) + 1,
                NULL);
  put_into_table (task);
}

/* The database would refuse it as well, but only after the key was stored. */
static gboolean
is_name_free (PurgeAccounts  *self,
              PurgeAccount   *account,
              GError        **error)
{
  PurgeAccount *holder = purge_accounts_find_name (self, purge_account_get_name (account));

  if (holder == NULL ||
      g_str_equal (purge_account_get_uuid (holder), purge_account_get_uuid (account)))
    return TRUE;

  g_set_error (error, PURGE_ERROR, PURGE_ERROR_EXISTS,
               _("There is an account named “%s” already. Choose another name."),
               purge_account_get_name (account));
  return FALSE;
}

/**
 * purge_accounts_put_async:
 * @self: the accounts, loaded
 * @account: a new account, or a changed copy of one of these; it is copied
 * @credentials: (nullable): the key, or %NULL to keep the one that is in the keyring
 * @cancellable: (nullable): cancels it; a key that was stored by then stays
 * @callback: called in the main context
 * @user_data: for @callback
 *
 * Adds @account, or replaces the one with its UUID. A key is stored before the account that needs it,
 * and the key serial grows with it.
 */
void
purge_accounts_put_async (PurgeAccounts       *self,
                          PurgeAccount        *account,
                          PurgeCredentials    *credentials,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;
  Change *change;

  g_return_if_fail (PURGE_IS_ACCOUNTS (self));
  g_return_if_fail (PURGE_IS_ACCOUNT (account));

  change = g_new0 (Change, 1);
  change->account = purge_account_copy (account);
  change->credentials = credentials != NULL ? purge_credentials_ref (credentials) : NULL;
  change->is_new = purge_accounts_find_uuid (self, purge_account_get_uuid (account)) == NULL;

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, purge_accounts_put_async);
  g_task_set_task_data (task, change, change_free);

  if (!is_name_free (self, account, &error))
    g_task_return_error (task, error);
  else if (credentials == NULL)
    put_into_table (task);
  else
    purge_keyring_store_async (purge_workspace_get_keyring (self->workspace),
                               purge_account_get_uuid (account), purge_account_get_name (account),
                               credentials, cancellable, on_key_stored_cb, g_object_ref (task));
}

/**
 * purge_accounts_put_finish:
 * @self: the accounts
 * @result: what the callback was given
 * @error: return location for %PURGE_ERROR_EXISTS, a `KEYRING` code, %PURGE_ERROR_STORAGE or
 *   %G_IO_ERROR_CANCELLED
 *
 * Returns: whether the account is there now, with its key
 */
gboolean
purge_accounts_put_finish (PurgeAccounts  *self,
                           GAsyncResult   *result,
                           GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, purge_accounts_put_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
on_removed_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PurgeAccounts *self = g_task_get_source_object (task);
  Change *change = g_task_get_task_data (task);
  GError *error = NULL;

  if (!purge_account_table_remove_finish (PURGE_DATABASE (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  remove_from_list (self, change->account);
  g_task_return_boolean (task, TRUE);
}

static void
on_forgotten_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PurgeAccounts *self = g_task_get_source_object (task);
  Change *change = g_task_get_task_data (task);
  GError *error = NULL;

  if (!purge_keyring_forget_finish (PURGE_KEYRING (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  purge_account_table_remove_async (purge_workspace_get_database (self->workspace),
                                    purge_account_get_uuid (change->account),
                                    g_task_get_cancellable (task), on_removed_cb,
                                    g_object_ref (task));
}

/**
 * purge_accounts_remove_async:
 * @self: the accounts
 * @account: one of them
 * @cancellable: (nullable): cancels it
 * @callback: called in the main context
 * @user_data: for @callback
 *
 * Forgets the key and then the account: an account without a key can be removed again, a key without
 * an account could be found by nobody. What the journal holds of it stays.
 */
void
purge_accounts_remove_async (PurgeAccounts       *self,
                             PurgeAccount        *account,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Change *change;

  g_return_if_fail (PURGE_IS_ACCOUNTS (self));
  g_return_if_fail (PURGE_IS_ACCOUNT (account));

  change = g_new0 (Change, 1);
  change->account = g_object_ref (account);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, purge_accounts_remove_async);
  g_task_set_task_data (task, change, change_free);

  purge_keyring_forget_async (purge_workspace_get_keyring (self->workspace),
                              purge_account_get_uuid (account), cancellable, on_forgotten_cb,
                              g_steal_pointer (&task));
}

/**
 * purge_accounts_remove_finish:
 * @self: the accounts
 * @result: what the callback was given
 * @error: return location for a `KEYRING` code, %PURGE_ERROR_STORAGE or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether key and account are gone
 */
gboolean
purge_accounts_remove_finish (PurgeAccounts  *self,
                              GAsyncResult   *result,
                              GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, purge_accounts_remove_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * purge_accounts_find_name:
 * @self: the accounts
 * @name: a name
 *
 * Returns: (transfer none) (nullable): the account of that name
 */
PurgeAccount *
purge_accounts_find_name (PurgeAccounts *self,
                          const char    *name)
{
  g_return_val_if_fail (PURGE_IS_ACCOUNTS (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->accounts)); i++)
    {
      g_autoptr (PurgeAccount) account = g_list_model_get_item (G_LIST_MODEL (self->accounts), i);

      /* The list holds a reference of its own. */
      if (g_str_equal (purge_account_get_name (account), name))
        return account;
    }

  return NULL;
}

/**
 * purge_accounts_find_uuid:
 * @self: the accounts
 * @uuid: a UUID
 *
 * Returns: (transfer none) (nullable): the account of that UUID
 */
PurgeAccount *
purge_accounts_find_uuid (PurgeAccounts *self,
                          const char    *uuid)
{
  g_autoptr (PurgeAccount) account = NULL;
  guint position;

  g_return_val_if_fail (PURGE_IS_ACCOUNTS (self), NULL);
  g_return_val_if_fail (uuid != NULL, NULL);

  if (!find_position (self, uuid, &position))
    return NULL;

  /* The list holds a reference of its own. */
  account = g_list_model_get_item (G_LIST_MODEL (self->accounts), position);
  return account;
}
