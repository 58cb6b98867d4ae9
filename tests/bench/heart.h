/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * Heart:
 * @last: when the main loop last turned
 * @last_cpu: what the main thread had computed then
 * @longest: the longest time in which it did not turn, in µs
 * @longest_cpu: the most that was computed in between, in µs
 *
 * How long a window does not answer. In the time of the clock, and in what the main thread computed
 * meanwhile: the first depends on what else the computer does.
 */
typedef struct {
  gint64 last;
  gint64 last_cpu;
  gint64 longest;
  gint64 longest_cpu;
} Heart;

void heart_start (Heart *heart);
void heart_reset (Heart *heart);
void heart_spend (guint  ms);

G_END_DECLS
