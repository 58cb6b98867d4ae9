/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "fault-request.h"
#include "purge-request.h"

G_BEGIN_DECLS

/* Requests of the program, as a server reads them, and copies in which something differs. */

FaultRequest *campaign_request_parse    (const PurgeRequest *request);
PurgeRequest *campaign_request_mark     (PurgeRequest       *request,
                                         guint               mark);
PurgeRequest *campaign_request_disguise (PurgeRequest       *request);

G_END_DECLS
