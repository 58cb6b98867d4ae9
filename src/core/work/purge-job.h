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
 * notify: `running` (boolean), `n-directories`, `n-accepted`, `n-rejected`, `n-unknown`,
 * `n-waiting` (uint, directories), `n-batches`, `n-batches-done` (uint), `summary` (string,
 * translated), `warning` (string, nullable, translated: the journal could not be written).
 * Main thread only.
 */
#define PURGE_TYPE_JOB (purge_job_get_type ())

G_DECLARE_FINAL_TYPE (PurgeJob, purge_job, PURGE, JOB, GObject)

PurgeJob        *purge_job_new            (PurgeWorkspace       *workspace,
                                           PurgeAccount         *account,
                                           PurgeMode             mode,
                                           const char * const   *urls);
void             purge_job_run_async      (PurgeJob             *self,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
gboolean         purge_job_run_finish     (PurgeJob             *self,
                                           GAsyncResult         *result,
                                           GError              **error);
void             purge_job_load_async     (PurgeWorkspace       *workspace,
                                           gint64                submission_id,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
PurgeJob        *purge_job_load_finish    (PurgeWorkspace       *workspace,
                                           GAsyncResult         *result,
                                           GError              **error);
PurgeSubmission *purge_job_get_submission (PurgeJob             *self);
gboolean         purge_job_get_running    (PurgeJob             *self);
const char      *purge_job_get_warning    (PurgeJob             *self);
guint            purge_job_count          (PurgeJob             *self,
                                           PurgeBatchState       state);
GStrv            purge_job_dup_urls       (PurgeJob             *self,
                                           PurgeBatchState       state);

G_END_DECLS
