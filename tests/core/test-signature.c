/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The vectors were computed with Tencent's own SDKs, or published by Tencent. */

#include "purge-signature.h"

#include <gnu/libc-version.h>
#include <pthread.h>
#include <string.h>
#include <sys/mman.h>

#include <json-glib/json-glib.h>

#include "memory-scan.h"

#define KEY_LENGTH 32
#define STACK_SIZE (1024 * 1024)

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

/* A key that no literal, file or argument of this program holds. */
static PurgeSecret *
make_key (guint8 *concealed)
{
  char bytes[KEY_LENGTH];
  PurgeSecret *key;

  for (guint i = 0; i < KEY_LENGTH; i++)
    {
      bytes[i] = 'A' + g_random_int_range (0, 26);
      concealed[i] = MEMORY_SCAN_CONCEAL (bytes[i]);
    }
  key = purge_secret_new (bytes, KEY_LENGTH);
  purge_secret_wipe (bytes, sizeof bytes);

  return key;
}

static void
test_scan_finds (void)
{
  guint8 concealed[KEY_LENGTH];
  g_autoptr (PurgeSecret) key = make_key (concealed);
  g_autofree char *piece = g_memdup2 (purge_secret_peek (key) + 7, 12);

  g_assert_cmpuint (memory_scan_count (concealed, KEY_LENGTH, purge_secret_peek (key)), >, 0);
  for (guint i = 0; i < 12; i++)
    piece[i] ^= 0x5c;
  g_assert_cmpuint (memory_scan_count (concealed, KEY_LENGTH, purge_secret_peek (key)), >, 0);
  purge_secret_wipe (piece, 12);
  g_assert_cmpuint (memory_scan_count (concealed, KEY_LENGTH, purge_secret_peek (key)), ==, 0);
}

typedef struct
{
  PurgeSignatureMethod method;
  const char *text;
  PurgeSecret *key;
  char *signature;
  pthread_barrier_t signed_barrier;
  pthread_barrier_t scanned_barrier;
} Signing;

static void *
sign_in_thread (void *data)
{
  Signing *signing = data;

  signing->signature = purge_signature_sign (signing->method, signing->text, signing->key);
  /* Nobody has called this before: the loader binds it here, and saves all registers for that. */
  g_assert_nonnull (gnu_get_libc_version ());
  pthread_barrier_wait (&signing->signed_barrier);
  pthread_barrier_wait (&signing->scanned_barrier);
  return NULL;
}

/* Signs on a stack of its own, which nobody uses between signing and scanning. */
static guint
count_traces (Signing       *signing,
              gpointer       stack,
              const guint8  *concealed)
{
  pthread_attr_t attributes;
  pthread_t thread;
  guint found;

  pthread_barrier_init (&signing->signed_barrier, NULL, 2);
  pthread_barrier_init (&signing->scanned_barrier, NULL, 2);
  g_assert_cmpint (pthread_attr_init (&attributes), ==, 0);
  g_assert_cmpint (pthread_attr_setstack (&attributes, stack, STACK_SIZE), ==, 0);
  g_assert_cmpint (pthread_create (&thread, &attributes, sign_in_thread, signing), ==, 0);

  pthread_barrier_wait (&signing->signed_barrier);
  found = memory_scan_count (concealed, KEY_LENGTH, purge_secret_peek (signing->key));
  pthread_barrier_wait (&signing->scanned_barrier);

  g_assert_cmpint (pthread_join (thread, NULL), ==, 0);
  pthread_attr_destroy (&attributes);
  pthread_barrier_destroy (&signing->signed_barrier);
  pthread_barrier_destroy (&signing->scanned_barrier);
  return found;
}

static gsize
longest_zeros (const guint8 *bytes)
{
  gsize longest = 0;
  gsize zeros = 0;

  for (gsize i = 0; i < STACK_SIZE; i++)
    {
      zeros = bytes[i] == 0 ? zeros + 1 : 0;
      longest = MAX (longest, zeros);
    }

  return longest;
}

static void
test_forgets_key (gconstpointer data)
{
  guint8 concealed[KEY_LENGTH];
  g_autoptr (PurgeSecret) key = make_key (concealed);
  gpointer stack = mmap (NULL, STACK_SIZE, PROT_READ | PROT_WRITE,
                         MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  g_assert_true (stack != MAP_FAILED);
  memset (stack, 0xee, STACK_SIZE);
  for (guint length = 0; length < 200; length += 33)
    {
      g_autofree char *text = g_strnfill (length, 'x');
      Signing signing = { GPOINTER_TO_INT (data), text, key };

      g_assert_cmpuint (count_traces (&signing, stack, concealed), ==, 0);
      /* Whether GLib's later frames happen to cover its earlier ones is luck: the wipe is not. */
      g_assert_cmpuint (longest_zeros (stack), >=, 24 * 1024);
      g_assert_cmpuint (strlen (signing.signature), >=, 28);
      g_free (signing.signature);
    }
  g_assert_cmpint (munmap (stack, STACK_SIZE), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/signature/vectors", test_vectors);
  g_test_add_func ("/signature/text", test_text);
  g_test_add_func ("/signature/long-key", test_long_key);
  g_test_add_func ("/signature/scan-finds", test_scan_finds);
  g_test_add_data_func ("/signature/forgets-key/sha256",
                        GINT_TO_POINTER (PURGE_SIGNATURE_HMAC_SHA256), test_forgets_key);
  g_test_add_data_func ("/signature/forgets-key/sha1",
                        GINT_TO_POINTER (PURGE_SIGNATURE_HMAC_SHA1), test_forgets_key);

  return g_test_run ();
}
