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

PurgeCliSession *purge_cli_session_open   (PurgeCli         *cli,
                                           gboolean          practice,
                                           GError          **error);
void             purge_cli_session_close  (PurgeCliSession  *self);
PurgeAccount    *purge_cli_session_choose (PurgeCliSession  *self,
                                           const char       *name,
                                           GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PurgeCliSession, purge_cli_session_close)

G_END_DECLS
