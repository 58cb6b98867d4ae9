/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What went out for a batch, as rows. Knows columns, and that a request goes again once at most;
 * what the batch is after that is known elsewhere. */

#define G_LOG_DOMAIN "purge-attempt-table"

#include "config.h"

#include "purge-attempt-table.h"

#include <glib/gi18n-lib.h>

#include "purge-batch-table.h"
#include "purge-enum.h"
#include "purge-error.h"

typedef struct {
  PurgeSql         *sql;
  PurgeBatchRecord *batch;
} Load;

enum {
  COLUMN_NUMBER,
  COLUMN_KIND,
  COLUMN_NONCE,
  COLUMN_TIMESTAMP,
  COLUMN_API,
  COLUMN_ENDPOINT,
  COLUMN_FORM,
  COLUMN_SIGNATURE,
  COLUMN_KEY_SERIAL,
  COLUMN_STARTED,
};

static gboolean
read_nick (Load               *load,
           const PurgeSqlRow  *row,
           guint               column,
           GType               type,
           int                *value,
           GError            **error)
{
  if (purge_enum_from_nick (type, purge_sql_row_get_text (row, column), value))
    return TRUE;

  purge_sql_set_damaged (load->sql, "a request of an unknown kind", error);
  return FALSE;
}

static gboolean
read_attempt (const PurgeSqlRow  *row,
              gpointer            data,
              GError            **error)
{
  Load *load = data;
  PurgeBatchRecord *batch = load->batch;
  int api;
  int form;
  int signature;

  if (g_strcmp0 (purge_sql_row_get_text (row, COLUMN_KIND), "again") == 0)
    {
      batch->sent_again = TRUE;
      return TRUE;
    }

  if (!read_nick (load, row, COLUMN_API, PURGE_TYPE_API_KIND, &api, error) ||
      !read_nick (load, row, COLUMN_FORM, PURGE_TYPE_FORM, &form, error) ||
      !read_nick (load, row, COLUMN_SIGNATURE, PURGE_TYPE_SIGNATURE_METHOD, &signature, error))
    return FALSE;

  g_clear_pointer (&batch->attempt, purge_attempt_free);
  batch->n_attempts++;
  batch->attempt = g_new0 (PurgeAttempt, 1);
  batch->attempt->number = purge_sql_row_get_integer (row, COLUMN_NUMBER);
  batch->attempt->nonce = (guint64) purge_sql_row_get_integer (row, COLUMN_NONCE);
  batch->attempt->timestamp = purge_sql_row_get_integer (row, COLUMN_TIMESTAMP);
  batch->attempt->api = api;
  batch->attempt->endpoint = g_strdup (purge_sql_row_get_text (row, COLUMN_ENDPOINT));
  batch->attempt->form = form;
  batch->attempt->signature = signature;
  batch->attempt->key_serial = purge_sql_row_get_integer (row, COLUMN_KEY_SERIAL);
  batch->attempt->started = purge_sql_row_get_integer (row, COLUMN_STARTED);
  return TRUE;
}

/**
 * purge_attempt_table_begin:
 * @sql: the database
 * @batch_id: a batch that is there
 * @attempt: the request that is about to go out; its number is not looked at
 * @error: return location for an error
 *
 * Stores a request that is about to go out.
 *
 * Returns: whether it is stored; if not, %PURGE_ERROR_EXISTS where a request of the account had that
 *   nonce with that timestamp, or the errors of purge_sql_run()
 */
gboolean
purge_attempt_table_begin (PurgeSql            *sql,
                           gint64               batch_id,
                           const PurgeAttempt  *attempt,
                           GError             **error)
{
  const char *api = purge_enum_to_nick (PURGE_TYPE_API_KIND, attempt->api);
  const char *form = purge_enum_to_nick (PURGE_TYPE_FORM, attempt->form);
  const char *signature = purge_enum_to_nick (PURGE_TYPE_SIGNATURE_METHOD, attempt->signature);

  return purge_sql_run (sql,
                        "INSERT INTO attempt (batch_id, number, kind, account_uuid, nonce,"
                        " timestamp, api, endpoint, form, signature, key_serial, started)"
                        " SELECT id, (SELECT COALESCE (max (number), 0) + 1 FROM attempt"
                        " WHERE batch_id = batch.id), 'send', account_uuid, ?, ?, ?, ?, ?, ?, ?, ?"
                        " FROM batch WHERE id = ?", error,
                        PURGE_SQL_VALUES (PURGE_SQL_INTEGER ((gint64) attempt->nonce),
                                          PURGE_SQL_INTEGER (attempt->timestamp),
                                          PURGE_SQL_TEXT (api),
                                          PURGE_SQL_TEXT (attempt->endpoint),
                                          PURGE_SQL_TEXT (form),
                                          PURGE_SQL_TEXT (signature),
                                          PURGE_SQL_INTEGER (attempt->key_serial),
                                          PURGE_SQL_INTEGER (attempt->started),
                                          PURGE_SQL_INTEGER (batch_id)));
}

/**
 * purge_attempt_table_begin_again:
 * @sql: the database
 * @batch_id: a batch that is unknown
 * @now: UNIX seconds
 * @error: return location for an error
 *
 * Stores that the last request of a batch is about to go out again, byte for byte.
 *
 * Returns: whether it is stored; if not, %PURGE_ERROR_EXISTS where it went again before,
 *   %PURGE_ERROR_NOT_FOUND where it is not known, or the errors of purge_sql_run()
 */
gboolean
purge_attempt_table_begin_again (PurgeSql  *sql,
                                 gint64     batch_id,
                                 gint64     now,
                                 GError   **error)
{
  g_autoptr (GError) local_error = NULL;

  if (purge_sql_run (sql,
                     "INSERT INTO attempt (batch_id, number, kind, account_uuid, nonce, timestamp,"
                     " api, endpoint, form, signature, key_serial, started)"
                     " SELECT batch_id, number + 1, 'again', account_uuid, nonce, timestamp, api,"
                     " endpoint, form, signature, key_serial, ? FROM attempt"
                     " WHERE batch_id = ? AND kind = 'send' ORDER BY number DESC LIMIT 1",
                     &local_error,
                     PURGE_SQL_VALUES (PURGE_SQL_INTEGER (now), PURGE_SQL_INTEGER (batch_id))))
    {
      if (purge_sql_get_n_changed (sql) == 1)
        return TRUE;

      purge_batch_table_set_moved_on (error);
    }
  else if (g_error_matches (local_error, PURGE_ERROR, PURGE_ERROR_EXISTS))
    g_set_error_literal (error, PURGE_ERROR, PURGE_ERROR_EXISTS,
                         _("The request was sent again already. Check what became of it."));
  else
    g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}

static gboolean
end_attempt (PurgeSql            *sql,
             gint64               batch_id,
             const char          *kind,
             const PurgeOutcome  *outcome,
             gint64               now,
             GError             **error)
{
  return purge_sql_run (sql,
                        "UPDATE attempt SET ended = ?, cause = ?, http_status = ?, detail = ?"
                        " WHERE batch_id = ? AND kind = ? AND ended IS NULL AND cause IS NULL", error,
                        PURGE_SQL_VALUES (PURGE_SQL_INTEGER (now),
                                          PURGE_SQL_TEXT (purge_cause_to_string (outcome->cause)),
                                          PURGE_SQL_INTEGER (outcome->http_status),
                                          PURGE_SQL_TEXT (outcome->detail),
                                          PURGE_SQL_INTEGER (batch_id),
                                          PURGE_SQL_TEXT (kind)));
}

/**
 * purge_attempt_table_end:
 * @sql: the database
 * @batch_id: a batch
 * @outcome: what became of the request
 * @now: UNIX seconds
 * @error: return location for an error
 *
 * Closes the request of a batch that is open. There need not be one: what a look-up found belongs to
 * none.
 *
 * Returns: as purge_sql_run()
 */
gboolean
purge_attempt_table_end (PurgeSql            *sql,
                         gint64               batch_id,
                         const PurgeOutcome  *outcome,
                         gint64               now,
                         GError             **error)
{
  return end_attempt (sql, batch_id, "send", outcome, now, error);
}

/**
 * purge_attempt_table_end_again:
 * @sql: the database
 * @batch_id: a batch whose request went again
 * @outcome: what became of that
 * @now: UNIX seconds
 * @error: return location for an error
 *
 * Returns: whether the request is closed; if not, %PURGE_ERROR_NOT_FOUND where none went again or it
 *   was closed before, or the errors of purge_sql_run()
 */
gboolean
purge_attempt_table_end_again (PurgeSql            *sql,
                               gint64               batch_id,
                               const PurgeOutcome  *outcome,
                               gint64               now,
                               GError             **error)
{
  if (!end_attempt (sql, batch_id, "again", outcome, now, error))
    return FALSE;

  if (purge_sql_get_n_changed (sql) == 1)
    return TRUE;

  purge_batch_table_set_moved_on (error);
  return FALSE;
}

/**
 * purge_attempt_table_abandon:
 * @sql: the database
 * @lease: the lease of an instance that is dead
 * @error: return location for an error
 *
 * Closes the requests that it was sending, of which nobody knows when they ended.
 *
 * Returns: as purge_sql_run()
 */
gboolean
purge_attempt_table_abandon (PurgeSql  *sql,
                             gint64     lease,
                             GError   **error)
{
  const char *cause = purge_cause_to_string (PURGE_CAUSE_PROGRAM_ENDED);
  const char *sending = purge_batch_state_to_string (PURGE_BATCH_SENDING);

  return purge_sql_run (sql,
                        "UPDATE attempt SET cause = ? WHERE ended IS NULL AND cause IS NULL"
                        " AND batch_id IN (SELECT id FROM batch WHERE state = ? AND lease = ?)", error,
                        PURGE_SQL_VALUES (PURGE_SQL_TEXT (cause), PURGE_SQL_TEXT (sending),
                                          PURGE_SQL_INTEGER (lease)));
}

/**
 * purge_attempt_table_load:
 * @sql: the database
 * @batch: a batch with its id
 * @error: return location for an error
 *
 * Fills in the last request of @batch, how many there were, and whether it was sent again.
 *
 * Returns: as purge_sql_run()
 */
gboolean
purge_attempt_table_load (PurgeSql          *sql,
                          PurgeBatchRecord  *batch,
                          GError           **error)
{
  Load load = { sql, batch };

  return purge_sql_query (sql,
                          "SELECT number, kind, nonce, timestamp, api, endpoint, form, signature,"
                          " key_serial, started FROM attempt WHERE batch_id = ? ORDER BY number",
                          read_attempt, &load, error,
                          PURGE_SQL_VALUES (PURGE_SQL_INTEGER (batch->id)));
}
