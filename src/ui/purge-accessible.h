/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void purge_accessible_name (GtkWidget  *widget,
                            const char *name);

G_END_DECLS
