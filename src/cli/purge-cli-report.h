/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-cli-error.h"
#include "purge-cli-input.h"
#include "purge-job.h"
#include "purge-limits.h"
#include "purge-tally.h"

G_BEGIN_DECLS

/**
 * PurgeCliBatch:
 * @state: its state; superseded where a later batch was made of it
 * @kind: what its entries are
 * @urls: (array zero-terminated=1): its entries, in order
 * @outcome: (nullable): what became of it
 * @explanation: (nullable): the same in words, translated
 * @successor: the number of the batch that was made of it, or 0
 * @n_attempts: how many requests there were for it, or 0 where that was not asked
 * @sent_again: whether its request was sent a second time, byte for byte
 * @n_look_ups: how often it was looked up
 * @looked_up: when that was last, in UNIX seconds, or 0
 *
 * One batch of a report.
 */
typedef struct {
  PurgeBatchState  state;
  PurgeKind        kind;
  GStrv            urls;
  PurgeOutcome    *outcome;
  char            *explanation;
  guint            successor;
  guint            n_attempts;
  gboolean         sent_again;
  guint            n_look_ups;
  gint64           looked_up;
} PurgeCliBatch;

/**
 * PurgeCliReport:
 * @is_plan: whether it says what would be, and nothing was to be sent
 * @submission: what `show` takes, or 0
 * @area: where it is purged
 * @batches: (element-type PurgeCliBatch): the batches, in order
 * @input: (nullable): the lists it came from
 * @error: (nullable): what kept it from being sent at all
 * @warning_kind: (nullable): a stable name for @warning
 * @warning: (nullable): what went wrong beside the batches, translated
 * @is_followed: whether it was waited until it is done, so that what is not is unknown
 * @is_unrecorded: whether something of what is reported is not on the disk
 *
 * What the commands that deal with a submission say at their end, for people and for scripts alike.
 */
typedef struct {
  gboolean       is_plan;
  gint64         submission;
  PurgeArea      area;
  GPtrArray     *batches;
  PurgeCliInput *input;
  GError        *error;
  char          *warning_kind;
  char          *warning;
  gboolean       is_followed;
  gboolean       is_unrecorded;
} PurgeCliReport;

PurgeCliReport *purge_cli_report_new          (void);
void            purge_cli_report_free         (PurgeCliReport        *self);
void            purge_cli_report_add_plan     (PurgeCliReport        *self,
                                               const PurgeLimits     *limits);
void            purge_cli_report_add_job      (PurgeCliReport        *self,
                                               PurgeJob              *job);
void            purge_cli_report_warn         (PurgeCliReport        *self,
                                               const char            *kind,
                                               const char            *sentence);
void            purge_cli_report_warn_of      (PurgeCliReport        *self,
                                               const GError          *error,
                                               const char            *cancelled);
PurgeTally      purge_cli_report_count        (const PurgeCliReport  *self);
PurgeCliExit    purge_cli_report_get_exit     (const PurgeCliReport  *self);
gboolean        purge_cli_report_is_under_way (const PurgeCliReport  *self);
gboolean        purge_cli_report_is_open      (const PurgeCliReport  *self);
gboolean        purge_cli_report_find_failure (const PurgeCliReport  *self,
                                               const char           **kind,
                                               char                 **sentence);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PurgeCliReport, purge_cli_report_free)

G_END_DECLS
