/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Signatures of API 3.0 that Tencent's own SDKs made, and those that its documentation publishes. */

#include "purge-simulator-authorization.h"
#include "purge-simulator-tc3.h"

#include <json-glib/json-glib.h>
#include <string.h>

static const char *
get (JsonObject *vector,
     const char *name)
{
  return json_object_get_string_member_with_default (vector, name, NULL);
}

/* The lines of headers that the vector signs: what stands between two empty lines. */
static char *
dup_headers (const char *canonical)
{
  const char *start = strstr (canonical, "content-type:");

  return g_strndup (start, strstr (start, "\n\n") + 1 - start);
}

static void
check_vector (JsonObject *vector)
{
  g_autofree char *headers = dup_headers (get (vector, "canonicalRequest"));
  g_autofree char *timestamp =
    g_strdup_printf ("%" G_GINT64_FORMAT, json_object_get_int_member (vector, "timestamp"));
  g_autoptr (PurgeSimulatorAuthorization) authorization =
    purge_simulator_authorization_parse (get (vector, "authorization"));
  g_autofree char *canonical = NULL;
  g_autofree char *text = NULL;
  g_autofree char *signature = NULL;
  PurgeSimulatorTc3Request request = {
    .method = get (vector, "method"),
    .path = "/",
    .query = "",
    .headers = headers,
    .payload = get (vector, "body"),
    .payload_length = strlen (get (vector, "body")),
  };

  g_test_message ("%s", get (vector, "name"));
  g_assert_nonnull (authorization);
  g_assert_cmpstr (authorization->secret_id, ==, get (vector, "secretId"));

  request.signed_headers = authorization->signed_headers;
  canonical = purge_simulator_tc3_request (&request);
  g_assert_cmpstr (canonical, ==, get (vector, "canonicalRequest"));

  text = purge_simulator_tc3_string (canonical, timestamp, authorization->date,
                                     authorization->service);
  g_assert_cmpstr (text, ==, get (vector, "stringToSign"));

  signature = purge_simulator_tc3_make (text, get (vector, "secretKey"), authorization->date,
                                        authorization->service);
  g_assert_cmpstr (signature, ==, get (vector, "signature"));
  g_assert_cmpstr (signature, ==, authorization->signature);
  if (get (vector, "published") != NULL)
    g_assert_cmpstr (signature, ==, get (vector, "published"));
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
  g_assert_cmpuint (json_array_get_length (vectors), >=, 10);

  for (guint i = 0; i < json_array_get_length (vectors); i++)
    check_vector (json_array_get_object_element (vectors, i));
}

static void
test_authorization (void)
{
  const char *text = "TC3-HMAC-SHA256 Credential=id/2019-02-25/cdn/tc3_request, "
                     "SignedHeaders=content-type;host;x-tc-action, Signature=00ff";
  g_autoptr (PurgeSimulatorAuthorization) authorization =
    purge_simulator_authorization_parse (text);

  g_assert_nonnull (authorization);
  g_assert_cmpstr (authorization->secret_id, ==, "id");
  g_assert_cmpstr (authorization->date, ==, "2019-02-25");
  g_assert_cmpstr (authorization->service, ==, "cdn");
  g_assert_cmpstr (authorization->signed_headers, ==, "content-type;host;x-tc-action");
  g_assert_cmpuint (g_strv_length (authorization->names), ==, 3);
  g_assert_cmpstr (authorization->signature, ==, "00ff");
}

#define WITH(credential, headers) \
  "TC3-HMAC-SHA256 Credential=" credential ", SignedHeaders=" headers ", Signature=x"

static void
test_no_authorization (void)
{
  static const char * const cases[] = {
    "",
    "TC3-HMAC-SHA256",
    "TC3-HMAC-SHA256 ",
    "Basic aWQ6a2V5",
    "TC3-HMAC-SHA1 Credential=i/d/cdn/tc3_request, SignedHeaders=content-type;host, Signature=x",
    "TC3-HMAC-SHA256 Credential=i/d/cdn/tc3_request, SignedHeaders=content-type;host",
    "TC3-HMAC-SHA256 Signature=x, SignedHeaders=content-type;host, Credential=i/d/cdn/tc3_request",
    "TC3-HMAC-SHA256 Credential, SignedHeaders, Signature",
    WITH ("i/d/cdn", "content-type;host"),
    WITH ("i/d/cdn/tc3_request/x", "content-type;host"),
    WITH ("i/d/cdn/tc4_request", "content-type;host"),
    WITH ("i/d/cdn/tc3_request", ""),
    WITH ("i/d/cdn/tc3_request", "host"),
    WITH ("i/d/cdn/tc3_request", "content-type"),
    WITH ("i/d/cdn/tc3_request", "host;content-type"),
    WITH ("i/d/cdn/tc3_request", "content-type;content-type;host"),
    WITH ("i/d/cdn/tc3_request", "Content-Type;Host;content-type;host"),
    WITH ("i/d/cdn/tc3_request", "content-type;host;"),
    WITH ("i/d/cdn/tc3_request", "content-type;host, Signature=y"),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i]);
      g_assert_null (purge_simulator_authorization_parse (cases[i]));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/tc3/vectors", test_vectors);
  g_test_add_func ("/tc3/authorization", test_authorization);
  g_test_add_func ("/tc3/no-authorization", test_no_authorization);

  return g_test_run ();
}
