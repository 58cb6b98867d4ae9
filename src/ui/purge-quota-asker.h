/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-key-verdict.h"
#include "purge-server-quota.h"
#include "purge-workspace.h"

G_BEGIN_DECLS

/**
 * PurgeQuotaAsker:
 *
 * Asks servers for quotas, and remembers for a while what they said, by account. Property:
 *
 * - `asking` (boolean, read-only): a server is being asked, or a person for the keyring
 *
 * The signal `told` says that a server has said something. Main thread only.
 */
#define PURGE_TYPE_QUOTA_ASKER (purge_quota_asker_get_type ())

G_DECLARE_FINAL_TYPE (PurgeQuotaAsker, purge_quota_asker, PURGE, QUOTA_ASKER, GObject)

PurgeQuotaAsker  *purge_quota_asker_new        (PurgeWorkspace       *workspace);
void              purge_quota_asker_ask_async  (PurgeQuotaAsker      *self,
                                                PurgeAccount         *account,
                                                gboolean              quietly,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
PurgeKeyVerdict  *purge_quota_asker_ask_finish (PurgeQuotaAsker      *self,
                                                GAsyncResult         *result,
                                                GError              **error);
void              purge_quota_asker_remember   (PurgeQuotaAsker      *self,
                                                PurgeAccount         *account,
                                                PurgeServerQuota     *quota);
PurgeServerQuota *purge_quota_asker_recall     (PurgeQuotaAsker      *self,
                                                PurgeAccount         *account,
                                                gint64               *told);
gboolean          purge_quota_asker_get_asking (PurgeQuotaAsker      *self);

G_END_DECLS
