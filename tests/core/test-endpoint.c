/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#include "purge-endpoint.h"

#include <string.h>

#include "purge-error.h"

static const struct
{
  const char *given;
  const char *canonical;
  gboolean    is_loopback;
} good[] = {
  { "https://cdn.api.qcloud.com", "https://cdn.api.qcloud.com", FALSE },
  { "https://cdn.api.qcloud.com/", "https://cdn.api.qcloud.com", FALSE },
  { " HTTPS://CDN.Api.QCloud.COM:443 ", "https://cdn.api.qcloud.com", FALSE },
  { "https://cdn.api.qcloud.com:8443", "https://cdn.api.qcloud.com:8443", FALSE },
  { "https://例え.example", "https://xn--r8jz45g.example", FALSE },
  { "https://localhost:8443", "https://localhost:8443", FALSE },
  { "https://127.0.0.1:8443", "https://127.0.0.1:8443", TRUE },
  { "https://[::1]", "https://[::1]", TRUE },
  { "https://[2001:DB8::1]:8443", "https://[2001:db8::1]:8443", FALSE },
  { "http://127.0.0.1:8080", "http://127.0.0.1:8080", TRUE },
  { "http://127.0.0.1:80/", "http://127.0.0.1", TRUE },
  { "http://127.255.255.254:1", "http://127.255.255.254:1", TRUE },
  { "http://[::1]:8080", "http://[::1]:8080", TRUE },
  { "http://[0:0::1]:8080", "http://[::1]:8080", TRUE },
};

static const char * const bad[] = {
  "",
  "cdn.api.qcloud.com",
  "ftp://cdn.api.qcloud.com",
  "https:/cdn.api.qcloud.com",
  "https://",
  "https://:8443",
  "https:///v2/index.php",
  "https://cdn.api.qcloud.com/v2/index.php",
  "https://cdn.api.qcloud.com//",
  "https://cdn.api.qcloud.com?a",
  "https://cdn.api.qcloud.com/?a",
  "https://cdn.api.qcloud.com#a",
  "https://cdn.api.qcloud.com\\@evil.example",
  "https://user@cdn.api.qcloud.com",
  "https://cdn.api.qcloud.com.",
  "https://cdn.api.qcloud.com:0",
  "https://cdn.api.qcloud.com:65536",
  "https://cdn.api.qcloud.com:",
  "https://cdn.api.qcloud.com:0443",
  "https://cdn.api.qcloud.com\r\nX: y",
  "https://cdn api.qcloud.com",
  "https://cdn.api.qcloud.com%0d%0aX",
  "https://*.qcloud.com",
  "https://127.1",
  "https://0x7f.1",
  "https://\xff.example",
  "https://\xe2\x84\x80.example",
  "http://cdn.api.qcloud.com",
  "http://localhost",
  "http://localhost:8080",
  "http://localhost.",
  "http://127.0.0.1.",
  "http://127.1",
  "http://0x7f.1",
  "http://0177.0.0.1",
  "http://2130706433",
  "http://128.0.0.1",
  "http://0.0.0.0",
  "http://127.0.0.1.evil.example",
  "http://127.evil.example",
  "http://192.0.2.1",
  "http://[::]",
  "http://[::2]",
  "http://[::ffff:127.0.0.1]",
  "http://[::1",
};

static void
test_accepts (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (PurgeEndpoint) endpoint = purge_endpoint_parse (good[i].given, &error);
      g_autoptr (PurgeEndpoint) again = NULL;

      g_assert_no_error (error);
      g_assert_cmpstr (purge_endpoint_to_string (endpoint), ==, good[i].canonical);
      g_assert_cmpstr (purge_endpoint_get_authority (endpoint), ==,
                       strstr (good[i].canonical, "://") + 3);
      g_assert_cmpint (purge_endpoint_is_loopback (endpoint), ==, good[i].is_loopback);

      again = purge_endpoint_parse (good[i].canonical, &error);
      g_assert_no_error (error);
      g_assert_true (purge_endpoint_equal (endpoint, again));
    }
}

static void
test_refuses (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", g_utf8_validate (bad[i], -1, NULL) ? bad[i] : "no UTF-8");
      g_assert_null (purge_endpoint_parse (bad[i], &error));
      g_assert_error (error, PURGE_ERROR, PURGE_ERROR_INVALID_INPUT);
      g_assert_true (g_str_has_suffix (error->message, "."));
    }
}

static void
test_differ (void)
{
  g_autoptr (PurgeEndpoint) a = purge_endpoint_parse ("https://a.example", NULL);
  g_autoptr (PurgeEndpoint) b = purge_endpoint_parse ("https://a.example:8443", NULL);
  PurgeEndpoint *same = purge_endpoint_ref (a);

  g_assert_true (purge_endpoint_equal (a, same));
  g_assert_false (purge_endpoint_equal (a, b));
  purge_endpoint_unref (same);
  g_assert_cmpstr (purge_endpoint_to_string (a), ==, "https://a.example");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/endpoint/accepts", test_accepts);
  g_test_add_func ("/endpoint/refuses", test_refuses);
  g_test_add_func ("/endpoint/differ", test_differ);

  return g_test_run ();
}
