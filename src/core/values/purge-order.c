/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What a person confirmed, as a value. Knows neither account nor limits. */

#define G_LOG_DOMAIN "purge-order"

#include "config.h"

#include "purge-order.h"

struct _PurgeOrder
{
  gatomicrefcount ref_count;
  PurgeMode       mode;
  PurgeArea       area;
  GStrv           entries[PURGE_N_KINDS];
};

G_DEFINE_BOXED_TYPE (PurgeOrder, purge_order, purge_order_ref, purge_order_unref)

static GStrv
copy_entries (const char * const *entries)
{
  return entries != NULL ? g_strdupv ((GStrv) entries) : g_new0 (char *, 1);
}

/**
 * purge_order_new:
 * @mode: what of the directories is purged; of a URL everything is
 * @area: where
 * @directories: (nullable) (array zero-terminated=1): directories, judged and mended, in order
 * @urls: (nullable) (array zero-terminated=1): single URLs, likewise
 *
 * Returns: (transfer full): the order
 */
PurgeOrder *
purge_order_new (PurgeMode           mode,
                 PurgeArea           area,
                 const char * const *directories,
                 const char * const *urls)
{
  PurgeOrder *self = g_new0 (PurgeOrder, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->mode = mode;
  self->area = area;
  self->entries[PURGE_KIND_DIRECTORY] = copy_entries (directories);
  self->entries[PURGE_KIND_URL] = copy_entries (urls);

  return self;
}

/**
 * purge_order_ref:
 * @self: an order
 *
 * Returns: (transfer full): @self
 */
PurgeOrder *
purge_order_ref (PurgeOrder *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * purge_order_unref:
 * @self: (transfer full): an order
 */
void
purge_order_unref (PurgeOrder *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  for (guint i = 0; i < PURGE_N_KINDS; i++)
    g_strfreev (self->entries[i]);
  g_free (self);
}

/**
 * purge_order_get_mode:
 * @self: an order
 *
 * Returns: what of the directories is purged
 */
PurgeMode
purge_order_get_mode (const PurgeOrder *self)
{
  g_return_val_if_fail (self != NULL, PURGE_MODE_UPDATED);

  return self->mode;
}

/**
 * purge_order_get_area:
 * @self: an order
 *
 * Returns: where it is purged
 */
PurgeArea
purge_order_get_area (const PurgeOrder *self)
{
  g_return_val_if_fail (self != NULL, PURGE_AREA_NONE);

  return self->area;
}

/**
 * purge_order_get:
 * @self: an order
 * @kind: of which kind
 *
 * Returns: (transfer none) (array zero-terminated=1): what of that kind is purged, byte for byte as it
 *   will be sent, in the order of the list
 */
const char * const *
purge_order_get (const PurgeOrder *self,
                 PurgeKind         kind)
{
  g_return_val_if_fail (self != NULL && kind < PURGE_N_KINDS, NULL);

  return (const char * const *) self->entries[kind];
}

/**
 * purge_order_count:
 * @self: an order
 * @kind: of which kind
 *
 * Returns: how many of that kind are purged
 */
guint
purge_order_count (const PurgeOrder *self,
                   PurgeKind         kind)
{
  g_return_val_if_fail (self != NULL && kind < PURGE_N_KINDS, 0);

  return g_strv_length (self->entries[kind]);
}
