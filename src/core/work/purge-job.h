/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-batch.h"
#include "purge-workspace.h"

G_BEGIN_DECLS

/**
 * PurgeJob:
 *
 * One submission at work, or one of before: a #GListModel of #PurgeBatch. Properties, all of which
 * notify: `submission-id` (int64, 0 until it is on disk), `running` (boolean), `n-directories`,
 * `n-accepted`, `n-rejected`, `n-unknown`, `n-waiting` (uint, directories), `n-batches`,
 * `n-batches-done` (uint), `summary` (string, translated), `account-name` (string),
 * `created` (int64). Main thread only.
 */
#define PURGE_TYPE_JOB (purge_job_get_type ())

G_DECLARE_FINAL_TYPE (PurgeJob, purge_job, PURGE, JOB, GObject)

PurgeJob        *purge_job_new            (PurgeWorkspace       *workspace,
                                           PurgeAccount         *account,
                                           PurgeMode             mode,
                                           const char * const   *urls);

/* Reads the key, stores the submission, sends batch after batch as the rules of pace and canary say,
 * records every verdict, ends. TRUE where a submission exists, whatever became of it; an error means
 * that nothing was sent (keyring, storage, cancelled before). Cancelling stops what is not sent yet
 * and gives the request under way up. To be run once. */
void             purge_job_run_async      (PurgeJob             *self,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
gboolean         purge_job_run_finish     (PurgeJob             *self,
                                           GAsyncResult         *result,
                                           GError              **error);

/* A submission of before. An id of 0 is the newest; the result is NULL without an error where there
 * is none yet. */
void             purge_job_load_async     (PurgeWorkspace       *workspace,
                                           gint64                submission_id,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
PurgeJob        *purge_job_load_finish    (PurgeWorkspace       *workspace,
                                           GAsyncResult         *result,
                                           GError              **error);

PurgeSubmission *purge_job_get_submission (PurgeJob             *self);
guint            purge_job_count          (PurgeJob             *self,
                                           PurgeBatchState       state);
gboolean         purge_job_get_running    (PurgeJob             *self);

/* The directories that are in a state, in order; for loading what failed back into the list. */
GStrv            purge_job_dup_urls       (PurgeJob             *self,
                                           PurgeBatchState       state);

G_END_DECLS
