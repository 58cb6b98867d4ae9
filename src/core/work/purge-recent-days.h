/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-day.h"
#include "purge-workspace.h"

G_BEGIN_DECLS

#define PURGE_RECENT_DAYS_N 30

/**
 * PurgeRecentDays:
 *
 * What became of what was submitted in the last 30 days, day by day, as this computer has them: the
 * history is dated by them too. The signal `changed` tells that it was counted. Main thread only.
 */
#define PURGE_TYPE_RECENT_DAYS (purge_recent_days_get_type ())

G_DECLARE_FINAL_TYPE (PurgeRecentDays, purge_recent_days, PURGE, RECENT_DAYS, GObject)

PurgeRecentDays *purge_recent_days_new       (PurgeWorkspace  *workspace);
void             purge_recent_days_reload    (PurgeRecentDays *self);
const PurgeDay  *purge_recent_days_get       (PurgeRecentDays *self,
                                              guint            index);
void             purge_recent_days_sum_up    (PurgeRecentDays *self,
                                              PurgeTally      *tally);

G_END_DECLS
