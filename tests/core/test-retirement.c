/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#include "purge-retirement.h"

#define OWN PURGE_ENDPOINT_API_2_0
#define CUSTOM "https://cdn.example.com"

#define REJECTED PURGE_BATCH_EVENT_REJECTED, PURGE_CAUSE_REFUSED_BY_API
#define INTERNAL PURGE_BATCH_EVENT_LOST, PURGE_CAUSE_SERVER_INTERNAL
#define UNCLEAR PURGE_BATCH_EVENT_LOST, PURGE_CAUSE_ANSWER_UNCLEAR
#define NOT_SENT PURGE_BATCH_EVENT_NOT_EXECUTED

static const struct
{
  const char *rule;
  PurgeApiKind api;
  const char *endpoint;
  PurgeBatchEvent event;
  PurgeCause cause;
  const char *code;
  const char *code_desc;
  const char *raw;
  gboolean likely;
} cases[] = {
  { "the signature", PURGE_API_KIND_2_0, OWN, REJECTED, "4100", NULL, NULL, TRUE },
  { "the version", PURGE_API_KIND_2_0, OWN, INTERNAL, "6100", NULL, NULL, TRUE },
  { "the service", PURGE_API_KIND_2_0, OWN, INTERNAL, "6200", NULL, NULL, TRUE },
  { "wherever it answers", PURGE_API_KIND_2_0, CUSTOM, REJECTED, "4100", NULL, NULL, TRUE },
  { "offline, as a code", PURGE_API_KIND_2_0, OWN, UNCLEAR, "ActionOffline", NULL, NULL, TRUE },
  { "offline, described", PURGE_API_KIND_2_0, OWN, REJECTED, "4000", "ActionOffline", NULL, TRUE },
  { "offline, as API 3.0 says it", PURGE_API_KIND_2_0, OWN, UNCLEAR, NULL, NULL,
    "{\"Response\":{\"Error\":{\"Code\":\"ActionOffline\",\"Message\":\"\"}}}", TRUE },
  { "no name", PURGE_API_KIND_2_0, OWN, NOT_SENT, PURGE_CAUSE_NAME_LOOKUP, NULL, NULL, NULL, TRUE },
  { "no TLS", PURGE_API_KIND_2_0, OWN, NOT_SENT, PURGE_CAUSE_TLS_FAILED, NULL, NULL, NULL, TRUE },
  { "old TLS", PURGE_API_KIND_2_0, OWN, NOT_SENT, PURGE_CAUSE_TLS_TOO_OLD, NULL, NULL, NULL, TRUE },
  { "no certificate", PURGE_API_KIND_2_0, OWN, NOT_SENT, PURGE_CAUSE_CERTIFICATE, NULL, NULL, NULL,
    TRUE },

  { "a name of one's own", PURGE_API_KIND_2_0, CUSTOM, NOT_SENT, PURGE_CAUSE_NAME_LOOKUP, NULL, NULL,
    NULL },
  { "a certificate of one's own", PURGE_API_KIND_2_0, CUSTOM, NOT_SENT, PURGE_CAUSE_CERTIFICATE,
    NULL, NULL, NULL },
  { "no network", PURGE_API_KIND_2_0, OWN, NOT_SENT, PURGE_CAUSE_NO_CONNECTION, NULL, NULL, NULL },
  { "no such key", PURGE_API_KIND_2_0, OWN, REJECTED, "4104", NULL, NULL },
  { "an internal error", PURGE_API_KIND_2_0, OWN, INTERNAL, "6000", NULL, NULL },
  { "a domain", PURGE_API_KIND_2_0, OWN, REJECTED, "4000", "9110", "(9110) ActionOffline" },
  { "a page about it", PURGE_API_KIND_2_0, OWN, PURGE_BATCH_EVENT_LOST, PURGE_CAUSE_WEB_PAGE, NULL,
    NULL, "<a title=\"ActionOffline\">" },
  { "accepted", PURGE_API_KIND_2_0, OWN, PURGE_BATCH_EVENT_ACCEPTED, PURGE_CAUSE_NONE, "0",
    "ActionOffline", NULL },
  { "no name for API 3.0", PURGE_API_KIND_3_0, OWN, NOT_SENT, PURGE_CAUSE_NAME_LOOKUP, NULL, NULL,
    NULL },
  { "API 3.0 offline", PURGE_API_KIND_3_0, OWN, REJECTED, "ActionOffline", NULL, NULL },
  { "API 3.0 with a number", PURGE_API_KIND_3_0_INTL, OWN, REJECTED, "4100", NULL, NULL },
};

static void
test_likely (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PurgeOutcome) outcome = purge_outcome_new (cases[i].event, cases[i].cause);

      outcome->answer.code = g_strdup (cases[i].code);
      outcome->answer.code_desc = g_strdup (cases[i].code_desc);
      outcome->answer.raw = g_strdup (cases[i].raw);
      g_test_message ("%s", cases[i].rule);
      g_assert_cmpint (purge_retirement_is_likely (cases[i].api, cases[i].endpoint, outcome), ==,
                       cases[i].likely);
    }
}

/* Only as long as nothing else is known of the batch. */
static void
test_of_a_batch (void)
{
  static const PurgeBatchState open[] = {
    PURGE_BATCH_WAITING, PURGE_BATCH_REJECTED, PURGE_BATCH_UNKNOWN,
  };
  g_autoptr (PurgeOutcome) outcome = purge_outcome_new (REJECTED);

  outcome->answer.code = g_strdup ("4100");
  for (int state = PURGE_BATCH_WAITING; state <= PURGE_BATCH_FAILED; state++)
    {
      gboolean is_open = FALSE;

      for (guint i = 0; i < G_N_ELEMENTS (open); i++)
        is_open |= open[i] == (PurgeBatchState) state;
      g_assert_cmpint (purge_retirement_was_likely ("2.0", OWN, state, outcome), ==, is_open);
      g_assert_false (purge_retirement_was_likely ("3.0", OWN, state, outcome));
      g_assert_false (purge_retirement_was_likely ("1.0", OWN, state, outcome));
      g_assert_false (purge_retirement_was_likely (NULL, NULL, state, outcome));
      g_assert_false (purge_retirement_was_likely ("2.0", OWN, state, NULL));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/retirement/likely", test_likely);
  g_test_add_func ("/retirement/of-a-batch", test_of_a_batch);

  return g_test_run ();
}
