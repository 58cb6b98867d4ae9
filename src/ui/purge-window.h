/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <adwaita.h>

#include "purge-session.h"

G_BEGIN_DECLS

/**
 * PurgeWindow:
 *
 * The main window, put together. Its actions are class actions of the group `win`: none of them is
 * exported on D-Bus, so nobody but the person at the window can send anything. Properties: `session`
 * (#PurgeSession, nullable), `account-uuid` (string), the chosen account.
 */
#define PURGE_TYPE_WINDOW (purge_window_get_type ())

G_DECLARE_FINAL_TYPE (PurgeWindow, purge_window, PURGE, WINDOW, AdwApplicationWindow)

GtkWidget *purge_window_new            (GtkApplication      *application);
void       purge_window_open           (PurgeWindow         *self);
void       purge_window_start_practice (PurgeWindow         *self);
void       purge_window_set_session    (PurgeWindow         *self,
                                        PurgeSession        *session);
void       purge_window_import         (PurgeWindow         *self,
                                        GFile               *file);
void       purge_window_stop_async     (PurgeWindow         *self,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data);
void       purge_window_stop_finish    (PurgeWindow         *self,
                                        GAsyncResult        *result);

G_END_DECLS
