/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The answers of API 2.0: what the server said, and what that proves. Knows the shape of an answer;
 * what an HTTP status proves is next door, and what a code means stands in the table of codes. */

#define G_LOG_DOMAIN "purge-answer-v2"

#include "config.h"

#include "purge-answer-v2-private.h"

#include "purge-answer.h"
#include "purge-body.h"
#include "purge-code.h"

/* "(9110)没有这个域名的信息 cdn no such host": the CDN's own code before the words. */
static int
read_module_code (const char *message)
{
  char *end;
  gint64 code;

  while (g_ascii_isspace (*message))
    message++;
  if (message[0] != '(' || !(g_ascii_isdigit (message[1]) ||
                             (message[1] == '-' && g_ascii_isdigit (message[2]))))
    return 0;

  code = g_ascii_strtoll (message + 1, &end, 10);
  return *end == ')' && code > -1000000000 && code < 1000000000 ? code : 0;
}

static void
read_count (PurgeAnswer *answer,
            JsonNode    *node)
{
  gint64 count;

  if (purge_body_get_integer (node, &count))
    answer->count = MAX (answer->count, 0) + CLAMP (count, 0, G_MAXINT);
}

static void
read_task (PurgeAnswer *answer,
           JsonObject  *task)
{
  JsonNode *id = json_object_get_member (task, "task_id");

  if (id == NULL)
    id = json_object_get_member (task, "log_id");
  if (answer->task_id == NULL)
    answer->task_id = purge_body_dup_text (id);

  read_count (answer, json_object_get_member (task, "count"));
}

/* `data` is an object with `task_id`, or a list of objects with `log_id`, or not there: Tencent's
 * pages and programs of different years show all three. The first id stands for all. */
static void
read_data (PurgeAnswer *answer,
           JsonNode    *data)
{
  JsonArray *tasks;

  if (data != NULL && JSON_NODE_HOLDS_OBJECT (data))
    read_task (answer, json_node_get_object (data));
  if (data == NULL || !JSON_NODE_HOLDS_ARRAY (data))
    return;

  tasks = json_node_get_array (data);
  for (guint i = 0; i < json_array_get_length (tasks); i++)
    {
      JsonNode *task = json_array_get_element (tasks, i);

      if (JSON_NODE_HOLDS_OBJECT (task))
        read_task (answer, json_node_get_object (task));
    }
}

/* The type comes before the value: only the integer 0 is a success. A text is good enough for a
 * refusal, which some of Tencent's pages show as "5100", and never for a success. */
static PurgeAnswerMeaning
find_meaning (const PurgeAnswer *answer)
{
  gint64 code;

  if (answer->code == NULL ||
      !g_ascii_string_to_signed (answer->code, 10, G_MININT64, G_MAXINT64, &code, NULL))
    return PURGE_ANSWER_MEANS_NOTHING;

  if (code != 0)
    return PURGE_ANSWER_MEANS_REFUSAL;

  return answer->code_is_number ? PURGE_ANSWER_MEANS_SUCCESS : PURGE_ANSWER_MEANS_NOTHING;
}

static PurgeAnswerMeaning
read_members (PurgeAnswer *answer,
              JsonObject  *object)
{
  JsonNode *code = json_object_get_member (object, "code");
  const char *message = purge_body_get_string (json_object_get_member (object, "message"));

  answer->code = purge_body_dup_text (code);
  answer->code_is_number = purge_body_get_integer (code, NULL);
  answer->code_desc = purge_body_dup_text (json_object_get_member (object, "codeDesc"));
  read_data (answer, json_object_get_member (object, "data"));

  if (message != NULL)
    {
      answer->message = g_strdup (message);
      answer->module_code = read_module_code (message);
    }

  return find_meaning (answer);
}

/* Families of codes of which not all members are documented. */
static void
judge_unknown_code (PurgeOutcome *outcome)
{
  gint64 code = g_ascii_strtoll (outcome->answer.code, NULL, 10);

  if (code / 1000 == 6)
    purge_answer_judge (outcome, PURGE_BATCH_EVENT_LOST, PURGE_CAUSE_SERVER_INTERNAL, FALSE);
  else
    purge_answer_judge (outcome, PURGE_BATCH_EVENT_REJECTED, PURGE_CAUSE_REFUSED_BY_API,
                        code / 100 == 41);
}

/* The module code refines the common code; whichever of the two is in doubt leaves the whole in
 * doubt, and whichever stops the queue stops it. */
static gboolean
judge_refusal (PurgeOutcome *outcome)
{
  const PurgeCode *common = purge_code_find_common (outcome->answer.code);
  const PurgeCode *module = purge_code_find_module (outcome->answer.module_code);

  if (common != NULL)
    purge_answer_judge (outcome, common->event, common->cause, common->stops_queue);
  else
    judge_unknown_code (outcome);

  if (module != NULL && outcome->event != PURGE_BATCH_EVENT_LOST)
    purge_answer_judge (outcome, module->event, module->cause,
                        module->stops_queue || outcome->stops_queue);

  return common != NULL || module != NULL;
}

static const PurgeAnswerFormat format = { read_members, judge_refusal };

/**
 * purge_answer_v2_read:
 * @exchange: an exchange that was answered
 * @n_sent: how many directories were sent
 *
 * Reads an answer to RefreshCdnDir (see purge_answer_read()): a success is one whose `code` is the
 * integer 0. `codeDesc` does not decide: Tencent's pages disagree about it.
 *
 * Returns: (transfer full): the outcome
 */
PurgeOutcome *
purge_answer_v2_read (const PurgeExchange *exchange,
                      guint                n_sent)
{
  g_autoptr (JsonNode) body = NULL;

  return purge_answer_v2_read_body (exchange, n_sent, &body);
}

/**
 * purge_answer_v2_read_body:
 * @exchange: an exchange that was answered
 * @n_sent: how many directories were sent; 0 where the request was about none
 * @body: (out) (transfer full) (nullable): the object that came, or %NULL where none did
 *
 * Does what purge_answer_v2_read() does for any action, whose answers differ in `data` only, and
 * hands out what it read.
 *
 * Returns: (transfer full): the outcome
 */
PurgeOutcome *
purge_answer_v2_read_body (const PurgeExchange  *exchange,
                           guint                 n_sent,
                           JsonNode            **body)
{
  return purge_answer_read (&format, exchange, n_sent, body);
}
