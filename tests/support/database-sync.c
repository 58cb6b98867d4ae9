/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* A database used synchronously, and rows to put into it. */

#include "database-sync.h"

#include "await.h"

gboolean
database_sync_open (PurgeDatabase  *database,
                    GError        **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  purge_database_open_async (database, NULL, await_cb, &result);
  return purge_database_open_finish (database, await (&result), error);
}

PurgeDatabase *
database_sync_new (const char *path)
{
  PurgeDatabase *database = purge_database_new (path);
  g_autoptr (GError) error = NULL;

  database_sync_open (database, &error);
  g_assert_no_error (error);
  return database;
}

void
database_sync_start (PurgeDatabase         *database,
                     PurgeSqlAccess         access,
                     PurgeSqlTransactFunc   func,
                     gpointer               data,
                     GCancellable          *cancellable,
                     GAsyncResult         **result)
{
  GTask *task = g_task_new (database, cancellable, await_cb, result);

  g_task_set_task_data (task, data, NULL);
  purge_database_run (database, task, access, func);
}

gboolean
database_sync_finish (PurgeDatabase  *database,
                      GAsyncResult   *result,
                      GError        **error)
{
  g_assert_true (g_task_is_valid (result, database));
  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
database_sync_run (PurgeDatabase         *database,
                   PurgeSqlAccess         access,
                   PurgeSqlTransactFunc   func,
                   gpointer               data,
                   GError               **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  database_sync_start (database, access, func, data, NULL, &result);
  return database_sync_finish (database, await (&result), error);
}

/* @data is its name. */
gboolean
sample_insert (PurgeSql  *sql,
               gpointer   data,
               GError   **error)
{
  g_autofree char *uuid = g_uuid_string_random ();

  return purge_sql_run (sql,
                        "INSERT INTO account (uuid, name, api, form, signature, daily_quota,"
                        " key_serial) VALUES (?, ?, '2.0', 'post', 'HmacSHA256', 100, 1)", error,
                        PURGE_SQL_VALUES (PURGE_SQL_TEXT (uuid), PURGE_SQL_TEXT (data)));
}

void
sample_add (PurgeDatabase *database,
            const char    *name)
{
  g_autoptr (GError) error = NULL;

  database_sync_run (database, PURGE_SQL_WRITE, sample_insert, (gpointer) name, &error);
  g_assert_no_error (error);
}

gboolean
sample_count (PurgeSql  *sql,
              gpointer   data,
              GError   **error)
{
  return purge_sql_query_integer (sql, "SELECT count(*) FROM account", data, error,
                                  PURGE_SQL_NO_VALUES);
}

gint64
sample_get_n (PurgeDatabase *database)
{
  g_autoptr (GError) error = NULL;
  gint64 n = -1;

  database_sync_run (database, PURGE_SQL_READ, sample_count, &n, &error);
  g_assert_no_error (error);
  return n;
}
