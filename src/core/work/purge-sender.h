/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-access.h"
#include "purge-batch.h"

G_BEGIN_DECLS

/* Sends one batch: on disk as sending, then on the wire, then its verdict on disk. What was certainly
 * not executed is tried again after a while, up to three times in all. Its outcome is a value; an error means that the journal could not be written any more (%PURGE_ERROR_STORAGE), and
 * leaves the batch showing what is known of it. Main thread only. */

void          purge_sender_send_async  (PurgeWorkspace       *workspace,
                                        PurgeAccess          *access,
                                        PurgeBatch           *batch,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
PurgeOutcome *purge_sender_send_finish (PurgeWorkspace       *workspace,
                                        GAsyncResult         *result,
                                        GError              **error);

G_END_DECLS
