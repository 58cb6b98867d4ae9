/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#include "purge-hmac.h"

#include <gnu/libc-version.h>
#include <pthread.h>
#include <string.h>
#include <sys/mman.h>

#include "memory-scan.h"
#include "sanitizer.h"

#define KEY_LENGTH 32
#define STACK_SIZE (1024 * 1024)

#define MAX_TEXTS 4

static char *
dup_hexadecimal (const guchar *bytes,
                 gsize         length)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < length; i++)
    g_string_append_printf (text, "%02x", bytes[i]);

  return g_string_free (text, FALSE);
}

/* Of RFC 2202 (SHA-1) and RFC 4231 (SHA-256), and keys around a block, by Python's hmac. */
static void
test_known (void)
{
  static const struct
  {
    GChecksumType digest;
    const char *prefix;
    char byte;
    guint n_bytes;
    const char *text;
    const char *hexadecimal;
  } cases[] = {
    { G_CHECKSUM_SHA1, "", '\x0b', 20, "Hi There",
      "b617318655057264e28bc0b6fb378c8ef146be00" },
    { G_CHECKSUM_SHA256, "", '\x0b', 20, "Hi There",
      "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7" },
    { G_CHECKSUM_SHA1, "", '\xaa', 80, "Test Using Larger Than Block-Size Key - Hash Key First",
      "aa4ae5e15272d00e95705637ce8a3b55ed402112" },
    { G_CHECKSUM_SHA256, "", '\xaa', 131, "Test Using Larger Than Block-Size Key - Hash Key First",
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54" },
    { G_CHECKSUM_SHA256, "TC3", '\x61', 0, "2023-11-14",
      "67bf616e7b77dac7cc785479713413db63e4d39194b6d97a55587b99cb430064" },
    { G_CHECKSUM_SHA256, "TC3", '\x61', 60, "2023-11-14",
      "2acd2bf06efdc8dc2ece8661537a3bccb32d27e57ea8bd120f6c3f34a4ce029f" },
    { G_CHECKSUM_SHA256, "TC3", '\x61', 61, "2023-11-14",
      "5a86aab9365dddcce66e2d824ab226a0fa2c088aacc3fdc55754e4aebb454f40" },
    { G_CHECKSUM_SHA256, "TC3", '\x61', 62, "2023-11-14",
      "7dda2b30ee4a2c2cc09f32ad4ea733aa0c356e7ed93b5d489df86699f953f0be" },
    { G_CHECKSUM_SHA256, "TC3", '\x61', 64, "2023-11-14",
      "f4aee9c3100e1e22af31c958bce75e5a9bc38de3bbe53e25d118d527452c1edb" },
    { G_CHECKSUM_SHA256, "TC3", '\x61', 65, "2023-11-14",
      "7c7c79d256274abb36f2d571f991f0c0a55db1af0d391aa945107ab7c14473e0" },
    { G_CHECKSUM_SHA1, "TC3", '\x61', 61, "",
      "b8f75c257e54a8a3ec31a6b9311c259a20fb4731" },
    { G_CHECKSUM_SHA1, "TC3", '\x61', 62, "",
      "7c0fd0625ce2fa1b9b3d6d4b06ffbe6e4db6fe59" },
    { G_CHECKSUM_SHA256, "", '\x61', 4096, "x",
      "d9aa436aa6a22541e566f93fa5dc909f6ed0a7eb40bf82d14cfa28b6df6ad3b8" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *bytes = g_strnfill (cases[i].n_bytes, cases[i].byte);
      g_autoptr (PurgeSecret) key = purge_secret_new (bytes, cases[i].n_bytes);
      const char * const texts[] = { cases[i].text, NULL };
      guchar result[PURGE_HMAC_MAX_LENGTH];
      gsize length = purge_hmac_compute (cases[i].digest, cases[i].prefix, key, texts, result);
      g_autofree char *hexadecimal = dup_hexadecimal (result, length);

      g_test_message ("%s and %u bytes", cases[i].prefix, cases[i].n_bytes);
      g_assert_cmpstr (hexadecimal, ==, cases[i].hexadecimal);
    }
}

/* A chain is one after the other. */
static void
test_chain (void)
{
  static const GChecksumType digests[] = { G_CHECKSUM_SHA1, G_CHECKSUM_SHA256 };
  const char * const texts[] = { "a", "", "c", NULL };

  for (guint i = 0; i < G_N_ELEMENTS (digests); i++)
    {
      g_autoptr (PurgeSecret) key = purge_secret_new ("key", -1);
      g_autoptr (PurgeSecret) whole = purge_secret_new ("prefix key", -1);
      guchar result[PURGE_HMAC_MAX_LENGTH];
      gsize length = purge_hmac_compute (digests[i], "prefix ", key, texts, result);

      for (guint j = 0; texts[j] != NULL; j++)
        {
          const char * const one[] = { texts[j], NULL };
          guchar step[PURGE_HMAC_MAX_LENGTH];
          gsize step_length = purge_hmac_compute (digests[i], "", whole, one, step);

          g_clear_pointer (&whole, purge_secret_unref);
          whole = purge_secret_new ((const char *) step, step_length);
        }
      g_assert_cmpmem (result, length, purge_secret_peek (whole), purge_secret_get_length (whole));
    }
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
  GChecksumType digest;
  const char *prefix;
  const char * const *texts;
  PurgeSecret *key;
  guchar bytes[PURGE_HMAC_MAX_LENGTH];
  gsize length;
  pthread_barrier_t signed_barrier;
  pthread_barrier_t scanned_barrier;
} Signing;

static void *
sign_in_thread (void *data)
{
  Signing *signing = data;

  signing->length = purge_hmac_compute (signing->digest, signing->prefix, signing->key,
                                        signing->texts, signing->bytes);
  /* Nobody has called this before: the loader binds it here, and saves all registers for that. */
  g_assert_nonnull (gnu_get_libc_version ());
  pthread_barrier_wait (&signing->signed_barrier);
  pthread_barrier_wait (&signing->scanned_barrier);
  return NULL;
}

/* Something that must not be found, concealed. */
typedef struct
{
  guint8 bytes[2 * PURGE_HMAC_MAX_LENGTH];
  gsize length;
} Hidden;

/* Computes on a stack of its own, which nobody uses between computing and scanning. */
static guint
count_traces (Signing      *signing,
              gpointer      stack,
              const Hidden *hidden,
              guint         n_hidden)
{
  pthread_attr_t attributes;
  pthread_t thread;
  guint found = 0;

  pthread_barrier_init (&signing->signed_barrier, NULL, 2);
  pthread_barrier_init (&signing->scanned_barrier, NULL, 2);
  g_assert_cmpint (pthread_attr_init (&attributes), ==, 0);
  g_assert_cmpint (pthread_attr_setstack (&attributes, stack, STACK_SIZE), ==, 0);
  g_assert_cmpint (pthread_create (&thread, &attributes, sign_in_thread, signing), ==, 0);

  pthread_barrier_wait (&signing->signed_barrier);
  for (guint i = 0; i < n_hidden; i++)
    found += memory_scan_count (hidden[i].bytes, hidden[i].length,
                                purge_secret_peek (signing->key));
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

static gpointer
map_stack (void)
{
  gpointer stack = mmap (NULL, STACK_SIZE, PROT_READ | PROT_WRITE,
                         MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  g_assert_true (stack != MAP_FAILED);
  memset (stack, 0xee, STACK_SIZE);
  return stack;
}

static void
test_forgets_key (gconstpointer data)
{
  Hidden hidden = { .length = KEY_LENGTH };
  g_autoptr (PurgeSecret) key = make_key (hidden.bytes);
  gpointer stack = map_stack ();

  for (guint length = 0; length < 200; length += 33)
    {
      g_autofree char *text = g_strnfill (length, 'x');
      const char * const texts[] = { text, NULL };
      Signing signing = { GPOINTER_TO_INT (data), "", texts, key };

      g_assert_cmpuint (count_traces (&signing, stack, &hidden, 1), ==, 0);
      /* Whether GLib's later frames happen to cover its earlier ones is luck: the wipe is not. */
      g_assert_cmpuint (longest_zeros (stack), >=, 24 * 1024);
      g_assert_cmpuint (signing.length, >=, 20);
    }
  g_assert_cmpint (munmap (stack, STACK_SIZE), ==, 0);
}

/* What a key of the chain looks like, as bytes and as GChecksum spells it. */
static void
hide (Hidden       *bytes,
      Hidden       *hexadecimal,
      const guchar *key,
      gsize         length)
{
  static const char digits[] = "0123456789abcdef";

  bytes->length = length;
  hexadecimal->length = 2 * length;
  for (gsize i = 0; i < length; i++)
    {
      bytes->bytes[i] = MEMORY_SCAN_CONCEAL (key[i]);
      hexadecimal->bytes[2 * i] = MEMORY_SCAN_CONCEAL (digits[key[i] >> 4]);
      hexadecimal->bytes[2 * i + 1] = MEMORY_SCAN_CONCEAL (digits[key[i] & 15]);
    }
}

/* The results of a chain but for the last are keys as well. The first of them are computed by a chain
 * that is shorter, whose caller has to forget it. */
static void
test_forgets_chain (void)
{
  const char * const texts[] = { "2023-11-14", "cdn", "tc3_request", "text", NULL };
  Hidden hidden[1 + 2 * (MAX_TEXTS - 1)] = { { .length = KEY_LENGTH } };
  g_autoptr (PurgeSecret) key = make_key (hidden[0].bytes);
  gpointer stack = map_stack ();
  Signing signing = { G_CHECKSUM_SHA256, "TC3", texts, key };

  for (guint n_texts = 1; n_texts < MAX_TEXTS; n_texts++)
    {
      const char *fewer[MAX_TEXTS] = { NULL };
      guchar bytes[PURGE_HMAC_MAX_LENGTH];
      gsize length;

      memcpy (fewer, texts, n_texts * sizeof *texts);
      length = purge_hmac_compute (G_CHECKSUM_SHA256, "TC3", key, fewer, bytes);
      hide (&hidden[2 * n_texts - 1], &hidden[2 * n_texts], bytes, length);
      g_assert_cmpuint (memory_scan_count (hidden[2 * n_texts - 1].bytes, length,
                                           purge_secret_peek (key)), >, 0);
      purge_secret_wipe (bytes, sizeof bytes);
    }

  g_assert_cmpuint (count_traces (&signing, stack, hidden, G_N_ELEMENTS (hidden)), ==, 0);
  g_assert_cmpuint (longest_zeros (stack), >=, 24 * 1024);
  g_assert_cmpint (munmap (stack, STACK_SIZE), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/hmac/known", test_known);
  g_test_add_func ("/hmac/chain", test_chain);
  g_test_add_func ("/hmac/scan-finds", test_scan_finds);
  g_test_add_data_func ("/hmac/forgets-key/sha256", GINT_TO_POINTER (G_CHECKSUM_SHA256),
                        test_forgets_key);
  g_test_add_data_func ("/hmac/forgets-key/sha1", GINT_TO_POINTER (G_CHECKSUM_SHA1),
                        test_forgets_key);
  /* A sanitizer gives nothing that is freed to anybody for long, so that nothing covers it. */
  if (!IS_SANITIZED)
    g_test_add_func ("/hmac/forgets-chain", test_forgets_chain);

  return g_test_run ();
}
