/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-kind.h"

G_BEGIN_DECLS

/**
 * PurgePieces:
 *
 * A walk over the pieces of one line, each of which is an entry. On the stack; its members are its
 * own.
 */
typedef struct {
  const char *line;
  const char *end;
  const char *from;
  const char *piece;
  gsize       length;
  PurgeKind   kind;
  PurgeKind   default_kind;
  gboolean    has_links;
} PurgePieces;

void     purge_pieces_init (PurgePieces  *self,
                            const char   *line,
                            gsize         length,
                            PurgeKind     kind);
gboolean purge_pieces_next (PurgePieces  *self,
                            const char  **piece,
                            gsize        *length,
                            PurgeKind    *kind);

G_END_DECLS
