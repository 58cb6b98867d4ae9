/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-accounts.h"
#include "purge-draft-keeper.h"
#include "purge-job.h"
#include "purge-workspace.h"

G_BEGIN_DECLS

/* What a window has to load before anything can be sent. */

void      purge_opening_run_async  (PurgeWorkspace       *workspace,
                                    PurgeAccounts        *accounts,
                                    PurgeDraftKeeper     *keeper,
                                    GCancellable         *cancellable,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data);
PurgeJob *purge_opening_run_finish (PurgeWorkspace       *workspace,
                                    GAsyncResult         *result,
                                    GError              **error);

G_END_DECLS
