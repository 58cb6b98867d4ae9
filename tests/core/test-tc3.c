/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The vectors were computed with Tencent's own SDKs, or published by Tencent. */

#include "purge-tc3.h"

#include <string.h>

#include <json-glib/json-glib.h>

static const char *
get (JsonObject *vector,
     const char *name)
{
  return json_object_get_string_member (vector, name);
}

static const char *
find_host (JsonObject *vector)
{
  static char host[64];

  g_strlcpy (host, strstr (get (vector, "url"), "://") + strlen ("://"), sizeof host);
  *strchr (host, '/') = '\0';
  return host;
}

static void
check_vector (JsonObject *vector)
{
  g_autoptr (GBytes) body = g_bytes_new (get (vector, "body"), strlen (get (vector, "body")));
  g_autofree char *digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, body);
  PurgeParameter headers[] = {
    { "Content-Type", get (vector, "contentType") },
    { "Host", find_host (vector) },
    { "X-TC-Action", get (vector, "action") },
  };
  PurgeTc3 message = {
    get (vector, "service"), json_object_get_int_member (vector, "timestamp"), headers,
    strstr (get (vector, "canonicalRequest"), "\nx-tc-action:") != NULL ? 3 : 2, body
  };
  g_autoptr (PurgeSecret) key = purge_secret_new (get (vector, "secretKey"), -1);
  g_autoptr (PurgeCredentials) credentials =
    purge_credentials_new (get (vector, "secretId"), key, NULL);
  g_autofree char *request = purge_tc3_dup_request (&message);
  g_autofree char *text = purge_tc3_dup_text (&message);
  g_autofree char *authorization = purge_tc3_dup_authorization (&message, credentials);
  const char *published = json_object_get_string_member_with_default (vector, "published", NULL);

  g_test_message ("%s", get (vector, "name"));
  g_assert_cmpstr (get (vector, "method"), ==, "POST");
  g_assert_cmpstr (digest, ==, get (vector, "hashedPayload"));
  g_assert_cmpstr (request, ==, get (vector, "canonicalRequest"));
  g_assert_cmpstr (text, ==, get (vector, "stringToSign"));
  g_assert_cmpstr (authorization, ==, get (vector, "authorization"));
  g_assert_true (g_str_has_suffix (authorization, get (vector, "signature")));
  if (published != NULL)
    g_assert_true (g_str_has_suffix (authorization, published));
}

static void
test_vectors (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "vectors-v3.json", NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  JsonArray *vectors;

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  vectors = json_node_get_array (json_parser_get_root (parser));
  g_assert_cmpuint (json_array_get_length (vectors), ==, 10);
  for (guint i = 0; i < json_array_get_length (vectors); i++)
    check_vector (json_array_get_object_element (vectors, i));
}

/* What no vector shows: names become small, blanks around values go, and only the action becomes
 * small. */
static void
test_request (void)
{
  static const PurgeParameter headers[] = {
    { "CONTENT-TYPE", "  Application/JSON\t" },
    { "Host", "[::1]:8080" },
    { "X-TC-Action", "PurgePathCache" },
  };
  g_autoptr (GBytes) body = g_bytes_new_static ("", 0);
  PurgeTc3 message = { "cdn", 0, headers, G_N_ELEMENTS (headers), body };
  g_autofree char *request = purge_tc3_dup_request (&message);
  g_autofree char *text = purge_tc3_dup_text (&message);

  g_assert_cmpstr (request, ==,
                   "POST\n/\n\n"
                   "content-type:Application/JSON\nhost:[::1]:8080\nx-tc-action:purgepathcache\n\n"
                   "content-type;host;x-tc-action\n"
                   "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  g_assert_true (g_str_has_prefix (text, "TC3-HMAC-SHA256\n0\n1970-01-01/cdn/tc3_request\n"));
}

/* The date is that of UTC, wherever the computer is. */
static void
test_date (void)
{
  static const struct { gint64 timestamp; const char *date; } dates[] = {
    { 1700006399, "2023-11-14" },
    { 1700006400, "2023-11-15" },
    { 1709164800, "2024-02-29" },
    { G_GINT64_CONSTANT (253402300799), "9999-12-31" },
  };
  static const char * const zones[] = { "UTC", "Asia/Shanghai", "America/Los_Angeles" };
  g_autoptr (GBytes) body = g_bytes_new_static ("", 0);

  for (guint i = 0; i < G_N_ELEMENTS (dates) * G_N_ELEMENTS (zones); i++)
    {
      PurgeTc3 message = { "cdn", dates[i / G_N_ELEMENTS (zones)].timestamp, NULL, 0, body };
      g_autofree char *text = NULL;

      g_setenv ("TZ", zones[i % G_N_ELEMENTS (zones)], TRUE);
      text = purge_tc3_dup_text (&message);
      g_assert_nonnull (strstr (text, dates[i / G_N_ELEMENTS (zones)].date));
    }
  g_unsetenv ("TZ");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/tc3/vectors", test_vectors);
  g_test_add_func ("/tc3/request", test_request);
  g_test_add_func ("/tc3/date", test_date);

  return g_test_run ();
}
