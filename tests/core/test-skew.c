/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#include "purge-skew.h"

#include <json-glib/json-glib.h>

static PurgeExchange *
exchange_new (JsonObject *row)
{
  const char *kind = json_object_get_string_member_with_default (row, "kind", NULL);
  PurgeExchange *exchange;

  if (g_strcmp0 (kind, "not-sent") == 0)
    exchange = purge_exchange_new_failed (PURGE_EXCHANGE_NOT_SENT, PURGE_CAUSE_PROXY, NULL);
  else if (g_strcmp0 (kind, "untrusted") == 0)
    exchange = purge_exchange_new_failed (PURGE_EXCHANGE_UNTRUSTED, PURGE_CAUSE_CERTIFICATE, NULL);
  else if (g_strcmp0 (kind, "lost") == 0)
    exchange = purge_exchange_new_failed (PURGE_EXCHANGE_LOST, PURGE_CAUSE_TIMEOUT, NULL);
  else
    exchange = purge_exchange_new_answer (
      json_object_get_int_member_with_default (row, "status", 200), NULL);

  exchange->date = g_strdup (json_object_get_string_member_with_default (row, "date", NULL));
  exchange->age = g_strdup (json_object_get_string_member_with_default (row, "age", NULL));
  return exchange;
}

static void
check_row (JsonObject *row)
{
  g_autoptr (PurgeExchange) exchange = exchange_new (row);
  gboolean is_known = !json_object_get_null_member (row, "seconds");
  gint64 seconds = 12345;

  g_test_message ("%s", json_object_get_string_member (row, "rule"));
  g_assert_cmpint (purge_skew_measure (exchange, json_object_get_int_member (row, "sent"),
                                       json_object_get_int_member (row, "received"), &seconds),
                   ==, is_known);
  g_assert_cmpint (seconds, ==, is_known ? json_object_get_int_member (row, "seconds") : 12345);
}

static void
test_measures (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "clock-skew.json", NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  JsonArray *rows;

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  rows = json_node_get_array (json_parser_get_root (parser));

  g_assert_cmpuint (json_array_get_length (rows), >=, 40);
  for (guint i = 0; i < json_array_get_length (rows); i++)
    check_row (json_array_get_object_element (rows, i));
}

#define REJECTED PURGE_BATCH_EVENT_REJECTED, PURGE_CAUSE_REFUSED_BY_API
#define REPLAYED PURGE_BATCH_EVENT_LOST, PURGE_CAUSE_REPLAY

static const struct
{
  const char *rule;
  PurgeBatchEvent event;
  PurgeCause cause;
  const char *code;
  gint64 seconds;
  gboolean explains;
  gboolean proves;
} explanations[] = {
  { "expired, and the clock is behind", REJECTED, "4200", 241, TRUE, TRUE },
  { "expired, and the clock is ahead", REJECTED, "4200", -241, TRUE, TRUE },
  { "expired, and the clock is days off", REJECTED, "4200", 864000, TRUE, TRUE },
  { "expired, and the clock is as far off as can be", REJECTED, "4200", G_MININT64, TRUE, TRUE },
  { "replayed, and the clock is behind", REPLAYED, "4500", 241, TRUE },
  { "replayed, and the clock is ahead", REPLAYED, "4500", -241, TRUE },
  { "replayed, and the clock is two hours and some behind", REPLAYED, "4500", 7500, TRUE },
  { "replayed, and the clock is out of the question", REPLAYED, "4500", 7501, TRUE, TRUE },
  { "replayed, and the clock is out of the question, ahead", REPLAYED, "4500", -7501, TRUE, TRUE },
  { "expired, and the clock is right", REJECTED, "4200", 0, FALSE },
  { "expired, at the limit", REJECTED, "4200", 240, FALSE },
  { "expired, at the other limit", REJECTED, "4200", -240, FALSE },
  { "replayed, and the clock is right", REPLAYED, "4500", 240, FALSE },
  { "the signature is wrong", REJECTED, "4100", 600, FALSE },
  { "the domain is wrong", REJECTED, "4000", 600, FALSE },
  { "another code that begins so", REJECTED, "42000", 600, FALSE },
  { "API 3.0: expired, and the clock is behind", REJECTED, "AuthFailure.SignatureExpire", 241, TRUE, TRUE },
  { "API 3.0: expired, and the clock is ahead", REJECTED, "AuthFailure.SignatureExpire", -241, TRUE, TRUE },
  { "API 3.0: expired, and the clock is right", REJECTED, "AuthFailure.SignatureExpire", 240, FALSE },
  { "API 3.0: the signature is wrong", REJECTED, "AuthFailure.SignatureFailure", 600, FALSE },
  { "API 3.0: the family only", REJECTED, "AuthFailure", 600, FALSE },
  { "no code", PURGE_BATCH_EVENT_LOST, PURGE_CAUSE_TIMEOUT, NULL, 600, FALSE },
  { "accepted", PURGE_BATCH_EVENT_ACCEPTED, PURGE_CAUSE_NONE, "0", 600, FALSE },
  { "expired, and an internal error besides", PURGE_BATCH_EVENT_LOST, PURGE_CAUSE_SERVER_INTERNAL,
    "4200", 600, FALSE },
  { "replayed, says a server that wants fewer requests", PURGE_BATCH_EVENT_NOT_EXECUTED,
    PURGE_CAUSE_TOO_MANY_REQUESTS, "4500", 600, FALSE },
  { "replayed, says a redirection", PURGE_BATCH_EVENT_REJECTED, PURGE_CAUSE_REDIRECTED, "4500", 600,
    FALSE },
};

static void
test_explains (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (explanations); i++)
    {
      g_autoptr (PurgeOutcome) outcome =
        purge_outcome_new (explanations[i].event, explanations[i].cause);

      g_test_message ("%s", explanations[i].rule);
      outcome->answer.code = g_strdup (explanations[i].code);
      g_assert_cmpint (purge_skew_explains (outcome, explanations[i].seconds), ==,
                       explanations[i].explains);
      g_assert_cmpint (purge_skew_proves (outcome, explanations[i].seconds), ==,
                       explanations[i].proves);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/skew/measures", test_measures);
  g_test_add_func ("/skew/explains", test_explains);

  return g_test_run ();
}
