/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What an answer proves: the weight of an HTTP status, and of a body that is no answer at all. Knows no
 * API: what a body says is read by whoever has its format. */

#define G_LOG_DOMAIN "purge-answer"

#include "config.h"

#include "purge-answer.h"

#include <string.h>

#include "purge-body.h"
#include "purge-retry.h"
#include "purge-visible.h"

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

  if (valid->len > PURGE_EXCHANGE_MAX_BODY)
    g_string_truncate (valid, g_utf8_find_prev_char (valid->str,
                                                     valid->str + PURGE_EXCHANGE_MAX_BODY + 1)
                              - valid->str);

  return g_string_free (valid, FALSE);
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
judge_success (PurgeOutcome *outcome,
               guint         n_sent)
{
  if (outcome->answer.count >= 0 && outcome->answer.count < n_sent)
    purge_answer_judge (outcome, PURGE_BATCH_EVENT_LOST, PURGE_CAUSE_FEWER_ACCEPTED, FALSE);
  else
    purge_answer_judge (outcome, PURGE_BATCH_EVENT_ACCEPTED, PURGE_CAUSE_NONE, FALSE);
}

static void
judge_ok (PurgeOutcome            *outcome,
          const PurgeAnswerFormat *format,
          const PurgeExchange     *exchange,
          PurgeAnswerMeaning       meaning,
          guint                    n_sent)
{
  if (meaning == PURGE_ANSWER_MEANS_SUCCESS)
    judge_success (outcome, n_sent);
  else if (meaning == PURGE_ANSWER_MEANS_REFUSAL)
    format->judge_refusal (outcome);
  else if (is_web_page (exchange))
    purge_answer_judge (outcome, PURGE_BATCH_EVENT_LOST, PURGE_CAUSE_WEB_PAGE, TRUE);
}

static void
judge_client_error (PurgeOutcome            *outcome,
                    const PurgeAnswerFormat *format,
                    PurgeAnswerMeaning       meaning)
{
  if (meaning == PURGE_ANSWER_MEANS_SUCCESS)
    return;

  if (outcome->http_status == 429)
    purge_answer_judge (outcome, PURGE_BATCH_EVENT_NOT_EXECUTED, PURGE_CAUSE_TOO_MANY_REQUESTS,
                        TRUE);
  else if (meaning == PURGE_ANSWER_MEANS_REFUSAL)
    format->judge_refusal (outcome);
  else
    purge_answer_judge (outcome, PURGE_BATCH_EVENT_REJECTED, PURGE_CAUSE_HTTP_REFUSED, TRUE);
}

/* A gateway that answers 502 may say so in JSON as well: behind a 5xx only a code of Tencent's
 * proves that Tencent refused. */
static void
judge_server_error (PurgeOutcome            *outcome,
                    const PurgeAnswerFormat *format,
                    PurgeAnswerMeaning       meaning)
{
  if (meaning != PURGE_ANSWER_MEANS_REFUSAL || !format->judge_refusal (outcome))
    purge_answer_judge (outcome, PURGE_BATCH_EVENT_LOST, PURGE_CAUSE_SERVER_ERROR, FALSE);
}

/* Where status and body contradict each other, or the status has no place here, the outcome stays
 * what it was made as: unclear. */
static void
judge_by_status (PurgeOutcome            *outcome,
                 const PurgeAnswerFormat *format,
                 const PurgeExchange     *exchange,
                 PurgeAnswerMeaning       meaning,
                 guint                    n_sent)
{
  switch (exchange->status / 100)
    {
    case 2:
      if (exchange->status == 200)
        judge_ok (outcome, format, exchange, meaning, n_sent);
      break;
    case 3:
      purge_answer_judge (outcome, PURGE_BATCH_EVENT_REJECTED, PURGE_CAUSE_REDIRECTED, TRUE);
      break;
    case 4:
      judge_client_error (outcome, format, meaning);
      break;
    case 5:
      judge_server_error (outcome, format, meaning);
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
 * purge_answer_judge:
 * @outcome: an outcome that is being made
 * @event: what happened
 * @cause: why
 * @stops_queue: whether further batches would fare no better
 *
 * Says what became of a batch, in place of what was said before.
 */
void
purge_answer_judge (PurgeOutcome    *outcome,
                    PurgeBatchEvent  event,
                    PurgeCause       cause,
                    gboolean         stops_queue)
{
  outcome->event = event;
  outcome->cause = cause;
  outcome->stops_queue = stops_queue;
}

/**
 * purge_answer_judge_unreadable:
 * @outcome: the outcome of a success that lacks what was asked for
 * @what: what cannot be read, in developer's English
 * @problem: what is wrong with it, likewise
 *
 * Says that an answer is unclear after all.
 */
void
purge_answer_judge_unreadable (PurgeOutcome *outcome,
                               const char   *what,
                               const char   *problem)
{
  purge_answer_judge (outcome, PURGE_BATCH_EVENT_LOST, PURGE_CAUSE_ANSWER_UNCLEAR, FALSE);
  g_free (outcome->detail);
  outcome->detail = g_strconcat (what, problem, NULL);
}

/**
 * purge_answer_read:
 * @format: how answers look
 * @exchange: an exchange that was answered
 * @n_sent: how many directories were sent; 0 where the request was about none
 * @body: (out) (transfer full) (nullable): the object that came, or %NULL where none did
 *
 * Reads an answer. It is a success only where the status is 200, the body is one strict JSON object
 * (see purge_json_scan()) of at most %PURGE_EXCHANGE_MAX_BODY bytes that means one, and no count says
 * that fewer directories were taken than were sent. What is no success is a refusal only where a code
 * or the status says so; all else may have been executed. The content type does not decide.
 *
 * Returns: (transfer full): the outcome
 */
PurgeOutcome *
purge_answer_read (const PurgeAnswerFormat  *format,
                   const PurgeExchange      *exchange,
                   guint                     n_sent,
                   JsonNode                **body)
{
  g_autoptr (PurgeOutcome) outcome = NULL;
  PurgeAnswerMeaning meaning = PURGE_ANSWER_MEANS_NOTHING;
  const char *text = "";
  gsize length = 0;

  g_return_val_if_fail (format != NULL && exchange != NULL, NULL);
  g_return_val_if_fail (exchange->kind == PURGE_EXCHANGE_ANSWERED, NULL);
  g_return_val_if_fail (body != NULL, NULL);

  *body = NULL;
  if (exchange->body != NULL && g_bytes_get_size (exchange->body) > 0)
    text = g_bytes_get_data (exchange->body, &length);

  outcome = purge_outcome_new (PURGE_BATCH_EVENT_LOST, PURGE_CAUSE_ANSWER_UNCLEAR);
  outcome->http_status = exchange->status;
  outcome->retry_after = purge_retry_read_after (exchange->retry_after, exchange->date);
  outcome->answer.raw = dup_as_utf8 (text, MIN (length, PURGE_EXCHANGE_MAX_BODY));

  if (length > PURGE_EXCHANGE_MAX_BODY)
    {
      outcome->cause = PURGE_CAUSE_ANSWER_TOO_LONG;
      return g_steal_pointer (&outcome);
    }

  *body = purge_body_parse (text, length, &outcome->detail);
  if (*body != NULL)
    meaning = format->read (&outcome->answer, json_node_get_object (*body));
  judge_by_status (outcome, format, exchange, meaning, n_sent);
  add_detail (outcome, exchange);
  return g_steal_pointer (&outcome);
}
