/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <adwaita.h>

#include "purge-session.h"

G_BEGIN_DECLS

/**
 * PurgeAccountDialog:
 *
 * Adds an account, or edits one. The stored key is never shown: where it is edited, empty fields keep
 * it. What was typed is gone when the dialog is.
 */
#define PURGE_TYPE_ACCOUNT_DIALOG (purge_account_dialog_get_type ())

G_DECLARE_FINAL_TYPE (PurgeAccountDialog, purge_account_dialog, PURGE, ACCOUNT_DIALOG, AdwWindow)

GtkWidget *purge_account_dialog_new (PurgeSession *session,
                                     PurgeAccount *account);

G_END_DECLS
