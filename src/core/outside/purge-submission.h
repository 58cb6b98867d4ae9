/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-attempt.h"
#include "purge-limits.h"
#include "purge-order.h"
#include "purge-outcome.h"

G_BEGIN_DECLS

/**
 * PurgeBatchRecord:
 * @id: the row, or 0 where it is not stored yet
 * @number: its place in the submission, from 1
 * @parent: the number of the batch that it was made of, or 0
 * @successor: the number of the batch that was made of it, or 0
 * @kind: what all of its entries are
 * @urls: (array zero-terminated=1): the entries, byte for byte as sent
 * @state: its state
 * @nonce: the nonce of its request, or 0
 * @timestamp: the timestamp of its request, or 0
 * @outcome: (nullable): what became of it
 * @resolved: when that was recorded, in UNIX seconds, or 0
 * @attempt: (nullable): the last request that was made of it, those that were sent again left out
 * @n_attempts: how many such requests there were
 * @sent_again: whether its last request was sent again, byte for byte
 * @n_look_ups: how often it was looked up
 * @looked_up: when it was looked up last, in UNIX seconds, or 0
 */
typedef struct {
  gint64           id;
  guint            number;
  guint            parent;
  guint            successor;
  PurgeKind        kind;
  GStrv            urls;
  PurgeBatchState  state;
  guint64          nonce;
  gint64           timestamp;
  PurgeOutcome    *outcome;
  gint64           resolved;
  PurgeAttempt    *attempt;
  guint            n_attempts;
  gboolean         sent_again;
  guint            n_look_ups;
  gint64           looked_up;
} PurgeBatchRecord;

/**
 * PurgeSubmission:
 * @id: what `show ID` takes, or 0 where it is not stored yet
 * @account_uuid: the account, which may be gone by now
 * @account_name: what it was called then
 * @api: the API it went through, by its nick
 * @endpoint: the endpoint it went to, as text
 * @key_serial: which of the account's keys signed it
 * @mode: what of directories was purged
 * @area: where
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
  PurgeArea        area;
  gint64           created;
  GPtrArray       *batches;
} PurgeSubmission;

#define PURGE_TYPE_SUBMISSION (purge_submission_get_type ())

GType             purge_submission_get_type   (void);
PurgeSubmission  *purge_submission_new        (PurgeAccount        *account,
                                               const char          *endpoint,
                                               PurgeOrder          *order,
                                               const PurgeLimits   *limits,
                                               gint64               created);
PurgeSubmission  *purge_submission_new_stored (gint64               id);
PurgeBatchRecord *purge_submission_append     (PurgeSubmission     *self);
PurgeSubmission  *purge_submission_ref        (PurgeSubmission     *self);
void              purge_submission_unref      (PurgeSubmission     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PurgeSubmission, purge_submission_unref)

G_END_DECLS
