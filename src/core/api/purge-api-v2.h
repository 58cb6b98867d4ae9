/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-api.h"

G_BEGIN_DECLS

/**
 * PurgeApiV2:
 *
 * API 2.0, RefreshCdnDir, RefreshCdnUrl and GetCdnRefreshLog: `cdn.api.qcloud.com`, path
 * `/v2/index.php`.
 */
#define PURGE_TYPE_API_V2 (purge_api_v2_get_type ())

G_DECLARE_FINAL_TYPE (PurgeApiV2, purge_api_v2, PURGE, API_V2, GObject)

PurgeApi *purge_api_v2_new (PurgeEndpoint        *endpoint,
                            PurgeForm             form,
                            PurgeSignatureMethod  signature);

G_END_DECLS
