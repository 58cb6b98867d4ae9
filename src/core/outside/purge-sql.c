/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* SQLite, and the only file that knows it. Knows connections, statements and result codes; does not
 * know what is stored. */

#define G_LOG_DOMAIN "purge-sql"
#define _GNU_SOURCE /* memmem() */

#include "config.h"

#include "purge-sql.h"

#include <errno.h>
#include <string.h>

#include <glib/gi18n-lib.h>
#include <sqlite3.h>

#include "purge-error.h"
#include "purge-storage-error.h"

/* How long a writer waits for another one. */
#define BUSY_TIMEOUT_MS 5000

struct _PurgeSql
{
  sqlite3    *connection;
  char       *path;
  GHashTable *statements;
};

struct _PurgeSqlRow
{
  sqlite3_stmt *statement;
};

/* What SQLite says of the disk, as the system says it. */
static int
get_errno (PurgeSql *self,
           int       code)
{
  int errsv = self->connection != NULL ? sqlite3_system_errno (self->connection) : 0;

  switch (code & 0xff)
    {
    case SQLITE_FULL:
      return ENOSPC;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return EROFS;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return EBUSY;
    case SQLITE_NOMEM:
      return ENOMEM;
    case SQLITE_CANTOPEN:
      return errsv != 0 ? errsv : EACCES;
    default:
      return errsv != 0 ? errsv : EIO;
    }
}

static void
set_error (PurgeSql  *self,
           int        code,
           GError   **error)
{
  /* SQLite quotes what it finds in the file, and that may be anything. */
  g_autofree char *message = g_utf8_make_valid (sqlite3_errmsg (self->connection), -1);
  g_autofree char *said = g_strdup_printf ("%s (%d)", message, code);

  g_debug ("%s: %s", self->path, said);
  switch (code & 0xff)
    {
    case SQLITE_ERROR: /* The statements are right: the tables are not what they should be. */
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
    case SQLITE_FORMAT:
    case SQLITE_MISMATCH:
      purge_sql_set_damaged (self, said, error);
      break;
    case SQLITE_CONSTRAINT:
      if (code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY)
        g_set_error_literal (error, PURGE_ERROR, PURGE_ERROR_EXISTS,
                             _("There is one of that name already."));
      else
        purge_sql_set_damaged (self, said, error);
      break;
    default:
      purge_storage_error_set (error, self->path, get_errno (self, code));
    }
}

static void
finalize_statement (gpointer statement)
{
  sqlite3_finalize (statement);
}

static sqlite3_stmt *
get_statement (PurgeSql    *self,
               const char  *text,
               GError     **error)
{
  sqlite3_stmt *statement = g_hash_table_lookup (self->statements, text);
  int code;

  if (statement != NULL)
    {
      g_return_val_if_fail (!sqlite3_stmt_busy (statement), NULL);
      return statement;
    }

  code = sqlite3_prepare_v3 (self->connection, text, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL);
  if (code != SQLITE_OK)
    {
      set_error (self, code, error);
      return NULL;
    }

  /* SQLite has none where a text is empty. */
  g_return_val_if_fail (statement != NULL, NULL);
  g_hash_table_insert (self->statements, g_strdup (text), statement);
  return statement;
}

static int
bind_values (sqlite3_stmt        *statement,
             const PurgeSqlValue *values,
             guint                n_values)
{
  int code = SQLITE_OK;

  for (guint i = 0; i < n_values && code == SQLITE_OK; i++)
    if (values[i].is_integer)
      code = sqlite3_bind_int64 (statement, i + 1, values[i].integer);
    else if (values[i].text != NULL)
      code = sqlite3_bind_text (statement, i + 1, values[i].text, -1, SQLITE_STATIC);
    else
      code = sqlite3_bind_null (statement, i + 1);

  return code;
}

static gboolean
step_statement (PurgeSql         *self,
                sqlite3_stmt     *statement,
                PurgeSqlRowFunc   func,
                gpointer          data,
                GError          **error)
{
  PurgeSqlRow row = { statement };
  int code;

  while ((code = sqlite3_step (statement)) == SQLITE_ROW)
    if (func != NULL && !func (&row, data, error))
      return FALSE;

  if (code == SQLITE_DONE)
    return TRUE;

  set_error (self, sqlite3_extended_errcode (self->connection), error);
  return FALSE;
}

static gboolean
keep_integer (const PurgeSqlRow  *row,
              gpointer            data,
              GError            **error)
{
  gint64 *integer = data;

  *integer = purge_sql_row_get_integer (row, 0);
  return TRUE;
}

static void
roll_back (PurgeSql *self)
{
  g_autoptr (GError) error = NULL;

  /* Where the disk failed, SQLite may have undone the transaction by itself. */
  if (sqlite3_get_autocommit (self->connection))
    return;

  if (!purge_sql_run (self, "ROLLBACK", &error, PURGE_SQL_NO_VALUES))
    g_warning ("%s: a transaction could not be undone: %s", self->path, error->message);
}

/* contains (TEXT, PART): what instr (TEXT, PART) > 0 says, in half the time. As a blob a text comes
 * as it is, without being copied to get a NUL behind it. */
static void
contains_cb (sqlite3_context  *context,
             int               n_values,
             sqlite3_value   **values)
{
  const void *text = sqlite3_value_blob (values[0]);
  const void *part = sqlite3_value_blob (values[1]);

  if (text != NULL && part != NULL)
    sqlite3_result_int (context, memmem (text, sqlite3_value_bytes (values[0]),
                                         part, sqlite3_value_bytes (values[1])) != NULL);
}

/**
 * purge_sql_open:
 * @path: an existing file without links in its path, or `:memory:`
 * @error: return location for an error
 *
 * Opens a connection. Touches no more than it must: whether the file is a database shows when the
 * first statement runs. What a damaged file could make SQLite do beyond reading is switched off, and
 * so is what SQLite does when the last connection ends, until purge_sql_set_tidy(). Statements have
 * SQLite's functions, and `contains (TEXT, PART)`, byte for byte, which is NULL where one of them is
 * empty.
 *
 * Returns: (transfer full): the connection, or %NULL with %PURGE_ERROR_STORAGE
 */
PurgeSql *
purge_sql_open (const char  *path,
                GError     **error)
{
  g_autoptr (PurgeSql) self = g_new0 (PurgeSql, 1);
  int code;

  g_return_val_if_fail (path != NULL, NULL);

  self->path = g_strdup (path);
  self->statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, finalize_statement);
  code = sqlite3_open_v2 (path, &self->connection,
                          SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW |
                          SQLITE_OPEN_EXRESCODE, NULL);
  if (code != SQLITE_OK)
    {
      set_error (self, code, error);
      return NULL;
    }

  /* SQLite falls back to reading alone, silently. */
  if (sqlite3_db_readonly (self->connection, "main") == 1)
    {
      purge_storage_error_set (error, path, EROFS);
      return NULL;
    }

  code = sqlite3_create_function (self->connection, "contains", 2,
                                  SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, NULL,
                                  contains_cb, NULL, NULL);
  if (code != SQLITE_OK)
    {
      set_error (self, code, error);
      return NULL;
    }

  sqlite3_busy_timeout (self->connection, BUSY_TIMEOUT_MS);
  sqlite3_db_config (self->connection, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (self->connection, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config (self->connection, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  return g_steal_pointer (&self);
}

/**
 * purge_sql_close:
 * @self: (transfer full): a connection that is in no transaction
 *
 * Closes the connection.
 */
void
purge_sql_close (PurgeSql *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->statements);
  if (sqlite3_close (self->connection) != SQLITE_OK)
    g_warning ("%s: not closed: %s", self->path, sqlite3_errmsg (self->connection));
  g_free (self->path);
  g_free (self);
}

/**
 * purge_sql_set_tidy:
 * @self: a connection to a file that is sound
 *
 * From now on the write-ahead log is put into the file and deleted when the last connection ends.
 */
void
purge_sql_set_tidy (PurgeSql *self)
{
  g_return_if_fail (self != NULL);

  sqlite3_db_config (self->connection, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, NULL);
}

/**
 * purge_sql_set_lenient:
 * @self: a connection to a damaged file that is only read
 *
 * Overlooks that the file is too short and that tables are described wrongly, so that the other
 * tables and pages can be read.
 */
void
purge_sql_set_lenient (PurgeSql *self)
{
  g_return_if_fail (self != NULL);

  sqlite3_db_config (self->connection, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL);
  sqlite3_db_config (self->connection, SQLITE_DBCONFIG_WRITABLE_SCHEMA, 1, NULL);
}

/**
 * purge_sql_get_path:
 * @self: a connection
 *
 * Returns: (transfer none): the file it is to
 */
const char *
purge_sql_get_path (PurgeSql *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->path;
}

/**
 * purge_sql_transact:
 * @self: a connection that is in no transaction
 * @access: whether @func writes
 * @func: what to do
 * @data: for @func
 * @error: return location for an error
 *
 * Does something wholly or not at all. When this has returned %TRUE, what was written is on the disk,
 * if the connection was made durable before.
 *
 * Returns: whether it was done; if not, the error of @func or that of the transaction
 */
gboolean
purge_sql_transact (PurgeSql              *self,
                    PurgeSqlAccess         access,
                    PurgeSqlTransactFunc   func,
                    gpointer               data,
                    GError               **error)
{
  const char *begin = access == PURGE_SQL_WRITE ? "BEGIN IMMEDIATE" : "BEGIN";

  g_return_val_if_fail (self != NULL, FALSE);

  if (!purge_sql_run (self, begin, error, PURGE_SQL_NO_VALUES))
    return FALSE;

  if (func (self, data, error) && purge_sql_run (self, "COMMIT", error, PURGE_SQL_NO_VALUES))
    return TRUE;

  roll_back (self);
  return FALSE;
}

/* Returns: whether the transaction is still there, with this step in it or without it. */
static gboolean
take_step (PurgeSql     *self,
           PurgeSqlStep *step)
{
  if (purge_sql_run (self, "SAVEPOINT step", &step->error, PURGE_SQL_NO_VALUES) &&
      step->func (self, step->data, &step->error) &&
      purge_sql_run (self, "RELEASE step", &step->error, PURGE_SQL_NO_VALUES))
    return TRUE;

  return !sqlite3_get_autocommit (self->connection) &&
         purge_sql_run (self, "ROLLBACK TO step", NULL, PURGE_SQL_NO_VALUES) &&
         purge_sql_run (self, "RELEASE step", NULL, PURGE_SQL_NO_VALUES);
}

static void
fail_steps (PurgeSqlStep *steps,
            guint         n_steps,
            const GError *error)
{
  for (guint i = 0; i < n_steps; i++)
    if (steps[i].error == NULL)
      steps[i].error = g_error_copy (error);
}

/* What those are told that were to be written with the step that lost the transaction: what was wrong
 * with that one is not what is wrong with them, unless it was the disk. */
static void
set_lost (PurgeSql      *self,
          GError       **error,
          const GError  *reason)
{
  if (g_error_matches (reason, PURGE_ERROR, PURGE_ERROR_STORAGE) ||
      g_error_matches (reason, PURGE_ERROR, PURGE_ERROR_STORAGE_DAMAGED))
    *error = g_error_copy (reason);
  else
    purge_storage_error_set (error, self->path, EIO);
}

/* Returns: how many steps this was the end of, well or not: where the transaction was lost, those
 * before and the one that lost it. */
static guint
write_together (PurgeSql     *self,
                PurgeSqlStep *steps,
                guint         n_steps)
{
  g_autoptr (GError) error = NULL;

  if (!purge_sql_run (self, "BEGIN IMMEDIATE", &error, PURGE_SQL_NO_VALUES))
    {
      fail_steps (steps, n_steps, error);
      return n_steps;
    }

  for (guint i = 0; i < n_steps; i++)
    if (!take_step (self, &steps[i]))
      {
        roll_back (self);
        set_lost (self, &error, steps[i].error);
        fail_steps (steps, i + 1, error);
        return i + 1;
      }

  if (!purge_sql_run (self, "COMMIT", &error, PURGE_SQL_NO_VALUES))
    {
      roll_back (self);
      fail_steps (steps, n_steps, error);
    }

  return n_steps;
}

/**
 * purge_sql_write_steps:
 * @self: a connection that is in no transaction
 * @steps: (array length=n_steps) (inout): what to do
 * @n_steps: how many
 *
 * Does several things one after the other, each of them wholly or not at all, and waits for the disk
 * once: what one step takes from it, twenty take. A step that fails is undone, and leaves the others
 * alone; where the disk fails, so do those that were to be written with it. Each step is tried once.
 */
void
purge_sql_write_steps (PurgeSql     *self,
                       PurgeSqlStep *steps,
                       guint         n_steps)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (steps != NULL || n_steps == 0);

  for (guint n_done = 0; n_done < n_steps;)
    n_done += write_together (self, steps + n_done, n_steps - n_done);
}

/**
 * purge_sql_run:
 * @self: a connection
 * @text: one statement
 * @error: return location for an error
 * @values: (array length=n_values): what the `?` in it stand for
 * @n_values: how many
 *
 * Runs a statement whose rows, if any, are of no interest.
 *
 * Returns: whether it ran; if not, %PURGE_ERROR_STORAGE, %PURGE_ERROR_STORAGE_DAMAGED, or
 *   %PURGE_ERROR_EXISTS where a value that has to be unique was there already
 */
gboolean
purge_sql_run (PurgeSql             *self,
               const char           *text,
               GError              **error,
               const PurgeSqlValue  *values,
               guint                 n_values)
{
  return purge_sql_query (self, text, NULL, NULL, error, values, n_values);
}

/**
 * purge_sql_query:
 * @self: a connection
 * @text: one statement; it is kept ready for the next time
 * @func: (nullable) (scope call): called once a row; must not run the same @text
 * @data: for @func
 * @error: return location for an error
 * @values: (array length=n_values): what the `?` in it stand for
 * @n_values: how many
 *
 * Runs a statement and hands out its rows.
 *
 * Returns: whether it ran to its end; if not, the error of @func or those of purge_sql_run()
 */
gboolean
purge_sql_query (PurgeSql             *self,
                 const char           *text,
                 PurgeSqlRowFunc       func,
                 gpointer              data,
                 GError              **error,
                 const PurgeSqlValue  *values,
                 guint                 n_values)
{
  sqlite3_stmt *statement;
  gboolean ran;
  int code;

  g_return_val_if_fail (self != NULL, FALSE);

  statement = get_statement (self, text, error);
  if (statement == NULL)
    return FALSE;

  code = bind_values (statement, values, n_values);
  if (code == SQLITE_OK)
    ran = step_statement (self, statement, func, data, error);
  else
    {
      set_error (self, code, error);
      ran = FALSE;
    }

  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);
  return ran;
}

/**
 * purge_sql_query_integer:
 * @self: a connection
 * @text: one statement
 * @integer: (out): the first column of its last row; left alone where there is no row
 * @error: return location for an error
 * @values: (array length=n_values): what the `?` in it stand for
 * @n_values: how many
 *
 * Returns: as purge_sql_query()
 */
gboolean
purge_sql_query_integer (PurgeSql             *self,
                         const char           *text,
                         gint64               *integer,
                         GError              **error,
                         const PurgeSqlValue  *values,
                         guint                 n_values)
{
  return purge_sql_query (self, text, keep_integer, integer, error, values, n_values);
}

/**
 * purge_sql_get_n_changed:
 * @self: a connection
 *
 * Returns: how many rows the last INSERT, UPDATE or DELETE changed
 */
guint
purge_sql_get_n_changed (PurgeSql *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return sqlite3_changes (self->connection);
}

/**
 * purge_sql_get_last_id:
 * @self: a connection
 *
 * Returns: the id of the row that was inserted last
 */
gint64
purge_sql_get_last_id (PurgeSql *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return sqlite3_last_insert_rowid (self->connection);
}

/**
 * purge_sql_row_is_null:
 * @row: a row
 * @column: from 0
 *
 * Returns: whether there is nothing
 */
gboolean
purge_sql_row_is_null (const PurgeSqlRow *row,
                       guint              column)
{
  g_return_val_if_fail (row != NULL, TRUE);

  return sqlite3_column_type (row->statement, column) == SQLITE_NULL;
}

/**
 * purge_sql_row_get_integer:
 * @row: a row
 * @column: from 0
 *
 * Returns: the number there, 0 for NULL
 */
gint64
purge_sql_row_get_integer (const PurgeSqlRow *row,
                           guint              column)
{
  g_return_val_if_fail (row != NULL, 0);

  return sqlite3_column_int64 (row->statement, column);
}

/**
 * purge_sql_row_get_text:
 * @row: a row
 * @column: from 0
 *
 * Returns: (transfer none) (nullable): the text there until the function that was given the row
 *   returns, %NULL for NULL
 */
const char *
purge_sql_row_get_text (const PurgeSqlRow *row,
                        guint              column)
{
  g_return_val_if_fail (row != NULL, NULL);

  return (const char *) sqlite3_column_text (row->statement, column);
}

/**
 * purge_sql_set_damaged:
 * @self: a connection
 * @what: what is wrong, for developers
 * @error: (out) (optional): return location
 *
 * Sets %PURGE_ERROR_STORAGE_DAMAGED with a translated sentence that says what to do.
 */
void
purge_sql_set_damaged (PurgeSql    *self,
                       const char  *what,
                       GError     **error)
{
  g_autofree char *name = g_filename_display_name (self->path);

  g_set_error (error, PURGE_ERROR, PURGE_ERROR_STORAGE_DAMAGED,
               /* Translators: the first %s is a file name, the second technical English. */
               _("The database “%s” is damaged: %s. Restore it from a backup, or move it away to "
                 "start with an empty one."), name, what);
}
