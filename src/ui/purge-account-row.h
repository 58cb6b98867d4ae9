/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <adwaita.h>

#include "purge-session.h"

G_BEGIN_DECLS

/**
 * PurgeAccountRow:
 *
 * One account: which it is, whether it is the chosen one, and what can be done with it, through the
 * actions `accounts.choose`, `accounts.edit` and `accounts.remove`.
 */
#define PURGE_TYPE_ACCOUNT_ROW (purge_account_row_get_type ())

G_DECLARE_FINAL_TYPE (PurgeAccountRow, purge_account_row, PURGE, ACCOUNT_ROW, AdwActionRow)

GtkWidget *purge_account_row_new (PurgeSession *session,
                                  PurgeAccount *account);

G_END_DECLS
