/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

guint32 purge_hash_bytes  (gconstpointer bytes,
                           gsize         length);
guint   purge_hash_string (gconstpointer string);

G_END_DECLS
