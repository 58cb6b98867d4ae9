/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#include "purge-order.h"

static void
test_keeps_what_was_confirmed (void)
{
  const char *directories[] = { "http://example.com/a/", "http://example.com/b/", NULL };
  const char *urls[] = { "http://example.com/c.css", NULL };
  g_autoptr (PurgeOrder) order =
    purge_order_new (PURGE_MODE_ALL, PURGE_AREA_MAINLAND, directories, urls);

  /* A list that changes later changes nothing of it. */
  directories[0] = NULL;
  urls[0] = "http://example.com/d.css";

  g_assert_cmpint (purge_order_get_mode (order), ==, PURGE_MODE_ALL);
  g_assert_cmpint (purge_order_get_area (order), ==, PURGE_AREA_MAINLAND);
  g_assert_cmpuint (purge_order_count (order, PURGE_KIND_DIRECTORY), ==, 2);
  g_assert_cmpstr (purge_order_get (order, PURGE_KIND_DIRECTORY)[0], ==, "http://example.com/a/");
  g_assert_cmpuint (purge_order_count (order, PURGE_KIND_URL), ==, 1);
  g_assert_cmpstr (purge_order_get (order, PURGE_KIND_URL)[0], ==, "http://example.com/c.css");
}

static void
test_may_lack_a_kind (void)
{
  const char *urls[] = { "http://example.com/c.css", NULL };

  for (guint kind = 0; kind < PURGE_N_KINDS; kind++)
    {
      gboolean is_url = kind == PURGE_KIND_URL;
      g_autoptr (PurgeOrder) order = purge_order_new (PURGE_MODE_UPDATED, PURGE_AREA_NONE,
                                                      is_url ? NULL : urls, is_url ? urls : NULL);

      g_assert_cmpuint (purge_order_count (order, kind), ==, 1);
      g_assert_cmpuint (purge_order_count (order, !kind), ==, 0);
      g_assert_nonnull (purge_order_get (order, !kind));
    }
}

static void
test_lives_as_long_as_wanted (void)
{
  PurgeOrder *order = purge_order_new (PURGE_MODE_ALL, PURGE_AREA_NONE, NULL, NULL);

  g_assert_true (purge_order_ref (order) == order);
  purge_order_unref (order);
  g_assert_cmpint (purge_order_get_mode (order), ==, PURGE_MODE_ALL);
  purge_order_unref (order);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/order/keeps-what-was-confirmed", test_keeps_what_was_confirmed);
  g_test_add_func ("/order/may-lack-a-kind", test_may_lack_a_kind);
  g_test_add_func ("/order/lives-as-long-as-wanted", test_lives_as_long_as_wanted);

  return g_test_run ();
}
