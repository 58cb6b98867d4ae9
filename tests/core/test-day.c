/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Days are those of the calendar, however many hours they have. */

#include "purge-day.h"

#define HOUR 3600
#define N_DAYS 30

static const struct
{
  const char *name;
  const char *zone;
  const char *now;
  guint       hours[3]; /* the last three days */
} cases[] = {
  { "utc", "UTC", "2017-07-14T02:40:00Z", { 24, 24, 24 } },
  { "first-second", "UTC", "2017-07-14T00:00:00Z", { 24, 24, 24 } },
  { "last-second", "UTC", "2017-07-14T23:59:59Z", { 24, 24, 24 } },
  { "china", "+08:00", "2017-07-14T15:59:59Z", { 24, 24, 24 } },
  { "china-the-next-day", "+08:00", "2017-07-14T16:00:00Z", { 24, 24, 24 } },
  { "year", "UTC", "2017-01-01T12:00:00Z", { 24, 24, 24 } },
  { "leap-year", "UTC", "2016-03-01T12:00:00Z", { 24, 24, 24 } },
  /* By a rule of its own, so that no file of the machine is needed. */
  { "spring", "CET-1CEST,M3.5.0,M10.5.0/3", "2017-03-27T12:00:00Z", { 24, 23, 24 } },
  { "autumn", "CET-1CEST,M3.5.0,M10.5.0/3", "2017-10-29T12:00:00Z", { 24, 24, 25 } },
  { "no-midnight", "BRT3BRST,M10.3.0/0,M2.3.0/0", "2017-10-16T12:00:00Z", { 24, 23, 24 } },
};

static char *
dup_date (gint64     time,
          GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time);
  g_autoptr (GDateTime) there = g_date_time_to_timezone (utc, zone);

  return g_date_time_format (there, "%F");
}

static void
test_case (gconstpointer data)
{
  guint c = GPOINTER_TO_UINT (data);
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (cases[c].zone);
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (cases[c].now, NULL);
  gint64 now = g_date_time_to_unix (time);
  g_autoptr (GArray) days = NULL;

  g_assert_nonnull (zone);
  days = purge_day_new_last (now, zone, N_DAYS);
  g_assert_cmpuint (days->len, ==, N_DAYS);
  for (guint i = 0; i < N_DAYS; i++)
    {
      PurgeDay *day = &g_array_index (days, PurgeDay, i);
      gboolean is_last = i + 1 == N_DAYS;
      guint hours = i + 3 < N_DAYS ? 24 : cases[c].hours[i + 3 - N_DAYS];
      g_autofree char *date = dup_date (day->start, zone);
      g_autofree char *same = dup_date (day->end - 1, zone);
      g_autofree char *other = dup_date (day->end, zone);

      g_assert_cmpint (day->end - day->start, ==, hours * HOUR);
      g_assert_cmpstr (date, ==, same);
      g_assert_cmpstr (date, !=, other);
      g_assert_cmpuint (day->tally.n_directories, ==, 0);
      g_assert_true (is_last ? now >= day->start && now < day->end
                             : day->end == g_array_index (days, PurgeDay, i + 1).start);
    }
}

static void
test_find (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (GArray) days = purge_day_new_last (10 * 24 * HOUR + 1, zone, 3);
  PurgeDay *first = &g_array_index (days, PurgeDay, 0);

  g_assert_cmpint (first->start, ==, 8 * 24 * HOUR);
  g_assert_null (purge_day_find (days, first->start - 1));
  g_assert_true (purge_day_find (days, first->start) == first);
  g_assert_true (purge_day_find (days, first->end - 1) == first);
  g_assert_true (purge_day_find (days, first->end) == first + 1);
  g_assert_true (purge_day_find (days, first[2].end - 1) == first + 2);
  g_assert_null (purge_day_find (days, first[2].end));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/day/%s", cases[i].name);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_case);
    }
  g_test_add_func ("/day/find", test_find);

  return g_test_run ();
}
