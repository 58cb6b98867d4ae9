/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* GetCdnRefreshLog of API 2.0 (https://cloud.tencent.com/document/product/228/3948): how purges are
 * looked up, and what the answer says. Knows the records; what they prove of a batch is not known
 * here. */

#define G_LOG_DOMAIN "purge-look-up-v2"

#include "config.h"

#include "purge-look-up-v2.h"

#include "purge-answer-v2-private.h"
#include "purge-answer.h"
#include "purge-body.h"
#include "purge-look-up-terms.h"
#include "purge-message-v2.h"

/**
 * purge_look_up_v2_build:
 * @call: what is asked for
 * @endpoint: where it goes
 * @form: how it goes on the wire
 * @signature: how it is signed
 * @credentials: who signs it
 * @error: return location for %PURGE_ERROR_INVALID_INPUT with a translated sentence
 *
 * Asks for a task or for a time, never for both: the documents make a task outside of the time an
 * error. Neither host nor URL narrow the question, since what else the log holds tells apart whose a
 * record is.
 *
 * Returns: (transfer full) (nullable): the request
 */
PurgeRequest *
purge_look_up_v2_build (const PurgeLookUpCall  *call,
                        PurgeEndpoint          *endpoint,
                        PurgeForm               form,
                        PurgeSignatureMethod    signature,
                        PurgeCredentials       *credentials,
                        GError                **error)
{
  g_autofree char *since = NULL;
  g_autofree char *until = NULL;
  g_autoptr (PurgeMessageV2) message = NULL;

  if (!purge_look_up_terms_check (call, error))
    return NULL;

  message = purge_message_v2_new ("GetCdnRefreshLog", call->timestamp, call->nonce, signature,
                                  credentials, error);
  if (message == NULL)
    return NULL;

  if (call->task_id != NULL)
    purge_message_v2_add (message, "taskId", call->task_id);
  else
    {
      since = purge_look_up_terms_dup_date (call->since);
      until = purge_look_up_terms_dup_date (call->until);
      purge_message_v2_add (message, "startDate", since);
      purge_message_v2_add (message, "endDate", until);
    }

  return purge_message_v2_build (message, endpoint, form, error);
}

/* 1 is done, 0 is under way, whatever is negative has failed. */
static gboolean
read_status (JsonNode        *node,
             PurgeTaskStatus *status)
{
  gint64 number;

  if (!purge_body_get_integer (node, &number) || number > 1)
    return FALSE;

  *status = number == 1 ? PURGE_TASK_DONE : number == 0 ? PURGE_TASK_RUNNING : PURGE_TASK_FAILED;
  return TRUE;
}

static GStrv
dup_urls (JsonNode *node)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *urls;
  guint n_urls;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return NULL;

  urls = json_node_get_array (node);
  n_urls = json_array_get_length (urls);
  for (guint i = 0; i < n_urls; i++)
    {
      const char *url = purge_body_get_string (json_array_get_element (urls, i));

      if (url == NULL || *url == '\0')
        return NULL;
      g_strv_builder_add (builder, url);
    }

  return n_urls > 0 ? g_strv_builder_end (builder) : NULL;
}

/* Every member that decides has to be there and of its type. Some of Tencent's pages write ids in
 * words: nothing is computed with them. */
static PurgeLogRecord *
read_record (JsonNode    *node,
             const char **problem)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  g_autofree char *id = NULL;
  g_auto (GStrv) urls = NULL;
  PurgeTaskStatus status;
  const char *date;
  gint64 type;
  gint64 when;

  *problem = "a record that is no object";
  if (object == NULL)
    return NULL;

  *problem = "a record without an id";
  id = purge_body_dup_text (json_object_get_member (object, "id"));
  if (id == NULL || !purge_look_up_terms_is_id (id))
    return NULL;

  *problem = "a record that is neither of URLs nor of directories";
  if (!purge_body_get_integer (json_object_get_member (object, "type"), &type) ||
      (type != 0 && type != 1))
    return NULL;

  *problem = "a record without a status";
  if (!read_status (json_object_get_member (object, "status"), &status))
    return NULL;

  *problem = "a record without URLs";
  urls = dup_urls (json_object_get_member (object, "url_list"));
  if (urls == NULL)
    return NULL;

  *problem = "a record without a time";
  date = purge_body_get_string (json_object_get_member (object, "datetime"));
  if (date == NULL || !purge_look_up_terms_read_date (date, &when))
    return NULL;

  return purge_log_record_new (id, (const char * const *) urls,
                               type == 1 ? PURGE_KIND_DIRECTORY : PURGE_KIND_URL, status, when);
}

/* Whether all that was found is there: a log that is cut proves nothing. */
static gboolean
is_whole (JsonObject *data,
          guint       n_records)
{
  JsonNode *node = json_object_get_member (data, "total");
  gint64 total;

  if (node == NULL)
    return TRUE;

  return purge_body_get_integer (node, &total) && total <= n_records;
}

static gboolean
read_records (PurgeLookUp  *self,
              JsonNode     *data,
              const char  **problem)
{
  JsonObject *object;

  *problem = "no list of records";
  if (data == NULL || !JSON_NODE_HOLDS_OBJECT (data))
    return FALSE;

  object = json_node_get_object (data);
  if (!purge_look_up_terms_read_list (self, json_object_get_member (object, "logs"), read_record,
                                      problem))
    return FALSE;

  *problem = "more records than are listed";
  return is_whole (object, self->records->len);
}

/**
 * purge_look_up_v2_read:
 * @exchange: an exchange that was answered
 *
 * Reads an answer to GetCdnRefreshLog. It is judged as strictly as that to a purge (see
 * purge_answer_v2_read()), and every one of its records has to be one: of an answer that is half
 * understood nothing is believed. An empty list is a finding.
 *
 * Returns: (transfer full): the records, or the failure
 */
PurgeLookUp *
purge_look_up_v2_read (const PurgeExchange *exchange)
{
  g_autoptr (JsonNode) body = NULL;
  g_autoptr (PurgeOutcome) outcome = purge_answer_v2_read_body (exchange, 0, &body);
  g_autoptr (PurgeLookUp) self = NULL;
  const char *problem;

  if (outcome->event != PURGE_BATCH_EVENT_ACCEPTED)
    return purge_look_up_new_failed (outcome);

  self = purge_look_up_new ();
  if (read_records (self, json_object_get_member (json_node_get_object (body), "data"), &problem))
    return g_steal_pointer (&self);

  purge_answer_judge_unreadable (outcome, "The log cannot be read: ", problem);
  return purge_look_up_new_failed (outcome);
}
