/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-access.h"
#include "purge-batch.h"

G_BEGIN_DECLS

/* Looks one unknown batch up in the server's own log. Sends no purge, so that it may be done as often
 * as anybody likes. Main thread only. */

void     purge_check_async  (PurgeWorkspace       *workspace,
                             PurgeAccess          *access,
                             PurgeBatch           *batch,
                             GCancellable         *cancellable,
                             GAsyncReadyCallback   callback,
                             gpointer              user_data);
gboolean purge_check_finish (PurgeWorkspace       *workspace,
                             GAsyncResult         *result,
                             gboolean             *settled,
                             PurgeOutcome        **failure,
                             GError              **error);

G_END_DECLS
