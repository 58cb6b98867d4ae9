/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The one place where a key is computed with: GLib's HMAC (RFC 2104), once or in a chain, and what
 * must be forgotten afterwards. Knows no API.
 *
 * A result in the middle of a chain is a key, and GHmac leaves its result in memory that it frees and
 * that nobody can reach. Allocators give such memory to the next of the same size: many that compute
 * nothing cover what the chain has left. */

#define G_LOG_DOMAIN "purge-hmac"

#include "config.h"

#include "purge-hmac.h"

#include <string.h>

/* How far below its caller computing writes: with GLib 2.74, glibc 2.36 and AddressSanitizer's wider
 * frames less than a quarter of this. */
#define STACK_DEPTH (32 * 1024)

#define LONGEST_PREFIX 16

/* GLib 2.74 keeps what is freed in two stacks a thread, and takes from the one what it puts on the
 * other: so many at once empty both. */
#define N_COVERS 32

/* One link of a chain; @bytes may be where the key is. */
static gsize
compute_one (GChecksumType  digest,
             const guchar  *key,
             gsize          key_length,
             const char    *text,
             guchar        *bytes)
{
  g_autoptr (GHmac) hmac = g_hmac_new (digest, key, key_length);
  gsize length = PURGE_HMAC_MAX_LENGTH;

  g_hmac_update (hmac, (const guchar *) text, strlen (text));
  g_hmac_get_digest (hmac, bytes, &length);
  return length;
}

static void
cover_results (GChecksumType digest)
{
  GHmac *covers[N_COVERS];
  guchar bytes[PURGE_HMAC_MAX_LENGTH];

  for (guint i = 0; i < N_COVERS; i++)
    {
      gsize length = sizeof bytes;

      covers[i] = g_hmac_new (digest, (const guchar *) "", 0);
      g_hmac_get_digest (covers[i], bytes, &length);
    }
  for (guint i = 0; i < N_COVERS; i++)
    g_hmac_unref (covers[i]);
}

/* Everything that touches a key runs below this frame, so that what it leaves there can be found.
 * Were this inlined, the traces would lie in the caller's frame. */
static G_GNUC_NO_INLINE gsize
compute_and_leave_traces (GChecksumType        digest,
                          const char          *prefix,
                          PurgeSecret         *key,
                          const char * const  *texts,
                          guchar              *bytes)
{
  gsize prefix_length = strlen (prefix);
  gsize key_length = purge_secret_get_length (key);
  guchar first[LONGEST_PREFIX + PURGE_SECRET_MAX_LENGTH];
  guchar result[PURGE_HMAC_MAX_LENGTH];
  gsize length;

  memcpy (first, prefix, prefix_length);
  memcpy (first + prefix_length, purge_secret_peek (key), key_length);
  length = compute_one (digest, first, prefix_length + key_length, texts[0], result);
  for (guint i = 1; texts[i] != NULL; i++)
    length = compute_one (digest, result, length, texts[i], result);

  /* One link alone leaves nothing but the result. */
  if (texts[1] != NULL)
    cover_results (digest);
  memcpy (bytes, result, length);
  return length;
}

/* Registers too hold what was copied last, and the next function that the loader binds would have them
 * saved on the stack. What carried the key is made to carry zeros: the C library copies each size in
 * other registers, up to eight of 64 bytes. */
static void
wipe_registers (guchar *zeros)
{
  for (volatile gsize size = 8; size <= 512; size *= 2)
    memmove (zeros, zeros + size, size);
}

static G_GNUC_NO_INLINE void
wipe_stack_below (void)
{
  guchar traces[STACK_DEPTH];

  purge_secret_wipe (traces, sizeof traces);
  wipe_registers (traces);
}

/**
 * purge_hmac_compute:
 * @digest: %G_CHECKSUM_SHA1 or %G_CHECKSUM_SHA256
 * @prefix: what stands before the key, at most 16 bytes; may be empty
 * @key: the key
 * @texts: (array zero-terminated=1): one text or more
 * @bytes: (out caller-allocates) (array fixed-size=32): the result
 *
 * Computes the HMAC of the first text, of the second with that as the key, and so on; the result is
 * the last one. Afterwards neither the key nor any of the results before the last is anywhere but
 * in @key: what lies on the stack, in registers and in freed memory is wiped here. May be called
 * from any thread.
 *
 * Returns: the length of the result
 */
gsize
purge_hmac_compute (GChecksumType        digest,
                    const char          *prefix,
                    PurgeSecret         *key,
                    const char * const  *texts,
                    guchar              *bytes)
{
  gsize length;

  g_return_val_if_fail (digest == G_CHECKSUM_SHA1 || digest == G_CHECKSUM_SHA256, 0);
  g_return_val_if_fail (prefix != NULL && strlen (prefix) <= LONGEST_PREFIX, 0);
  g_return_val_if_fail (key != NULL, 0);
  g_return_val_if_fail (texts != NULL && texts[0] != NULL, 0);
  g_return_val_if_fail (bytes != NULL, 0);

  length = compute_and_leave_traces (digest, prefix, key, texts, bytes);
  wipe_stack_below ();

  return length;
}
