/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The journal as everybody else sees it: asynchronous, in the order of the calls. Knows which call
 * does what to the tables and what a failure means for what is on the wire; no SQL. */

#define G_LOG_DOMAIN "purge-journal"

#include "config.h"

#include "purge-journal.h"

#include <string.h>

#include "purge-batch-table.h"
#include "purge-journal-call.h"
#include "purge-storage-error.h"
#include "purge-submission-table.h"

struct _PurgeJournal
{
  GObject        parent_instance;

  PurgeDatabase *database;
};

G_DEFINE_FINAL_TYPE (PurgeJournal, purge_journal, G_TYPE_OBJECT)

/* One call: what it was given and what came of it. Each kind of call uses the fields it needs. It
 * belongs to the thread of the database from when it is run until its task has returned. */
typedef struct {
  PurgeDatabase   *database;
  PurgeSubmission *submission;
  PurgeOutcome    *outcome;
  PurgeAccount    *account;
  char            *endpoint;
  GArray          *batch_ids;
  PurgeAttempt    *attempt;
  gint64           id;
  gint64           timestamp;
  gint64           since;
  gint64           until;
  PurgeBatchState  state;
  PurgeArea        area;
  guint            n_used[PURGE_N_KINDS];
  guint            count;
  gboolean         accepted_lately;
} Call;

static Call *
call_new (PurgeJournal *self)
{
  Call *call = g_new0 (Call, 1);

  call->database = self->database;
  return call;
}

static void
call_free (gpointer data)
{
  Call *call = data;

  g_clear_pointer (&call->submission, purge_submission_unref);
  g_clear_pointer (&call->outcome, purge_outcome_unref);
  g_clear_object (&call->account);
  g_free (call->endpoint);
  g_clear_pointer (&call->batch_ids, g_array_unref);
  g_clear_pointer (&call->attempt, purge_attempt_free);
  g_free (call);
}

static gboolean
add_submission (PurgeSql  *sql,
                gpointer   data,
                GError   **error)
{
  Call *call = data;

  return purge_submission_table_add (sql, call->submission, &call->id, call->batch_ids, error);
}

static gboolean
begin_batch (PurgeSql  *sql,
             gpointer   data,
             GError   **error)
{
  Call *call = data;

  return purge_batch_table_begin (sql, call->id, call->attempt,
                                  purge_database_get_lease (call->database), error);
}

static gboolean
record_outcome (PurgeSql  *sql,
                gpointer   data,
                GError   **error)
{
  Call *call = data;

  return purge_batch_table_record (sql, call->id, call->outcome, call->timestamp, &call->state, error);
}

static gboolean
recover_batches (PurgeSql  *sql,
                 gpointer   data,
                 GError   **error)
{
  Call *call = data;

  return purge_batch_table_recover (sql, purge_database_get_lease (call->database), &call->count,
                                    error);
}

static gboolean
load_submission (PurgeSql  *sql,
                 gpointer   data,
                 GError   **error)
{
  Call *call = data;

  call->submission = purge_submission_table_load (sql, call->id, error);
  return call->submission != NULL;
}

static gboolean
find_latest (PurgeSql  *sql,
             gpointer   data,
             GError   **error)
{
  Call *call = data;

  return purge_submission_table_find_latest (sql, &call->id, error);
}

static gboolean
sum_up (PurgeSql  *sql,
        gpointer   data,
        GError   **error)
{
  Call *call = data;
  const char *uuid = purge_account_get_uuid (call->account);

  for (guint kind = 0; kind < PURGE_N_KINDS; kind++)
    if (!purge_batch_table_sum_up (sql, uuid, kind, call->area, call->since, call->until,
                                   &call->n_used[kind], error))
      return FALSE;

  return purge_batch_table_was_accepted (sql, uuid, purge_account_get_key_serial (call->account),
                                         call->endpoint, call->timestamp, &call->accepted_lately,
                                         error);
}

static void
purge_journal_finalize (GObject *object)
{
  PurgeJournal *self = PURGE_JOURNAL (object);

  g_clear_object (&self->database);

  G_OBJECT_CLASS (purge_journal_parent_class)->finalize (object);
}

static void
purge_journal_class_init (PurgeJournalClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = purge_journal_finalize;
}

static void
purge_journal_init (PurgeJournal *self)
{
}

/**
 * purge_journal_new:
 * @database: a database, open or to be opened
 *
 * Returns: (transfer full): the journal in it
 */
PurgeJournal *
purge_journal_new (PurgeDatabase *database)
{
  PurgeJournal *self;

  g_return_val_if_fail (PURGE_IS_DATABASE (database), NULL);

  self = g_object_new (PURGE_TYPE_JOURNAL, NULL);
  self->database = g_object_ref (database);
  return self;
}

/**
 * purge_journal_get_database:
 * @self: the journal
 *
 * Returns: (transfer none): the database that it is in
 */
PurgeDatabase *
purge_journal_get_database (PurgeJournal *self)
{
  g_return_val_if_fail (PURGE_IS_JOURNAL (self), NULL);

  return self->database;
}

/**
 * purge_journal_add_async:
 * @self: the journal
 * @submission: a submission that is not stored yet; not to be touched until this has ended
 * @cancellable: (nullable): keeps what has not begun from beginning
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Stores a submission with all its batches as waiting, wholly or not at all.
 */
void
purge_journal_add_async (PurgeJournal         *self,
                         PurgeSubmission      *submission,
                         GCancellable         *cancellable,
                         GAsyncReadyCallback   callback,
                         gpointer              user_data)
{
  Call *call;

  g_return_if_fail (PURGE_IS_JOURNAL (self));
  g_return_if_fail (submission != NULL && submission->id == 0);

  call = call_new (self);
  call->submission = purge_submission_ref (submission);
  call->batch_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  purge_journal_call_run (self, purge_journal_add_async, PURGE_SQL_WRITE, add_submission,
                          call, call_free, cancellable, callback, user_data);
}

/**
 * purge_journal_add_finish:
 * @self: the journal
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Fills in the ids of the submission and its batches.
 *
 * Returns: whether it is on the disk; if not, %PURGE_ERROR_STORAGE or %PURGE_ERROR_STORAGE_DAMAGED,
 *   and nothing may be sent
 */
gboolean
purge_journal_add_finish (PurgeJournal  *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  Call *call = purge_journal_call_finish (self, result, purge_journal_add_async, error);

  if (call == NULL)
    {
      purge_storage_error_explain (error, PURGE_STORAGE_LOSS_NOTHING_SENT);
      return FALSE;
    }

  call->submission->id = call->id;
  for (guint i = 0; i < call->batch_ids->len; i++)
    {
      PurgeBatchRecord *batch = g_ptr_array_index (call->submission->batches, i);

      batch->id = g_array_index (call->batch_ids, gint64, i);
    }

  return TRUE;
}

/**
 * purge_journal_begin_async:
 * @self: the journal
 * @batch_id: a batch that is waiting
 * @attempt: the request that is to go out; its number and whether it goes again are not looked at;
 *   may be changed as soon as this returns
 * @cancellable: (nullable): keeps what has not begun from beginning
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Moves a batch from waiting to sending and stores the request. Only after this has ended well may a
 * byte of it leave.
 */
void
purge_journal_begin_async (PurgeJournal         *self,
                           gint64                batch_id,
                           const PurgeAttempt   *attempt,
                           GCancellable         *cancellable,
                           GAsyncReadyCallback   callback,
                           gpointer              user_data)
{
  Call *call;

  g_return_if_fail (PURGE_IS_JOURNAL (self));
  g_return_if_fail (attempt != NULL && attempt->nonce != 0 && attempt->endpoint != NULL);

  call = call_new (self);
  call->id = batch_id;
  call->attempt = purge_attempt_copy (attempt);
  purge_journal_call_run (self, purge_journal_begin_async, PURGE_SQL_WRITE, begin_batch,
                          call, call_free, cancellable, callback, user_data);
}

/**
 * purge_journal_begin_finish:
 * @self: the journal
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether the batch is on the disk as sending, so that its request may be sent; if not, it
 *   must not be, and the error is %PURGE_ERROR_EXISTS where a request of the account had that nonce
 *   with that timestamp (roll another), %PURGE_ERROR_NOT_FOUND where no such batch is waiting,
 *   %PURGE_ERROR_STORAGE or %PURGE_ERROR_STORAGE_DAMAGED
 */
gboolean
purge_journal_begin_finish (PurgeJournal  *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  if (purge_journal_call_finish (self, result, purge_journal_begin_async, error) != NULL)
    return TRUE;

  purge_storage_error_explain (error, PURGE_STORAGE_LOSS_REQUEST_NOT_SENT);
  return FALSE;
}

/**
 * purge_journal_record_async:
 * @self: the journal
 * @batch_id: a batch
 * @outcome: what became of it, which does not change any more; not %PURGE_BATCH_EVENT_SEND
 * @now: when, in UNIX seconds
 * @cancellable: (nullable): keeps what has not begun from beginning
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Moves a batch by purge_batch_state_move(), stores what was said, and closes its request.
 */
void
purge_journal_record_async (PurgeJournal         *self,
                            gint64                batch_id,
                            PurgeOutcome         *outcome,
                            gint64                now,
                            GCancellable         *cancellable,
                            GAsyncReadyCallback   callback,
                            gpointer              user_data)
{
  Call *call;

  g_return_if_fail (PURGE_IS_JOURNAL (self));
  g_return_if_fail (outcome != NULL && outcome->event != PURGE_BATCH_EVENT_SEND);

  call = call_new (self);
  call->id = batch_id;
  call->outcome = purge_outcome_ref (outcome);
  call->timestamp = now;
  purge_journal_call_run (self, purge_journal_record_async, PURGE_SQL_WRITE, record_outcome,
                          call, call_free, cancellable, callback, user_data);
}

/**
 * purge_journal_record_finish:
 * @self: the journal
 * @result: what the callback was given
 * @state: (out) (optional): the state the batch is in now
 * @error: return location for an error
 *
 * Returns: whether it is on the disk; if not, nothing was changed there, and the error is
 *   %PURGE_ERROR_NOT_FOUND where there is no such batch or the move is not legal,
 *   %PURGE_ERROR_STORAGE or %PURGE_ERROR_STORAGE_DAMAGED
 */
gboolean
purge_journal_record_finish (PurgeJournal     *self,
                             GAsyncResult     *result,
                             PurgeBatchState  *state,
                             GError          **error)
{
  Call *call = purge_journal_call_finish (self, result, purge_journal_record_async, error);

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
 * purge_journal_recover_async:
 * @self: the journal
 * @cancellable: (nullable): keeps what has not begun from beginning
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Makes unknown, with %PURGE_CAUSE_PROGRAM_ENDED, what an instance of the program was sending when it
 * died. What a living instance is sending, this one included, is left alone.
 */
void
purge_journal_recover_async (PurgeJournal         *self,
                             GCancellable         *cancellable,
                             GAsyncReadyCallback   callback,
                             gpointer              user_data)
{
  g_return_if_fail (PURGE_IS_JOURNAL (self));

  purge_journal_call_run (self, purge_journal_recover_async, PURGE_SQL_WRITE, recover_batches,
                          call_new (self), call_free, cancellable, callback, user_data);
}

/**
 * purge_journal_recover_finish:
 * @self: the journal
 * @result: what the callback was given
 * @n_recovered: (out) (optional): how many batches became unknown
 * @error: return location for an error
 *
 * Returns: whether it is on the disk; if not, %PURGE_ERROR_STORAGE or %PURGE_ERROR_STORAGE_DAMAGED
 */
gboolean
purge_journal_recover_finish (PurgeJournal  *self,
                              GAsyncResult  *result,
                              guint         *n_recovered,
                              GError       **error)
{
  Call *call = purge_journal_call_finish (self, result, purge_journal_recover_async, error);

  if (call == NULL)
    return FALSE;

  if (n_recovered != NULL)
    *n_recovered = call->count;
  return TRUE;
}

/**
 * purge_journal_load_async:
 * @self: the journal
 * @submission_id: a submission
 * @cancellable: (nullable): keeps what has not begun from beginning
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Reads a submission with its batches, their directories and what became of them.
 */
void
purge_journal_load_async (PurgeJournal         *self,
                          gint64                submission_id,
                          GCancellable         *cancellable,
                          GAsyncReadyCallback   callback,
                          gpointer              user_data)
{
  Call *call;

  g_return_if_fail (PURGE_IS_JOURNAL (self));

  call = call_new (self);
  call->id = submission_id;
  purge_journal_call_run (self, purge_journal_load_async, PURGE_SQL_READ, load_submission,
                          call, call_free, cancellable, callback, user_data);
}

/**
 * purge_journal_load_finish:
 * @self: the journal
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full): the submission, or %NULL with %PURGE_ERROR_NOT_FOUND where there is none,
 *   %PURGE_ERROR_STORAGE or %PURGE_ERROR_STORAGE_DAMAGED
 */
PurgeSubmission *
purge_journal_load_finish (PurgeJournal  *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  Call *call = purge_journal_call_finish (self, result, purge_journal_load_async, error);

  return call != NULL ? purge_submission_ref (call->submission) : NULL;
}

/**
 * purge_journal_find_latest_async:
 * @self: the journal
 * @cancellable: (nullable): keeps what has not begun from beginning
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Finds the submission that was stored last.
 */
void
purge_journal_find_latest_async (PurgeJournal         *self,
                                 GCancellable         *cancellable,
                                 GAsyncReadyCallback   callback,
                                 gpointer              user_data)
{
  g_return_if_fail (PURGE_IS_JOURNAL (self));

  purge_journal_call_run (self, purge_journal_find_latest_async, PURGE_SQL_READ, find_latest,
                          call_new (self), call_free, cancellable, callback, user_data);
}

/**
 * purge_journal_find_latest_finish:
 * @self: the journal
 * @result: what the callback was given
 * @submission_id: (out): its id, or 0 where there is no submission yet
 * @error: return location for an error
 *
 * Returns: whether it was looked for; if not, %PURGE_ERROR_STORAGE or %PURGE_ERROR_STORAGE_DAMAGED
 */
gboolean
purge_journal_find_latest_finish (PurgeJournal  *self,
                                  GAsyncResult  *result,
                                  gint64        *submission_id,
                                  GError       **error)
{
  Call *call = purge_journal_call_finish (self, result, purge_journal_find_latest_async, error);

  if (call == NULL)
    return FALSE;

  *submission_id = call->id;
  return TRUE;
}

/**
 * purge_journal_sum_up_async:
 * @self: the journal
 * @account: an account; may be changed as soon as this returns
 * @endpoint: the endpoint it goes to, as text
 * @area: where; %PURGE_AREA_NONE for wherever more was spent
 * @since: UNIX seconds
 * @until: UNIX seconds
 * @canary_since: UNIX seconds
 * @cancellable: (nullable): keeps what has not begun from beginning
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Counts what spent quota of an account, or may have, in the time [@since, @until), by the
 * timestamps of the requests; and finds out whether the server accepted a batch of that account, with
 * that key and at that endpoint, that began at @canary_since or later.
 */
void
purge_journal_sum_up_async (PurgeJournal         *self,
                            PurgeAccount         *account,
                            const char           *endpoint,
                            PurgeArea             area,
                            gint64                since,
                            gint64                until,
                            gint64                canary_since,
                            GCancellable         *cancellable,
                            GAsyncReadyCallback   callback,
                            gpointer              user_data)
{
  Call *call;

  g_return_if_fail (PURGE_IS_JOURNAL (self));
  g_return_if_fail (PURGE_IS_ACCOUNT (account));
  g_return_if_fail (endpoint != NULL);

  call = call_new (self);
  call->account = purge_account_copy (account);
  call->endpoint = g_strdup (endpoint);
  call->area = area;
  call->since = since;
  call->until = until;
  call->timestamp = canary_since;
  purge_journal_call_run (self, purge_journal_sum_up_async, PURGE_SQL_READ, sum_up,
                          call, call_free, cancellable, callback, user_data);
}

/**
 * purge_journal_sum_up_finish:
 * @self: the journal
 * @result: what the callback was given
 * @n_used: (out caller-allocates) (array fixed-size=2) (optional): by #PurgeKind, the entries that are
 *   sending, unknown, superseded, accepted, done or failed
 * @accepted_lately: (out) (optional): whether the key was seen to work there
 * @error: return location for an error
 *
 * Returns: whether it was counted; if not, %PURGE_ERROR_STORAGE or %PURGE_ERROR_STORAGE_DAMAGED
 */
gboolean
purge_journal_sum_up_finish (PurgeJournal  *self,
                             GAsyncResult  *result,
                             guint         *n_used,
                             gboolean      *accepted_lately,
                             GError       **error)
{
  Call *call = purge_journal_call_finish (self, result, purge_journal_sum_up_async, error);

  if (call == NULL)
    return FALSE;

  if (n_used != NULL)
    memcpy (n_used, call->n_used, sizeof call->n_used);
  if (accepted_lately != NULL)
    *accepted_lately = call->accepted_lately;
  return TRUE;
}
