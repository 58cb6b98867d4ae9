/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#include "purge-retry.h"

#define A PURGE_RETRY_NOT_SENT
#define B PURGE_RETRY_REFUSED_BEFORE
#define C PURGE_RETRY_AMBIGUOUS
#define D PURGE_RETRY_FINAL
#define E PURGE_RETRY_SECURITY

/* Every cause, where it is proven that nothing was executed, and where the server refused. That
 * a new cause has to be put into one of them is the compiler's to say. */
static PurgeRetryClass
expect (PurgeCause cause,
        gboolean   is_refused)
{
  switch (cause)
    {
    case PURGE_CAUSE_NONE: return D;
    case PURGE_CAUSE_REFUSED_BY_API: return D;
    case PURGE_CAUSE_TOO_MANY_REQUESTS: return is_refused ? D : B;
    case PURGE_CAUSE_REDIRECTED: return E;
    case PURGE_CAUSE_HTTP_REFUSED: return D;
    case PURGE_CAUSE_NAME_LOOKUP: return is_refused ? D : A;
    case PURGE_CAUSE_NO_CONNECTION: return is_refused ? D : A;
    case PURGE_CAUSE_CONNECT_TIMEOUT: return is_refused ? D : A;
    case PURGE_CAUSE_PROXY: return is_refused ? D : A;
    case PURGE_CAUSE_TLS_FAILED: return is_refused ? D : A;
    case PURGE_CAUSE_CERTIFICATE: return E;
    case PURGE_CAUSE_TLS_TOO_OLD: return E;
    case PURGE_CAUSE_CANCELLED_BEFORE: return D;
    case PURGE_CAUSE_CONNECTION_LOST: return is_refused ? D : C;
    case PURGE_CAUSE_TIMEOUT: return is_refused ? D : C;
    case PURGE_CAUSE_ANSWER_TOO_LONG: return is_refused ? D : C;
    case PURGE_CAUSE_ANSWER_ENCODED: return is_refused ? D : C;
    case PURGE_CAUSE_ANSWER_UNCLEAR: return is_refused ? D : C;
    case PURGE_CAUSE_WEB_PAGE: return is_refused ? D : C;
    case PURGE_CAUSE_SERVER_ERROR: return is_refused ? D : C;
    case PURGE_CAUSE_SERVER_INTERNAL: return is_refused ? D : C;
    case PURGE_CAUSE_RESTARTED: return is_refused ? D : C;
    case PURGE_CAUSE_CANCELLED_AFTER: return is_refused ? D : C;
    case PURGE_CAUSE_FEWER_ACCEPTED: return is_refused ? D : C;
    case PURGE_CAUSE_REPLAY: return is_refused ? D : C;
    case PURGE_CAUSE_CLOCK: return D;
    case PURGE_CAUSE_PROGRAM_ENDED: return is_refused ? D : C;
    case PURGE_CAUSE_QUEUE_STOPPED: return D;
    case PURGE_CAUSE_NOT_RECORDED: return D;
    }

  g_assert_not_reached ();
}

static PurgeRetryClass
classify (PurgeBatchEvent event,
          PurgeCause      cause)
{
  g_autoptr (PurgeOutcome) outcome = purge_outcome_new (event, cause);

  return purge_retry_classify (outcome);
}

static void
test_classes (void)
{
  GEnumClass *causes = g_type_class_ref (PURGE_TYPE_CAUSE);

  for (guint i = 0; i < causes->n_values; i++)
    {
      PurgeCause cause = causes->values[i].value;

      g_test_message ("%s", causes->values[i].value_nick);
      g_assert_cmpint (classify (PURGE_BATCH_EVENT_NOT_EXECUTED, cause), ==, expect (cause, FALSE));
      g_assert_cmpint (classify (PURGE_BATCH_EVENT_REJECTED, cause), ==, expect (cause, TRUE));
      g_assert_cmpint (classify (PURGE_BATCH_EVENT_LOST, cause), ==, C);
      g_assert_cmpint (classify (PURGE_BATCH_EVENT_SEND, cause), ==, C);
      g_assert_cmpint (classify (PURGE_BATCH_EVENT_ACCEPTED, cause), ==, D);
      g_assert_cmpint (classify (PURGE_BATCH_EVENT_DONE, cause), ==, D);
      g_assert_cmpint (classify (PURGE_BATCH_EVENT_FAILED, cause), ==, D);
      g_assert_cmpint (classify (PURGE_BATCH_EVENT_RESUBMITTED, cause), ==, D);
    }
  g_type_class_unref (causes);
}

/* Whatever is not of the first two classes is never sent again by itself. */
static void
test_only_what_was_not_executed (void)
{
  for (int event = PURGE_BATCH_EVENT_SEND; event <= PURGE_BATCH_EVENT_FAILED; event++)
    for (int cause = PURGE_CAUSE_NONE; cause <= PURGE_CAUSE_NOT_RECORDED; cause++)
      {
        g_autoptr (PurgeOutcome) outcome = purge_outcome_new (event, cause);
        PurgeRetryClass retry_class = purge_retry_classify (outcome);
        guint delay = 7;

        g_assert_cmpint (purge_retry_decide (outcome, 1, 0, 0, &delay), ==,
                         retry_class == A || retry_class == B);
        g_assert_cmpuint (delay, ==, retry_class == A || retry_class == B ? 0 : 7);
      }
}

#define NO_RETRY G_MAXUINT

static const struct
{
  const char *rule;
  PurgeCause cause;
  guint n_attempts;
  guint n_retries;
  double chance;
  gint64 retry_after;
  guint delay;
} decisions[] = {
  { "A, first, least", PURGE_CAUSE_NO_CONNECTION, 1, 0, 0, -1, 0 },
  { "A, first, middle", PURGE_CAUSE_NO_CONNECTION, 1, 0, 0.5, -1, 250 },
  { "A, first, most", PURGE_CAUSE_NO_CONNECTION, 1, 0, 0.999, -1, 499 },
  { "A, second, least", PURGE_CAUSE_NO_CONNECTION, 2, 1, 0, -1, 0 },
  { "A, second, most", PURGE_CAUSE_NO_CONNECTION, 2, 1, 0.999, -1, 999 },
  { "A, third was the last", PURGE_CAUSE_NO_CONNECTION, 3, 2, 0, -1, NO_RETRY },
  { "A, far beyond the last", PURGE_CAUSE_NO_CONNECTION, 1000, 0, 0, -1, NO_RETRY },
  { "B, first, least", PURGE_CAUSE_TOO_MANY_REQUESTS, 1, 0, 0, -1, 0 },
  { "B, first, most", PURGE_CAUSE_TOO_MANY_REQUESTS, 1, 0, 0.999, -1, 999 },
  { "B, second, least", PURGE_CAUSE_TOO_MANY_REQUESTS, 2, 0, 0, -1, 0 },
  { "B, second, most", PURGE_CAUSE_TOO_MANY_REQUESTS, 2, 0, 0.999, -1, 1998 },
  { "B, third was the last", PURGE_CAUSE_TOO_MANY_REQUESTS, 3, 0, 0, -1, NO_RETRY },
  { "the sixth retry of a submission", PURGE_CAUSE_NO_CONNECTION, 1, 5, 0, -1, 0 },
  { "no seventh", PURGE_CAUSE_NO_CONNECTION, 1, 6, 0, -1, NO_RETRY },
  { "no seventh of class B", PURGE_CAUSE_TOO_MANY_REQUESTS, 1, 6, 0, -1, NO_RETRY },
  { "no hundredth", PURGE_CAUSE_NO_CONNECTION, 1, G_MAXUINT, 0, -1, NO_RETRY },
  { "what the server asks for is waited for", PURGE_CAUSE_TOO_MANY_REQUESTS, 1, 0, 0, 3, 3000 },
  { "and no less with luck", PURGE_CAUSE_TOO_MANY_REQUESTS, 1, 0, 0.999, 3, 3000 },
  { "chance may want more", PURGE_CAUSE_TOO_MANY_REQUESTS, 2, 0, 0.999, 1, 1998 },
  { "no time is no wish", PURGE_CAUSE_TOO_MANY_REQUESTS, 1, 0, 0.5, 0, 500 },
  { "a minute is waited for", PURGE_CAUSE_TOO_MANY_REQUESTS, 1, 0, 0, 60, 60000 },
  { "a second more is not", PURGE_CAUSE_TOO_MANY_REQUESTS, 1, 0, 0, 61, NO_RETRY },
  { "nor is for ever", PURGE_CAUSE_TOO_MANY_REQUESTS, 1, 0, 0, G_MAXINT64, NO_RETRY },
};

static void
test_decisions (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (decisions); i++)
    {
      g_autoptr (PurgeOutcome) outcome =
        purge_outcome_new (PURGE_BATCH_EVENT_NOT_EXECUTED, decisions[i].cause);
      guint delay = NO_RETRY;

      g_test_message ("%s", decisions[i].rule);
      outcome->retry_after = decisions[i].retry_after;
      g_assert_cmpint (purge_retry_decide (outcome, decisions[i].n_attempts, decisions[i].n_retries,
                                           decisions[i].chance, &delay),
                       ==, decisions[i].delay != NO_RETRY);
      g_assert_cmpuint (delay, ==, decisions[i].delay);
    }
}

#define NOW "Sun, 06 Nov 1994 08:49:37 GMT"

static const struct
{
  const char *retry_after;
  const char *date;
  gint64 seconds;
} headers[] = {
  { NULL, NULL, -1 },
  { NULL, NOW, -1 },
  { "", NULL, -1 },
  { " ", NULL, -1 },
  { "0", NULL, 0 },
  { "3", NULL, 3 },
  { "3", "junk", 3 },
  { " 120\t", NULL, 120 },
  { "007", NULL, 7 },
  { "1000000000", NULL, 1000000000 },
  { "9223372036854775807", NULL, G_MAXINT64 },
  { "9223372036854775808", NULL, G_MAXINT64 },
  { "99999999999999999999999999999999999999999999999999", NULL, G_MAXINT64 },
  { "-1", NULL, -1 },
  { "-0", NULL, -1 },
  { "+3", NULL, -1 },
  { "3.5", NULL, -1 },
  { "1e9", NULL, -1 },
  { "0x10", NULL, -1 },
  { "3 s", NULL, -1 },
  { "3, 5", NULL, -1 },
  { "soon", NULL, -1 },
  { "٣", NULL, -1 },
  { "Sun, 06 Nov 1994 08:52:37 GMT", NOW, 180 },
  { " Sun, 06 Nov 1994 08:52:37 GMT ", NOW, 180 },
  { NOW, NOW, 0 },
  { "Fri, 31 Dec 9999 23:59:59 GMT", NOW, G_GINT64_CONSTANT (252618189022) },
  { "Sun, 06 Nov 1994 08:49:36 GMT", NOW, -1 },
  { "Sat, 05 Nov 1994 08:49:37 GMT", NOW, -1 },
  { "Sun, 06 Nov 1994 08:52:37 GMT", NULL, -1 },
  { "Sun, 06 Nov 1994 08:52:37 GMT", "yesterday", -1 },
  { "Sunday, 06-Nov-94 08:52:37 GMT", NOW, -1 },
  { "Mon, 06 Nov 1994 08:52:37 GMT", NOW, -1 },
};

static void
test_headers (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
    {
      g_test_message ("%s, %s", headers[i].retry_after != NULL ? headers[i].retry_after : "NULL",
                      headers[i].date != NULL ? headers[i].date : "NULL");
      g_assert_cmpint (purge_retry_read_after (headers[i].retry_after, headers[i].date), ==,
                       headers[i].seconds);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/retry/classes", test_classes);
  g_test_add_func ("/retry/only-what-was-not-executed", test_only_what_was_not_executed);
  g_test_add_func ("/retry/decisions", test_decisions);
  g_test_add_func ("/retry/headers", test_headers);

  return g_test_run ();
}
