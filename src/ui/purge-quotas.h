/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-job.h"
#include "purge-quota-meter.h"

G_BEGIN_DECLS

/**
 * PurgeQuotas:
 *
 * The quotas that a window has to do with: that of the chosen account, and that of the account of the
 * submission that is shown; and who asks servers for them. Main thread only.
 */
#define PURGE_TYPE_QUOTAS (purge_quotas_get_type ())

G_DECLARE_FINAL_TYPE (PurgeQuotas, purge_quotas, PURGE, QUOTAS, GObject)

PurgeQuotas     *purge_quotas_new           (PurgeWorkspace *workspace);
void             purge_quotas_count         (PurgeQuotas    *self,
                                             PurgeAccount   *account,
                                             PurgeArea       area,
                                             PurgeJob       *job);
gboolean         purge_quotas_can_ask       (PurgeAccount   *account);
void             purge_quotas_ask_after     (PurgeQuotas    *self,
                                             PurgeJob       *job);
void             purge_quotas_close         (PurgeQuotas    *self);
PurgeQuotaMeter *purge_quotas_get_meter     (PurgeQuotas    *self);
PurgeQuotaMeter *purge_quotas_get_job_meter (PurgeQuotas    *self);
PurgeQuotaAsker *purge_quotas_get_asker     (PurgeQuotas    *self);

G_END_DECLS
