/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The vectors were computed with Tencent's own SDKs, or published by Tencent. */

#include "purge-signature.h"

#include <string.h>

#include <json-glib/json-glib.h>

static JsonArray *
load_vectors (JsonParser *parser)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "vectors-v2.json", NULL);
  g_autoptr (GError) error = NULL;

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);

  return json_node_get_array (json_parser_get_root (parser));
}

static GArray *
read_parameters (JsonObject *object)
{
  GArray *parameters = g_array_new (FALSE, FALSE, sizeof (PurgeParameter));
  JsonObjectIter iter;
  PurgeParameter parameter;
  JsonNode *value;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &parameter.name, &value))
    {
      parameter.value = json_node_get_string (value);
      g_array_append_val (parameters, parameter);
    }

  return parameters;
}

static void
check_vector (JsonObject *vector)
{
  g_autoptr (GArray) parameters =
    read_parameters (json_object_get_object_member (vector, "params"));
  g_autoptr (PurgeSecret) key =
    purge_secret_new (json_object_get_string_member (vector, "secretKey"), -1);
  const char *method = json_object_get_string_member (vector, "signatureMethod");
  const char *published = json_object_get_string_member (vector, "published");
  g_autofree char *text = NULL;
  g_autofree char *signature = NULL;

  g_test_message ("%s", json_object_get_string_member (vector, "name"));
  text = purge_signature_dup_text (json_object_get_string_member (vector, "method"),
                                   json_object_get_string_member (vector, "host"),
                                   json_object_get_string_member (vector, "path"),
                                   (gconstpointer) parameters->data, parameters->len);
  g_assert_cmpstr (text, ==, json_object_get_string_member (vector, "stringToSign"));

  signature = purge_signature_sign (strcmp (method, "HmacSHA256") == 0 ? PURGE_SIGNATURE_HMAC_SHA256
                                                                       : PURGE_SIGNATURE_HMAC_SHA1,
                                    text, key);
  g_assert_cmpstr (signature, ==, json_object_get_string_member (vector, "signature"));
  if (published != NULL)
    g_assert_cmpstr (signature, ==, published);
}

static void
test_vectors (void)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonArray *vectors = load_vectors (parser);

  g_assert_cmpuint (json_array_get_length (vectors), >=, 20);
  for (guint i = 0; i < json_array_get_length (vectors); i++)
    check_vector (json_array_get_object_element (vectors, i));
}

static void
test_text (void)
{
  static const struct
  {
    const char *rule;
    const char *method;
    PurgeParameter parameters[3];
    guint n_parameters;
    const char *text;
  } cases[] = {
    { "no parameters", "GET", { { NULL } }, 0, "GEThost/" },
    { "sorted by bytes", "GET", { { "b", "1" }, { "a", "2" }, { "B", "3" } }, 3,
      "GEThost/?B=3&a=2&b=1" },
    { "a name before a longer one", "GET", { { "ab", "1" }, { "a", "2" } }, 2,
      "GEThost/?a=2&ab=1" },
    { "an empty value is signed", "POST", { { "a", "" }, { "b", "1" } }, 2, "POSThost/?a=&b=1" },
    { "a file mark left out first", "POST", { { "a", "@x" }, { "b", "1" } }, 2, "POSThost/?b=1" },
    { "a file mark in a GET stays", "GET", { { "a", "@x" }, { "b", "1" } }, 2,
      "GEThost/?a=@x&b=1" },
    { "a mark inside stays", "POST", { { "a", "x@y" } }, 1, "POSThost/?a=x@y" },
    { "underscores of names only", "GET", { { "_a_b", "c_d" } }, 1, "GEThost/?.a.b=c_d" },
    { "nothing is encoded", "GET", { { "a", "%2F +&=~é" } }, 1, "GEThost/?a=%2F +&=~é" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = purge_signature_dup_text (cases[i].method, "host", "/",
                                                        cases[i].parameters, cases[i].n_parameters);

      g_test_message ("%s", cases[i].rule);
      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

/* RFC 2202 case 6 and RFC 4231 case 6: a key that is longer than a block. */
static void
test_long_key (void)
{
  const char *text = "Test Using Larger Than Block-Size Key - Hash Key First";
  char bytes[131];
  g_autoptr (PurgeSecret) sha1_key = NULL;
  g_autoptr (PurgeSecret) sha256_key = NULL;
  g_autofree char *sha1 = NULL;
  g_autofree char *sha256 = NULL;

  memset (bytes, 0xaa, sizeof bytes);
  sha1_key = purge_secret_new (bytes, 80);
  sha256_key = purge_secret_new (bytes, 131);
  sha1 = purge_signature_sign (PURGE_SIGNATURE_HMAC_SHA1, text, sha1_key);
  sha256 = purge_signature_sign (PURGE_SIGNATURE_HMAC_SHA256, text, sha256_key);
  g_assert_cmpstr (sha1, ==, "qkrl4VJy0A6VcFY3zoo7Ve1AIRI=");
  g_assert_cmpstr (sha256, ==, "YOQxWR7gtn8Niiaqy/W3f44LxiE3KMUUBUYEDw7jf1Q=");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/signature/vectors", test_vectors);
  g_test_add_func ("/signature/text", test_text);
  g_test_add_func ("/signature/long-key", test_long_key);

  return g_test_run ();
}
