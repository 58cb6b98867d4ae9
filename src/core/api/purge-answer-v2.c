/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The answers of API 2.0: what the server said, and what that proves. Knows the shape of an answer
 * and the weight of an HTTP status; what a code means stands in the table of codes. */

#define G_LOG_DOMAIN "purge-answer-v2"

#include "config.h"

#include "purge-answer-v2-private.h"

#include <string.h>

#include "purge-body-v2.h"
#include "purge-code.h"
#include "purge-retry.h"
#include "purge-visible.h"

/* What the body says by itself, whatever the status. */
typedef enum {
  MEANS_NOTHING,
  MEANS_SUCCESS,
  MEANS_REFUSAL,
} Meaning;

/* The whole text as it came, but for bytes that are no text: those are spelt out as in whatever
 * else is shown. */
static char *
dup_as_utf8 (const char *text,
             gsize       length)
{
  GString *valid = g_string_sized_new (length);
  const char *end = text + length;

  while (text < end)
    {
      const char *bad;

      g_utf8_validate_len (text, end - text, &bad);
      g_string_append_len (valid, text, bad - text);
      if (bad < end)
        g_string_append_printf (valid, "‹0x%02X›", (guchar) *bad);
      text = bad + 1;
    }

  if (valid->len > PURGE_ANSWER_V2_MAX_LENGTH)
    g_string_truncate (valid, g_utf8_find_prev_char (valid->str,
                                                     valid->str + PURGE_ANSWER_V2_MAX_LENGTH + 1)
                              - valid->str);

  return g_string_free (valid, FALSE);
}

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

  if (purge_body_v2_get_integer (node, &count))
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
    answer->task_id = purge_body_v2_dup_text (id);

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

static void
read_members (PurgeAnswer *answer,
              JsonObject  *object)
{
  JsonNode *code = json_object_get_member (object, "code");
  const char *message = purge_body_v2_get_string (json_object_get_member (object, "message"));

  answer->code = purge_body_v2_dup_text (code);
  answer->code_is_number = purge_body_v2_get_integer (code, NULL);
  answer->code_desc = purge_body_v2_dup_text (json_object_get_member (object, "codeDesc"));
  read_data (answer, json_object_get_member (object, "data"));

  if (message != NULL)
    {
      answer->message = g_strdup (message);
      answer->module_code = read_module_code (message);
    }
}

/* The type comes before the value: only the integer 0 is a success. A text is good enough for a
 * refusal, which some of Tencent's pages show as "5100", and never for a success. */
static Meaning
find_meaning (const PurgeAnswer *answer)
{
  gint64 code;

  if (answer->code == NULL ||
      !g_ascii_string_to_signed (answer->code, 10, G_MININT64, G_MAXINT64, &code, NULL))
    return MEANS_NOTHING;

  if (code != 0)
    return MEANS_REFUSAL;

  return answer->code_is_number ? MEANS_SUCCESS : MEANS_NOTHING;
}

static gboolean
is_web_page (const PurgeExchange *exchange)
{
  const char *text = exchange->body != NULL ? g_bytes_get_data (exchange->body, NULL) : NULL;
  gsize length = exchange->body != NULL ? g_bytes_get_size (exchange->body) : 0;

  for (gsize i = 0; i < length; i++)
    if (text[i] == '<')
      return TRUE;
    else if (!g_ascii_isspace (text[i]))
      break;

  return exchange->content_type != NULL &&
         g_ascii_strncasecmp (exchange->content_type, "text/html", strlen ("text/html")) == 0;
}

static void
judge (PurgeOutcome    *outcome,
       PurgeBatchEvent  event,
       PurgeCause       cause,
       gboolean         stops_queue)
{
  outcome->event = event;
  outcome->cause = cause;
  outcome->stops_queue = stops_queue;
}

static void
judge_success (PurgeOutcome *outcome,
               guint         n_sent)
{
  if (outcome->answer.count >= 0 && outcome->answer.count < n_sent)
    judge (outcome, PURGE_BATCH_EVENT_LOST, PURGE_CAUSE_FEWER_ACCEPTED, FALSE);
  else
    judge (outcome, PURGE_BATCH_EVENT_ACCEPTED, PURGE_CAUSE_NONE, FALSE);
}

/* Families of codes of which not all members are documented. */
static void
judge_unknown_code (PurgeOutcome *outcome)
{
  gint64 code = g_ascii_strtoll (outcome->answer.code, NULL, 10);

  if (code / 1000 == 6)
    judge (outcome, PURGE_BATCH_EVENT_LOST, PURGE_CAUSE_SERVER_INTERNAL, FALSE);
  else
    judge (outcome, PURGE_BATCH_EVENT_REJECTED, PURGE_CAUSE_REFUSED_BY_API, code / 100 == 41);
}

/* The module code refines the common code; whichever of the two is in doubt leaves the whole in
 * doubt, and whichever stops the queue stops it. */
static void
judge_refusal (PurgeOutcome *outcome)
{
  const PurgeCode *common = purge_code_find_common (outcome->answer.code);
  const PurgeCode *module = purge_code_find_module (outcome->answer.module_code);

  if (common != NULL)
    judge (outcome, common->event, common->cause, common->stops_queue);
  else
    judge_unknown_code (outcome);

  if (module != NULL && outcome->event != PURGE_BATCH_EVENT_LOST)
    judge (outcome, module->event, module->cause, module->stops_queue || outcome->stops_queue);
}

/* A gateway that answers 502 may say so in JSON as well: behind a 5xx only a code of Tencent's
 * proves that Tencent refused. */
static gboolean
is_known_refusal (const PurgeAnswer *answer)
{
  return purge_code_find_common (answer->code) != NULL ||
         purge_code_find_module (answer->module_code) != NULL;
}

static void
judge_ok (PurgeOutcome        *outcome,
          const PurgeExchange *exchange,
          Meaning              meaning,
          guint                n_sent)
{
  if (meaning == MEANS_SUCCESS)
    judge_success (outcome, n_sent);
  else if (meaning == MEANS_REFUSAL)
    judge_refusal (outcome);
  else if (is_web_page (exchange))
    judge (outcome, PURGE_BATCH_EVENT_LOST, PURGE_CAUSE_WEB_PAGE, TRUE);
}

static void
judge_client_error (PurgeOutcome *outcome,
                    Meaning       meaning)
{
  if (meaning == MEANS_SUCCESS)
    return;

  if (outcome->http_status == 429)
    judge (outcome, PURGE_BATCH_EVENT_NOT_EXECUTED, PURGE_CAUSE_TOO_MANY_REQUESTS, TRUE);
  else if (meaning == MEANS_REFUSAL)
    judge_refusal (outcome);
  else
    judge (outcome, PURGE_BATCH_EVENT_REJECTED, PURGE_CAUSE_HTTP_REFUSED, TRUE);
}

static void
judge_server_error (PurgeOutcome *outcome,
                    Meaning       meaning)
{
  if (meaning == MEANS_REFUSAL && is_known_refusal (&outcome->answer))
    judge_refusal (outcome);
  else
    judge (outcome, PURGE_BATCH_EVENT_LOST, PURGE_CAUSE_SERVER_ERROR, FALSE);
}

/* Where status and body contradict each other, or the status has no place here, the outcome stays
 * what it was made as: unclear. */
static void
judge_by_status (PurgeOutcome        *outcome,
                 const PurgeExchange *exchange,
                 Meaning              meaning,
                 guint                n_sent)
{
  switch (exchange->status / 100)
    {
    case 2:
      if (exchange->status == 200)
        judge_ok (outcome, exchange, meaning, n_sent);
      break;
    case 3:
      judge (outcome, PURGE_BATCH_EVENT_REJECTED, PURGE_CAUSE_REDIRECTED, TRUE);
      break;
    case 4:
      judge_client_error (outcome, meaning);
      break;
    case 5:
      judge_server_error (outcome, meaning);
      break;
    default:
      break;
    }
}

static void
add_detail (PurgeOutcome        *outcome,
            const PurgeExchange *exchange)
{
  g_autofree char *location = NULL;

  if (outcome->cause == PURGE_CAUSE_REDIRECTED && exchange->location != NULL)
    {
      location = purge_visible_dup_text (exchange->location, -1, PURGE_VISIBLE_MAX_CHARACTERS);
      g_free (outcome->detail);
      outcome->detail = g_strdup_printf ("HTTP status %u, to %s", exchange->status, location);
    }
  else if (outcome->detail == NULL && exchange->status != 200)
    outcome->detail = g_strdup_printf ("HTTP status %u", exchange->status);
}

/**
 * purge_answer_v2_read:
 * @exchange: an exchange that was answered
 * @n_sent: how many directories were sent
 *
 * Reads an answer to RefreshCdnDir. It is a success only where the status is 200, the body is one
 * strict JSON object (see purge_json_scan()) of at most %PURGE_ANSWER_V2_MAX_LENGTH bytes, its
 * `code` is the integer 0, and no `count` says that fewer directories were taken than were sent.
 * What is no success is a refusal only where a code or the status says so; all else may have been
 * executed. Neither the content type nor `codeDesc` decides: Tencent's pages disagree about both.
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
  g_autoptr (PurgeOutcome) outcome = NULL;
  const char *text = "";
  gsize length = 0;

  g_return_val_if_fail (exchange != NULL, NULL);
  g_return_val_if_fail (exchange->kind == PURGE_EXCHANGE_ANSWERED, NULL);
  g_return_val_if_fail (body != NULL, NULL);

  *body = NULL;
  if (exchange->body != NULL && g_bytes_get_size (exchange->body) > 0)
    text = g_bytes_get_data (exchange->body, &length);

  outcome = purge_outcome_new (PURGE_BATCH_EVENT_LOST, PURGE_CAUSE_ANSWER_UNCLEAR);
  outcome->http_status = exchange->status;
  outcome->retry_after = purge_retry_read_after (exchange->retry_after, exchange->date);
  outcome->answer.raw = dup_as_utf8 (text, MIN (length, PURGE_ANSWER_V2_MAX_LENGTH));

  if (length > PURGE_ANSWER_V2_MAX_LENGTH)
    {
      outcome->cause = PURGE_CAUSE_ANSWER_TOO_LONG;
      return g_steal_pointer (&outcome);
    }

  *body = purge_body_v2_parse (text, length, &outcome->detail);
  if (*body != NULL)
    read_members (&outcome->answer, json_node_get_object (*body));
  judge_by_status (outcome, exchange, find_meaning (&outcome->answer), n_sent);
  add_detail (outcome, exchange);
  return g_steal_pointer (&outcome);
}
