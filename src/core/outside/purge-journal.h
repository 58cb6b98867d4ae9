/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-account.h"
#include "purge-database.h"
#include "purge-mode.h"
#include "purge-outcome.h"

G_BEGIN_DECLS

/**
 * PurgeBatchRecord:
 * @id: the row, or 0 where it is not stored yet
 * @number: its place in the submission, from 1
 * @urls: (array zero-terminated=1): the directories, byte for byte as sent
 * @state: its state
 * @nonce: the nonce of its request, or 0
 * @timestamp: the timestamp of its request, or 0
 * @outcome: (nullable): what became of it
 */
typedef struct {
  gint64           id;
  guint            number;
  GStrv            urls;
  PurgeBatchState  state;
  guint64          nonce;
  gint64           timestamp;
  PurgeOutcome    *outcome;
} PurgeBatchRecord;

/**
 * PurgeSubmission:
 * @id: what `show ID` takes, or 0 where it is not stored yet
 * @account_uuid: the account, which may be gone by now
 * @account_name: what it was called then
 * @api: the API it went through, by its nick
 * @endpoint: the endpoint it went to, as text
 * @key_serial: which of the account's keys signed it
 * @mode: what was purged
 * @created: UNIX seconds
 * @batches: (element-type PurgeBatchRecord): its batches, in order
 *
 * One submission as the journal holds it. A plain value; reference counted, not to be shared between
 * threads while it is written to.
 */
typedef struct {
  gatomicrefcount  ref_count;
  gint64           id;
  char            *account_uuid;
  char            *account_name;
  char            *api;
  char            *endpoint;
  guint            key_serial;
  PurgeMode        mode;
  gint64           created;
  GPtrArray       *batches;
} PurgeSubmission;

#define PURGE_TYPE_SUBMISSION (purge_submission_get_type ())

GType            purge_submission_get_type  (void);
PurgeSubmission *purge_submission_new       (PurgeAccount        *account,
                                             const char          *endpoint,
                                             PurgeMode            mode,
                                             gint64               created,
                                             const char * const  *urls,
                                             guint                batch_limit);
PurgeSubmission *purge_submission_ref       (PurgeSubmission     *self);
void             purge_submission_unref     (PurgeSubmission     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PurgeSubmission, purge_submission_unref)

/**
 * PurgeJournal:
 *
 * Every submission, on disk before its first byte is on the wire. All calls are asynchronous; a call
 * that has ended without an error is on the disk (WAL, synchronous=FULL). Errors:
 * %PURGE_ERROR_STORAGE, %PURGE_ERROR_STORAGE_DAMAGED, %PURGE_ERROR_NOT_FOUND.
 */
#define PURGE_TYPE_JOURNAL (purge_journal_get_type ())

G_DECLARE_FINAL_TYPE (PurgeJournal, purge_journal, PURGE, JOURNAL, GObject)

PurgeJournal    *purge_journal_new                  (PurgeDatabase        *database);

/* Stores a submission with all its batches as waiting, in one transaction; fills in the ids. */
void             purge_journal_add_async            (PurgeJournal         *self,
                                                     PurgeSubmission      *submission,
                                                     GCancellable         *cancellable,
                                                     GAsyncReadyCallback   callback,
                                                     gpointer              user_data);
gboolean         purge_journal_add_finish           (PurgeJournal         *self,
                                                     GAsyncResult         *result,
                                                     GError              **error);

/* Moves one waiting batch to sending with the nonce and timestamp that its request will carry.
 * %PURGE_ERROR_EXISTS: that nonce was used with that timestamp before; roll another. */
void             purge_journal_begin_async          (PurgeJournal         *self,
                                                     gint64                batch_id,
                                                     guint64               nonce,
                                                     gint64                timestamp,
                                                     GCancellable         *cancellable,
                                                     GAsyncReadyCallback   callback,
                                                     gpointer              user_data);
gboolean         purge_journal_begin_finish         (PurgeJournal         *self,
                                                     GAsyncResult         *result,
                                                     GError              **error);

/* Records an outcome: moves the batch by purge_batch_state_move() and stores what was said. */
void             purge_journal_record_async         (PurgeJournal         *self,
                                                     gint64                batch_id,
                                                     PurgeOutcome         *outcome,
                                                     GCancellable         *cancellable,
                                                     GAsyncReadyCallback   callback,
                                                     gpointer              user_data);
gboolean         purge_journal_record_finish        (PurgeJournal         *self,
                                                     GAsyncResult         *result,
                                                     PurgeBatchState      *state,
                                                     GError              **error);

/* What is sending now was under way when a program ended: it becomes unknown. */
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

/* How many directories of an account are sending, unknown, accepted, done or failed in the time
 * [since, until) by the timestamp of their requests, and whether an accepted batch of that account,
 * key serial and endpoint began at canary_since or later. */
void             purge_journal_sum_up_async         (PurgeJournal         *self,
                                                     PurgeAccount         *account,
                                                     const char           *endpoint,
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
