/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-api.h"
#include "purge-workspace.h"

G_BEGIN_DECLS

/**
 * PurgeAccess:
 * @account: the account, as it was when the access was opened
 * @api: the API that it speaks
 * @credentials: its key
 * @skew: what has to be added to this computer's clock, in seconds; 0 until a server that refused
 *   the time has shown how far it is off
 * @n_retries: requests that were sent again without a person asking
 *
 * What it takes to speak to an API for the length of one run: an account with its key in hand. The
 * key is gone when the last reference is. Main thread only.
 */
typedef struct {
  gatomicrefcount   ref_count;
  PurgeAccount     *account;
  PurgeApi         *api;
  PurgeCredentials *credentials;
  gint64            skew;
  guint             n_retries;
} PurgeAccess;

PurgeAccess *purge_access_new         (PurgeAccount         *account,
                                       PurgeCredentials     *credentials);
void         purge_access_open_async  (PurgeWorkspace       *workspace,
                                       PurgeAccount         *account,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
PurgeAccess *purge_access_open_finish (PurgeWorkspace       *workspace,
                                       GAsyncResult         *result,
                                       GError              **error);
PurgeAccess *purge_access_ref         (PurgeAccess          *self);
void         purge_access_unref       (PurgeAccess          *self);
gint64       purge_access_get_time    (const PurgeAccess    *self,
                                       PurgeWorkspace       *workspace);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PurgeAccess, purge_access_unref)

G_END_DECLS
