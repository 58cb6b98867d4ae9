/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-key-verdict.h"
#include "purge-server-quota.h"
#include "purge-workspace.h"

G_BEGIN_DECLS

void             purge_probe_async  (PurgeWorkspace       *workspace,
                                     PurgeAccount         *account,
                                     PurgeCredentials     *credentials,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
PurgeKeyVerdict *purge_probe_finish (PurgeWorkspace       *workspace,
                                     GAsyncResult         *result,
                                     PurgeServerQuota    **quota,
                                     GError              **error);

G_END_DECLS
