/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-access.h"
#include "purge-batch.h"

G_BEGIN_DECLS

/* Looks one batch up in the server's own log. Sends no purge, so that it may be done as often
 * as anybody likes. Main thread only. */

gboolean purge_check_is_possible (PurgeBatch *batch);
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

/* The same for a batch that is being sent: only whether the server has no trace of it. Nothing is
 * stored. */
void     purge_check_absence_async  (PurgeWorkspace       *workspace,
                                     PurgeAccess          *access,
                                     PurgeBatch           *batch,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
gboolean purge_check_absence_finish (PurgeWorkspace       *workspace,
                                     GAsyncResult         *result);

G_END_DECLS
