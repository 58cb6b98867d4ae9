/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char    *fault_json_quote (const char *text);
gboolean fault_json_read  (const char *json,
                           gsize       length,
                           GHashTable *values);

G_END_DECLS
