/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-cli-json.h"

G_BEGIN_DECLS

char *purge_cli_text_report   (const PurgeCliReport   *report);
char *purge_cli_text_notes    (const PurgeCliInput    *input);
char *purge_cli_text_accounts (GArray                 *accounts);
char *purge_cli_text_history  (GPtrArray              *summaries,
                               gboolean                searched);
char *purge_cli_text_quota    (const PurgeCliQuota    *quota,
                               const PurgeServerQuota *server);

G_END_DECLS
