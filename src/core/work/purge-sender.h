/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-api.h"
#include "purge-batch.h"
#include "purge-workspace.h"

G_BEGIN_DECLS

/* Sends one batch: on disk as sending, then on the wire, then its verdict on disk. Its outcome is a
 * value; an error means that the journal could not be written any more (%PURGE_ERROR_STORAGE), and
 * leaves the batch showing what is known of it. Main thread only. */

void          purge_sender_send_async  (PurgeWorkspace       *workspace,
                                        PurgeAccount         *account,
                                        PurgeApi             *api,
                                        PurgeCredentials     *credentials,
                                        PurgeMode             mode,
                                        PurgeBatch           *batch,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
PurgeOutcome *purge_sender_send_finish (PurgeWorkspace       *workspace,
                                        GAsyncResult         *result,
                                        GError              **error);

G_END_DECLS
