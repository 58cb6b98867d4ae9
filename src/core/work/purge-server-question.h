/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-access.h"

G_BEGIN_DECLS

void              purge_server_question_async  (PurgeWorkspace       *workspace,
                                                PurgeAccess          *access,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
PurgeServerQuota *purge_server_question_finish (PurgeWorkspace       *workspace,
                                                GAsyncResult         *result,
                                                GError              **error);

G_END_DECLS
