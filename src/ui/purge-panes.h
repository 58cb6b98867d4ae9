/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* From this width on the panes lie side by side. */
#define PURGE_PANES_SIDE_BY_SIDE_WIDTH 720

/**
 * PurgePanes:
 *
 * Two panes: side by side where there is room, stacked where there is not. Properties: `start`, `end`
 * (#GtkWidget, nullable), the first and the second in reading order; `end-needed` (boolean): whether
 * the second one has something to show. Where it has not, it is left out of the stacked form.
 */
#define PURGE_TYPE_PANES (purge_panes_get_type ())

G_DECLARE_FINAL_TYPE (PurgePanes, purge_panes, PURGE, PANES, GtkWidget)

GtkWidget *purge_panes_new            (void);
void       purge_panes_set_start      (PurgePanes *self,
                                       GtkWidget  *child);
void       purge_panes_set_end        (PurgePanes *self,
                                       GtkWidget  *child);
void       purge_panes_set_end_needed (PurgePanes *self,
                                       gboolean    needed);

G_END_DECLS
