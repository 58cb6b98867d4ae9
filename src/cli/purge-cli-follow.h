/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-cli-command.h"
#include "purge-cli-report.h"

G_BEGIN_DECLS

void purge_cli_follow (PurgeCli       *cli,
                       PurgeJob       *job,
                       PurgeCliReport *report);

G_END_DECLS
