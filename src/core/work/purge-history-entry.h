/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <gio/gio.h>

#include "purge-submission-summary.h"

G_BEGIN_DECLS

/**
 * PurgeHistoryEntry:
 *
 * A summary of a submission, for list models. It does not change.
 */
#define PURGE_TYPE_HISTORY_ENTRY (purge_history_entry_get_type ())

G_DECLARE_FINAL_TYPE (PurgeHistoryEntry, purge_history_entry, PURGE, HISTORY_ENTRY, GObject)

PurgeHistoryEntry            *purge_history_entry_new         (PurgeSubmissionSummary *summary);
const PurgeSubmissionSummary *purge_history_entry_get_summary (PurgeHistoryEntry      *self);

G_END_DECLS
