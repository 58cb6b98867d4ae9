/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-accounts.h"
#include "purge-cli-command.h"

G_BEGIN_DECLS

/**
 * PurgeCliSession:
 * @workspace: the open workspace
 * @accounts: the accounts in it
 *
 * What a command works with: the person's own, or that of practice.
 */
typedef struct {
  PurgeWorkspace *workspace;
  PurgeAccounts  *accounts;
} PurgeCliSession;

/**
 * PurgeCliQuota:
 * @used: how many directories were sent today, by this computer's count
 * @total: how many there may be
 * @day: today, as purge_quota_day_of() numbers it
 *
 * The daily quota of an account.
 */
typedef struct {
  guint  used;
  guint  total;
  gint64 day;
} PurgeCliQuota;

PurgeCliSession *purge_cli_session_open   (PurgeCli         *cli,
                                           gboolean          practice,
                                           GError          **error);
void             purge_cli_session_close  (PurgeCliSession  *self);
PurgeAccount    *purge_cli_session_choose (PurgeCliSession  *self,
                                           const char       *name,
                                           GError          **error);
gboolean         purge_cli_session_count  (PurgeCliSession  *self,
                                           PurgeAccount     *account,
                                           GCancellable     *cancellable,
                                           PurgeCliQuota    *quota,
                                           GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PurgeCliSession, purge_cli_session_close)

G_END_DECLS
