/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-kind.h"

G_BEGIN_DECLS

/* How deep a covering directory may be to be found. Nobody's site is deeper, and a file of endless
 * paths must not keep the window waiting. */
#define PURGE_COVER_MAX_DEPTH 64

const char *purge_cover_find   (GHashTable *urls,
                                const char *url,
                                PurgeKind   kind);
gboolean    purge_cover_covers (const char *url,
                                const char *other,
                                PurgeKind   kind);

G_END_DECLS
