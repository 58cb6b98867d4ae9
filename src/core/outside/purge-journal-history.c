/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The journal's calls for the history. Knows which call does what to the tables; no SQL. */

#define G_LOG_DOMAIN "purge-journal-history"

#include "config.h"

#include "purge-journal-history.h"

#include "purge-history-table.h"
#include "purge-journal-call.h"

/* Each kind of call uses the fields it needs. */
typedef struct {
  char              *search;
  PurgeHistoryQuery  query;
  GPtrArray         *summaries;
  GArray            *days;
  gint64             id;
  gint64             time;
  gint64             now;
  guint              n_removed;
} Call;

static void
call_free (gpointer data)
{
  Call *call = data;

  g_free (call->search);
  g_clear_pointer (&call->summaries, g_ptr_array_unref);
  g_clear_pointer (&call->days, g_array_unref);
  g_free (call);
}

static gboolean
list_submissions (PurgeSql  *sql,
                  gpointer   data,
                  GError   **error)
{
  Call *call = data;

  call->summaries = purge_history_table_list (sql, &call->query, error);
  return call->summaries != NULL;
}

static gboolean
count_days (PurgeSql  *sql,
            gpointer   data,
            GError   **error)
{
  return purge_history_table_count_days (sql, ((Call *) data)->days, error);
}

static gboolean
remove_one (PurgeSql  *sql,
            gpointer   data,
            GError   **error)
{
  Call *call = data;

  return purge_history_table_remove (sql, call->id, call->now, error);
}

static gboolean
remove_before (PurgeSql  *sql,
               gpointer   data,
               GError   **error)
{
  Call *call = data;

  return purge_history_table_remove_before (sql, call->time, call->now, &call->n_removed, error);
}

/**
 * purge_journal_list_async:
 * @self: the journal
 * @query: which submissions
 * @cancellable: (nullable): keeps what has not begun from beginning
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Lists submissions. The last id of a page is the `before_id` of the next one.
 */
void
purge_journal_list_async (PurgeJournal            *self,
                          const PurgeHistoryQuery *query,
                          GCancellable            *cancellable,
                          GAsyncReadyCallback      callback,
                          gpointer                 user_data)
{
  Call *call;

  g_return_if_fail (PURGE_IS_JOURNAL (self));

  call = g_new0 (Call, 1);
  call->query = *query;
  call->query.search = call->search = g_strdup (query->search);
  purge_journal_call_run (self, purge_journal_list_async, PURGE_SQL_READ, list_submissions,
                          call, call_free, cancellable, callback, user_data);
}

/**
 * purge_journal_list_finish:
 * @self: the journal
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer container) (element-type PurgeSubmissionSummary): the submissions, the newest
 *   first, or %NULL with %PURGE_ERROR_STORAGE or %PURGE_ERROR_STORAGE_DAMAGED
 */
GPtrArray *
purge_journal_list_finish (PurgeJournal  *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  Call *call = purge_journal_call_finish (self, result, purge_journal_list_async, error);

  return call != NULL ? g_ptr_array_ref (call->summaries) : NULL;
}

/**
 * purge_journal_count_days_async:
 * @self: the journal
 * @days: (transfer full) (element-type PurgeDay): days with nothing in them, one after the other
 * @cancellable: (nullable): keeps what has not begun from beginning
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Counts what became of what was submitted in each of these days. Each entry counts once.
 */
void
purge_journal_count_days_async (PurgeJournal        *self,
                                GArray              *days,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  Call *call;

  g_return_if_fail (PURGE_IS_JOURNAL (self));

  call = g_new0 (Call, 1);
  call->days = days;
  purge_journal_call_run (self, purge_journal_count_days_async, PURGE_SQL_READ, count_days,
                          call, call_free, cancellable, callback, user_data);
}

/**
 * purge_journal_count_days_finish:
 * @self: the journal
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type PurgeDay): the days, or %NULL with %PURGE_ERROR_STORAGE or
 *   %PURGE_ERROR_STORAGE_DAMAGED
 */
GArray *
purge_journal_count_days_finish (PurgeJournal  *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  Call *call = purge_journal_call_finish (self, result, purge_journal_count_days_async, error);

  return call != NULL ? g_array_ref (call->days) : NULL;
}

/**
 * purge_journal_remove_async:
 * @self: the journal
 * @submission_id: a submission
 * @now: UNIX seconds
 * @cancellable: (nullable): keeps what has not begun from beginning
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Deletes a submission with its batches and all that became of them. What it spent of the quota
 * stays counted.
 */
void
purge_journal_remove_async (PurgeJournal         *self,
                            gint64                submission_id,
                            gint64                now,
                            GCancellable         *cancellable,
                            GAsyncReadyCallback   callback,
                            gpointer              user_data)
{
  Call *call;

  g_return_if_fail (PURGE_IS_JOURNAL (self));

  call = g_new0 (Call, 1);
  call->id = submission_id;
  call->now = now;
  purge_journal_call_run (self, purge_journal_remove_async, PURGE_SQL_WRITE, remove_one,
                          call, call_free, cancellable, callback, user_data);
}

/**
 * purge_journal_remove_finish:
 * @self: the journal
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether it is gone from the disk; if not, %PURGE_ERROR_NOT_FOUND where there is none,
 *   %PURGE_ERROR_INVALID_INPUT where a batch of it is being sent, %PURGE_ERROR_STORAGE or
 *   %PURGE_ERROR_STORAGE_DAMAGED
 */
gboolean
purge_journal_remove_finish (PurgeJournal  *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  return purge_journal_call_finish (self, result, purge_journal_remove_async, error) != NULL;
}

/**
 * purge_journal_remove_before_async:
 * @self: the journal
 * @time: UNIX seconds
 * @now: UNIX seconds
 * @cancellable: (nullable): keeps what has not begun from beginning
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Deletes all submissions that were made before @time, but for those that are being sent. What they
 * spent of the quota stays counted.
 */
void
purge_journal_remove_before_async (PurgeJournal         *self,
                                   gint64                time,
                                   gint64                now,
                                   GCancellable         *cancellable,
                                   GAsyncReadyCallback   callback,
                                   gpointer              user_data)
{
  Call *call;

  g_return_if_fail (PURGE_IS_JOURNAL (self));

  call = g_new0 (Call, 1);
  call->time = time;
  call->now = now;
  purge_journal_call_run (self, purge_journal_remove_before_async, PURGE_SQL_WRITE, remove_before,
                          call, call_free, cancellable, callback, user_data);
}

/**
 * purge_journal_remove_before_finish:
 * @self: the journal
 * @result: what the callback was given
 * @n_removed: (out) (optional): how many are gone
 * @error: return location for an error
 *
 * Returns: whether they are gone from the disk; if not, %PURGE_ERROR_STORAGE or
 *   %PURGE_ERROR_STORAGE_DAMAGED
 */
gboolean
purge_journal_remove_before_finish (PurgeJournal  *self,
                                    GAsyncResult  *result,
                                    guint         *n_removed,
                                    GError       **error)
{
  Call *call = purge_journal_call_finish (self, result, purge_journal_remove_before_async, error);

  if (call == NULL)
    return FALSE;

  if (n_removed != NULL)
    *n_removed = call->n_removed;
  return TRUE;
}
