/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define PURGE_JSON_MAX_DEPTH 32

gboolean purge_json_scan (const char  *text,
                          gsize        length,
                          const char **problem);

G_END_DECLS
