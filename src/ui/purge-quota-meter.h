/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-limits.h"
#include "purge-quota-asker.h"
#include "purge-quota-reading.h"

G_BEGIN_DECLS

/**
 * PurgeQuotaMeter:
 *
 * How much an account may purge today: by what the server said, and was purged from here since, or by
 * this computer's count. The signal `changed` tells that it is another. Main thread only.
 */
#define PURGE_TYPE_QUOTA_METER (purge_quota_meter_get_type ())

G_DECLARE_FINAL_TYPE (PurgeQuotaMeter, purge_quota_meter, PURGE, QUOTA_METER, GObject)

PurgeQuotaMeter   *purge_quota_meter_new        (PurgeWorkspace  *workspace,
                                                 PurgeQuotaAsker *asker);
void               purge_quota_meter_count      (PurgeQuotaMeter *self,
                                                 PurgeAccount    *account,
                                                 PurgeArea        area);
PurgeQuotaReading  purge_quota_meter_read       (PurgeQuotaMeter *self,
                                                 PurgeKind        kind);
gint64             purge_quota_meter_get_told   (PurgeQuotaMeter *self);
void               purge_quota_meter_get_limits (PurgeQuotaMeter *self,
                                                 PurgeLimits     *limits);

G_END_DECLS
