/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-cli-error.h"
#include "purge-cli-input.h"
#include "purge-job.h"
#include "purge-tally.h"

G_BEGIN_DECLS

/**
 * PurgeCliBatch:
 * @state: its state
 * @urls: (array zero-terminated=1): its directories, in order
 * @outcome: (nullable): what became of it
 * @explanation: (nullable): the same in words, translated
 *
 * One batch of a report.
 */
typedef struct {
  PurgeBatchState  state;
  GStrv            urls;
  PurgeOutcome    *outcome;
  char            *explanation;
} PurgeCliBatch;

/**
 * PurgeCliReport:
 * @is_plan: whether it says what would be, and nothing was to be sent
 * @submission: what `show` takes, or 0
 * @batches: (element-type PurgeCliBatch): the batches, in order
 * @input: (nullable): the lists it came from
 * @error: (nullable): what kept it from being sent at all
 *
 * What the commands that deal with a submission say at their end, for people and for scripts alike.
 */
typedef struct {
  gboolean       is_plan;
  gint64         submission;
  GPtrArray     *batches;
  PurgeCliInput *input;
  GError        *error;
} PurgeCliReport;

PurgeCliReport *purge_cli_report_new          (void);
void            purge_cli_report_free         (PurgeCliReport        *self);
void            purge_cli_report_add_plan     (PurgeCliReport        *self,
                                               guint                  batch_limit);
void            purge_cli_report_add_job      (PurgeCliReport        *self,
                                               PurgeJob              *job);
PurgeTally      purge_cli_report_count        (const PurgeCliReport  *self);
PurgeCliExit    purge_cli_report_get_exit     (const PurgeCliReport  *self);
gboolean        purge_cli_report_find_failure (const PurgeCliReport  *self,
                                               const char           **kind,
                                               char                 **sentence);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PurgeCliReport, purge_cli_report_free)

G_END_DECLS
