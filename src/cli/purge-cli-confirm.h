/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-cli-session.h"
#include "purge-order.h"
#include "purge-server-quota.h"

G_BEGIN_DECLS

gboolean purge_cli_confirm (PurgeCli                *cli,
                            PurgeCliSession         *session,
                            PurgeAccount            *account,
                            PurgeOrder              *order,
                            const PurgeServerQuota  *server,
                            const char              *note,
                            GError                 **error);

G_END_DECLS
