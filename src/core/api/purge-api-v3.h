/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-api.h"

G_BEGIN_DECLS

/**
 * PurgeApiV3:
 *
 * API 3.0, PurgePathCache, PurgeUrlsCache, DescribePurgeTasks and DescribePurgeQuota:
 * `cdn.tencentcloudapi.com` or `cdn.intl.tencentcloudapi.com`, path `/`.
 */
#define PURGE_TYPE_API_V3 (purge_api_v3_get_type ())

G_DECLARE_FINAL_TYPE (PurgeApiV3, purge_api_v3, PURGE, API_V3, GObject)

PurgeApi *purge_api_v3_new (PurgeApiKind   kind,
                            PurgeEndpoint *endpoint);

G_END_DECLS
