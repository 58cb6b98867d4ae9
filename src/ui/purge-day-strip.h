/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <adwaita.h>

#include "purge-recent-days.h"

G_BEGIN_DECLS

/**
 * PurgeDayStrip:
 *
 * The last 30 days as bars, of which one can be chosen. It is there only where there is something to
 * show. The signal `chosen` tells that another day was chosen, or none.
 */
#define PURGE_TYPE_DAY_STRIP (purge_day_strip_get_type ())

G_DECLARE_FINAL_TYPE (PurgeDayStrip, purge_day_strip, PURGE, DAY_STRIP, AdwBin)

void            purge_day_strip_set_days   (PurgeDayStrip   *self,
                                            PurgeRecentDays *days);
const PurgeDay *purge_day_strip_get_chosen (PurgeDayStrip   *self);
void            purge_day_strip_clear      (PurgeDayStrip   *self);

G_END_DECLS
