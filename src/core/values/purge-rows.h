/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-entry.h"

G_BEGIN_DECLS

/**
 * PurgeRows:
 *
 * The entries of a list, and what must be known of them together: which directory or URL is where,
 * what covers what, and how many have problems. Nothing of a kind is in it twice.
 */
typedef struct _PurgeRows PurgeRows;

PurgeRows  *purge_rows_new              (void);
PurgeRows  *purge_rows_new_of           (GPtrArray       *entries);
void        purge_rows_free             (PurgeRows       *self);
GPtrArray  *purge_rows_new_entries      (void);
guint       purge_rows_get_length       (const PurgeRows *self);
PurgeEntry *purge_rows_at               (const PurgeRows *self,
                                         guint            position);
PurgeEntry *purge_rows_find             (const PurgeRows *self,
                                         PurgeKind        kind,
                                         const char      *url);
guint       purge_rows_find_position    (const PurgeRows *self,
                                         PurgeEntry      *entry);
GPtrArray  *purge_rows_dup_slice        (const PurgeRows *self,
                                         guint            position,
                                         guint            n_entries);
GPtrArray  *purge_rows_part             (PurgeRows       *self);
void        purge_rows_write            (const PurgeRows *self,
                                         guint            position,
                                         GString         *text);
void        purge_rows_replace          (PurgeRows       *self,
                                         guint            position,
                                         GPtrArray       *removed,
                                         GPtrArray       *added);
guint       purge_rows_get_n_sendable   (const PurgeRows *self,
                                         PurgeKind        kind);
guint       purge_rows_get_n_problems   (const PurgeRows *self);
guint       purge_rows_get_n_covered    (const PurgeRows *self);
guint       purge_rows_get_n_url_offers (const PurgeRows *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PurgeRows, purge_rows_free)

G_END_DECLS
