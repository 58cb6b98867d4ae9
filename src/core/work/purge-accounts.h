/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-workspace.h"

G_BEGIN_DECLS

/**
 * PurgeAccounts:
 *
 * The accounts, as a #GListModel of #PurgeAccount in the order of their names: what is known of them
 * in the database, their keys in the keyring, and both kept together. A key is stored before the
 * account that needs it, and forgotten before the account is. Main thread only.
 */
#define PURGE_TYPE_ACCOUNTS (purge_accounts_get_type ())

G_DECLARE_FINAL_TYPE (PurgeAccounts, purge_accounts, PURGE, ACCOUNTS, GObject)

PurgeAccounts *purge_accounts_new           (PurgeWorkspace       *workspace);
void           purge_accounts_load_async    (PurgeAccounts        *self,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
gboolean       purge_accounts_load_finish   (PurgeAccounts        *self,
                                             GAsyncResult         *result,
                                             GError              **error);

void           purge_accounts_put_async     (PurgeAccounts        *self,
                                             PurgeAccount         *account,
                                             PurgeCredentials     *credentials,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
gboolean       purge_accounts_put_finish    (PurgeAccounts        *self,
                                             GAsyncResult         *result,
                                             GError              **error);
void           purge_accounts_remove_async  (PurgeAccounts        *self,
                                             PurgeAccount         *account,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
gboolean       purge_accounts_remove_finish (PurgeAccounts        *self,
                                             GAsyncResult         *result,
                                             GError              **error);
PurgeAccount  *purge_accounts_find_name     (PurgeAccounts        *self,
                                             const char           *name);
PurgeAccount  *purge_accounts_find_uuid     (PurgeAccounts        *self,
                                             const char           *uuid);

G_END_DECLS
