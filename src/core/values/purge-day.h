/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-tally.h"

G_BEGIN_DECLS

/**
 * PurgeDay:
 * @start: when it begins, in UNIX seconds
 * @end: when the next one begins
 * @tally: what became of what was submitted in it
 *
 * A day of a calendar, which has 23 to 25 hours. A plain value.
 */
typedef struct {
  gint64     start;
  gint64     end;
  PurgeTally tally;
} PurgeDay;

GArray   *purge_day_new_last (gint64     now,
                              GTimeZone *zone,
                              guint      n_days);
PurgeDay *purge_day_find     (GArray    *days,
                              gint64     time);

G_END_DECLS
