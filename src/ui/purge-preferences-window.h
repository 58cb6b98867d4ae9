/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <adwaita.h>

#include "purge-session.h"

G_BEGIN_DECLS

/**
 * PurgePreferencesWindow:
 *
 * What people change. Every choice is stored and obeyed at once; there is nothing to be saved.
 */
#define PURGE_TYPE_PREFERENCES_WINDOW (purge_preferences_window_get_type ())

G_DECLARE_FINAL_TYPE (PurgePreferencesWindow, purge_preferences_window, PURGE, PREFERENCES_WINDOW,
                      AdwWindow)

GtkWidget *purge_preferences_window_new (PurgeSession *session,
                                         GSettings    *settings);

G_END_DECLS
