/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-workspace.h"

G_BEGIN_DECLS

/* A run: what happens between the confirmed button and the last verdict. Main thread only. */

void     purge_run_async  (PurgeWorkspace       *workspace,
                           PurgeAccount         *account,
                           PurgeSubmission      *submission,
                           GListModel           *batches,
                           GCancellable         *cancellable,
                           GAsyncReadyCallback   callback,
                           gpointer              user_data);
gboolean purge_run_finish (PurgeWorkspace       *workspace,
                           GAsyncResult         *result,
                           gint64               *skew,
                           GError              **trouble,
                           GError              **error);

G_END_DECLS
