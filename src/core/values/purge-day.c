/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Days as a calendar has them, one after the other. Is told what time it is, and where. */

#define G_LOG_DOMAIN "purge-day"

#include "config.h"

#include "purge-day.h"

/* Midnight, or where the clock is put forward just then, the first second of the day. */
static gint64
get_start (GDateTime *midnight,
           int        n_days_later)
{
  g_autoptr (GDateTime) start = g_date_time_add_days (midnight, n_days_later);

  return g_date_time_to_unix (start);
}

/**
 * purge_day_new_last:
 * @now: UNIX seconds
 * @zone: where
 * @n_days: how many days
 *
 * Returns: (transfer full) (element-type PurgeDay): the days up to the one of @now, which is the last
 *   of them, with nothing in them
 */
GArray *
purge_day_new_last (gint64     now,
                    GTimeZone *zone,
                    guint      n_days)
{
  GArray *days = g_array_sized_new (FALSE, FALSE, sizeof (PurgeDay), n_days);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now);
  g_autoptr (GDateTime) time = g_date_time_to_timezone (utc, zone);
  g_autoptr (GDateTime) midnight =
    g_date_time_new (zone, g_date_time_get_year (time), g_date_time_get_month (time),
                     g_date_time_get_day_of_month (time), 0, 0, 0.0);

  for (guint i = 0; i < n_days; i++)
    {
      int later = 1 + (int) i - (int) n_days;
      PurgeDay day = { get_start (midnight, later), get_start (midnight, later + 1), { 0 } };

      g_array_append_val (days, day);
    }

  return days;
}

/**
 * purge_day_find:
 * @days: (element-type PurgeDay): days, one after the other
 * @time: UNIX seconds
 *
 * Returns: (transfer none) (nullable): the day that has this time in it
 */
PurgeDay *
purge_day_find (GArray *days,
                gint64  time)
{
  for (guint i = days->len; i > 0; i--)
    {
      PurgeDay *day = &g_array_index (days, PurgeDay, i - 1);

      if (time >= day->start)
        return time < day->end ? day : NULL;
    }

  return NULL;
}
