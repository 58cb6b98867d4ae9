/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-account.h"
#include "purge-database.h"

G_BEGIN_DECLS

/* Accounts in the database, without their secrets. Same rules as the journal: asynchronous, on the
 * disk when a call has ended. Errors: %PURGE_ERROR_EXISTS (the name is taken), %PURGE_ERROR_STORAGE,
 * %PURGE_ERROR_STORAGE_DAMAGED, %PURGE_ERROR_NOT_FOUND. */

void       purge_account_table_list_async    (PurgeDatabase        *database,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
GPtrArray *purge_account_table_list_finish   (PurgeDatabase        *database,
                                              GAsyncResult         *result,
                                              GError              **error);
void       purge_account_table_put_async     (PurgeDatabase        *database,
                                              PurgeAccount         *account,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
gboolean   purge_account_table_put_finish    (PurgeDatabase        *database,
                                              GAsyncResult         *result,
                                              GError              **error);
void       purge_account_table_remove_async  (PurgeDatabase        *database,
                                              const char           *uuid,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
gboolean   purge_account_table_remove_finish (PurgeDatabase        *database,
                                              GAsyncResult         *result,
                                              GError              **error);

G_END_DECLS
