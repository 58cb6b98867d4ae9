/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* DescribePurgeQuota of API 3.0 (https://cloud.tencent.com/document/product/228/41956): how one asks what
 * is left, and what the answer says. */

#define G_LOG_DOMAIN "purge-quota-v3"

#include "config.h"

#include "purge-quota-v3.h"

#include "purge-answer-v3.h"
#include "purge-answer.h"
#include "purge-body.h"
#include "purge-enum.h"
#include "purge-message-v3.h"

/**
 * purge_quota_v3_build:
 * @timestamp: UNIX seconds
 * @endpoint: where it goes
 * @credentials: who signs it
 * @error: return location for %PURGE_ERROR_INVALID_INPUT with a translated sentence
 *
 * Returns: (transfer full) (nullable): the request
 */
PurgeRequest *
purge_quota_v3_build (gint64             timestamp,
                      PurgeEndpoint     *endpoint,
                      PurgeCredentials  *credentials,
                      GError           **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_end_object (builder);

  return purge_message_v3_build ("DescribePurgeQuota", builder, timestamp, endpoint, credentials,
                                 error);
}

static gboolean
read_number (JsonObject *object,
             const char *name,
             guint      *number)
{
  gint64 value;

  if (!purge_body_get_integer (json_object_get_member (object, name), &value) || value < 0 ||
      value > G_MAXINT)
    return FALSE;

  *number = value;
  return TRUE;
}

/* An area that is not known here is not purged from here either: its quota is left out. */
static gboolean
read_row (PurgeServerQuota *self,
          PurgeKind         kind,
          JsonNode         *node)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  PurgeQuotaRow row = { .kind = kind };
  const char *area;
  int value;

  if (object == NULL || !read_number (object, "Batch", &row.batch) ||
      !read_number (object, "Total", &row.total) ||
      !read_number (object, "Available", &row.available))
    return FALSE;

  area = purge_body_get_string (json_object_get_member (object, "Area"));
  if (area == NULL)
    return FALSE;
  if (!purge_enum_from_nick (PURGE_TYPE_AREA, area, &value) || value == PURGE_AREA_NONE)
    return TRUE;

  row.area = value;
  return purge_server_quota_add (self, &row);
}

static gboolean
read_rows (PurgeServerQuota *self,
           PurgeKind         kind,
           JsonObject       *response,
           const char       *name)
{
  JsonNode *node = json_object_get_member (response, name);
  JsonArray *rows;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return FALSE;

  rows = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (rows); i++)
    if (!read_row (self, kind, json_array_get_element (rows, i)))
      return FALSE;

  return TRUE;
}

/**
 * purge_quota_v3_read:
 * @exchange: an exchange that was answered
 *
 * Reads an answer to DescribePurgeQuota. It is judged as strictly as that to a purge (see
 * purge_answer_v3_read()), and of an answer that is half understood nothing is believed.
 *
 * Returns: (transfer full): the quotas, or the failure
 */
PurgeServerQuota *
purge_quota_v3_read (const PurgeExchange *exchange)
{
  g_autoptr (JsonNode) body = NULL;
  g_autoptr (PurgeOutcome) outcome = purge_answer_v3_read_response (exchange, &body);
  g_autoptr (PurgeServerQuota) self = NULL;
  JsonObject *response;

  if (outcome->event != PURGE_BATCH_EVENT_ACCEPTED)
    return purge_server_quota_new_failed (outcome);

  self = purge_server_quota_new ();
  response = purge_answer_v3_get_response (body);
  if (read_rows (self, PURGE_KIND_DIRECTORY, response, "PathPurge") &&
      read_rows (self, PURGE_KIND_URL, response, "UrlPurge"))
    return g_steal_pointer (&self);

  purge_answer_judge_unreadable (outcome, "The quota cannot be read: ", "a list or a row of it");
  return purge_server_quota_new_failed (outcome);
}
