/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <gtk/gtk.h>

#include "purge-tally.h"

G_BEGIN_DECLS

/* How high the bar of the busiest day is, in pixels, and the lowest part of any. */
#define PURGE_DAY_BAR_HEIGHT 48
#define PURGE_DAY_BAR_LEAST 3

/**
 * PurgeDayBar:
 *
 * What became of what was submitted on a day, as parts of a bar that stand one on the other. Each part
 * has its colour and its pattern, see style.css.
 */
#define PURGE_TYPE_DAY_BAR (purge_day_bar_get_type ())

G_DECLARE_FINAL_TYPE (PurgeDayBar, purge_day_bar, PURGE, DAY_BAR, GtkWidget)

GtkWidget *purge_day_bar_new      (void);
void       purge_day_bar_show     (PurgeDayBar      *self,
                                   const PurgeTally *tally,
                                   guint             most);
GtkWidget *purge_day_bar_new_part (PurgeBatchState   state);

G_END_DECLS
