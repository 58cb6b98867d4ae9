/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Ends the program well when it is told to end: SIGTERM, SIGINT, SIGHUP. To be called once. */
void purge_termination_watch (GtkApplication *application);

G_END_DECLS
