/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-cli-command.h"
#include "purge-cli-report.h"

G_BEGIN_DECLS

PurgeCliExit purge_cli_finish      (PurgeCli             *cli,
                                    const PurgeCliReport *report);
PurgeCliExit purge_cli_finish_with (PurgeCli             *cli,
                                    const char           *text,
                                    char                 *json,
                                    const GError         *error);

G_END_DECLS
