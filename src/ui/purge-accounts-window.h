/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <adwaita.h>

#include "purge-session.h"

G_BEGIN_DECLS

/**
 * PurgeAccountsWindow:
 *
 * All accounts: choose one, add, edit, remove.
 */
#define PURGE_TYPE_ACCOUNTS_WINDOW (purge_accounts_window_get_type ())

G_DECLARE_FINAL_TYPE (PurgeAccountsWindow, purge_accounts_window, PURGE, ACCOUNTS_WINDOW, AdwWindow)

GtkWidget *purge_accounts_window_new (PurgeSession *session);

G_END_DECLS
