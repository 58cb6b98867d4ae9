/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Accounts as rows. Knows columns; does not know the secrets, which are no business of a database. */

#define G_LOG_DOMAIN "purge-account-table"

#include "config.h"

#include "purge-account-table.h"

#include <glib/gi18n-lib.h>

#include "purge-enum.h"
#include "purge-error.h"

typedef struct {
  PurgeSql  *sql;
  GPtrArray *accounts;
} List;

static void
list_free (gpointer data)
{
  List *list = data;

  g_ptr_array_unref (list->accounts);
  g_free (list);
}

static gboolean
read_nick (List               *list,
           const PurgeSqlRow  *row,
           guint               column,
           GType               type,
           int                *value,
           GError            **error)
{
  if (purge_enum_from_nick (type, purge_sql_row_get_text (row, column), value))
    return TRUE;

  purge_sql_set_damaged (list->sql, "an account of an unknown kind", error);
  return FALSE;
}

static gboolean
read_endpoint (List               *list,
               const PurgeSqlRow  *row,
               guint               column,
               PurgeEndpoint     **endpoint,
               GError            **error)
{
  g_autoptr (GError) local_error = NULL;

  if (purge_sql_row_is_null (row, column))
    return TRUE;

  *endpoint = purge_endpoint_parse (purge_sql_row_get_text (row, column), &local_error);
  if (*endpoint != NULL)
    return TRUE;

  purge_sql_set_damaged (list->sql, local_error->message, error);
  return FALSE;
}

static gboolean
read_account (const PurgeSqlRow  *row,
              gpointer            data,
              GError            **error)
{
  List *list = data;
  g_autoptr (PurgeEndpoint) endpoint = NULL;
  int api;
  int form;
  int signature;

  if (!read_nick (list, row, 2, PURGE_TYPE_API_KIND, &api, error) ||
      !read_endpoint (list, row, 3, &endpoint, error) ||
      !read_nick (list, row, 4, PURGE_TYPE_FORM, &form, error) ||
      !read_nick (list, row, 5, PURGE_TYPE_SIGNATURE_METHOD, &signature, error))
    return FALSE;

  g_ptr_array_add (list->accounts,
                   g_object_new (PURGE_TYPE_ACCOUNT,
                                 "uuid", purge_sql_row_get_text (row, 0),
                                 "name", purge_sql_row_get_text (row, 1),
                                 "api", api,
                                 "endpoint", endpoint,
                                 "form", form,
                                 "signature", signature,
                                 "daily-quota", (guint) purge_sql_row_get_integer (row, 6),
                                 "key-serial", (guint) purge_sql_row_get_integer (row, 7),
                                 NULL));
  return TRUE;
}

static gboolean
list_accounts (PurgeSql  *sql,
               gpointer   data,
               GError   **error)
{
  List *list = data;

  list->sql = sql;
  return purge_sql_query (sql,
                          "SELECT uuid, name, api, endpoint, form, signature, daily_quota,"
                          " key_serial FROM account ORDER BY name COLLATE NOCASE, name",
                          read_account, list, error, PURGE_SQL_NO_VALUES);
}

static gboolean
put_account (PurgeSql  *sql,
             gpointer   data,
             GError   **error)
{
  PurgeAccount *account = data;
  PurgeEndpoint *endpoint = purge_account_get_endpoint (account);
  const char *api = purge_enum_to_nick (PURGE_TYPE_API_KIND, purge_account_get_api (account));
  const char *form = purge_enum_to_nick (PURGE_TYPE_FORM, purge_account_get_form (account));
  const char *signature = purge_enum_to_nick (PURGE_TYPE_SIGNATURE_METHOD,
                                              purge_account_get_signature (account));

  return purge_sql_run (sql,
                        "INSERT INTO account (uuid, name, api, endpoint, form, signature,"
                        " daily_quota, key_serial) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
                        " ON CONFLICT (uuid) DO UPDATE SET name = excluded.name,"
                        " api = excluded.api, endpoint = excluded.endpoint, form = excluded.form,"
                        " signature = excluded.signature, daily_quota = excluded.daily_quota,"
                        " key_serial = excluded.key_serial", error,
                        PURGE_SQL_VALUES (PURGE_SQL_TEXT (purge_account_get_uuid (account)),
                                          PURGE_SQL_TEXT (purge_account_get_name (account)),
                                          PURGE_SQL_TEXT (api),
                                          PURGE_SQL_TEXT (endpoint != NULL
                                                            ? purge_endpoint_to_string (endpoint)
                                                            : NULL),
                                          PURGE_SQL_TEXT (form),
                                          PURGE_SQL_TEXT (signature),
                                          PURGE_SQL_INTEGER (purge_account_get_daily_quota (account)),
                                          PURGE_SQL_INTEGER (purge_account_get_key_serial (account))));
}

static gboolean
remove_account (PurgeSql  *sql,
                gpointer   data,
                GError   **error)
{
  if (!purge_sql_run (sql, "DELETE FROM account WHERE uuid = ?", error,
                      PURGE_SQL_VALUES (PURGE_SQL_TEXT (data))))
    return FALSE;

  if (purge_sql_get_n_changed (sql) > 0)
    return TRUE;

  g_set_error_literal (error, PURGE_ERROR, PURGE_ERROR_NOT_FOUND,
                       _("There is no such account any more."));
  return FALSE;
}

/**
 * purge_account_table_list_async:
 * @database: a database
 * @cancellable: (nullable): keeps what has not begun from beginning
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Reads all accounts.
 */
void
purge_account_table_list_async (PurgeDatabase        *database,
                                GCancellable         *cancellable,
                                GAsyncReadyCallback   callback,
                                gpointer              user_data)
{
  g_autoptr (GTask) task = g_task_new (database, cancellable, callback, user_data);
  List *list = g_new0 (List, 1);

  list->accounts = g_ptr_array_new_with_free_func (g_object_unref);
  g_task_set_source_tag (task, purge_account_table_list_async);
  g_task_set_task_data (task, list, list_free);
  purge_database_run (database, g_steal_pointer (&task), PURGE_SQL_READ, list_accounts);
}

/**
 * purge_account_table_list_finish:
 * @database: a database
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer container) (element-type PurgeAccount): the accounts in the order of their
 *   names, or %NULL with %PURGE_ERROR_STORAGE or %PURGE_ERROR_STORAGE_DAMAGED
 */
GPtrArray *
purge_account_table_list_finish (PurgeDatabase  *database,
                                 GAsyncResult   *result,
                                 GError        **error)
{
  List *list;

  g_return_val_if_fail (g_task_is_valid (result, database), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, purge_account_table_list_async), NULL);

  list = g_task_get_task_data (G_TASK (result));
  return g_task_propagate_boolean (G_TASK (result), error) ? g_ptr_array_ref (list->accounts) : NULL;
}

/**
 * purge_account_table_put_async:
 * @database: a database
 * @account: what to store; may be changed as soon as this returns
 * @cancellable: (nullable): keeps what has not begun from beginning
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Stores an account, in the place of the one with its UUID where there is one.
 */
void
purge_account_table_put_async (PurgeDatabase        *database,
                               PurgeAccount         *account,
                               GCancellable         *cancellable,
                               GAsyncReadyCallback   callback,
                               gpointer              user_data)
{
  g_autoptr (GTask) task = g_task_new (database, cancellable, callback, user_data);

  g_task_set_source_tag (task, purge_account_table_put_async);
  g_task_set_task_data (task, purge_account_copy (account), g_object_unref);
  purge_database_run (database, g_steal_pointer (&task), PURGE_SQL_WRITE, put_account);
}

/**
 * purge_account_table_put_finish:
 * @database: a database
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether it is on the disk; if not, %PURGE_ERROR_EXISTS where another account has the
 *   name, %PURGE_ERROR_STORAGE or %PURGE_ERROR_STORAGE_DAMAGED
 */
gboolean
purge_account_table_put_finish (PurgeDatabase  *database,
                                GAsyncResult   *result,
                                GError        **error)
{
  g_autoptr (GError) local_error = NULL;
  PurgeAccount *account;

  g_return_val_if_fail (g_task_is_valid (result, database), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, purge_account_table_put_async), FALSE);

  if (g_task_propagate_boolean (G_TASK (result), &local_error))
    return TRUE;

  account = g_task_get_task_data (G_TASK (result));
  if (g_error_matches (local_error, PURGE_ERROR, PURGE_ERROR_EXISTS))
    g_set_error (error, PURGE_ERROR, PURGE_ERROR_EXISTS,
                 /* Translators: %s is what the person calls an account. */
                 _("There is an account “%s” already. Choose another name."),
                 purge_account_get_name (account));
  else
    g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}

/**
 * purge_account_table_remove_async:
 * @database: a database
 * @uuid: an account
 * @cancellable: (nullable): keeps what has not begun from beginning
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Removes an account. What was submitted through it stays in the journal.
 */
void
purge_account_table_remove_async (PurgeDatabase        *database,
                                  const char           *uuid,
                                  GCancellable         *cancellable,
                                  GAsyncReadyCallback   callback,
                                  gpointer              user_data)
{
  g_autoptr (GTask) task = g_task_new (database, cancellable, callback, user_data);

  g_task_set_source_tag (task, purge_account_table_remove_async);
  g_task_set_task_data (task, g_strdup (uuid), g_free);
  purge_database_run (database, g_steal_pointer (&task), PURGE_SQL_WRITE, remove_account);
}

/**
 * purge_account_table_remove_finish:
 * @database: a database
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether it is gone from the disk; if not, %PURGE_ERROR_NOT_FOUND where there was none,
 *   %PURGE_ERROR_STORAGE or %PURGE_ERROR_STORAGE_DAMAGED
 */
gboolean
purge_account_table_remove_finish (PurgeDatabase  *database,
                                   GAsyncResult   *result,
                                   GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, database), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, purge_account_table_remove_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
