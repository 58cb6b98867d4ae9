/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The answers of API 3.0: what the server said, and what that proves. Knows the shape of an answer; what
 * an HTTP status proves is next door, and what a code means stands in the table of codes. */

#define G_LOG_DOMAIN "purge-answer-v3"

#include "config.h"

#include "purge-answer-v3.h"

#include "purge-answer.h"
#include "purge-body.h"
#include "purge-code-v3.h"

/* Text without blanks around it, or NULL where there is none. */
static char *
dup_words (JsonNode *node)
{
  g_autofree char *words = g_strdup (purge_body_get_string (node));

  return words != NULL && *g_strstrip (words) != '\0' ? g_steal_pointer (&words) : NULL;
}

static JsonObject *
get_object (JsonObject *object,
            const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/* An error without a code is no refusal, and what has it is no success. */
static PurgeAnswerMeaning
read_error (PurgeAnswer *answer,
            JsonObject  *response)
{
  JsonObject *error = get_object (response, "Error");

  if (error == NULL)
    return PURGE_ANSWER_MEANS_NOTHING;

  answer->code = dup_words (json_object_get_member (error, "Code"));
  answer->message =
    g_strdup (purge_body_get_string (json_object_get_member (error, "Message")));

  return answer->code != NULL ? PURGE_ANSWER_MEANS_REFUSAL : PURGE_ANSWER_MEANS_NOTHING;
}

static PurgeAnswerMeaning
read_response (PurgeAnswer *answer,
               JsonObject  *object)
{
  JsonObject *response = get_object (object, "Response");

  if (response == NULL)
    return PURGE_ANSWER_MEANS_NOTHING;

  answer->request_id = dup_words (json_object_get_member (response, "RequestId"));
  answer->task_id = dup_words (json_object_get_member (response, "TaskId"));
  if (json_object_has_member (response, "Error"))
    return read_error (answer, response);

  return PURGE_ANSWER_MEANS_SUCCESS;
}

/* Of a purge there has to be a task. */
static PurgeAnswerMeaning
read_task (PurgeAnswer *answer,
           JsonObject  *object)
{
  PurgeAnswerMeaning meaning = read_response (answer, object);

  if (meaning == PURGE_ANSWER_MEANS_SUCCESS && answer->task_id == NULL)
    return PURGE_ANSWER_MEANS_NOTHING;

  return meaning;
}

static gboolean
judge_refusal (PurgeOutcome *outcome)
{
  const PurgeCode *code = purge_code_v3_find (outcome->answer.code);

  if (code == NULL)
    code = purge_code_v3_find_family (outcome->answer.code);

  if (code != NULL)
    purge_answer_judge (outcome, code->event, code->cause, code->stops_queue);
  else
    purge_answer_judge (outcome, PURGE_BATCH_EVENT_REJECTED, PURGE_CAUSE_REFUSED_BY_API, FALSE);

  return code != NULL;
}

/**
 * purge_answer_v3_read:
 * @exchange: an exchange that was answered
 * @n_sent: how many directories or URLs were sent
 *
 * Reads an answer to PurgePathCache or PurgeUrlsCache (see purge_answer_read()): a success is one that
 * has an object `Response` without `Error`, but with the string `TaskId`. Where there is both, it is
 * refused. `RequestId` is kept, and does not decide. The server does not say how many it took.
 *
 * Returns: (transfer full): the outcome
 */
PurgeOutcome *
purge_answer_v3_read (const PurgeExchange *exchange,
                      guint                n_sent)
{
  static const PurgeAnswerFormat format = { read_task, judge_refusal };
  g_autoptr (JsonNode) body = NULL;

  return purge_answer_read (&format, exchange, n_sent, &body);
}

/**
 * purge_answer_v3_read_response:
 * @exchange: an exchange that was answered
 * @body: (out) (transfer full) (nullable): the object that came, or %NULL where none did
 *
 * Does what purge_answer_v3_read() does for an action that makes no task. What else the response has
 * to have is for the caller to see.
 *
 * Returns: (transfer full): the outcome
 */
PurgeOutcome *
purge_answer_v3_read_response (const PurgeExchange  *exchange,
                               JsonNode            **body)
{
  static const PurgeAnswerFormat format = { read_response, judge_refusal };

  return purge_answer_read (&format, exchange, 0, body);
}

/**
 * purge_answer_v3_get_response:
 * @body: the body of a success
 *
 * Returns: (transfer none): its response
 */
JsonObject *
purge_answer_v3_get_response (JsonNode *body)
{
  return get_object (json_node_get_object (body), "Response");
}
