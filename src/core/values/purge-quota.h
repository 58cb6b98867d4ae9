/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gint64 purge_quota_day_of     (gint64 unix_seconds);
gint64 purge_quota_day_start  (gint64 day);
char  *purge_quota_day_format (gint64 day);

G_END_DECLS
