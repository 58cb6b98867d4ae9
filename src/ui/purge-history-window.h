/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-list-editor.h"

G_BEGIN_DECLS

/**
 * PurgeHistoryWindow:
 *
 * The submissions of before: searched, shown again, loaded back into the list, deleted, and kept as long
 * as the person wants. Sends nothing.
 */
#define PURGE_TYPE_HISTORY_WINDOW (purge_history_window_get_type ())

G_DECLARE_FINAL_TYPE (PurgeHistoryWindow, purge_history_window, PURGE, HISTORY_WINDOW, AdwWindow)

GtkWidget *purge_history_window_new (PurgeListEditor *editor,
                                     PurgeSession    *session,
                                     GSettings       *settings);

G_END_DECLS
