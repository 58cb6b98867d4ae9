/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * PurgeRawWindow:
 *
 * A whole answer of a server, as plain text that can be copied.
 */
#define PURGE_TYPE_RAW_WINDOW (purge_raw_window_get_type ())

G_DECLARE_FINAL_TYPE (PurgeRawWindow, purge_raw_window, PURGE, RAW_WINDOW, AdwWindow)

void purge_raw_window_present (GtkWindow  *parent,
                               const char *raw);

G_END_DECLS
