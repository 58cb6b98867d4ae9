/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-server-quota.h"

G_BEGIN_DECLS

/**
 * PurgeQuotaReading:
 * @known: whether anything is known
 * @from_server: whether it is what the server says, and not what this computer counts
 * @left: how many may be purged today yet
 * @total: how many may be purged a day
 *
 * What is left of a quota, and who says so. A plain value.
 */
typedef struct {
  gboolean known;
  gboolean from_server;
  guint    left;
  guint    total;
} PurgeQuotaReading;

PurgeQuotaReading purge_quota_reading_new_counted (guint                   used,
                                                   guint                   total);
PurgeQuotaReading purge_quota_reading_new_told    (const PurgeServerQuota *quota,
                                                   PurgeKind               kind,
                                                   PurgeArea               area,
                                                   guint                   used_since);
gboolean          purge_quota_reading_is_fresh    (gint64                  told,
                                                   gint64                  now);

G_END_DECLS
