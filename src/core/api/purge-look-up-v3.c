/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* DescribePurgeTasks of API 3.0 (https://cloud.tencent.com/document/product/228/37873): how purges are
 * looked up, and what the answer says. Knows the records; what they prove of a batch is not known
 * here. */

#define G_LOG_DOMAIN "purge-look-up-v3"

#include "config.h"

#include "purge-look-up-v3.h"

#include "purge-answer-v3.h"
#include "purge-answer.h"
#include "purge-body.h"
#include "purge-look-up-terms.h"
#include "purge-message-v3.h"

/* A task or a time, never both: a task is not made clearer by a time, only missed by it. */
static void
add_question (JsonBuilder           *builder,
              const PurgeLookUpCall *call)
{
  g_autofree char *since = NULL;
  g_autofree char *until = NULL;

  if (call->task_id != NULL)
    {
      purge_message_v3_add_text (builder, "TaskId", call->task_id);
      return;
    }

  since = purge_look_up_terms_dup_date (call->since);
  until = purge_look_up_terms_dup_date (call->until);
  purge_message_v3_add_text (builder, "PurgeType",
                             call->kind == PURGE_KIND_URL ? "url" : "path");
  purge_message_v3_add_text (builder, "StartTime", since);
  purge_message_v3_add_text (builder, "EndTime", until);
}

/**
 * purge_look_up_v3_build:
 * @call: what is asked for
 * @endpoint: where it goes
 * @credentials: who signs it
 * @error: return location for %PURGE_ERROR_INVALID_INPUT with a translated sentence
 *
 * Asks for a task or for a time, and for as many records as one answer holds. Neither host nor URL
 * narrow the question, since what else the log holds tells apart whose a record is.
 *
 * Returns: (transfer full) (nullable): the request
 */
PurgeRequest *
purge_look_up_v3_build (const PurgeLookUpCall  *call,
                        PurgeEndpoint          *endpoint,
                        PurgeCredentials       *credentials,
                        GError                **error)
{
  g_autoptr (JsonBuilder) builder = NULL;

  if (!purge_look_up_terms_check (call, error))
    return NULL;

  builder = json_builder_new ();
  json_builder_begin_object (builder);
  add_question (builder, call);
  json_builder_set_member_name (builder, "Offset");
  json_builder_add_int_value (builder, 0);
  json_builder_set_member_name (builder, "Limit");
  json_builder_add_int_value (builder, PURGE_LOOK_UP_V3_LIMIT);
  json_builder_end_object (builder);

  return purge_message_v3_build ("DescribePurgeTasks", builder, call->timestamp, endpoint,
                                 credentials, error);
}

/* Tencent's pages write some of these words with a capital. */
static gboolean
read_word (JsonNode           *node,
           const char * const *words,
           guint              *index)
{
  const char *text = purge_body_get_string (node);

  for (guint i = 0; text != NULL && words[i] != NULL; i++)
    if (g_ascii_strcasecmp (text, words[i]) == 0)
      {
        *index = i;
        return TRUE;
      }

  return FALSE;
}

/* Every member that decides has to be there and of its type. */
static PurgeLogRecord *
read_record (JsonNode    *node,
             const char **problem)
{
  static const char * const types[] = { "url", "path", NULL };
  static const char * const statuses[] = { "process", "done", "fail", NULL };
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *urls[2] = { NULL };
  const char *id;
  const char *date;
  guint type;
  guint status;
  gint64 when;

  *problem = "a record that is no object";
  if (object == NULL)
    return NULL;

  *problem = "a record without a task";
  id = purge_body_get_string (json_object_get_member (object, "TaskId"));
  if (id == NULL || !purge_look_up_terms_is_id (id))
    return NULL;

  *problem = "a record that is neither of a URL nor of a directory";
  if (!read_word (json_object_get_member (object, "PurgeType"), types, &type))
    return NULL;

  *problem = "a record without a status";
  if (!read_word (json_object_get_member (object, "Status"), statuses, &status))
    return NULL;

  *problem = "a record without a URL";
  urls[0] = purge_body_get_string (json_object_get_member (object, "Url"));
  if (urls[0] == NULL || *urls[0] == '\0')
    return NULL;

  *problem = "a record without a time";
  date = purge_body_get_string (json_object_get_member (object, "CreateTime"));
  if (date == NULL || !purge_look_up_terms_read_date (date, &when))
    return NULL;

  /* The words of a status are in the order of its values. */
  return purge_log_record_new (id, urls,
                               type == 1 ? PURGE_KIND_DIRECTORY : PURGE_KIND_URL,
                               (PurgeTaskStatus) status, when);
}

/* Whether all that was found is there: a log that is cut proves nothing. */
static gboolean
is_whole (JsonObject *response,
          guint       n_records)
{
  gint64 total;

  return purge_body_get_integer (json_object_get_member (response, "TotalCount"), &total) &&
         total <= n_records;
}

static gboolean
read_records (PurgeLookUp  *self,
              JsonObject   *response,
              const char  **problem)
{
  if (!purge_look_up_terms_read_list (self, json_object_get_member (response, "PurgeLogs"),
                                      read_record, problem))
    return FALSE;

  *problem = "more records than are listed";
  return is_whole (response, self->records->len);
}

/**
 * purge_look_up_v3_read:
 * @exchange: an exchange that was answered
 *
 * Reads an answer to DescribePurgeTasks. It is judged as strictly as that to a purge (see
 * purge_answer_v3_read()), and every one of its records has to be one: of an answer that is half
 * understood, or cut, nothing is believed. An empty list is a finding. The log has one record a URL;
 * those of one purge have the same id, that of its task.
 *
 * Returns: (transfer full): the records, or the failure
 */
PurgeLookUp *
purge_look_up_v3_read (const PurgeExchange *exchange)
{
  g_autoptr (JsonNode) body = NULL;
  g_autoptr (PurgeOutcome) outcome = purge_answer_v3_read_response (exchange, &body);
  g_autoptr (PurgeLookUp) self = NULL;
  const char *problem;

  if (outcome->event != PURGE_BATCH_EVENT_ACCEPTED)
    return purge_look_up_new_failed (outcome);

  self = purge_look_up_new ();
  if (read_records (self, purge_answer_v3_get_response (body), &problem))
    return g_steal_pointer (&self);

  purge_answer_judge_unreadable (outcome, "The log cannot be read: ", problem);
  return purge_look_up_new_failed (outcome);
}
