/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-account.h"
#include "purge-cli-limits.h"
#include "purge-cli-report.h"
#include "purge-keyring.h"

G_BEGIN_DECLS

/**
 * PurgeCliAccount:
 * @account: (transfer none): an account
 * @state: what the keyring says of its key
 * @is_known: whether the keyring said anything
 *
 * An account as it is listed.
 */
typedef struct {
  PurgeAccount  *account;
  PurgeKeyState  state;
  gboolean       is_known;
} PurgeCliAccount;

char *purge_cli_json_report   (const PurgeCliReport   *report);
char *purge_cli_json_accounts (GArray                 *accounts,
                               const GError           *error);
char *purge_cli_json_account  (const PurgeCliAccount  *account,
                               const GError           *error);
char *purge_cli_json_history  (GPtrArray              *summaries,
                               const GError           *error);
char *purge_cli_json_quota    (const PurgeCliQuota    *quota,
                               const PurgeServerQuota *server,
                               const GError           *error);
char *purge_cli_json_error    (const GError           *error);

G_END_DECLS
