/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A header with which a test tells requests apart; no server knows it. */
#define FAULT_REQUEST_MARK "X-Mark"

typedef enum {
  FAULT_API_2_0,
  FAULT_API_3_0,
} FaultApi;

/**
 * FaultRequest:
 * @api: whose request it is
 * @mark: what the test calls it, or 0
 * @method: the method, as it came
 * @path: the path without the query
 * @parameters: (element-type utf8 utf8): what the query, the form or the parts say, decoded; of API
 *   3.0 the members of the object, and what its headers say by names of their own
 * @unreadable: whether what should be an object is none
 *
 * One request of an API as a server reads it from bytes. API 2.0: POST with a form or with parts,
 * or GET. API 3.0: POST with an object.
 */
typedef struct {
  FaultApi    api;
  guint       mark;
  char       *method;
  char       *path;
  GHashTable *parameters;
  gboolean    unreadable;
} FaultRequest;

gboolean      fault_request_measure         (const char         *bytes,
                                             gsize               length,
                                             gsize              *head,
                                             gsize              *whole);
FaultRequest *fault_request_parse           (const char         *bytes,
                                             gsize               length);
FaultRequest *fault_request_parse_parts     (const char         *method,
                                             const char         *uri,
                                             const char         *headers,
                                             GBytes             *body);
FaultRequest *fault_request_new             (FaultApi            api,
                                             const char         *action,
                                             guint64             nonce,
                                             gint64              timestamp);
FaultRequest *fault_request_new_purge       (FaultApi            api,
                                             const char * const *directories,
                                             guint64             nonce,
                                             gint64              timestamp);
void          fault_request_free            (FaultRequest       *self);
const char   *fault_request_get             (const FaultRequest *self,
                                             const char         *name);
gint64        fault_request_get_number      (const FaultRequest *self,
                                             const char         *name);
gboolean      fault_request_is_purge        (const FaultRequest *self);
const char   *fault_request_get_mode        (const FaultRequest *self);
GStrv         fault_request_dup_directories (const FaultRequest *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FaultRequest, fault_request_free)

G_END_DECLS
