/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The journal's calls for look-ups. Knows which call does what to the tables; neither SQL nor what
 * a log looks like. */

#define G_LOG_DOMAIN "purge-journal-look-up"

#include "config.h"

#include "purge-journal-look-up.h"

#include "purge-batch-table.h"
#include "purge-journal-call.h"
#include "purge-look-up-table.h"

typedef struct {
  gint64           id;
  gint64           since;
  gint64           until;
  GStrv            own;
  GStrv            claimed;
  GStrv            others;
  guint            n_rivals;
} Rivals;

static void
rivals_free (gpointer data)
{
  Rivals *rivals = data;

  g_strfreev (rivals->own);
  g_strfreev (rivals->claimed);
  g_strfreev (rivals->others);
  g_free (rivals);
}

typedef struct {
  gint64           id;
  gint64           now;
  PurgeOutcome    *found;
  GStrv            records;
  PurgeOutcome    *failure;
  PurgeBatchState  state;
} Settlement;

static void
settlement_free (gpointer data)
{
  Settlement *settlement = data;

  g_clear_pointer (&settlement->found, purge_outcome_unref);
  g_strfreev (settlement->records);
  g_clear_pointer (&settlement->failure, purge_outcome_unref);
  g_free (settlement);
}

static gboolean
find_rivals (PurgeSql  *sql,
             gpointer   data,
             GError   **error)
{
  Rivals *rivals = data;
  gint64 since = rivals->since - PURGE_MATCH_AFTER_S;
  PurgeBatchState state;

  return purge_batch_table_get_state (sql, rivals->id, &state, error) &&
         purge_look_up_table_list_claims (sql, rivals->id, &rivals->own, &rivals->claimed, error) &&
         purge_look_up_table_list_others (sql, rivals->id, since, rivals->until, &rivals->others,
                                          error) &&
         purge_look_up_table_count_rivals (sql, rivals->id, since, rivals->until,
                                           &rivals->n_rivals, error);
}

/* Of a batch whose answer is known only how far it has come is news. */
static gboolean
move (PurgeSql    *sql,
      Settlement  *self,
      GError     **error)
{
  if (self->state != PURGE_BATCH_ACCEPTED)
    return purge_batch_table_record (sql, self->id, self->found, self->now, &self->state, error);

  return self->found->event == PURGE_BATCH_EVENT_ACCEPTED ||
         purge_batch_table_move (sql, self->id, self->found->event, self->now, &self->state, error);
}

static gboolean
settle (PurgeSql  *sql,
        gpointer   data,
        GError   **error)
{
  Settlement *self = data;

  if (!purge_batch_table_get_state (sql, self->id, &self->state, error) ||
      !purge_look_up_table_add (sql, self->id, self->found != NULL, self->failure, self->now, error))
    return FALSE;

  return self->found == NULL ||
         (purge_look_up_table_claim (sql, self->id, (const char * const *) self->records, error) &&
          move (sql, self, error));
}

/**
 * purge_journal_find_rivals_async:
 * @self: the journal
 * @batch_id: a batch
 * @since: where the log is looked at from, in UNIX seconds
 * @until: where the log is looked at until, in UNIX seconds
 * @cancellable: (nullable): keeps what has not begun from beginning
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Finds out what records of the log may not be taken for @batch_id.
 */
void
purge_journal_find_rivals_async (PurgeJournal         *self,
                                 gint64                batch_id,
                                 gint64                since,
                                 gint64                until,
                                 GCancellable         *cancellable,
                                 GAsyncReadyCallback   callback,
                                 gpointer              user_data)
{
  Rivals *rivals;

  g_return_if_fail (PURGE_IS_JOURNAL (self));

  rivals = g_new0 (Rivals, 1);
  rivals->id = batch_id;
  rivals->since = since;
  rivals->until = until;
  purge_journal_call_run (self, purge_journal_find_rivals_async, PURGE_SQL_READ, find_rivals,
                          rivals, rivals_free, cancellable, callback, user_data);
}

/**
 * purge_journal_find_rivals_finish:
 * @self: the journal
 * @result: what the callback was given
 * @own: (out) (transfer full): the ids of the records that are known to be this batch
 * @claimed: (out) (transfer full): the ids of all records that are known to be another batch of the
 *   account
 * @others: (out) (transfer full): the directories of the account's other batches of about that time
 *   that may have been executed, without those that are in @batch_id too
 * @n_rivals: (out): how many other batches a record of the same directories could belong to
 * @error: return location for an error
 *
 * Returns: whether it was found out; if not, %PURGE_ERROR_NOT_FOUND where there is no such batch,
 *   %PURGE_ERROR_STORAGE or %PURGE_ERROR_STORAGE_DAMAGED
 */
gboolean
purge_journal_find_rivals_finish (PurgeJournal  *self,
                                  GAsyncResult  *result,
                                  GStrv         *own,
                                  GStrv         *claimed,
                                  GStrv         *others,
                                  guint         *n_rivals,
                                  GError       **error)
{
  Rivals *rivals = purge_journal_call_finish (self, result, purge_journal_find_rivals_async, error);

  if (rivals == NULL)
    return FALSE;

  *own = g_steal_pointer (&rivals->own);
  *claimed = g_steal_pointer (&rivals->claimed);
  *others = g_steal_pointer (&rivals->others);
  *n_rivals = rivals->n_rivals;
  return TRUE;
}

/**
 * purge_journal_settle_async:
 * @self: the journal
 * @batch_id: a batch
 * @match: (nullable): where it was found; may be changed as soon as this returns
 * @failure: (nullable): why there was nothing to go by; not with @match
 * @now: UNIX seconds
 * @cancellable: (nullable): keeps what has not begun from beginning
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Stores that a batch was looked up. With @match, claims the records for the batch and moves it by
 * purge_batch_state_move(), wholly or not at all; else the batch stays as it is, as does one that is
 * accepted and under way. What was said of the request of an accepted batch is kept.
 */
void
purge_journal_settle_async (PurgeJournal         *self,
                            gint64                batch_id,
                            const PurgeMatch     *match,
                            PurgeOutcome         *failure,
                            gint64                now,
                            GCancellable         *cancellable,
                            GAsyncReadyCallback   callback,
                            gpointer              user_data)
{
  Settlement *settlement;

  g_return_if_fail (PURGE_IS_JOURNAL (self));
  g_return_if_fail (match == NULL || (match->ids != NULL && match->ids[0] != NULL));
  g_return_if_fail (match == NULL || failure == NULL);

  settlement = g_new0 (Settlement, 1);
  settlement->id = batch_id;
  settlement->now = now;
  settlement->failure = failure != NULL ? purge_outcome_ref (failure) : NULL;
  if (match != NULL)
    {
      settlement->found = purge_outcome_new (match->event, PURGE_CAUSE_NONE);
      settlement->records = g_strdupv (match->ids);
    }

  purge_journal_call_run (self, purge_journal_settle_async, PURGE_SQL_WRITE, settle,
                          settlement, settlement_free, cancellable, callback, user_data);
}

/**
 * purge_journal_settle_finish:
 * @self: the journal
 * @result: what the callback was given
 * @state: (out) (optional): the state the batch is in now
 * @error: return location for an error
 *
 * Returns: whether it is on the disk; if not, nothing was changed there, and the error is
 *   %PURGE_ERROR_EXISTS where a record is another batch's, %PURGE_ERROR_NOT_FOUND where there is no
 *   such batch or the match does not fit its state, %PURGE_ERROR_STORAGE or
 *   %PURGE_ERROR_STORAGE_DAMAGED
 */
gboolean
purge_journal_settle_finish (PurgeJournal     *self,
                             GAsyncResult     *result,
                             PurgeBatchState  *state,
                             GError          **error)
{
  Settlement *settlement =
    purge_journal_call_finish (self, result, purge_journal_settle_async, error);

  if (settlement == NULL)
    return FALSE;

  if (state != NULL)
    *state = settlement->state;
  return TRUE;
}
