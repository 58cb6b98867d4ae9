/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The one place where a key is computed with: HMAC (RFC 2104), once or in a chain, and what must be
 * forgotten afterwards. Knows no API.
 *
 * It is made of GChecksum and not of GHmac, because a result in the middle of a chain is a key: GHmac
 * leaves it, and its hexadecimal form, in memory that it frees and that nobody can reach. */

#define G_LOG_DOMAIN "purge-hmac"

#include "config.h"

#include "purge-hmac.h"

#include <string.h>

/* SHA-1 and SHA-256 have blocks of this size. */
#define BLOCK_LENGTH 64

/* How far below its caller computing writes: with GLib 2.74, glibc 2.36 and AddressSanitizer's wider
 * frames less than a quarter of this. */
#define STACK_DEPTH (32 * 1024)

/* What is to be read from a checksum, which holds it until it is scrubbed. */
static gsize
finish (GChecksum *checksum,
        guchar    *bytes)
{
  gsize length = PURGE_HMAC_MAX_LENGTH;

  g_checksum_get_digest (checksum, bytes, &length);
  return length;
}

/* Digest, buffer and state are overwritten with those of an empty text. The hexadecimal form of the
 * digest would be freed as it is. */
static void
scrub (GChecksum *checksum)
{
  guchar bytes[PURGE_HMAC_MAX_LENGTH];
  char *hexadecimal = (char *) g_checksum_get_string (checksum);

  purge_secret_wipe (hexadecimal, strlen (hexadecimal));
  g_checksum_reset (checksum);
  finish (checksum, bytes);
}

static void
scrub_and_free (GChecksum *checksum)
{
  scrub (checksum);
  g_checksum_free (checksum);
}

/* A key as a whole block: one that is longer is replaced by its digest. */
static void
fill_block (GChecksumType  digest,
            const char    *prefix,
            PurgeSecret   *key,
            guchar        *block)
{
  gsize prefix_length = strlen (prefix);
  gsize key_length = purge_secret_get_length (key);

  memset (block, 0, BLOCK_LENGTH);
  if (prefix_length + key_length <= BLOCK_LENGTH)
    {
      memcpy (block, prefix, prefix_length);
      memcpy (block + prefix_length, purge_secret_peek (key), key_length);
    }
  else
    {
      GChecksum *checksum = g_checksum_new (digest);

      g_checksum_update (checksum, (const guchar *) prefix, prefix_length);
      g_checksum_update (checksum, (const guchar *) purge_secret_peek (key), key_length);
      finish (checksum, block);
      scrub_and_free (checksum);
    }
}

/* A checksum that was fed the block, mixed with a pad. */
static GChecksum *
begin (GChecksumType  digest,
       const guchar  *block,
       guchar         pad)
{
  GChecksum *checksum = g_checksum_new (digest);
  guchar mixed[BLOCK_LENGTH];

  for (guint i = 0; i < BLOCK_LENGTH; i++)
    mixed[i] = block[i] ^ pad;
  g_checksum_update (checksum, mixed, BLOCK_LENGTH);

  return checksum;
}

static gsize
compute_one (GChecksumType  digest,
             const guchar  *block,
             const char    *text,
             guchar        *bytes)
{
  GChecksum *inner = begin (digest, block, 0x36);
  GChecksum *outer = begin (digest, block, 0x5c);
  gsize length;

  g_checksum_update (inner, (const guchar *) text, strlen (text));
  length = finish (inner, bytes);
  g_checksum_update (outer, bytes, length);
  length = finish (outer, bytes);

  scrub_and_free (inner);
  scrub_and_free (outer);
  return length;
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
  guchar block[BLOCK_LENGTH];
  guchar result[PURGE_HMAC_MAX_LENGTH];
  gsize length = 0;

  fill_block (digest, prefix, key, block);
  for (guint i = 0; texts[i] != NULL; i++)
    {
      length = compute_one (digest, block, texts[i], result);
      memset (block, 0, sizeof block);
      memcpy (block, result, length);
    }

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
 * @prefix: what stands before the key; may be empty
 * @key: the key
 * @texts: (array zero-terminated=1): one text or more
 * @bytes: (out caller-allocates) (array fixed-size=32): the result
 *
 * Computes the HMAC of the first text, of the second with that as the key, and so on; the result is
 * the last one. Afterwards neither the key nor any of the results before the last is anywhere but
 * in @key: what lies on the stack, in registers and in the checksums is wiped here. May be called
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
  g_return_val_if_fail (prefix != NULL && key != NULL, 0);
  g_return_val_if_fail (texts != NULL && texts[0] != NULL, 0);
  g_return_val_if_fail (bytes != NULL, 0);

  length = compute_and_leave_traces (digest, prefix, key, texts, bytes);
  wipe_stack_below ();

  return length;
}
