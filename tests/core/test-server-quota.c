/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#include "purge-server-quota.h"

static PurgeServerQuota *
make_quota (void)
{
  static const PurgeQuotaRow rows[] = {
    { PURGE_KIND_DIRECTORY, PURGE_AREA_MAINLAND, 39, 100, 97 },
    { PURGE_KIND_DIRECTORY, PURGE_AREA_OVERSEAS, 20, 100, 100 },
    { PURGE_KIND_URL, PURGE_AREA_MAINLAND, 1000, 10000, 10000 },
    { PURGE_KIND_URL, PURGE_AREA_OVERSEAS, 0, 10000, 10000 },
  };
  PurgeServerQuota *quota = purge_server_quota_new ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_assert_true (purge_server_quota_add (quota, &rows[i]));
      g_assert_false (purge_server_quota_add (quota, &rows[i]));
    }

  return quota;
}

static void
test_find (void)
{
  g_autoptr (PurgeServerQuota) quota = make_quota ();
  const PurgeQuotaRow *row = purge_server_quota_find (quota, PURGE_KIND_DIRECTORY,
                                                      PURGE_AREA_MAINLAND);

  g_assert_cmpuint (row->available, ==, 97);
  g_assert_null (purge_server_quota_find (quota, PURGE_KIND_DIRECTORY, PURGE_AREA_NONE));
  g_assert_cmpuint (quota->rows->len, ==, 4);
}

static void
test_batch (void)
{
  static const struct { PurgeKind kind; PurgeArea area; guint batch; } batches[] = {
    { PURGE_KIND_DIRECTORY, PURGE_AREA_MAINLAND, 39 },
    { PURGE_KIND_DIRECTORY, PURGE_AREA_OVERSEAS, 20 },
    { PURGE_KIND_DIRECTORY, PURGE_AREA_NONE, 20 },
    { PURGE_KIND_URL, PURGE_AREA_MAINLAND, 1000 },
    /* A limit of nothing is none that anything could be made of. */
    { PURGE_KIND_URL, PURGE_AREA_OVERSEAS, 0 },
    { PURGE_KIND_URL, PURGE_AREA_NONE, 1000 },
  };
  g_autoptr (PurgeServerQuota) quota = make_quota ();

  for (guint i = 0; i < G_N_ELEMENTS (batches); i++)
    g_assert_cmpuint (purge_server_quota_get_batch (quota, batches[i].kind, batches[i].area), ==,
                      batches[i].batch);
}

static void
test_failed (void)
{
  g_autoptr (PurgeOutcome) failure =
    purge_outcome_new (PURGE_BATCH_EVENT_LOST, PURGE_CAUSE_TIMEOUT);
  g_autoptr (PurgeServerQuota) quota = purge_server_quota_new_failed (failure);
  g_autoptr (PurgeServerQuota) same = purge_server_quota_ref (quota);

  g_assert_true (same->failure == failure);
  g_assert_cmpuint (purge_server_quota_get_batch (same, PURGE_KIND_URL, PURGE_AREA_NONE), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/server-quota/find", test_find);
  g_test_add_func ("/server-quota/batch", test_batch);
  g_test_add_func ("/server-quota/failed", test_failed);

  return g_test_run ();
}
