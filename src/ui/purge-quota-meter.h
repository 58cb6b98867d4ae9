/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-workspace.h"

G_BEGIN_DECLS

/**
 * PurgeQuotaMeter:
 *
 * How many directories an account may purge today, by this computer's count. The signal `changed`
 * tells that the count is another. Main thread only.
 */
#define PURGE_TYPE_QUOTA_METER (purge_quota_meter_get_type ())

G_DECLARE_FINAL_TYPE (PurgeQuotaMeter, purge_quota_meter, PURGE, QUOTA_METER, GObject)

PurgeQuotaMeter *purge_quota_meter_new   (PurgeWorkspace  *workspace);
void             purge_quota_meter_count (PurgeQuotaMeter *self,
                                          PurgeAccount    *account);
gboolean         purge_quota_meter_read  (PurgeQuotaMeter *self,
                                          guint           *left,
                                          guint           *total);

G_END_DECLS
