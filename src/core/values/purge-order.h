/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-area.h"
#include "purge-kind.h"
#include "purge-mode.h"

G_BEGIN_DECLS

/**
 * PurgeOrder:
 *
 * What a person confirmed: which directories and URLs are purged, how, and where. Reference counted;
 * never changes, so that a list that changes later changes nothing of it.
 */
typedef struct _PurgeOrder PurgeOrder;

#define PURGE_TYPE_ORDER (purge_order_get_type ())

GType               purge_order_get_type (void);
PurgeOrder         *purge_order_new      (PurgeMode           mode,
                                          PurgeArea           area,
                                          const char * const *directories,
                                          const char * const *urls);
PurgeOrder         *purge_order_ref      (PurgeOrder         *self);
void                purge_order_unref    (PurgeOrder         *self);
PurgeMode           purge_order_get_mode (const PurgeOrder   *self);
PurgeArea           purge_order_get_area (const PurgeOrder   *self);
const char * const *purge_order_get      (const PurgeOrder   *self,
                                          PurgeKind           kind);
guint               purge_order_count    (const PurgeOrder   *self,
                                          PurgeKind           kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PurgeOrder, purge_order_unref)

G_END_DECLS
