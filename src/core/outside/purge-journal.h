/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-database.h"
#include "purge-submission.h"

G_BEGIN_DECLS

/**
 * PurgeJournal:
 *
 * Every submission, on disk before its first byte is on the wire. All calls are asynchronous; a call
 * that has ended without an error is on the disk (WAL, synchronous=FULL). Errors:
 * %PURGE_ERROR_STORAGE, %PURGE_ERROR_STORAGE_DAMAGED, %PURGE_ERROR_NOT_FOUND; their sentences say
 * whether anything was sent. A call that is cancelled before its turn changes nothing; one that has
 * begun is done whole, and its true result is told. Sending again, looking up and the history are
 * calls of it too, in headers of their own: `purge-journal-again.h`, `purge-journal-look-up.h`,
 * `purge-journal-history.h`.
 */
#define PURGE_TYPE_JOURNAL (purge_journal_get_type ())

G_DECLARE_FINAL_TYPE (PurgeJournal, purge_journal, PURGE, JOURNAL, GObject)

PurgeJournal    *purge_journal_new                  (PurgeDatabase        *database);
PurgeDatabase   *purge_journal_get_database         (PurgeJournal         *self);

/* Stores a submission with all its batches as waiting, in one transaction; fills in the ids. */
void             purge_journal_add_async            (PurgeJournal         *self,
                                                     PurgeSubmission      *submission,
                                                     GCancellable         *cancellable,
                                                     GAsyncReadyCallback   callback,
                                                     gpointer              user_data);
gboolean         purge_journal_add_finish           (PurgeJournal         *self,
                                                     GAsyncResult         *result,
                                                     GError              **error);

/* Moves one waiting batch to sending and stores the request that is to go out.
 * %PURGE_ERROR_EXISTS: that nonce was used with that timestamp before; roll another. */
void             purge_journal_begin_async          (PurgeJournal         *self,
                                                     gint64                batch_id,
                                                     const PurgeAttempt   *attempt,
                                                     GCancellable         *cancellable,
                                                     GAsyncReadyCallback   callback,
                                                     gpointer              user_data);
gboolean         purge_journal_begin_finish         (PurgeJournal         *self,
                                                     GAsyncResult         *result,
                                                     GError              **error);

/* Records an outcome: moves the batch by purge_batch_state_move(), stores what was said, and closes
 * its request. */
void             purge_journal_record_async         (PurgeJournal         *self,
                                                     gint64                batch_id,
                                                     PurgeOutcome         *outcome,
                                                     gint64                now,
                                                     GCancellable         *cancellable,
                                                     GAsyncReadyCallback   callback,
                                                     gpointer              user_data);
gboolean         purge_journal_record_finish        (PurgeJournal         *self,
                                                     GAsyncResult         *result,
                                                     PurgeBatchState      *state,
                                                     GError              **error);

/* What was under way when an instance of the program died becomes unknown; what a living one is
 * sending does not. */
void             purge_journal_recover_async        (PurgeJournal         *self,
                                                     GCancellable         *cancellable,
                                                     GAsyncReadyCallback   callback,
                                                     gpointer              user_data);
gboolean         purge_journal_recover_finish       (PurgeJournal         *self,
                                                     GAsyncResult         *result,
                                                     guint                *n_recovered,
                                                     GError              **error);

void             purge_journal_load_async           (PurgeJournal         *self,
                                                     gint64                submission_id,
                                                     GCancellable         *cancellable,
                                                     GAsyncReadyCallback   callback,
                                                     gpointer              user_data);
PurgeSubmission *purge_journal_load_finish          (PurgeJournal         *self,
                                                     GAsyncResult         *result,
                                                     GError              **error);

/* The id of the newest submission, or 0. */
void             purge_journal_find_latest_async    (PurgeJournal         *self,
                                                     GCancellable         *cancellable,
                                                     GAsyncReadyCallback   callback,
                                                     gpointer              user_data);
gboolean         purge_journal_find_latest_finish   (PurgeJournal         *self,
                                                     GAsyncResult         *result,
                                                     gint64               *submission_id,
                                                     GError              **error);

/* How many directories and URLs of an account are sending, unknown, superseded, accepted, done or failed in the time
 * [since, until) by the timestamp of their requests, and whether an accepted batch of that account,
 * key serial and endpoint began at canary_since or later. */
void             purge_journal_sum_up_async         (PurgeJournal         *self,
                                                     PurgeAccount         *account,
                                                     const char           *endpoint,
                                                     PurgeArea             area,
                                                     gint64                since,
                                                     gint64                until,
                                                     gint64                canary_since,
                                                     GCancellable         *cancellable,
                                                     GAsyncReadyCallback   callback,
                                                     gpointer              user_data);
gboolean         purge_journal_sum_up_finish        (PurgeJournal         *self,
                                                     GAsyncResult         *result,
                                                     guint                *n_used,
                                                     gboolean             *accepted_lately,
                                                     GError              **error);

G_END_DECLS
