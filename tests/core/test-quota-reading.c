/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#include "purge-quota-reading.h"

static void
test_counted (void)
{
  static const struct { guint used, total, left; } cases[] = {
    { 0, 100, 100 }, { 37, 100, 63 }, { 100, 100, 0 }, { 101, 100, 0 }, { 0, 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PurgeQuotaReading reading = purge_quota_reading_new_counted (cases[i].used, cases[i].total);

      g_assert_true (reading.known);
      g_assert_false (reading.from_server);
      g_assert_cmpuint (reading.left, ==, cases[i].left);
      g_assert_cmpuint (reading.total, ==, cases[i].total);
    }
}

static const PurgeQuotaRow rows[] = {
  { PURGE_KIND_DIRECTORY, PURGE_AREA_MAINLAND, 500, 100, 63 },
  { PURGE_KIND_DIRECTORY, PURGE_AREA_OVERSEAS, 500, 200, 12 },
  { PURGE_KIND_URL, PURGE_AREA_MAINLAND, 1000, 10000, 9999 },
};

/* Where no area is named the domains may be served in both: the scarcer one counts. */
static void
test_told (void)
{
  static const struct
  {
    PurgeKind kind;
    PurgeArea area;
    guint used_since;
    gboolean known;
    guint left;
    guint total;
  } cases[] = {
    { PURGE_KIND_DIRECTORY, PURGE_AREA_MAINLAND, 0, TRUE, 63, 100 },
    { PURGE_KIND_DIRECTORY, PURGE_AREA_OVERSEAS, 0, TRUE, 12, 200 },
    { PURGE_KIND_DIRECTORY, PURGE_AREA_NONE, 0, TRUE, 12, 200 },
    { PURGE_KIND_DIRECTORY, PURGE_AREA_MAINLAND, 60, TRUE, 3, 100 },
    { PURGE_KIND_DIRECTORY, PURGE_AREA_MAINLAND, 64, TRUE, 0, 100 },
    { PURGE_KIND_URL, PURGE_AREA_NONE, 1, TRUE, 9998, 10000 },
    { PURGE_KIND_URL, PURGE_AREA_OVERSEAS, 0, FALSE, 0, 0 },
  };
  g_autoptr (PurgeServerQuota) quota = purge_server_quota_new ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_true (purge_server_quota_add (quota, &rows[i]));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PurgeQuotaReading reading =
        purge_quota_reading_new_told (quota, cases[i].kind, cases[i].area, cases[i].used_since);

      g_assert_cmpint (reading.known, ==, cases[i].known);
      g_assert_cmpint (reading.from_server, ==, cases[i].known);
      g_assert_cmpuint (reading.left, ==, cases[i].left);
      g_assert_cmpuint (reading.total, ==, cases[i].total);
    }
}

static void
test_fresh (void)
{
  /* 2018-11-24, 00:00 in UTC+8. */
  const gint64 midnight = 1542988800;
  static const struct { gint64 told, now; gboolean fresh; } cases[] = {
    { 100, 100, TRUE },
    { 100, 3699, TRUE },
    { 100, 3700, FALSE },
    { 100, 99, FALSE },
    { -1, 1, FALSE },
    { -2, -1, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (purge_quota_reading_is_fresh (midnight + cases[i].told, midnight + cases[i].now),
                     ==, cases[i].fresh);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/quota-reading/counted", test_counted);
  g_test_add_func ("/quota-reading/told", test_told);
  g_test_add_func ("/quota-reading/fresh", test_fresh);

  return g_test_run ();
}
