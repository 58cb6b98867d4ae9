/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

JsonBuilder *purge_json_begin      (void);
char        *purge_json_end        (JsonBuilder *builder);
void         purge_json_add_text   (JsonBuilder *builder,
                                    const char  *name,
                                    const char  *value);
void         purge_json_add_nick   (JsonBuilder *builder,
                                    const char  *name,
                                    GType        type,
                                    int          value);
void         purge_json_add_number (JsonBuilder *builder,
                                    const char  *name,
                                    gint64       value);
void         purge_json_add_null   (JsonBuilder *builder,
                                    const char  *name);

G_END_DECLS
