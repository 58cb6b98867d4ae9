/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void purge_tooltip_set             (GtkWidget     *widget,
                                    const char    *text);
void purge_tooltip_hide_while_open (GtkMenuButton *button);

G_END_DECLS
