/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * PurgeDropArea:
 *
 * Covers a widget, and is seen while text, files or links are dragged above that. Signal: `dropped`
 * (string, nullable, #GListModel of #GFile, nullable), with what was dropped; links are text.
 */
#define PURGE_TYPE_DROP_AREA (purge_drop_area_get_type ())

G_DECLARE_FINAL_TYPE (PurgeDropArea, purge_drop_area, PURGE, DROP_AREA, AdwBin)

void purge_drop_area_watch (PurgeDropArea *self,
                            GtkWidget     *target);

G_END_DECLS
