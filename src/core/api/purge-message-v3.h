/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <json-glib/json-glib.h>

#include "purge-credentials.h"
#include "purge-endpoint.h"
#include "purge-request.h"

G_BEGIN_DECLS

void          purge_message_v3_add_text (JsonBuilder       *parameters,
                                         const char        *name,
                                         const char        *value);
PurgeRequest *purge_message_v3_build    (const char        *action,
                                         JsonBuilder       *parameters,
                                         gint64             timestamp,
                                         PurgeEndpoint     *endpoint,
                                         PurgeCredentials  *credentials,
                                         GError           **error);

G_END_DECLS
