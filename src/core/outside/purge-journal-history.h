/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-journal.h"
#include "purge-submission-summary.h"

G_BEGIN_DECLS

/* The submissions of the past. Calls of #PurgeJournal. */

/* Summaries, the newest first: of at most limit submissions (0: all) before before_id (0: from the
 * newest on) that have the text search (nullable) in a directory, byte for byte. */
void       purge_journal_list_async           (PurgeJournal         *self,
                                               const char           *search,
                                               gint64                before_id,
                                               guint                 limit,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
GPtrArray *purge_journal_list_finish          (PurgeJournal         *self,
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
