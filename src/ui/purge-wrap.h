/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * PurgeWrap:
 *
 * A row of widgets in as many lines as they need: it can become as narrow as the widest of them.
 * Properties: `at-start` (boolean): whether the lines begin at the start, rather than end at the end;
 * `spacing` (uint), in pixels. A last widget whose `halign` is end stands at the end of its line.
 */
#define PURGE_TYPE_WRAP (purge_wrap_get_type ())

G_DECLARE_FINAL_TYPE (PurgeWrap, purge_wrap, PURGE, WRAP, GtkWidget)

G_END_DECLS
