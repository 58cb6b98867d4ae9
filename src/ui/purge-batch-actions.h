/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <adwaita.h>

#include "purge-job.h"

G_BEGIN_DECLS

/**
 * PurgeBatchActions:
 *
 * What a person can do about one batch that is unknown: buttons that are there only while they do
 * something. They act through `results.send-again` and `results.send-as-new`, whose parameter (uint)
 * is the number of the batch.
 */
#define PURGE_TYPE_BATCH_ACTIONS (purge_batch_actions_get_type ())

G_DECLARE_FINAL_TYPE (PurgeBatchActions, purge_batch_actions, PURGE, BATCH_ACTIONS, AdwBin)

void purge_batch_actions_set_batch (PurgeBatchActions *self,
                                    PurgeJob          *job,
                                    PurgeBatch        *batch);

G_END_DECLS
