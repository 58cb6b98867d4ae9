/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <gio/gio.h>

#include "purge-journal.h"

G_BEGIN_DECLS

/**
 * PurgeBatch:
 *
 * One batch of a job, for showing. Properties, all of which notify: `number` (uint), `state`
 * (#PurgeBatchState), `n-directories` (uint), `code`, `code-desc`, `message`, `task-id`, `raw`
 * (string, nullable, hostile), `sentence`, `sent`, `quota`, `next-step` (string, translated).
 * Main thread only.
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
const char * const *purge_batch_get_directories   (PurgeBatch      *self);
guint               purge_batch_get_n_directories (PurgeBatch      *self);
PurgeOutcome       *purge_batch_get_outcome       (PurgeBatch      *self);
const char         *purge_batch_get_sentence      (PurgeBatch      *self);
char               *purge_batch_dup_explanation   (PurgeBatch      *self);

G_END_DECLS
