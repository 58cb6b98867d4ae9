/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Remembers which nonces were used. Knows no clock and no request. */

#define G_LOG_DOMAIN "purge-simulator-nonces"

#include "config.h"

#include "purge-simulator-nonces.h"

#define SWEEP_AT_LEAST 1024

struct _PurgeSimulatorNonces
{
  GHashTable *used; /* a set of Pair */
  guint       next_sweep;
};

typedef struct {
  guint64 nonce;
  gint64  timestamp;
} Pair;

static guint
pair_hash (gconstpointer value)
{
  const Pair *pair = value;
  gint64 nonce = (gint64) pair->nonce;

  return g_int64_hash (&nonce) * 31 + g_int64_hash (&pair->timestamp);
}

static gboolean
pair_equal (gconstpointer a,
            gconstpointer b)
{
  const Pair *one = a;
  const Pair *other = b;

  return one->nonce == other->nonce && one->timestamp == other->timestamp;
}

static gboolean
is_too_old (gpointer key,
            gpointer value,
            gpointer user_data)
{
  const Pair *pair = key;
  const gint64 *oldest = user_data;

  return pair->timestamp < *oldest;
}

/**
 * purge_simulator_nonces_new:
 *
 * Returns: (transfer full): a memory of nonces, empty
 */
PurgeSimulatorNonces *
purge_simulator_nonces_new (void)
{
  PurgeSimulatorNonces *self = g_new0 (PurgeSimulatorNonces, 1);

  self->used = g_hash_table_new_full (pair_hash, pair_equal, g_free, NULL);
  self->next_sweep = SWEEP_AT_LEAST;
  return self;
}

/**
 * purge_simulator_nonces_free:
 * @self: (transfer full): a memory of nonces
 */
void
purge_simulator_nonces_free (PurgeSimulatorNonces *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->used);
  g_free (self);
}

/**
 * purge_simulator_nonces_use:
 * @self: a memory of nonces
 * @nonce: the nonce of a request
 * @timestamp: its timestamp: a nonce is judged together with it
 * @oldest: the oldest timestamp that is still accepted; older ones may be forgotten
 *
 * Uses a nonce up.
 *
 * Returns: %FALSE where it was used before
 */
gboolean
purge_simulator_nonces_use (PurgeSimulatorNonces *self,
                            guint64               nonce,
                            gint64                timestamp,
                            gint64                oldest)
{
  Pair *pair;

  if (g_hash_table_size (self->used) >= self->next_sweep)
    {
      g_hash_table_foreach_remove (self->used, is_too_old, &oldest);
      self->next_sweep = MAX (SWEEP_AT_LEAST, 2 * g_hash_table_size (self->used));
    }

  pair = g_new (Pair, 1);
  pair->nonce = nonce;
  pair->timestamp = timestamp;
  return g_hash_table_add (self->used, pair);
}
