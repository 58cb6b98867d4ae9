/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-journal.h"
#include "purge-match.h"

G_BEGIN_DECLS

/* What was found of batches in the vendor's log. Calls of #PurgeJournal. */

/* The ids of the records that are known to be a batch of the account (claimed), the directories of its
 * other batches of that time (others), and how many other
 * batches a record of the same directories could belong to: those of the account that went out from
 * 300 s before since until until, for exactly the same directories, which may have been executed,
 * and of which no record is known. */
void     purge_journal_find_rivals_async  (PurgeJournal         *self,
                                           gint64                batch_id,
                                           gint64                since,
                                           gint64                until,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
gboolean purge_journal_find_rivals_finish (PurgeJournal         *self,
                                           GAsyncResult         *result,
                                           GStrv                *own,
                                           GStrv                *claimed,
                                           GStrv                *others,
                                           guint                *n_rivals,
                                           GError              **error);

/* Stores that a batch was looked up; with a match, claims its records and moves the batch, wholly
 * or not at all. %PURGE_ERROR_EXISTS: a record is another batch's by now. */
void     purge_journal_settle_async       (PurgeJournal         *self,
                                           gint64                batch_id,
                                           const PurgeMatch     *match,
                                           PurgeOutcome         *failure,
                                           gint64                now,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
gboolean purge_journal_settle_finish      (PurgeJournal         *self,
                                           GAsyncResult         *result,
                                           PurgeBatchState      *state,
                                           GError              **error);

G_END_DECLS
