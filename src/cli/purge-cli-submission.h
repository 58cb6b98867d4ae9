/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-cli-report.h"
#include "purge-cli-session.h"

G_BEGIN_DECLS

/**
 * PurgeCliSubmission:
 * @id: what it is called
 * @session: the session it was loaded in
 * @job: the submission
 *
 * A submission of before that a command works with.
 */
typedef struct {
  gint64           id;
  PurgeCliSession *session;
  PurgeJob        *job;
} PurgeCliSubmission;

PurgeCliSubmission *purge_cli_submission_open         (PurgeCli            *cli,
                                                       const char          *given,
                                                       GError             **error);
void                purge_cli_submission_close        (PurgeCliSubmission  *self);
gboolean            purge_cli_submission_reload       (PurgeCliSubmission  *self,
                                                       GError             **error);
PurgeAccount       *purge_cli_submission_take_account (PurgeCliSubmission  *self,
                                                       PurgeCli            *cli,
                                                       GError             **error);

/* Does something with the one submission that was given; what becomes of it is reported after that. */
typedef void (*PurgeCliSubmissionFunc) (PurgeCli           *cli,
                                        PurgeCliSubmission *submission,
                                        PurgeCliReport     *report);

PurgeCliExit        purge_cli_submission_run          (PurgeCli               *cli,
                                                       const PurgeCliCommand  *command,
                                                       GStrv                  *arguments,
                                                       PurgeCliSubmissionFunc  func);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PurgeCliSubmission, purge_cli_submission_close)

G_END_DECLS
