/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Any bytes as an answer of API 2.0: nothing is a success that a second, simple-minded reader does not
 * take for one, and whatever comes can be explained and shown. The first byte chooses the status, the
 * second the number of directories; the rest is the body. */

#include <string.h>

#include "purge-answer-v2.h"
#include "purge-explanation.h"
#include "purge-json-scan.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            size_t        size);

static const guint statuses[] = { 200, 200, 200, 200, 204, 206, 302, 403, 429, 500, 502, 999 };

/* The text with every \u00XX read: a name may be spelled so. */
static GString *
read_escapes (const char *text,
              gsize       length)
{
  GString *plain = g_string_sized_new (length);

  for (gsize i = 0; i < length; i++)
    if (i + 6 <= length && strncmp (text + i, "\\u00", 4) == 0 &&
        g_ascii_isxdigit (text[i + 4]) && g_ascii_isxdigit (text[i + 5]))
      {
        g_string_append_c (plain, g_ascii_xdigit_value (text[i + 4]) * 16 +
                                  g_ascii_xdigit_value (text[i + 5]));
        i += 5;
      }
    else if (text[i] == '\\' && i + 1 < length)
      {
        /* An escaped backslash is no beginning of anything. */
        g_string_append_len (plain, text + i, 2);
        i++;
      }
    else
      g_string_append_c (plain, text[i]);

  return plain;
}

static const char *
skip_blanks (const char *text)
{
  return text + strspn (text, " \t\r\n");
}

/* Whether "code" is followed by a zero and the end of a member, somewhere. */
static gboolean
says_zero (const char *text,
           gsize       length)
{
  g_autoptr (GString) plain = read_escapes (text, length);
  const char *at = plain->str;

  while ((at = strstr (at, "\"code\"")) != NULL)
    {
      at = skip_blanks (at + strlen ("\"code\""));
      if (*at == ':')
        {
          at = skip_blanks (at + 1);
          if (*at == '0' && strchr (",}", *skip_blanks (at + 1)) != NULL &&
              *skip_blanks (at + 1) != '\0')
            return TRUE;
        }
    }

  return FALSE;
}

static void
check_success (const PurgeOutcome *outcome,
               const char         *text,
               gsize               length)
{
  g_assert_cmpuint (outcome->http_status, ==, 200);
  g_assert_cmpint (outcome->cause, ==, PURGE_CAUSE_NONE);
  g_assert_false (outcome->stops_queue);
  g_assert_cmpstr (outcome->answer.code, ==, "0");
  g_assert_true (outcome->answer.code_is_number);
  g_assert_true (g_utf8_validate_len (text, length, NULL));
  g_assert_true (says_zero (text, length));
  g_assert_true (purge_json_scan (text, length, NULL));
  g_assert_false (purge_json_scan (text, length - 1, NULL) && text[length - 1] == '}');
}

static void
check_refusal (const PurgeOutcome *outcome)
{
  gboolean by_status = outcome->http_status / 100 == 3 || outcome->http_status / 100 == 4;

  g_assert_true (by_status || (outcome->answer.code != NULL &&
                               g_ascii_strtoll (outcome->answer.code, NULL, 10) != 0));
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

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autoptr (GBytes) body = NULL;
  g_autoptr (PurgeExchange) exchange = NULL;
  g_autoptr (PurgeOutcome) outcome = NULL;

  if (size < 2)
    return 0;

  body = g_bytes_new (data + 2, size - 2);
  exchange = purge_exchange_new_answer (statuses[data[0] % G_N_ELEMENTS (statuses)], body);
  outcome = purge_answer_v2_read (exchange, data[1] % 21);

  if (outcome->event == PURGE_BATCH_EVENT_ACCEPTED)
    check_success (outcome, (const char *) data + 2, size - 2);
  if (outcome->event == PURGE_BATCH_EVENT_REJECTED)
    check_refusal (outcome);
  g_assert_true (g_utf8_validate (outcome->answer.raw, -1, NULL));
  g_assert_cmpuint (strlen (outcome->answer.raw), <=, PURGE_EXCHANGE_MAX_BODY);
  g_assert_true (outcome->detail == NULL || g_utf8_validate (outcome->detail, -1, NULL));
  check_explanation (outcome);

  return 0;
}
