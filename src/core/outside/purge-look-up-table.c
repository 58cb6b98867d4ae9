/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Look-ups, and whose a record of the vendor's log is, as rows. Knows columns, and which batches
 * could be taken for one another; does not know what a log looks like. */

#define G_LOG_DOMAIN "purge-look-up-table"

#include "config.h"

#include "purge-look-up-table.h"

#include <glib/gi18n-lib.h>

#include "purge-error.h"

static gboolean
append_record (const PurgeSqlRow  *row,
               gpointer            data,
               GError            **error)
{
  g_strv_builder_add (data, purge_sql_row_get_text (row, 0));
  return TRUE;
}

/* Those of the batch itself, or those of all others of its account. */
static gboolean
list_claims (PurgeSql  *sql,
             gint64     batch_id,
             gboolean   own,
             GStrv     *records,
             GError   **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (!purge_sql_query (sql,
                        "SELECT record FROM claim WHERE account_uuid ="
                        " (SELECT account_uuid FROM batch WHERE id = ?)"
                        " AND (batch_id = ?) = ? ORDER BY record",
                        append_record, builder, error,
                        PURGE_SQL_VALUES (PURGE_SQL_INTEGER (batch_id),
                                          PURGE_SQL_INTEGER (batch_id),
                                          PURGE_SQL_INTEGER (own))))
    return FALSE;

  *records = g_strv_builder_end (builder);
  return TRUE;
}

/**
 * purge_look_up_table_list_claims:
 * @sql: the database
 * @batch_id: a batch
 * @own: (out) (transfer full): the ids of the records that are known to be the batch
 * @records: (out) (transfer full): the ids of all records that are known to be another batch of its
 *   account
 * @error: return location for an error
 *
 * Returns: as purge_sql_run()
 */
gboolean
purge_look_up_table_list_claims (PurgeSql  *sql,
                                 gint64     batch_id,
                                 GStrv     *own,
                                 GStrv     *records,
                                 GError   **error)
{
  return list_claims (sql, batch_id, TRUE, own, error) &&
         list_claims (sql, batch_id, FALSE, records, error);
}

/**
 * purge_look_up_table_count_rivals:
 * @sql: the database
 * @batch_id: a batch
 * @since: UNIX seconds
 * @until: UNIX seconds
 * @n_rivals: (out): how many other batches of its account of its kind went out with a timestamp
 *   in [@since, @until] for exactly the same directories, may have been executed, and have no record
 *   that is known to be theirs
 * @error: return location for an error
 *
 * Rivals are what a record with these directories could belong to instead. What is not known to have
 * been executed is one too: to take its record for that of @batch_id would be a success that is none.
 *
 * Returns: as purge_sql_run()
 */
gboolean
purge_look_up_table_count_rivals (PurgeSql  *sql,
                                  gint64     batch_id,
                                  gint64     since,
                                  gint64     until,
                                  guint     *n_rivals,
                                  GError   **error)
{
  gint64 count = 0;

  if (!purge_sql_query_integer (sql,
                                "SELECT count(*) FROM batch AS rival JOIN batch AS own"
                                " ON rival.account_uuid = own.account_uuid AND rival.id != own.id"
                                " AND rival.kind = own.kind"
                                " WHERE own.id = ? AND rival.timestamp >= ? AND rival.timestamp <= ?"
                                " AND rival.state IN ('sending', 'unknown', 'superseded',"
                                " 'accepted', 'done', 'failed')"
                                " AND NOT EXISTS (SELECT 1 FROM claim WHERE batch_id = rival.id)"
                                " AND NOT EXISTS"
                                " (SELECT directory FROM entry WHERE batch_id = rival.id EXCEPT"
                                " SELECT directory FROM entry WHERE batch_id = own.id)"
                                " AND NOT EXISTS"
                                " (SELECT directory FROM entry WHERE batch_id = own.id EXCEPT"
                                " SELECT directory FROM entry WHERE batch_id = rival.id)",
                                &count, error,
                                PURGE_SQL_VALUES (PURGE_SQL_INTEGER (batch_id),
                                                  PURGE_SQL_INTEGER (since),
                                                  PURGE_SQL_INTEGER (until))))
    return FALSE;

  *n_rivals = count;
  return TRUE;
}

/**
 * purge_look_up_table_list_others:
 * @sql: the database
 * @batch_id: a batch
 * @since: UNIX seconds
 * @until: UNIX seconds
 * @directories: (out) (transfer full): what other batches of its account and kind hold that went out with a
 *   timestamp in [@since, @until] and may have been executed
 * @error: return location for an error
 *
 * What the log has of these directories is explained without @batch_id.
 *
 * Returns: as purge_sql_run()
 */
gboolean
purge_look_up_table_list_others (PurgeSql  *sql,
                                 gint64     batch_id,
                                 gint64     since,
                                 gint64     until,
                                 GStrv     *directories,
                                 GError   **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (!purge_sql_query (sql,
                        "SELECT DISTINCT directory FROM batch AS other JOIN batch AS own"
                        " ON other.account_uuid = own.account_uuid AND other.id != own.id"
                        " AND other.kind = own.kind"
                        " JOIN entry ON entry.batch_id = other.id"
                        " WHERE own.id = ? AND other.timestamp >= ? AND other.timestamp <= ?"
                        " AND other.state IN ('sending', 'unknown', 'superseded',"
                        " 'accepted', 'done', 'failed')"
                        " AND directory NOT IN (SELECT directory FROM entry WHERE batch_id = own.id)",
                        append_record, builder, error,
                        PURGE_SQL_VALUES (PURGE_SQL_INTEGER (batch_id),
                                          PURGE_SQL_INTEGER (since),
                                          PURGE_SQL_INTEGER (until))))
    return FALSE;

  *directories = g_strv_builder_end (builder);
  return TRUE;
}

/**
 * purge_look_up_table_add:
 * @sql: the database
 * @batch_id: a batch that is there
 * @found: whether it was found
 * @failure: (nullable): why there was nothing to go by
 * @now: UNIX seconds
 * @error: return location for an error
 *
 * Stores that a batch was looked up.
 *
 * Returns: as purge_sql_run()
 */
gboolean
purge_look_up_table_add (PurgeSql            *sql,
                         gint64               batch_id,
                         gboolean             found,
                         const PurgeOutcome  *failure,
                         gint64               now,
                         GError             **error)
{
  const char *cause = failure != NULL ? purge_cause_to_string (failure->cause) : NULL;

  return purge_sql_run (sql,
                        "INSERT INTO look_up (batch_id, time, found, cause, http_status)"
                        " VALUES (?, ?, ?, ?, ?)", error,
                        PURGE_SQL_VALUES (PURGE_SQL_INTEGER (batch_id),
                                          PURGE_SQL_INTEGER (now),
                                          PURGE_SQL_INTEGER (found),
                                          PURGE_SQL_TEXT (cause),
                                          PURGE_SQL_INTEGER (failure != NULL
                                                               ? failure->http_status : 0)));
}

static gboolean
claim_record (PurgeSql    *sql,
              gint64       batch_id,
              const char  *record,
              GError     **error)
{
  return purge_sql_run (sql,
                        "INSERT INTO claim (account_uuid, record, batch_id)"
                        " SELECT account_uuid, ?, id FROM batch WHERE id = ? AND NOT EXISTS"
                        " (SELECT 1 FROM claim WHERE claim.account_uuid = batch.account_uuid"
                        " AND record = ? AND batch_id = batch.id)", error,
                        PURGE_SQL_VALUES (PURGE_SQL_TEXT (record), PURGE_SQL_INTEGER (batch_id),
                                          PURGE_SQL_TEXT (record)));
}

/**
 * purge_look_up_table_claim:
 * @sql: the database
 * @batch_id: a batch that is there
 * @records: (array zero-terminated=1): the ids of the records that are the batch
 * @error: return location for an error
 *
 * Claims records for a batch, which may have claimed them before, and keeps the first as its task
 * where it knows none.
 *
 * Returns: whether they are its own; if not, %PURGE_ERROR_EXISTS where one is another batch's, or the
 *   errors of purge_sql_run()
 */
gboolean
purge_look_up_table_claim (PurgeSql            *sql,
                           gint64               batch_id,
                           const char * const  *records,
                           GError             **error)
{
  g_autoptr (GError) local_error = NULL;
  gboolean claimed = TRUE;

  for (guint i = 0; claimed && records[i] != NULL; i++)
    claimed = claim_record (sql, batch_id, records[i], &local_error);

  if (claimed)
    return purge_sql_run (sql, "UPDATE batch SET task_id = ? WHERE id = ? AND task_id IS NULL", error,
                          PURGE_SQL_VALUES (PURGE_SQL_TEXT (records[0]),
                                            PURGE_SQL_INTEGER (batch_id)));

  if (g_error_matches (local_error, PURGE_ERROR, PURGE_ERROR_EXISTS))
    g_set_error_literal (error, PURGE_ERROR, PURGE_ERROR_EXISTS,
                         _("Another request was found in the same record of Tencent’s log. Check "
                           "again."));
  else
    g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}
