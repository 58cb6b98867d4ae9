/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * FaultRequest:
 * @method: the method, as it came
 * @path: the path without the query
 * @parameters: (element-type utf8 utf8): what the query, the form or the parts say, decoded
 *
 * One request of the API as a server reads it from bytes: POST with a form or with parts, or GET.
 */
typedef struct {
  char       *method;
  char       *path;
  GHashTable *parameters;
} FaultRequest;

gboolean      fault_request_measure         (const char         *bytes,
                                             gsize               length,
                                             gsize              *head,
                                             gsize              *whole);
FaultRequest *fault_request_parse           (const char         *bytes,
                                             gsize               length);
FaultRequest *fault_request_parse_parts     (const char         *method,
                                             const char         *uri,
                                             const char         *content_type,
                                             GBytes             *body);
FaultRequest *fault_request_new_purge       (const char * const *directories,
                                             guint64             nonce,
                                             gint64              timestamp);
void          fault_request_free            (FaultRequest       *self);
const char   *fault_request_get             (const FaultRequest *self,
                                             const char         *name);
gint64        fault_request_get_number      (const FaultRequest *self,
                                             const char         *name);
GStrv         fault_request_dup_directories (const FaultRequest *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FaultRequest, fault_request_free)

G_END_DECLS
