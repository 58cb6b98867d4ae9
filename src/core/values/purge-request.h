/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * PurgeRequest:
 *
 * One HTTP request, whole: what a transport puts on the wire byte for byte. Never changes once it is
 * built and handed over. It holds a signature, so it is never stored nor logged.
 */
typedef struct _PurgeRequest PurgeRequest;

#define PURGE_TYPE_REQUEST (purge_request_get_type ())

GType         purge_request_get_type         (void);
PurgeRequest *purge_request_new              (const char         *method,
                                              const char         *uri);
PurgeRequest *purge_request_ref              (PurgeRequest       *self);
void          purge_request_unref            (PurgeRequest       *self);
void          purge_request_set_body         (PurgeRequest       *self,
                                              const char         *content_type,
                                              GBytes             *body);
void          purge_request_add_header       (PurgeRequest       *self,
                                              const char         *name,
                                              const char         *value);
const char   *purge_request_get_method       (const PurgeRequest *self);
const char   *purge_request_get_uri          (const PurgeRequest *self);
const char   *purge_request_get_content_type (const PurgeRequest *self);
GBytes       *purge_request_get_body         (const PurgeRequest *self);
guint         purge_request_get_n_headers    (const PurgeRequest *self);
const char   *purge_request_get_header       (const PurgeRequest *self,
                                              guint               index,
                                              const char        **value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PurgeRequest, purge_request_unref)

G_END_DECLS
