/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-job.h"

G_BEGIN_DECLS

/* What the files of #PurgeJob share: what a job holds, and what its actions change of it. */

struct _PurgeJob
{
  GObject           parent_instance;

  PurgeWorkspace   *workspace;
  PurgeAccount     *account;
  PurgeSubmission  *submission;
  GPtrArray        *batches;
  gboolean          running;
  gboolean          checking;
  char             *warning;
};

PurgeJob *purge_job_new_for_submission (PurgeWorkspace  *workspace,
                                        PurgeSubmission *submission);
gboolean  purge_job_check_free         (PurgeJob        *self,
                                        GTask           *task);
void      purge_job_set_running        (PurgeJob        *self,
                                        gboolean         running);
void      purge_job_set_checking       (PurgeJob        *self,
                                        gboolean         checking);
void      purge_job_set_warning        (PurgeJob        *self,
                                        const char      *warning);
void      purge_job_explain_waiting    (PurgeJob        *self,
                                        gboolean         replace,
                                        PurgeOutcome    *outcome);
gboolean  purge_job_check_was_refused  (GAsyncResult    *result);
void      purge_job_update             (PurgeJob        *self,
                                        PurgeSubmission *submission);

/* Gets the task, and the error where the journal could not be read; owns both. */
typedef void (*PurgeJobReloaded)       (GTask            *task,
                                        GError           *error);

void      purge_job_reload             (PurgeJob         *self,
                                        GTask            *task,
                                        PurgeJobReloaded  next);

G_END_DECLS
