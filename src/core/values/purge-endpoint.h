/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* Where API 2.0 answers, or answered. */
#define PURGE_ENDPOINT_API_2_0 "https://cdn.api.qcloud.com"

/**
 * PurgeEndpoint:
 *
 * Where an API answers: scheme, host and port; the path belongs to the API. Only `https` with a
 * valid host, or `http` with a loopback address literal (127.0.0.0/8 as a dotted quad, or [::1]),
 * can be an endpoint: there is no way to make any other. Never changes.
 */
typedef struct _PurgeEndpoint PurgeEndpoint;

#define PURGE_TYPE_ENDPOINT (purge_endpoint_get_type ())

GType          purge_endpoint_get_type      (void);
PurgeEndpoint *purge_endpoint_parse         (const char           *uri,
                                             GError              **error);
PurgeEndpoint *purge_endpoint_ref           (PurgeEndpoint        *self);
void           purge_endpoint_unref         (PurgeEndpoint        *self);
const char    *purge_endpoint_to_string     (const PurgeEndpoint  *self);
const char    *purge_endpoint_get_authority (const PurgeEndpoint  *self);
gboolean       purge_endpoint_is_loopback   (const PurgeEndpoint  *self);
gboolean       purge_endpoint_equal         (const PurgeEndpoint  *a,
                                             const PurgeEndpoint  *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PurgeEndpoint, purge_endpoint_unref)

G_END_DECLS
