/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-api.h"

G_BEGIN_DECLS

PurgeRequest     *purge_quota_v3_build (gint64                timestamp,
                                        PurgeEndpoint        *endpoint,
                                        PurgeCredentials     *credentials,
                                        GError              **error);
PurgeServerQuota *purge_quota_v3_read  (const PurgeExchange  *exchange);

G_END_DECLS
