/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-access.h"
#include "purge-batch.h"

G_BEGIN_DECLS

/* How long the request of an unknown batch may be sent once more, in seconds since it was made. The
 * server remembers nonces for as long as it takes timestamps, which is five minutes at least. */
#define PURGE_AGAIN_LIMIT_S 240

/* Sends the request of an unknown batch a second time, byte for byte, so that the server executes it
 * at most once. Only an acceptance moves the batch: any other answer says nothing of the first
 * sending. Main thread only. */

gboolean purge_again_is_possible (PurgeWorkspace       *workspace,
                                  PurgeAccount         *account,
                                  PurgeBatch           *batch);
void     purge_again_async       (PurgeWorkspace       *workspace,
                                  PurgeAccess          *access,
                                  PurgeBatch           *batch,
                                  GCancellable         *cancellable,
                                  GAsyncReadyCallback   callback,
                                  gpointer              user_data);
gboolean purge_again_finish      (PurgeWorkspace       *workspace,
                                  GAsyncResult         *result,
                                  GError              **error);

G_END_DECLS
