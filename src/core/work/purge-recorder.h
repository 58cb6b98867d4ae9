/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-clock.h"
#include "purge-journal.h"

G_BEGIN_DECLS

/**
 * PurgeRecorder:
 *
 * Writes verdicts into the journal, and does not let go of one that the disk does not take: it is
 * kept in memory and tried again every five seconds, for as long as the program lives. After that
 * the batch is unknown, as the journal has it. Property: `n-pending` (uint, read-only): how many
 * verdicts are not on the disk yet. Main thread only.
 */
#define PURGE_TYPE_RECORDER (purge_recorder_get_type ())

G_DECLARE_FINAL_TYPE (PurgeRecorder, purge_recorder, PURGE, RECORDER, GObject)

PurgeRecorder *purge_recorder_new           (PurgeJournal         *journal,
                                             PurgeClock           *clock);
void           purge_recorder_record_async  (PurgeRecorder        *self,
                                             gint64                batch_id,
                                             PurgeOutcome         *outcome,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
gboolean       purge_recorder_record_finish (PurgeRecorder        *self,
                                             GAsyncResult         *result,
                                             GError              **error);
guint          purge_recorder_get_n_pending (PurgeRecorder        *self);
void           purge_recorder_stop          (PurgeRecorder        *self);

G_END_DECLS
