/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * PurgeInSightFunc:
 * @row: what a factory made for a row
 *
 * Makes what a row needs that can be seen. Called again and again as long as it is seen.
 */
typedef void (*PurgeInSightFunc) (GtkWidget *row);

void purge_in_sight_watch (GtkListView      *view,
                           PurgeInSightFunc  func);

G_END_DECLS
