/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The journal's calls for what is sent again and what is sent anew. Knows which call does what to
 * the tables and what a failure means for what is on the wire; no SQL. */

#define G_LOG_DOMAIN "purge-journal-again"

#include "config.h"

#include "purge-journal-again.h"

#include "purge-attempt-table.h"
#include "purge-batch-table.h"
#include "purge-journal-call.h"
#include "purge-storage-error.h"
#include "purge-successor-table.h"

typedef struct {
  gint64           id;
  gint64           now;
  PurgeOutcome    *outcome;
  PurgeBatchState  state;
  GArray          *batch_ids;
} Call;

static Call *
call_new (gint64 id,
          gint64 now)
{
  Call *call = g_new0 (Call, 1);

  call->id = id;
  call->now = now;
  return call;
}

static void
call_free (gpointer data)
{
  Call *call = data;

  g_clear_pointer (&call->outcome, purge_outcome_unref);
  g_clear_pointer (&call->batch_ids, g_array_unref);
  g_free (call);
}

static gboolean
begin_again (PurgeSql  *sql,
             gpointer   data,
             GError   **error)
{
  Call *call = data;

  if (!purge_batch_table_get_state (sql, call->id, &call->state, error))
    return FALSE;

  if (call->state != PURGE_BATCH_UNKNOWN)
    {
      purge_batch_table_set_moved_on (error);
      return FALSE;
    }

  return purge_attempt_table_begin_again (sql, call->id, call->now, error);
}

/* A batch that was settled or given up meanwhile stays what it is. */
static gboolean
record_again (PurgeSql  *sql,
              gpointer   data,
              GError   **error)
{
  Call *call = data;

  if (!purge_attempt_table_end_again (sql, call->id, call->outcome, call->now, error) ||
      !purge_batch_table_get_state (sql, call->id, &call->state, error))
    return FALSE;

  return call->state != PURGE_BATCH_UNKNOWN ||
         call->outcome->event != PURGE_BATCH_EVENT_ACCEPTED ||
         purge_batch_table_record (sql, call->id, call->outcome, call->now, &call->state, error);
}

static gboolean
append_batches (PurgeSql  *sql,
                gpointer   data,
                GError   **error)
{
  Call *call = data;

  for (guint i = 0; i < call->batch_ids->len; i++)
    if (!purge_successor_table_add (sql, call->id, g_array_index (call->batch_ids, gint64, i),
                                    call->now, error))
      return FALSE;

  return TRUE;
}

/**
 * purge_journal_begin_again_async:
 * @self: the journal
 * @batch_id: a batch that is unknown
 * @now: UNIX seconds
 * @cancellable: (nullable): keeps what has not begun from beginning
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Stores that the last request of a batch is about to go out again, byte for byte. The batch stays
 * unknown.
 */
void
purge_journal_begin_again_async (PurgeJournal         *self,
                                 gint64                batch_id,
                                 gint64                now,
                                 GCancellable         *cancellable,
                                 GAsyncReadyCallback   callback,
                                 gpointer              user_data)
{
  g_return_if_fail (PURGE_IS_JOURNAL (self));

  purge_journal_call_run (self, purge_journal_begin_again_async, PURGE_SQL_WRITE, begin_again,
                          call_new (batch_id, now), call_free, cancellable, callback, user_data);
}

/**
 * purge_journal_begin_again_finish:
 * @self: the journal
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether it is on the disk, so that the request may be sent; if not, it must not be, and
 *   the error is %PURGE_ERROR_EXISTS where it went again before, %PURGE_ERROR_NOT_FOUND where no such
 *   batch is unknown or its request is not known, %PURGE_ERROR_STORAGE or
 *   %PURGE_ERROR_STORAGE_DAMAGED
 */
gboolean
purge_journal_begin_again_finish (PurgeJournal  *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  if (purge_journal_call_finish (self, result, purge_journal_begin_again_async, error) != NULL)
    return TRUE;

  purge_storage_error_explain (error, PURGE_STORAGE_LOSS_REQUEST_NOT_SENT);
  return FALSE;
}

/**
 * purge_journal_record_again_async:
 * @self: the journal
 * @batch_id: a batch whose request went again
 * @outcome: what became of that, which does not change any more
 * @now: UNIX seconds
 * @cancellable: (nullable): keeps what has not begun from beginning
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Closes the request that went again. Where the outcome says accepted and the batch is still unknown,
 * it is accepted; any other outcome proves nothing of the request before, so that the batch stays as
 * it is.
 */
void
purge_journal_record_again_async (PurgeJournal         *self,
                                  gint64                batch_id,
                                  PurgeOutcome         *outcome,
                                  gint64                now,
                                  GCancellable         *cancellable,
                                  GAsyncReadyCallback   callback,
                                  gpointer              user_data)
{
  Call *call;

  g_return_if_fail (PURGE_IS_JOURNAL (self));
  g_return_if_fail (outcome != NULL);

  call = call_new (batch_id, now);
  call->outcome = purge_outcome_ref (outcome);
  purge_journal_call_run (self, purge_journal_record_again_async, PURGE_SQL_WRITE, record_again,
                          call, call_free, cancellable, callback, user_data);
}

/**
 * purge_journal_record_again_finish:
 * @self: the journal
 * @result: what the callback was given
 * @state: (out) (optional): the state the batch is in now
 * @error: return location for an error
 *
 * Returns: whether it is on the disk; if not, nothing was changed there, and the error is
 *   %PURGE_ERROR_NOT_FOUND where no request of such a batch went again or that was recorded before,
 *   %PURGE_ERROR_STORAGE or %PURGE_ERROR_STORAGE_DAMAGED
 */
gboolean
purge_journal_record_again_finish (PurgeJournal     *self,
                                   GAsyncResult     *result,
                                   PurgeBatchState  *state,
                                   GError          **error)
{
  Call *call = purge_journal_call_finish (self, result, purge_journal_record_again_async, error);

  if (call == NULL)
    {
      purge_storage_error_explain (error, PURGE_STORAGE_LOSS_ANSWER);
      return FALSE;
    }

  if (state != NULL)
    *state = call->state;
  return TRUE;
}

/**
 * purge_journal_append_async:
 * @self: the journal
 * @submission_id: a submission
 * @batch_ids: (array length=n_batch_ids): batches of it; may be changed as soon as this returns
 * @n_batch_ids: how many, at least one
 * @now: UNIX seconds
 * @cancellable: (nullable): keeps what has not begun from beginning
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Makes a new waiting batch of each, wholly or not at all. Sends nothing.
 */
void
purge_journal_append_async (PurgeJournal         *self,
                            gint64                submission_id,
                            const gint64         *batch_ids,
                            guint                 n_batch_ids,
                            gint64                now,
                            GCancellable         *cancellable,
                            GAsyncReadyCallback   callback,
                            gpointer              user_data)
{
  Call *call;

  g_return_if_fail (PURGE_IS_JOURNAL (self));
  g_return_if_fail (batch_ids != NULL && n_batch_ids > 0);

  call = call_new (submission_id, now);
  call->batch_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_vals (call->batch_ids, batch_ids, n_batch_ids);
  purge_journal_call_run (self, purge_journal_append_async, PURGE_SQL_WRITE, append_batches,
                          call, call_free, cancellable, callback, user_data);
}

/**
 * purge_journal_append_finish:
 * @self: the journal
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether the new batches are on the disk; if not, nothing was changed there, and the error
 *   is %PURGE_ERROR_EXISTS where a batch has a successor already, %PURGE_ERROR_NOT_FOUND where one is
 *   none of the submission or neither rejected, failed nor unknown, %PURGE_ERROR_STORAGE or
 *   %PURGE_ERROR_STORAGE_DAMAGED
 */
gboolean
purge_journal_append_finish (PurgeJournal  *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  if (purge_journal_call_finish (self, result, purge_journal_append_async, error) != NULL)
    return TRUE;

  purge_storage_error_explain (error, PURGE_STORAGE_LOSS_REQUEST_NOT_SENT);
  return FALSE;
}
