/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <gio/gio.h>

#include "purge-api.h"
#include "purge-journal.h"

G_BEGIN_DECLS

/**
 * PurgeBatch:
 *
 * One batch of a job, for showing. Properties, all of which notify: `number` (uint), `state`
 * (#PurgeBatchState), `n-directories` (uint), `code`, `code-desc`, `message`, `task-id`, `raw`
 * (string, nullable, hostile), `sentence`, `sent`, `quota`, `next-step` (string, translated),
 * `retry-in` (uint): in how many seconds it is tried again by itself, 0 where it is not; `successor`
 * (uint): the number of the batch that was made of it, or 0; `sent-again` (boolean). Main thread
 * only.
 */
#define PURGE_TYPE_BATCH (purge_batch_get_type ())

G_DECLARE_FINAL_TYPE (PurgeBatch, purge_batch, PURGE, BATCH, GObject)

PurgeBatch         *purge_batch_new               (PurgeSubmission *submission,
                                                   guint            index);
void                purge_batch_set               (PurgeBatch      *self,
                                                   PurgeBatchState  state,
                                                   PurgeOutcome    *outcome);
gint64              purge_batch_get_id            (PurgeBatch      *self);
guint               purge_batch_get_number        (PurgeBatch      *self);
PurgeBatchState     purge_batch_get_state         (PurgeBatch      *self);
PurgeKind           purge_batch_get_kind          (PurgeBatch      *self);
PurgeCall           purge_batch_get_call          (PurgeBatch      *self);
const char * const *purge_batch_get_directories   (PurgeBatch      *self);
guint               purge_batch_get_n_directories (PurgeBatch      *self);
PurgeOutcome       *purge_batch_get_outcome       (PurgeBatch      *self);
guint               purge_batch_get_successor     (PurgeBatch      *self);
const PurgeAttempt *purge_batch_get_attempt       (PurgeBatch      *self);
gboolean            purge_batch_get_sent_again    (PurgeBatch      *self);
const PurgeBatchRecord *
                    purge_batch_get_record        (PurgeBatch      *self);
void                purge_batch_set_attempt       (PurgeBatch         *self,
                                                   const PurgeAttempt *attempt);
void                purge_batch_set_sent_again    (PurgeBatch      *self);
void                purge_batch_set_retry_in      (PurgeBatch      *self,
                                                   guint            seconds);
gboolean            purge_batch_update            (PurgeBatch             *self,
                                                   const PurgeBatchRecord *record);
const char         *purge_batch_get_sentence      (PurgeBatch      *self);
char               *purge_batch_dup_explanation   (PurgeBatch      *self);
gboolean            purge_batch_looks_retired     (PurgeBatch      *self);

G_END_DECLS
