/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-cli-session.h"
#include "purge-limits.h"
#include "purge-server-quota.h"

G_BEGIN_DECLS

/**
 * PurgeCliQuota:
 * @used: by kind, how much was sent today, by this computer's count
 * @total: by kind, how much may be
 * @day: today, as purge_quota_day_of() numbers it
 *
 * The daily quotas of an account.
 */
typedef struct {
  guint  used[PURGE_N_KINDS];
  guint  total[PURGE_N_KINDS];
  gint64 day;
} PurgeCliQuota;

gboolean          purge_cli_limits_count (PurgeCliSession         *session,
                                          PurgeAccount            *account,
                                          PurgeArea                area,
                                          GCancellable            *cancellable,
                                          PurgeCliQuota           *quota,
                                          GError                 **error);
PurgeServerQuota *purge_cli_limits_ask   (PurgeCliSession         *session,
                                          PurgeAccount            *account,
                                          GCancellable            *cancellable,
                                          char                   **why_not);
void              purge_cli_limits_complain
                                         (const char              *why_not);
void              purge_cli_limits_fill  (PurgeLimits             *limits,
                                          PurgeAccount            *account,
                                          PurgeArea                area,
                                          const PurgeCliQuota     *quota,
                                          const PurgeServerQuota  *server);

G_END_DECLS
