/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* A hash for text from strangers. It is not g_str_hash(): anyone can write a file of 200,000 lines
 * that all have the same value there, and the window would stand still for minutes. Each run of the
 * program has a secret of its own, where the system happened to load it, so the values must never
 * be stored or shown. */

#define G_LOG_DOMAIN "purge-hash"

#include "config.h"

#include "purge-hash.h"

#include <string.h>

#define ODD_1 G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)
#define ODD_2 G_GUINT64_CONSTANT (0xd6e8feb86659fd93)

static guint64
mix (guint64 hash,
     guint64 word)
{
  hash = (hash ^ word) * ODD_1;
  return (hash ^ (hash >> 32)) * ODD_2;
}

/**
 * purge_hash_bytes:
 * @bytes: (array length=length): any bytes
 * @length: how many
 *
 * Returns: a hash of the bytes, the same for as long as the program runs
 */
guint32
purge_hash_bytes (gconstpointer bytes,
                  gsize         length)
{
  const char *p = bytes;
  guint64 hash = mix (GPOINTER_TO_SIZE (&purge_hash_bytes), length);
  guint64 word = 0;

  for (; length >= sizeof word; length -= sizeof word, p += sizeof word)
    {
      memcpy (&word, p, sizeof word);
      hash = mix (hash, word);
    }

  word = 0;
  memcpy (&word, p, length);
  hash = mix (hash, word);

  return hash ^ (hash >> 32);
}

/**
 * purge_hash_string:
 * @string: a string
 *
 * The same for a #GHashTable with strings as keys.
 *
 * Returns: a hash of the string
 */
guint
purge_hash_string (gconstpointer string)
{
  return purge_hash_bytes (string, strlen (string));
}
