/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#include "purge-outcome.h"

static void
test_begins_empty (void)
{
  g_autoptr (PurgeOutcome) outcome = purge_outcome_new (PURGE_BATCH_EVENT_REJECTED,
                                                        PURGE_CAUSE_REDIRECTED);

  g_assert_cmpint (outcome->event, ==, PURGE_BATCH_EVENT_REJECTED);
  g_assert_cmpint (outcome->cause, ==, PURGE_CAUSE_REDIRECTED);
  g_assert_false (outcome->stops_queue);
  g_assert_cmpuint (outcome->http_status, ==, 0);
  g_assert_cmpint (outcome->retry_after, ==, -1);
  g_assert_null (outcome->answer.code);
  g_assert_null (outcome->answer.raw);
  g_assert_cmpint (outcome->answer.count, ==, -1);
  g_assert_null (outcome->detail);
}

/* What was certainly not sent waits, what may have arrived is lost; and where nobody can be
 * reached or trusted, further batches would fare no better. */
static void
test_unanswered (void)
{
  static const struct
  {
    PurgeExchangeKind kind;
    PurgeCause cause;
    PurgeBatchEvent event;
    gboolean stops_queue;
  } cases[] = {
    { PURGE_EXCHANGE_NOT_SENT, PURGE_CAUSE_NAME_LOOKUP, PURGE_BATCH_EVENT_NOT_EXECUTED, TRUE },
    { PURGE_EXCHANGE_NOT_SENT, PURGE_CAUSE_CANCELLED_BEFORE, PURGE_BATCH_EVENT_NOT_EXECUTED, TRUE },
    { PURGE_EXCHANGE_UNTRUSTED, PURGE_CAUSE_CERTIFICATE, PURGE_BATCH_EVENT_NOT_EXECUTED, TRUE },
    { PURGE_EXCHANGE_LOST, PURGE_CAUSE_TIMEOUT, PURGE_BATCH_EVENT_LOST, FALSE },
    { PURGE_EXCHANGE_LOST, PURGE_CAUSE_RESTARTED, PURGE_BATCH_EVENT_LOST, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PurgeExchange) exchange = purge_exchange_new_failed (cases[i].kind, cases[i].cause,
                                                                      "in other words");
      g_autoptr (PurgeOutcome) outcome = purge_outcome_new_unanswered (exchange);

      g_assert_cmpint (outcome->event, ==, cases[i].event);
      g_assert_cmpint (outcome->cause, ==, cases[i].cause);
      g_assert_cmpint (outcome->stops_queue, ==, cases[i].stops_queue);
      g_assert_cmpstr (outcome->detail, ==, "in other words");
      g_assert_cmpint (outcome->answer.count, ==, -1);
    }
}

static void
test_lives_as_long_as_wanted (void)
{
  PurgeOutcome *outcome = purge_outcome_new (PURGE_BATCH_EVENT_LOST, PURGE_CAUSE_TIMEOUT);
  g_autoptr (PurgeOutcome) other = purge_outcome_ref (outcome);

  outcome->answer.message = g_strdup ("still here");
  purge_outcome_unref (outcome);
  g_assert_cmpstr (other->answer.message, ==, "still here");
}

static void
test_exchange (void)
{
  g_autoptr (GBytes) body = g_bytes_new_static ("x", 1);
  g_autoptr (PurgeExchange) answer = purge_exchange_new_answer (200, body);
  g_autoptr (PurgeExchange) bare = purge_exchange_new_answer (204, NULL);
  g_autoptr (PurgeExchange) failed = purge_exchange_new_failed (PURGE_EXCHANGE_LOST,
                                                                PURGE_CAUSE_TIMEOUT, NULL);

  g_assert_cmpint (answer->kind, ==, PURGE_EXCHANGE_ANSWERED);
  g_assert_cmpint (answer->cause, ==, PURGE_CAUSE_NONE);
  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_true (g_bytes_equal (answer->body, body));
  g_assert_cmpuint (g_bytes_get_size (bare->body), ==, 0);
  g_assert_null (failed->body);
  g_assert_null (failed->detail);
  g_assert_cmpuint (failed->status, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/outcome/begins-empty", test_begins_empty);
  g_test_add_func ("/outcome/unanswered", test_unanswered);
  g_test_add_func ("/outcome/lives-as-long-as-wanted", test_lives_as_long_as_wanted);
  g_test_add_func ("/outcome/exchange", test_exchange);

  return g_test_run ();
}
