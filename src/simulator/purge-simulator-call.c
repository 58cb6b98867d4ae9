/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What came and what goes. Knows neither HTTP nor the rules of any API. */

#define G_LOG_DOMAIN "purge-simulator-call"

#include "config.h"

#include "purge-simulator-call.h"

/**
 * purge_simulator_call_get_header:
 * @call: a request
 * @name: the name of a header, in small letters
 *
 * Returns: (transfer none) (nullable): its value, or %NULL where it did not come
 */
const char *
purge_simulator_call_get_header (const PurgeSimulatorCall *call,
                                 const char               *name)
{
  return call->headers != NULL ? g_hash_table_lookup (call->headers, name) : NULL;
}

/**
 * purge_simulator_answer_new:
 *
 * Returns: (transfer full): an answer in which nothing is said yet
 */
PurgeSimulatorAnswer *
purge_simulator_answer_new (void)
{
  PurgeSimulatorAnswer *self = g_new0 (PurgeSimulatorAnswer, 1);

  self->directories = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/**
 * purge_simulator_answer_free:
 * @self: (transfer full): an answer
 */
void
purge_simulator_answer_free (PurgeSimulatorAnswer *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->body);
  g_free (self->action);
  g_clear_pointer (&self->verdict, json_node_unref);
  g_ptr_array_unref (self->directories);
  g_free (self);
}

/**
 * purge_simulator_answer_set_status:
 * @self: an answer
 * @status: an HTTP status
 *
 * Answers with a bare HTTP status and no body.
 */
void
purge_simulator_answer_set_status (PurgeSimulatorAnswer *self,
                                   guint                 status)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->body, g_free);
  g_clear_pointer (&self->verdict, json_node_unref);
  self->status = status;
  self->verdict = json_node_init_int (json_node_alloc (), status);
}

/**
 * purge_simulator_answer_set_json:
 * @self: an answer
 * @body: (transfer full): the body
 * @verdict: (transfer full): its code
 *
 * Answers with JSON. The HTTP status is 200 for failures as well: that is how both APIs do it.
 */
void
purge_simulator_answer_set_json (PurgeSimulatorAnswer *self,
                                 JsonNode             *body,
                                 JsonNode             *verdict)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->body, g_free);
  g_clear_pointer (&self->verdict, json_node_unref);
  self->status = 200;
  self->body = json_to_string (body, FALSE);
  self->verdict = verdict;
  json_node_unref (body);
}
