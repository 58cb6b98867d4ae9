/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Days and dates as the vendor counts and writes them. Knows no clock: every time is handed in. */

#define G_LOG_DOMAIN "purge-simulator-time"

#include "config.h"

#include "purge-simulator-time.h"

#include <stdio.h>

#define SECONDS_A_DAY 86400
#define SECONDS_EAST (8 * 3600)

/**
 * purge_simulator_time_get_day:
 * @seconds: a time, since 1970
 *
 * Returns: the number of its day in Beijing
 */
gint64
purge_simulator_time_get_day (gint64 seconds)
{
  gint64 local = seconds + SECONDS_EAST;

  return local >= 0 ? local / SECONDS_A_DAY : (local + 1) / SECONDS_A_DAY - 1;
}

/**
 * purge_simulator_time_format:
 * @seconds: a time, since 1970
 *
 * Returns: (transfer full): the time in Beijing, as `2017-11-29 00:05:00`
 */
char *
purge_simulator_time_format (gint64 seconds)
{
  g_autoptr (GDateTime) local = g_date_time_new_from_unix_utc (seconds + SECONDS_EAST);

  return g_date_time_format (local, "%Y-%m-%d %H:%M:%S");
}

/* Whether the text is what its numbers would be written as: no blank, sign or digit too many. */
static gboolean
is_written_as (const char *text,
               GDateTime  *when,
               const char *format)
{
  g_autofree char *written = g_date_time_format (when, format);

  return g_str_equal (text, written);
}

/**
 * purge_simulator_time_parse:
 * @text: `2017-11-29 00:05:00`, or only the date, as older pages have it
 * @is_end: whether a date without a time means the end of its day
 * @seconds: (out): the time, since 1970
 *
 * Returns: whether @text is a time
 */
gboolean
purge_simulator_time_parse (const char *text,
                            gboolean    is_end,
                            gint64     *seconds)
{
  int year, month, day;
  int hour = 0, minute = 0, second = 0;
  int n = sscanf (text, "%4d-%2d-%2d %2d:%2d:%2d", &year, &month, &day, &hour, &minute, &second);
  g_autoptr (GDateTime) when = NULL;

  if (n != 3 && n != 6)
    return FALSE;

  when = g_date_time_new_utc (year, month, day, hour, minute, second);
  if (when == NULL || !is_written_as (text, when, n == 3 ? "%Y-%m-%d" : "%Y-%m-%d %H:%M:%S"))
    return FALSE;

  *seconds = g_date_time_to_unix (when) - SECONDS_EAST;
  if (n == 3 && is_end)
    *seconds += SECONDS_A_DAY - 1;

  return TRUE;
}
