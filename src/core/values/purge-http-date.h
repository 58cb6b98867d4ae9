/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean purge_http_date_parse (const char *text,
                                gint64     *unix_seconds);

G_END_DECLS
