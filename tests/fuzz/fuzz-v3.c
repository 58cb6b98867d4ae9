/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Any bytes as an answer of API 3.0: no purge is a success without a task and with an error beside it,
 * records and quotas come out of a strict success only and are whole, and whatever comes can be
 * explained. The first byte chooses the status; the rest is the body. */

#include <string.h>

#include "purge-answer-v3.h"
#include "purge-explanation.h"
#include "purge-json-scan.h"
#include "purge-look-up-v3.h"
#include "purge-quota-v3.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            size_t        size);

static const guint statuses[] = { 200, 200, 200, 200, 204, 206, 302, 403, 429, 500, 502, 999 };

/* What the scan lets through is read again, by nothing but json-glib. */
static JsonObject *
find_response (JsonNode *root)
{
  JsonNode *node = json_object_get_member (json_node_get_object (root), "Response");

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static void
check_success (const PurgeExchange *exchange,
               const char          *member)
{
  gsize length;
  const char *text = g_bytes_get_data (exchange->body, &length);
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *response;

  g_assert_cmpuint (exchange->status, ==, 200);
  g_assert_true (purge_json_scan (text, length, NULL));
  g_assert_true (json_parser_load_from_data (parser, text, length, NULL));
  response = find_response (json_parser_get_root (parser));
  g_assert_nonnull (response);
  g_assert_true (json_object_has_member (response, member));
  g_assert_false (json_object_has_member (response, "Error"));
}

static void
check_explanation (const PurgeOutcome *outcome)
{
  PurgeBatchState state;
  g_autoptr (PurgeExplanation) explanation = NULL;
  g_autofree char *text = NULL;

  g_assert_true (purge_batch_state_move (PURGE_BATCH_SENDING, outcome->event, &state));
  explanation = purge_explanation_new (state, outcome);
  text = purge_explanation_dup_text (explanation);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_cmpuint (strlen (text), <, 1000);
}

static void
check_purge (const PurgeExchange *exchange)
{
  g_autoptr (PurgeOutcome) outcome = purge_answer_v3_read (exchange, 1);

  if (outcome->event == PURGE_BATCH_EVENT_ACCEPTED)
    {
      check_success (exchange, "TaskId");
      g_assert_cmpuint (strlen (outcome->answer.task_id), >, 0);
      g_assert_null (outcome->answer.code);
    }
  if (outcome->event == PURGE_BATCH_EVENT_REJECTED)
    g_assert_true (exchange->status / 100 == 3 || exchange->status / 100 == 4 ||
                   outcome->answer.code != NULL);
  g_assert_true (g_utf8_validate (outcome->answer.raw, -1, NULL));
  check_explanation (outcome);
}

static void
check_look_up (const PurgeExchange *exchange)
{
  g_autoptr (PurgeLookUp) look_up = purge_look_up_v3_read (exchange);

  if (look_up->failure == NULL)
    check_success (exchange, "PurgeLogs");
  else
    g_assert_cmpuint (look_up->records->len, ==, 0);

  for (guint i = 0; i < look_up->records->len; i++)
    {
      const PurgeLogRecord *record = g_ptr_array_index (look_up->records, i);

      g_assert_cmpuint (strlen (record->id), >, 0);
      g_assert_true (g_str_is_ascii (record->id));
      g_assert_cmpuint (g_strv_length (record->urls), ==, 1);
      g_assert_true (g_utf8_validate (record->urls[0], -1, NULL));
      g_assert_cmpint (record->status, <=, PURGE_TASK_FAILED);
    }
}

static void
check_quota (const PurgeExchange *exchange)
{
  g_autoptr (PurgeServerQuota) quota = purge_quota_v3_read (exchange);

  if (quota->failure == NULL)
    check_success (exchange, "PathPurge");
  else
    g_assert_cmpuint (quota->rows->len, ==, 0);

  /* Two kinds in two areas, each once. */
  g_assert_cmpuint (quota->rows->len, <=, 4);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autoptr (GBytes) body = NULL;
  g_autoptr (PurgeExchange) exchange = NULL;

  if (size < 1)
    return 0;

  body = g_bytes_new (data + 1, size - 1);
  exchange = purge_exchange_new_answer (statuses[data[0] % G_N_ELEMENTS (statuses)], body);
  check_purge (exchange);
  check_look_up (exchange);
  check_quota (exchange);

  return 0;
}
