/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PurgeSimulatorTc3Request:
 * @method: `GET` or `POST`
 * @path: the path
 * @query: the query of a GET as it came, or an empty string
 * @headers: what is signed of the headers, each a line `name:value` that ends in a line feed
 * @signed_headers: their names, `content-type;host`
 * @payload: (array length=payload_length): the body, or what is signed in its place
 * @payload_length: its length in bytes
 *
 * What is signed of a request.
 */
typedef struct {
  const char *method;
  const char *path;
  const char *query;
  const char *headers;
  const char *signed_headers;
  const char *payload;
  gsize       payload_length;
} PurgeSimulatorTc3Request;

char *purge_simulator_tc3_request (const PurgeSimulatorTc3Request *request);
char *purge_simulator_tc3_string  (const char                     *request,
                                   const char                     *timestamp,
                                   const char                     *date,
                                   const char                     *service);
char *purge_simulator_tc3_make    (const char                     *text,
                                   const char                     *secret_key,
                                   const char                     *date,
                                   const char                     *service);

G_END_DECLS
