/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-cli-report.h"
#include "purge-cli-session.h"

G_BEGIN_DECLS

gboolean purge_cli_send (PurgeCli         *cli,
                         PurgeCliSession  *session,
                         PurgeJob         *job,
                         PurgeJobPart      part,
                         PurgeCliReport   *report);

G_END_DECLS
