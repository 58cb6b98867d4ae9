/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#include "purge-quota.h"

static const struct
{
  const char *time;
  const char *day;
} cases[] = {
  { "1969-12-31T15:59:59Z", "1969-12-31" },
  { "1969-12-31T16:00:00Z", "1970-01-01" },
  { "1970-01-01T00:00:00Z", "1970-01-01" },
  { "2024-02-28T15:59:59Z", "2024-02-28" },
  { "2024-02-28T16:00:00Z", "2024-02-29" },
  { "2024-02-29T23:59:59+08:00", "2024-02-29" },
  { "2026-07-01T00:00:00+08:00", "2026-07-01" },
  { "1960-05-04T16:00:00Z", "1960-05-05" },
  { "2038-01-19T03:14:08Z", "2038-01-19" },
};

static gint64
read_time (const char *string)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (string, NULL);

  g_assert_nonnull (time);
  return g_date_time_to_unix (time);
}

static void
test_days (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const gint64 time = read_time (cases[i].time);
      g_autofree char *day = purge_quota_day_format (purge_quota_day_of (time));

      g_assert_cmpstr (day, ==, cases[i].day);
    }
}

static void
test_starts (void)
{
  g_assert_cmpint (purge_quota_day_start (0), ==, read_time ("1970-01-01T00:00:00+08:00"));
  for (gint64 day = -1000; day <= 30000; day++)
    {
      gint64 start = purge_quota_day_start (day);

      g_assert_cmpint (purge_quota_day_of (start), ==, day);
      g_assert_cmpint (purge_quota_day_of (start - 1), ==, day - 1);
      g_assert_cmpint (purge_quota_day_start (day + 1) - start, ==, 86400);
    }
}

static void
test_outside_of_dates (void)
{
  g_assert_null (purge_quota_day_format (G_MAXINT64 / 86400));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/quota/days", test_days);
  g_test_add_func ("/quota/starts", test_starts);
  g_test_add_func ("/quota/outside-of-dates", test_outside_of_dates);

  return g_test_run ();
}
