/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What is left of a quota: by this computer's count, or by what the server said and what was purged
 * from here since. Counts nothing itself. */

#define G_LOG_DOMAIN "purge-quota-reading"

#include "config.h"

#include "purge-quota-reading.h"

#include "purge-quota.h"

/* Others purge with the account, too: what the server said is taken for true for an hour. */
#define FRESH_S (60 * 60)

static guint
subtract (guint from,
          guint what)
{
  return what < from ? from - what : 0;
}

/**
 * purge_quota_reading_new_counted:
 * @used: how many were purged today, by this computer's count
 * @total: how many may be purged a day
 *
 * Returns: what is left
 */
PurgeQuotaReading
purge_quota_reading_new_counted (guint used,
                                 guint total)
{
  return (PurgeQuotaReading) { .known = TRUE, .left = subtract (total, used), .total = total };
}

/**
 * purge_quota_reading_new_told:
 * @quota: what the server said
 * @kind: of what
 * @area: where; %PURGE_AREA_NONE for wherever least is left
 * @used_since: how many were purged from here since
 *
 * Returns: what is left; not known where the server did not tell
 */
PurgeQuotaReading
purge_quota_reading_new_told (const PurgeServerQuota *quota,
                              PurgeKind               kind,
                              PurgeArea               area,
                              guint                   used_since)
{
  const PurgeQuotaRow *row = purge_server_quota_find_least (quota, kind, area);

  if (row == NULL)
    return (PurgeQuotaReading) { 0 };

  return (PurgeQuotaReading) { .known = TRUE,
                               .from_server = TRUE,
                               .left = subtract (row->available, used_since),
                               .total = row->total };
}

/**
 * purge_quota_reading_is_fresh:
 * @told: when the server said something, in UNIX seconds
 * @now: what time it is
 *
 * Returns: whether that still counts: it is of this quota day and of the last hour
 */
gboolean
purge_quota_reading_is_fresh (gint64 told,
                              gint64 now)
{
  return told <= now && now - told < FRESH_S &&
         purge_quota_day_of (told) == purge_quota_day_of (now);
}
