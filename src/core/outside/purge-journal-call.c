/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* How a call of the journal becomes a task in the thread of the database. Does not know what is
 * called. */

#define G_LOG_DOMAIN "purge-journal-call"

#include "config.h"

#include "purge-journal-call.h"

/**
 * purge_journal_call_run:
 * @journal: the journal
 * @tag: the function that was called
 * @access: whether @func writes
 * @func: what to do in the thread of the database, in one transaction; its data is @call
 * @call: (transfer full): what it was given and what comes of it
 * @free_call: (nullable): frees @call
 * @cancellable: (nullable): keeps what has not begun from beginning
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Runs a call.
 */
void
purge_journal_call_run (PurgeJournal         *journal,
                        gpointer              tag,
                        PurgeSqlAccess        access,
                        PurgeSqlTransactFunc  func,
                        gpointer              call,
                        GDestroyNotify        free_call,
                        GCancellable         *cancellable,
                        GAsyncReadyCallback   callback,
                        gpointer              user_data)
{
  GTask *task = g_task_new (journal, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, call, free_call);
  purge_database_run (purge_journal_get_database (journal), task, access, func);
}

/**
 * purge_journal_call_finish:
 * @journal: the journal
 * @result: what the callback was given
 * @tag: the function that was called
 * @error: return location for an error
 *
 * Returns: (transfer none) (nullable): the call that has ended well, which stays the task's; %NULL
 *   with an error where it has not
 */
gpointer
purge_journal_call_finish (PurgeJournal  *journal,
                           GAsyncResult  *result,
                           gpointer       tag,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, journal), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, tag), NULL);

  return g_task_propagate_boolean (G_TASK (result), error) ? g_task_get_task_data (G_TASK (result))
                                                           : NULL;
}
