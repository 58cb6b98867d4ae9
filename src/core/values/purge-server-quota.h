/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-area.h"
#include "purge-kind.h"
#include "purge-outcome.h"

G_BEGIN_DECLS

/**
 * PurgeQuotaRow:
 * @kind: of what
 * @area: where; never %PURGE_AREA_NONE
 * @batch: how many one request may hold
 * @total: how many may be purged a day
 * @available: how many of those are left today
 *
 * One quota of an account, by the server's own count.
 */
typedef struct {
  PurgeKind kind;
  PurgeArea area;
  guint     batch;
  guint     total;
  guint     available;
} PurgeQuotaRow;

/**
 * PurgeServerQuota:
 * @rows: (element-type PurgeQuotaRow): the quotas, in the server's order; owned
 * @failure: (nullable): why there is nothing to go by; set where the answer cannot be trusted, and
 *   then there are no rows
 *
 * What the server says of the quotas of an account.
 */
typedef struct {
  gatomicrefcount  ref_count;
  GArray          *rows;
  PurgeOutcome    *failure;
} PurgeServerQuota;

#define PURGE_TYPE_SERVER_QUOTA (purge_server_quota_get_type ())

GType                purge_server_quota_get_type   (void);
PurgeServerQuota    *purge_server_quota_new        (void);
PurgeServerQuota    *purge_server_quota_new_failed (PurgeOutcome           *failure);
PurgeServerQuota    *purge_server_quota_ref        (PurgeServerQuota       *self);
void                 purge_server_quota_unref      (PurgeServerQuota       *self);
gboolean             purge_server_quota_add        (PurgeServerQuota       *self,
                                                    const PurgeQuotaRow    *row);
const PurgeQuotaRow *purge_server_quota_find       (const PurgeServerQuota *self,
                                                    PurgeKind               kind,
                                                    PurgeArea               area);
const PurgeQuotaRow *purge_server_quota_find_least (const PurgeServerQuota *self,
                                                    PurgeKind               kind,
                                                    PurgeArea               area);
guint                purge_server_quota_get_batch  (const PurgeServerQuota *self,
                                                    PurgeKind               kind,
                                                    PurgeArea               area);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PurgeServerQuota, purge_server_quota_unref)

G_END_DECLS
