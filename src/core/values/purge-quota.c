/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The days that quotas are counted by. Knows no clock and no time zone but UTC+8, which has had no
 * daylight saving since 1991. That Tencent's day begins at 00:00 there is an assumption: the
 * documents say "a day", and the vendor lives by that time. */

#define G_LOG_DOMAIN "purge-quota"

#include "config.h"

#include "purge-quota.h"

#define SECONDS_A_DAY (24 * 60 * 60)
#define SECONDS_EAST (8 * 60 * 60)

/**
 * purge_quota_day_of:
 * @unix_seconds: a time, in seconds since 1970-01-01T00:00:00Z
 *
 * Returns: the number of the day it is in; 0 is 1970-01-01 in UTC+8, days before it are negative
 */
gint64
purge_quota_day_of (gint64 unix_seconds)
{
  gint64 seconds = unix_seconds + SECONDS_EAST;

  return seconds / SECONDS_A_DAY - (seconds % SECONDS_A_DAY < 0 ? 1 : 0);
}

/**
 * purge_quota_day_start:
 * @day: a day
 *
 * Returns: its first second, since 1970-01-01T00:00:00Z
 */
gint64
purge_quota_day_start (gint64 day)
{
  return day * SECONDS_A_DAY - SECONDS_EAST;
}

/**
 * purge_quota_day_format:
 * @day: a day
 *
 * Writes a day as YYYY-MM-DD (ISO 8601), which is how scripts see it.
 *
 * Returns: (transfer full) (nullable): the date, or %NULL outside the years 1 to 9999
 */
char *
purge_quota_day_format (gint64 day)
{
  g_autoptr (GDateTime) midnight = g_date_time_new_from_unix_utc (day * SECONDS_A_DAY);

  return midnight != NULL ? g_date_time_format (midnight, "%Y-%m-%d") : NULL;
}
