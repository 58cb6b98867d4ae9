/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What becomes of a batch, as rows. Knows columns and leases; how a batch moves is decided by the
 * table of moves and not here. */

#define G_LOG_DOMAIN "purge-batch-table"

#include "config.h"

#include "purge-batch-table.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "purge-attempt-table.h"
#include "purge-enum.h"
#include "purge-error.h"

/* As much of an answer is kept as is ever read of one. */
#define RAW_MAX_BYTES (256 * 1024)

typedef struct {
  PurgeSql        *sql;
  gboolean         found;
  PurgeBatchState  state;
} StateQuery;

static gboolean
read_state (const PurgeSqlRow  *row,
            gpointer            data,
            GError            **error)
{
  StateQuery *query = data;

  query->found = TRUE;
  if (purge_batch_state_from_string (purge_sql_row_get_text (row, 0), &query->state))
    return TRUE;

  purge_sql_set_damaged (query->sql, "a batch in an unknown state", error);
  return FALSE;
}

/* Says where @event leads from the state that the batch is in. */
static gboolean
find_move (PurgeSql         *sql,
           gint64            batch_id,
           PurgeBatchEvent   event,
           PurgeBatchState  *from,
           PurgeBatchState  *to,
           GError          **error)
{
  if (!purge_batch_table_get_state (sql, batch_id, from, error))
    return FALSE;

  if (purge_batch_state_move (*from, event, to))
    return TRUE;

  g_debug ("Batch %" G_GINT64_FORMAT " is %s, which event %d does not fit", batch_id,
           purge_batch_state_to_string (*from), event);
  purge_batch_table_set_moved_on (error);
  return FALSE;
}

/* The row was read in the same transaction, so that it cannot be gone: if it is, do not go on. */
static gboolean
check_moved (PurgeSql  *sql,
             GError   **error)
{
  if (purge_sql_get_n_changed (sql) == 1)
    return TRUE;

  purge_sql_set_damaged (sql, "a batch changed while it was moved", error);
  return FALSE;
}

static char *
cut_raw (const char *raw)
{
  gsize length = raw != NULL ? strlen (raw) : 0;

  if (length <= RAW_MAX_BYTES)
    return g_strdup (raw);

  /* Not within a character. */
  return g_strndup (raw, g_utf8_find_prev_char (raw, raw + RAW_MAX_BYTES + 1) - raw);
}

static gboolean
append_lease (const PurgeSqlRow  *row,
              gpointer            data,
              GError            **error)
{
  gint64 number = purge_sql_row_get_integer (row, 0);

  g_array_append_val ((GArray *) data, number);
  return TRUE;
}

static gboolean
recover_lease (PurgeSql  *sql,
               gint64     number,
               guint     *n_recovered,
               GError   **error)
{
  PurgeBatchState to;

  if (!purge_batch_state_move (PURGE_BATCH_SENDING, PURGE_BATCH_EVENT_LOST, &to))
    g_return_val_if_reached (FALSE);

  if (!purge_attempt_table_abandon (sql, number, error) ||
      !purge_sql_run (sql,
                      "UPDATE batch SET state = ?, cause = ?, lease = NULL"
                      " WHERE state = ? AND lease = ?", error,
                      PURGE_SQL_VALUES (PURGE_SQL_TEXT (purge_batch_state_to_string (to)),
                                        PURGE_SQL_TEXT (purge_cause_to_string (PURGE_CAUSE_PROGRAM_ENDED)),
                                        PURGE_SQL_TEXT (purge_batch_state_to_string (PURGE_BATCH_SENDING)),
                                        PURGE_SQL_INTEGER (number))))
    return FALSE;

  *n_recovered += purge_sql_get_n_changed (sql);
  return TRUE;
}

/**
 * purge_batch_table_set_moved_on:
 * @error: (out) (optional): return location
 *
 * Sets %PURGE_ERROR_NOT_FOUND with a translated sentence: no batch is in the state that was expected.
 */
void
purge_batch_table_set_moved_on (GError **error)
{
  g_set_error_literal (error, PURGE_ERROR, PURGE_ERROR_NOT_FOUND,
                       _("The request is not in the state it was in, since it went on in another "
                         "window. Load the submission again to see where it is."));
}

/**
 * purge_batch_table_get_state:
 * @sql: the database
 * @batch_id: a batch
 * @state: (out): the state it is in
 * @error: return location for an error
 *
 * Returns: whether there is such a batch; if not, %PURGE_ERROR_NOT_FOUND or the errors of
 *   purge_sql_run()
 */
gboolean
purge_batch_table_get_state (PurgeSql         *sql,
                             gint64            batch_id,
                             PurgeBatchState  *state,
                             GError          **error)
{
  StateQuery query = { sql, FALSE, PURGE_BATCH_WAITING };

  if (!purge_sql_query (sql, "SELECT state FROM batch WHERE id = ?", read_state, &query, error,
                        PURGE_SQL_VALUES (PURGE_SQL_INTEGER (batch_id))))
    return FALSE;

  *state = query.state;
  if (!query.found)
    g_set_error_literal (error, PURGE_ERROR, PURGE_ERROR_NOT_FOUND,
                         _("The request is not in the history any more. Load the submission again "
                           "to see what is."));
  return query.found;
}

/**
 * purge_batch_table_begin:
 * @sql: the database
 * @batch_id: a batch that is waiting
 * @attempt: the request that is about to go out
 * @lease: (nullable): says that this instance lives
 * @error: return location for an error
 *
 * Moves a batch from waiting to sending, stores the request, and forgets what became of an earlier
 * one.
 *
 * Returns: whether it was moved; if not, %PURGE_ERROR_EXISTS where a request of the account had that
 *   nonce with that timestamp, %PURGE_ERROR_NOT_FOUND where no such batch is waiting, or the errors
 *   of purge_sql_run()
 */
gboolean
purge_batch_table_begin (PurgeSql           *sql,
                         gint64              batch_id,
                         const PurgeAttempt *attempt,
                         const PurgeLease   *lease,
                         GError            **error)
{
  PurgeBatchState from;
  PurgeBatchState to;

  if (!find_move (sql, batch_id, PURGE_BATCH_EVENT_SEND, &from, &to, error))
    return FALSE;

  return purge_sql_run (sql,
                        "UPDATE batch SET state = ?, nonce = ?, timestamp = ?, lease = ?,"
                        " cause = NULL, stops_queue = 0, http_status = 0, code = NULL,"
                        " code_is_number = 0, code_desc = NULL, message = NULL, module_code = 0,"
                        " task_id = NULL, request_id = NULL, count = -1, raw = NULL,"
                        " detail = NULL, resolved = NULL"
                        " WHERE id = ? AND state = ?", error,
                        PURGE_SQL_VALUES (PURGE_SQL_TEXT (purge_batch_state_to_string (to)),
                                          PURGE_SQL_INTEGER ((gint64) attempt->nonce),
                                          PURGE_SQL_INTEGER (attempt->timestamp),
                                          lease != NULL
                                            ? PURGE_SQL_INTEGER (purge_lease_get_number (lease))
                                            : PURGE_SQL_NULL,
                                          PURGE_SQL_INTEGER (batch_id),
                                          PURGE_SQL_TEXT (purge_batch_state_to_string (from)))) &&
         check_moved (sql, error) &&
         purge_attempt_table_begin (sql, batch_id, attempt, error);
}

/**
 * purge_batch_table_record:
 * @sql: the database
 * @batch_id: a batch
 * @outcome: what became of it; not %PURGE_BATCH_EVENT_SEND
 * @now: UNIX seconds
 * @state: (out): the state it is in then
 * @error: return location for an error
 *
 * Moves a batch by purge_batch_state_move(), stores what was said, of the raw answer 256 KiB, and
 * closes its request. A task id that was told before stays where @outcome tells none: look-ups need it.
 *
 * Returns: whether it was moved; if not, nothing was, and the error is %PURGE_ERROR_NOT_FOUND where
 *   there is no such batch or the move is not legal, or one of purge_sql_run()
 */
gboolean
purge_batch_table_record (PurgeSql            *sql,
                          gint64               batch_id,
                          const PurgeOutcome  *outcome,
                          gint64               now,
                          PurgeBatchState     *state,
                          GError             **error)
{
  g_autofree char *raw = cut_raw (outcome->answer.raw);
  const PurgeAnswer *answer = &outcome->answer;
  PurgeBatchState from;

  if (!find_move (sql, batch_id, outcome->event, &from, state, error))
    return FALSE;

  return purge_sql_run (sql,
                        "UPDATE batch SET state = ?, lease = NULL, cause = ?, stops_queue = ?,"
                        " http_status = ?, code = ?, code_is_number = ?, code_desc = ?,"
                        " message = ?, module_code = ?, task_id = COALESCE (?, task_id),"
                        " request_id = ?, count = ?, raw = ?, detail = ?, resolved = ?"
                        " WHERE id = ? AND state = ?", error,
                        PURGE_SQL_VALUES (PURGE_SQL_TEXT (purge_batch_state_to_string (*state)),
                                          PURGE_SQL_TEXT (purge_cause_to_string (outcome->cause)),
                                          PURGE_SQL_INTEGER (outcome->stops_queue),
                                          PURGE_SQL_INTEGER (outcome->http_status),
                                          PURGE_SQL_TEXT (answer->code),
                                          PURGE_SQL_INTEGER (answer->code_is_number),
                                          PURGE_SQL_TEXT (answer->code_desc),
                                          PURGE_SQL_TEXT (answer->message),
                                          PURGE_SQL_INTEGER (answer->module_code),
                                          PURGE_SQL_TEXT (answer->task_id),
                                          PURGE_SQL_TEXT (answer->request_id),
                                          PURGE_SQL_INTEGER (answer->count),
                                          PURGE_SQL_TEXT (raw),
                                          PURGE_SQL_TEXT (outcome->detail),
                                          PURGE_SQL_INTEGER (now),
                                          PURGE_SQL_INTEGER (batch_id),
                                          PURGE_SQL_TEXT (purge_batch_state_to_string (from)))) &&
         check_moved (sql, error) &&
         purge_attempt_table_end (sql, batch_id, outcome, now, error);
}

/**
 * purge_batch_table_move:
 * @sql: the database
 * @batch_id: a batch
 * @event: what happened to it
 * @now: UNIX seconds
 * @state: (out): the state it is in then
 * @error: return location for an error
 *
 * Moves a batch by purge_batch_state_move(); what the server said of its request stays.
 *
 * Returns: as purge_batch_table_record()
 */
gboolean
purge_batch_table_move (PurgeSql         *sql,
                        gint64            batch_id,
                        PurgeBatchEvent   event,
                        gint64            now,
                        PurgeBatchState  *state,
                        GError          **error)
{
  PurgeBatchState from;

  return find_move (sql, batch_id, event, &from, state, error) &&
         purge_sql_run (sql, "UPDATE batch SET state = ?, resolved = ? WHERE id = ? AND state = ?",
                        error,
                        PURGE_SQL_VALUES (PURGE_SQL_TEXT (purge_batch_state_to_string (*state)),
                                          PURGE_SQL_INTEGER (now), PURGE_SQL_INTEGER (batch_id),
                                          PURGE_SQL_TEXT (purge_batch_state_to_string (from)))) &&
         check_moved (sql, error);
}

/**
 * purge_batch_table_recover:
 * @sql: the database
 * @lease: (nullable): this instance's own; %NULL where the database is nobody else's, so that there
 *   is nothing to recover
 * @n_recovered: (out): how many batches were sending for an instance that is dead
 * @error: return location for an error
 *
 * Makes unknown, for the cause that the program ended, what was under way when an instance died.
 * What another living instance or this one is sending stays as it is.
 *
 * Returns: whether this could be done; if not, the errors of purge_sql_run()
 */
gboolean
purge_batch_table_recover (PurgeSql          *sql,
                           const PurgeLease  *lease,
                           guint             *n_recovered,
                           GError           **error)
{
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  const char *sending = purge_batch_state_to_string (PURGE_BATCH_SENDING);

  *n_recovered = 0;
  if (lease == NULL)
    return TRUE;

  if (!purge_sql_query (sql,
                        "SELECT DISTINCT lease FROM batch WHERE state = ? AND lease IS NOT NULL",
                        append_lease, numbers, error,
                        PURGE_SQL_VALUES (PURGE_SQL_TEXT (sending))))
    return FALSE;

  for (guint i = 0; i < numbers->len; i++)
    {
      gint64 number = g_array_index (numbers, gint64, i);
      gboolean alive;

      if (!purge_lease_check (lease, number, &alive, error) ||
          (!alive && !recover_lease (sql, number, n_recovered, error)))
        return FALSE;
    }

  return TRUE;
}

static gboolean
sum_up_area (PurgeSql    *sql,
             const char  *account_uuid,
             const char  *kind,
             const char  *area,
             gint64       since,
             gint64       until,
             guint       *n_used,
             GError     **error)
{
  gint64 count = 0;
  gint64 n_deleted = 0;

  if (!purge_sql_query_integer (sql,
                                "SELECT count(*) FROM batch JOIN entry ON entry.batch_id = batch.id"
                                " JOIN submission ON submission.id = submission_id"
                                " WHERE batch.account_uuid = ? AND timestamp >= ? AND timestamp < ?"
                                " AND kind = ? AND area IN ('none', ?) AND state IN"
                                " ('sending', 'unknown', 'superseded', 'accepted', 'done', 'failed')",
                                &count, error,
                                PURGE_SQL_VALUES (PURGE_SQL_TEXT (account_uuid),
                                                  PURGE_SQL_INTEGER (since),
                                                  PURGE_SQL_INTEGER (until),
                                                  PURGE_SQL_TEXT (kind),
                                                  PURGE_SQL_TEXT (area))) ||
      !purge_sql_query_integer (sql,
                                "SELECT sum(n) FROM spent"
                                " WHERE account_uuid = ? AND timestamp >= ? AND timestamp < ?"
                                " AND kind = ? AND area IN ('none', ?)",
                                &n_deleted, error,
                                PURGE_SQL_VALUES (PURGE_SQL_TEXT (account_uuid),
                                                  PURGE_SQL_INTEGER (since),
                                                  PURGE_SQL_INTEGER (until),
                                                  PURGE_SQL_TEXT (kind),
                                                  PURGE_SQL_TEXT (area))))
    return FALSE;

  *n_used = count + n_deleted;
  return TRUE;
}

/**
 * purge_batch_table_sum_up:
 * @sql: the database
 * @account_uuid: an account
 * @kind: what is counted
 * @area: where; %PURGE_AREA_NONE for wherever more was spent
 * @since: UNIX seconds
 * @until: UNIX seconds
 * @n_used: (out): entries in batches that spent quota or may have: sending, unknown, superseded,
 *   accepted, done or failed, with a timestamp in [@since, @until), and those that were so when their
 *   submission was deleted
 * @error: return location for an error
 *
 * Each area has a quota of its own. What was purged without naming one may have spent of every one.
 *
 * Returns: as purge_sql_run()
 */
gboolean
purge_batch_table_sum_up (PurgeSql    *sql,
                          const char  *account_uuid,
                          PurgeKind    kind,
                          PurgeArea    area,
                          gint64       since,
                          gint64       until,
                          guint       *n_used,
                          GError     **error)
{
  const PurgeArea areas[] = { PURGE_AREA_MAINLAND, PURGE_AREA_OVERSEAS };
  const char *kind_nick = purge_enum_to_nick (PURGE_TYPE_KIND, kind);

  *n_used = 0;
  for (guint i = 0; i < G_N_ELEMENTS (areas); i++)
    {
      guint n = 0;

      if (area != PURGE_AREA_NONE && area != areas[i])
        continue;
      if (!sum_up_area (sql, account_uuid, kind_nick,
                        purge_enum_to_nick (PURGE_TYPE_AREA, areas[i]), since, until, &n, error))
        return FALSE;
      *n_used = MAX (*n_used, n);
    }

  return TRUE;
}

/**
 * purge_batch_table_was_accepted:
 * @sql: the database
 * @account_uuid: an account
 * @key_serial: which of its keys
 * @endpoint: an endpoint, as text
 * @since: UNIX seconds
 * @accepted: (out): whether the server accepted a batch of that account, key and endpoint that began
 *   at @since or later, whatever came of it after that
 * @error: return location for an error
 *
 * Returns: as purge_sql_run()
 */
gboolean
purge_batch_table_was_accepted (PurgeSql    *sql,
                                const char  *account_uuid,
                                guint        key_serial,
                                const char  *endpoint,
                                gint64       since,
                                gboolean    *accepted,
                                GError     **error)
{
  gint64 found = 0;

  if (!purge_sql_query_integer (sql,
                                "SELECT 1 FROM batch JOIN attempt ON attempt.batch_id = batch.id"
                                " AND attempt.nonce = batch.nonce"
                                " AND attempt.timestamp = batch.timestamp"
                                " WHERE batch.account_uuid = ? AND batch.timestamp >= ?"
                                " AND attempt.key_serial = ? AND attempt.endpoint = ?"
                                " AND state IN ('accepted', 'done', 'failed') LIMIT 1",
                                &found, error,
                                PURGE_SQL_VALUES (PURGE_SQL_TEXT (account_uuid),
                                                  PURGE_SQL_INTEGER (since),
                                                  PURGE_SQL_INTEGER (key_serial),
                                                  PURGE_SQL_TEXT (endpoint))))
    return FALSE;

  *accepted = found != 0;
  return TRUE;
}
