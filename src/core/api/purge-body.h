/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

JsonNode   *purge_body_parse       (const char  *text,
                                       gsize        length,
                                       char       **detail);
gboolean    purge_body_get_integer (JsonNode    *node,
                                       gint64      *value);
const char *purge_body_get_string  (JsonNode    *node);
char       *purge_body_dup_text    (JsonNode    *node);

G_END_DECLS
