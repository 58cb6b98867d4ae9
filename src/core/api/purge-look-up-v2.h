/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-api.h"

G_BEGIN_DECLS

PurgeRequest *purge_look_up_v2_build (const PurgeLookUpCall  *call,
                                      PurgeEndpoint          *endpoint,
                                      PurgeForm               form,
                                      PurgeSignatureMethod    signature,
                                      PurgeCredentials       *credentials,
                                      GError                **error);
PurgeLookUp  *purge_look_up_v2_read  (const PurgeExchange    *exchange);

G_END_DECLS
