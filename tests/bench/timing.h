/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Milliseconds since a time of g_get_monotonic_time(); the median of some, which are sorted. */

double timing_get_ms     (gint64   since);
double timing_get_median (double  *values,
                          guint    n);

G_END_DECLS
