/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Signatures that Tencent's own SDKs made, and those that its documentation publishes. */

#include "purge-simulator-signature.h"

#include <json-glib/json-glib.h>
#include <string.h>

static int
compare_names (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  return strcmp (a, b);
}

static GTree *
read_parameters (JsonObject *object)
{
  GTree *parameters = g_tree_new_full (compare_names, NULL, g_free, g_free);
  g_autoptr (GList) names = json_object_get_members (object);

  for (GList *name = names; name != NULL; name = name->next)
    g_tree_insert (parameters, g_strdup (name->data),
                   g_strdup (json_object_get_string_member (object, name->data)));

  return parameters;
}

static void
check_vector (JsonObject *vector)
{
  JsonObject *object = json_object_get_object_member (vector, "params");
  g_autoptr (GTree) parameters = read_parameters (object);
  const char *published = json_object_get_string_member_with_default (vector, "published", NULL);
  g_autofree char *text =
    purge_simulator_signature_string (json_object_get_string_member (vector, "method"),
                                      json_object_get_string_member (vector, "host"),
                                      json_object_get_string_member (vector, "path"),
                                      parameters);
  g_autofree char *signature =
    purge_simulator_signature_make (text, json_object_get_string_member (vector, "secretKey"),
                                    g_tree_lookup (parameters, "SignatureMethod"));

  g_test_message ("%s", json_object_get_string_member (vector, "name"));
  g_assert_cmpstr (text, ==, json_object_get_string_member (vector, "stringToSign"));
  g_assert_cmpstr (signature, ==, json_object_get_string_member (vector, "signature"));
  if (published != NULL)
    g_assert_cmpstr (signature, ==, published);
}

static void
test_vectors (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "vectors-v2.json", NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  JsonArray *vectors;

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  vectors = json_node_get_array (json_parser_get_root (parser));
  g_assert_cmpuint (json_array_get_length (vectors), >=, 20);

  for (guint i = 0; i < json_array_get_length (vectors); i++)
    check_vector (json_array_get_object_element (vectors, i));
}

static void
test_leaves_signature_out (void)
{
  g_autoptr (GTree) parameters = g_tree_new_full (compare_names, NULL, NULL, NULL);
  g_autofree char *text = NULL;

  g_tree_insert (parameters, (char *) "Signature", (char *) "x");
  g_tree_insert (parameters, (char *) "SignatureMethod", (char *) "");
  text = purge_simulator_signature_string ("GET", "h:1", "/p", parameters);
  g_assert_cmpstr (text, ==, "GETh:1/p?SignatureMethod=");
}

/* Exactly "HmacSHA256" is SHA-256, and everything else SHA-1. */
static void
test_methods (void)
{
  const char * const sha1[] = { NULL, "", "HmacSHA1", "hmacsha256", "HmacSHA256 ", "SHA256" };
  g_autofree char *reference = purge_simulator_signature_make ("text", "key", "HmacSHA1");
  g_autofree char *sha256 = purge_simulator_signature_make ("text", "key", "HmacSHA256");

  g_assert_cmpuint (strlen (reference), ==, 28);
  g_assert_cmpuint (strlen (sha256), ==, 44);
  for (gsize i = 0; i < G_N_ELEMENTS (sha1); i++)
    {
      g_autofree char *signature = purge_simulator_signature_make ("text", "key", sha1[i]);

      g_assert_cmpstr (signature, ==, reference);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/signature/vectors", test_vectors);
  g_test_add_func ("/signature/leaves-signature-out", test_leaves_signature_out);
  g_test_add_func ("/signature/methods", test_methods);

  return g_test_run ();
}
