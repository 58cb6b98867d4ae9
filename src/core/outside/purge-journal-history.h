/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-day.h"
#include "purge-history-query.h"
#include "purge-journal.h"
#include "purge-submission-summary.h"

G_BEGIN_DECLS

/* The submissions of the past. Calls of #PurgeJournal. */

/* Summaries, the newest first. */
void       purge_journal_list_async           (PurgeJournal         *self,
                                               const PurgeHistoryQuery *query,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
GPtrArray *purge_journal_list_finish          (PurgeJournal         *self,
                                               GAsyncResult         *result,
                                               GError              **error);

/* What became of what was submitted in each of these days. */
void       purge_journal_count_days_async     (PurgeJournal         *self,
                                               GArray               *days,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
GArray    *purge_journal_count_days_finish    (PurgeJournal         *self,
                                               GAsyncResult         *result,
                                               GError              **error);

/* Deletes a submission; what it spent stays counted. %PURGE_ERROR_INVALID_INPUT: it is being
 * sent. */
void       purge_journal_remove_async         (PurgeJournal         *self,
                                               gint64                submission_id,
                                               gint64                now,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
gboolean   purge_journal_remove_finish        (PurgeJournal         *self,
                                               GAsyncResult         *result,
                                               GError              **error);

/* Deletes the submissions that were made before a time, but for those that are being sent. */
void       purge_journal_remove_before_async  (PurgeJournal         *self,
                                               gint64                time,
                                               gint64                now,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
gboolean   purge_journal_remove_before_finish (PurgeJournal         *self,
                                               GAsyncResult         *result,
                                               guint                *n_removed,
                                               GError              **error);

G_END_DECLS
