/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-batch.h"
#include "purge-server-quota.h"
#include "purge-workspace.h"

G_BEGIN_DECLS

/**
 * PurgeJobPart:
 * @PURGE_JOB_REFUSED: what was rejected, or accepted and failed later
 * @PURGE_JOB_UNKNOWN: what may have been executed; sending it as new may spend quota a second time
 *
 * A part of a submission that a person wants to send again as new; both may be given together.
 */
typedef enum {
  PURGE_JOB_REFUSED = 1 << 0,
  PURGE_JOB_UNKNOWN = 1 << 1,
} PurgeJobPart;

/**
 * PurgeJob:
 *
 * One submission at work, or one of before: a #GListModel of #PurgeBatch. A batch that has a
 * successor stays in the list, and is not counted. Properties, all of which notify: `running`,
 * `checking` (boolean), `n-directories`, `n-accepted`, `n-rejected`, `n-unknown`, `n-waiting` (uint,
 * entries; what is done is accepted, too, and what failed rejected), `n-done`, `n-failed` (uint, entries), `n-batches`, `n-batches-done` (uint), `summary` (string, translated), `warning`
 * (string, nullable, translated: what is wrong beside the batches, with disk or clock or look-up),
 * `has-account` (boolean): whether it can go on.
 *
 * Nothing of it sends by itself: each of the calls that send is what a person asked for. One thing at
 * a time: %PURGE_ERROR_EXISTS where something is being done already, %PURGE_ERROR_NOT_FOUND where the
 * account is gone or there is nothing to do. Main thread only.
 */
#define PURGE_TYPE_JOB (purge_job_get_type ())

G_DECLARE_FINAL_TYPE (PurgeJob, purge_job, PURGE, JOB, GObject)

PurgeJob        *purge_job_new               (PurgeWorkspace       *workspace,
                                              PurgeAccount         *account,
                                              PurgeOrder           *order,
                                              PurgeServerQuota     *quota);
void             purge_job_load_async        (PurgeWorkspace       *workspace,
                                              gint64                submission_id,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
PurgeJob        *purge_job_load_finish       (PurgeWorkspace       *workspace,
                                              GAsyncResult         *result,
                                              GError              **error);
void             purge_job_set_account       (PurgeJob             *self,
                                              PurgeAccount         *account);
PurgeAccount    *purge_job_get_account       (PurgeJob             *self);
PurgeSubmission *purge_job_get_submission    (PurgeJob             *self);
gboolean         purge_job_get_running       (PurgeJob             *self);
gboolean         purge_job_get_checking      (PurgeJob             *self);
const char      *purge_job_get_warning       (PurgeJob             *self);
guint            purge_job_count             (PurgeJob             *self,
                                              PurgeBatchState       state);
GStrv            purge_job_dup_urls          (PurgeJob             *self,
                                              PurgeBatchState       state);

/* Sends what waits: of a new job all of it, of one of before the rest. */
void             purge_job_run_async         (PurgeJob             *self,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
gboolean         purge_job_run_finish        (PurgeJob             *self,
                                              GAsyncResult         *result,
                                              GError              **error);

/* Makes new batches of a part of it, and sends those and what waits. */
void             purge_job_retry_async       (PurgeJob             *self,
                                              PurgeJobPart          part,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
gboolean         purge_job_retry_finish      (PurgeJob             *self,
                                              GAsyncResult         *result,
                                              GError              **error);

/* The same of one unknown batch alone. */
void             purge_job_send_as_new_async  (PurgeJob             *self,
                                               PurgeBatch           *batch,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
gboolean         purge_job_send_as_new_finish (PurgeJob             *self,
                                               GAsyncResult         *result,
                                               GError              **error);

/* Asks the server what became of the batches that are unknown, or accepted and not known to be done;
 * sends no purge. */
gboolean         purge_job_can_check         (PurgeJob             *self);
void             purge_job_check_async       (PurgeJob             *self,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
gboolean         purge_job_check_finish      (PurgeJob             *self,
                                              GAsyncResult         *result,
                                              guint                *n_settled,
                                              GError              **error);

/* The same several times, ever more seldom, as long as there is something to find out. */
void             purge_job_watch_async       (PurgeJob             *self,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
gboolean         purge_job_watch_finish      (PurgeJob             *self,
                                              GAsyncResult         *result,
                                              GError              **error);

/* Sends the request of an unknown batch once more, byte for byte: the server executes it once. */
gboolean         purge_job_can_send_again    (PurgeJob             *self,
                                              PurgeBatch           *batch);
void             purge_job_send_again_async  (PurgeJob             *self,
                                              PurgeBatch           *batch,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
gboolean         purge_job_send_again_finish (PurgeJob             *self,
                                              GAsyncResult         *result,
                                              GError              **error);

/* Shows what another instance of the program did with it. */
void             purge_job_reload_async      (PurgeJob             *self,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
gboolean         purge_job_reload_finish     (PurgeJob             *self,
                                              GAsyncResult         *result,
                                              GError              **error);

G_END_DECLS
