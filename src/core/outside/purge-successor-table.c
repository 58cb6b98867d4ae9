/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* A batch that is made of an earlier one, which a person asked for. Knows columns, and which
 * batches may have a successor; sends nothing. */

#define G_LOG_DOMAIN "purge-successor-table"

#include "config.h"

#include "purge-successor-table.h"

#include <glib/gi18n-lib.h>

#include "purge-batch-table.h"
#include "purge-error.h"

/* What the server refused or did not finish stays what it is; what may have been executed is given
 * up for the new batch. */
static gboolean
leave_parent (PurgeSql  *sql,
              gint64     batch_id,
              gint64     now,
              GError   **error)
{
  PurgeBatchState from;
  PurgeBatchState to;

  if (!purge_batch_table_get_state (sql, batch_id, &from, error))
    return FALSE;

  if (from == PURGE_BATCH_REJECTED || from == PURGE_BATCH_FAILED)
    return TRUE;

  if (!purge_batch_state_move (from, PURGE_BATCH_EVENT_RESUBMITTED, &to))
    {
      purge_batch_table_set_moved_on (error);
      return FALSE;
    }

  return purge_sql_run (sql, "UPDATE batch SET state = ?, resolved = ? WHERE id = ?", error,
                        PURGE_SQL_VALUES (PURGE_SQL_TEXT (purge_batch_state_to_string (to)),
                                          PURGE_SQL_INTEGER (now),
                                          PURGE_SQL_INTEGER (batch_id)));
}

static gboolean
insert_successor (PurgeSql  *sql,
                  gint64     submission_id,
                  gint64     batch_id,
                  GError   **error)
{
  const char *waiting = purge_batch_state_to_string (PURGE_BATCH_WAITING);
  g_autoptr (GError) local_error = NULL;

  if (purge_sql_run (sql,
                     "INSERT INTO batch (submission_id, account_uuid, number, state, kind, parent_id)"
                     " SELECT submission_id, account_uuid, (SELECT max (number) + 1 FROM batch"
                     " AS other WHERE other.submission_id = batch.submission_id), ?, kind, id"
                     " FROM batch WHERE id = ? AND submission_id = ?", &local_error,
                     PURGE_SQL_VALUES (PURGE_SQL_TEXT (waiting),
                                       PURGE_SQL_INTEGER (batch_id),
                                       PURGE_SQL_INTEGER (submission_id))))
    {
      if (purge_sql_get_n_changed (sql) == 1)
        return TRUE;

      purge_batch_table_set_moved_on (error);
    }
  else if (g_error_matches (local_error, PURGE_ERROR, PURGE_ERROR_EXISTS))
    g_set_error_literal (error, PURGE_ERROR, PURGE_ERROR_EXISTS,
                         _("The request was made anew already. Load the submission again to see "
                           "what became of that."));
  else
    g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}

/**
 * purge_successor_table_add:
 * @sql: the database
 * @submission_id: a submission
 * @batch_id: a batch of it that was rejected, failed or is unknown, and has no successor
 * @now: UNIX seconds
 * @error: return location for an error
 *
 * Makes a waiting batch of the same directories, as the last of the submission. What was unknown is
 * superseded by that.
 *
 * Returns: whether it is made; if not, %PURGE_ERROR_EXISTS where there is a successor,
 *   %PURGE_ERROR_NOT_FOUND where no such batch is in such a state, or the errors of purge_sql_run()
 */
gboolean
purge_successor_table_add (PurgeSql  *sql,
                           gint64     submission_id,
                           gint64     batch_id,
                           gint64     now,
                           GError   **error)
{
  /* The successor first: of two who ask for it the second is told that there is one. */
  return insert_successor (sql, submission_id, batch_id, error) &&
         purge_sql_run (sql,
                        "INSERT INTO entry (batch_id, ordinal, directory)"
                        " SELECT ?, ordinal, directory FROM entry WHERE batch_id = ?"
                        " ORDER BY ordinal", error,
                        PURGE_SQL_VALUES (PURGE_SQL_INTEGER (purge_sql_get_last_id (sql)),
                                          PURGE_SQL_INTEGER (batch_id))) &&
         leave_parent (sql, batch_id, now, error);
}
