/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-api.h"

G_BEGIN_DECLS

/* How many records one look-up asks for. No page names a largest number; so many fit into the longest
 * answer that is read. */
#define PURGE_LOOK_UP_V3_LIMIT 500

PurgeRequest *purge_look_up_v3_build (const PurgeLookUpCall  *call,
                                      PurgeEndpoint          *endpoint,
                                      PurgeCredentials       *credentials,
                                      GError                **error);
PurgeLookUp  *purge_look_up_v3_read  (const PurgeExchange    *exchange);

G_END_DECLS
