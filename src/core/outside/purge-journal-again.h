/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-journal.h"

G_BEGIN_DECLS

/* What a person does about a batch that came to nothing or is unknown. Calls of #PurgeJournal. */

/* Stores that the last request of an unknown batch is about to go out again, byte for byte, which
 * is done once at most. Only after this has ended well may a byte of it leave; the batch stays
 * unknown. %PURGE_ERROR_EXISTS: it went again before. %PURGE_ERROR_NOT_FOUND: the batch is not
 * unknown. */
void     purge_journal_begin_again_async   (PurgeJournal         *self,
                                            gint64                batch_id,
                                            gint64                now,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
gboolean purge_journal_begin_again_finish  (PurgeJournal         *self,
                                            GAsyncResult         *result,
                                            GError              **error);

/* Records what became of that. Only an outcome that says accepted moves the batch. */
void     purge_journal_record_again_async  (PurgeJournal         *self,
                                            gint64                batch_id,
                                            PurgeOutcome         *outcome,
                                            gint64                now,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
gboolean purge_journal_record_again_finish (PurgeJournal         *self,
                                            GAsyncResult         *result,
                                            PurgeBatchState      *state,
                                            GError              **error);

/* Makes a new waiting batch of each, in their order, wholly or not at all: of batches that were
 * rejected or failed, which stay so, or are unknown, which are superseded. Nothing is sent.
 * %PURGE_ERROR_EXISTS: one has a successor already. */
void     purge_journal_append_async        (PurgeJournal         *self,
                                            gint64                submission_id,
                                            const gint64         *batch_ids,
                                            guint                 n_batch_ids,
                                            gint64                now,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
gboolean purge_journal_append_finish       (PurgeJournal         *self,
                                            GAsyncResult         *result,
                                            GError              **error);

G_END_DECLS
