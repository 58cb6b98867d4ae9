/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-accounts.h"

G_BEGIN_DECLS

/* Practice: the whole program against the built-in simulator. A workspace whose database and keyring
 * live in memory, a simulator on the loopback address that ends with the workspace, and one account
 * that speaks to it. Nothing leaves this computer, and nothing is left behind. */

void            purge_practice_start_async  (GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
PurgeWorkspace *purge_practice_start_finish (GAsyncResult         *result,
                                             PurgeAccounts       **accounts,
                                             GError              **error);

G_END_DECLS
