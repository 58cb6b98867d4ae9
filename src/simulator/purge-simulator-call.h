/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * PurgeSimulatorCall:
 * @method: the HTTP method, in capitals
 * @host: the Host header as it came, with its port, or an empty string
 * @path: the path
 * @query: (nullable): the query as it came, not decoded
 * @headers: (nullable) (element-type utf8 utf8): the headers that came, by their names in small
 *   letters; those that came twice are joined by a comma
 * @media_type: (nullable): the media type of the body, without its parameters
 * @boundary: (nullable): the boundary of a multipart body
 * @body: (nullable): the body as it came, or %NULL where it was longer than anybody accepts
 * @secure: whether it came over TLS
 * @now: when it came, in microseconds since 1970
 *
 * A request as the server received it, byte for byte. Belongs to whoever filled it in.
 */
typedef struct {
  const char *method;
  const char *host;
  const char *path;
  const char *query;
  GHashTable *headers;
  const char *media_type;
  const char *boundary;
  GBytes     *body;
  gboolean    secure;
  gint64      now;
} PurgeSimulatorCall;

/**
 * PurgeSimulatorAnswer:
 * @status: the HTTP status
 * @body: (nullable): the body, JSON, or %NULL for none
 * @action: (nullable): what was asked for, as far as it could be read
 * @verdict: the code that was answered: a number, or a string in API 3.0; 0 for a success
 * @executed: whether anything was done because of it
 * @directories: (element-type utf8): what was to be purged, as far as it could be read
 *
 * What the server makes of a call: the answer that leaves, and what the log says of it.
 */
typedef struct {
  guint      status;
  char      *body;
  char      *action;
  JsonNode  *verdict;
  gboolean   executed;
  GPtrArray *directories;
} PurgeSimulatorAnswer;

const char           *purge_simulator_call_get_header   (const PurgeSimulatorCall *call,
                                                         const char               *name);

PurgeSimulatorAnswer *purge_simulator_answer_new        (void);
void                  purge_simulator_answer_free       (PurgeSimulatorAnswer *self);
void                  purge_simulator_answer_set_status (PurgeSimulatorAnswer *self,
                                                         guint                 status);
void                  purge_simulator_answer_set_json   (PurgeSimulatorAnswer *self,
                                                         JsonNode             *body,
                                                         JsonNode             *verdict);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PurgeSimulatorAnswer, purge_simulator_answer_free)

G_END_DECLS
