/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Beijing time, in which the vendor counts days: eight hours ahead of UTC, summer and winter. */

gint64    purge_simulator_time_get_day (gint64       seconds);
char     *purge_simulator_time_format  (gint64       seconds);
gboolean  purge_simulator_time_parse   (const char  *text,
                                        gboolean     is_end,
                                        gint64      *seconds);

G_END_DECLS
