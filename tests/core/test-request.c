/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#include "purge-request.h"

static void
test_without_body (void)
{
  g_autoptr (PurgeRequest) request = purge_request_new ("GET", "https://a.cn/?a=%20b");

  g_assert_cmpstr (purge_request_get_method (request), ==, "GET");
  g_assert_cmpstr (purge_request_get_uri (request), ==, "https://a.cn/?a=%20b");
  g_assert_null (purge_request_get_content_type (request));
  g_assert_null (purge_request_get_body (request));
  g_assert_cmpuint (purge_request_get_n_headers (request), ==, 0);
}

static void
test_with_body (void)
{
  g_autoptr (PurgeRequest) request = purge_request_new ("POST", "https://a.cn/");
  g_autoptr (GBytes) body = g_bytes_new_static ("a\0b", 3);

  purge_request_set_body (request, "text/plain; charset=utf-8", body);
  g_assert_cmpstr (purge_request_get_content_type (request), ==, "text/plain; charset=utf-8");
  g_assert_true (g_bytes_equal (purge_request_get_body (request), body));
}

static void
test_headers (void)
{
  g_autoptr (PurgeRequest) request = purge_request_new ("POST", "https://a.cn/");
  static const char * const headers[][2] = { { "B", "2" }, { "A", "1" }, { "B", "3" } };

  for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
    purge_request_add_header (request, headers[i][0], headers[i][1]);

  g_assert_cmpuint (purge_request_get_n_headers (request), ==, G_N_ELEMENTS (headers));
  for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
    {
      const char *value;

      g_assert_cmpstr (purge_request_get_header (request, i, &value), ==, headers[i][0]);
      g_assert_cmpstr (value, ==, headers[i][1]);
    }
}

static void
test_lives_as_long_as_wanted (void)
{
  PurgeRequest *request = purge_request_new ("POST", "https://a.cn/");
  g_autoptr (PurgeRequest) other = purge_request_ref (request);

  purge_request_unref (request);
  g_assert_cmpstr (purge_request_get_method (other), ==, "POST");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/request/without-body", test_without_body);
  g_test_add_func ("/request/with-body", test_with_body);
  g_test_add_func ("/request/headers", test_headers);
  g_test_add_func ("/request/lives-as-long-as-wanted", test_lives_as_long_as_wanted);

  return g_test_run ();
}
