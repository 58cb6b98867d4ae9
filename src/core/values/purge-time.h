/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *purge_time_dup_rfc3339 (gint64 unix_seconds);

G_END_DECLS
