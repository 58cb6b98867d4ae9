/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#include "purge-key-verdict.h"

#include <string.h>

#define V2 PURGE_API_KIND_2_0
#define V3 PURGE_API_KIND_3_0
#define INTL PURGE_API_KIND_3_0_INTL

#define REFUSED 200, PURGE_BATCH_EVENT_REJECTED, PURGE_CAUSE_REFUSED_BY_API
#define INTERNAL 200, PURGE_BATCH_EVENT_LOST, PURGE_CAUSE_SERVER_INTERNAL
#define NOT_SENT 0, PURGE_BATCH_EVENT_NOT_EXECUTED
#define LOST PURGE_BATCH_EVENT_LOST

/* @says is in the sentence or in the next step. */
static const struct
{
  PurgeKeyFinding finding;
  PurgeApiKind api;
  guint status;
  PurgeBatchEvent event;
  PurgeCause cause;
  const char *code;
  int module;
  const char *message;
  gint64 skew;
  const char *says;
} cases[] = {
  { PURGE_KEY_BAD_ID, V3, REFUSED, "AuthFailure.SecretIdNotFound", 0, NULL, 0,
    "knows no such SecretId" },
  { PURGE_KEY_BAD_ID, V3, REFUSED, "AuthFailure.InvalidSecretId", 0, NULL, 0, "Use a key from" },
  { PURGE_KEY_BAD_ID, V3, REFUSED, "AuthFailure.InvalidAuthorization", 0, NULL, 0, "SecretId" },
  { PURGE_KEY_BAD_ID, V2, REFUSED, "4104", 0, NULL, 0, "knows no such SecretId" },
  { PURGE_KEY_BAD_KEY, V3, REFUSED, "AuthFailure.SignatureFailure", 0, NULL, 0,
    "the SecretKey does not belong to the SecretId" },
  { PURGE_KEY_BAD_KEY, INTL, REFUSED, "AuthFailure", 0, NULL, 0, "Check the SecretId" },
  { PURGE_KEY_BAD_KEY, V2, REFUSED, "4100", 0, NULL, 0, "switch the account to API 3.0" },
  { PURGE_KEY_BAD_TOKEN, V3, REFUSED, "AuthFailure.TokenFailure", 0, NULL, 0, "temporary key" },
  { PURGE_KEY_BAD_TOKEN, V2, REFUSED, "4105", 0, NULL, 0, "temporary key" },

  { PURGE_KEY_NOT_ALLOWED, V3, REFUSED, "AuthFailure.UnauthorizedOperation", 0, NULL, 0,
    "lacks the permission cdn:DescribePurgeQuota." },
  { PURGE_KEY_NOT_ALLOWED, V3, REFUSED, "UnauthorizedOperation.CdnCamUnauthorized", 0,
    "you are not authorized to perform operation (cdn:DescribePurgeTasks), resource (*)", 0,
    "to allow cdn:DescribePurgeTasks in" },
  { PURGE_KEY_NOT_ALLOWED, V3, REFUSED, "UnauthorizedOperation", 0,
    "allow cdn:PurgePathCacheAndMore <b>cdn:*</b>", 0, "cdn:DescribePurgeQuota" },
  { PURGE_KEY_NOT_ALLOWED, V3, REFUSED, "UnauthorizedOperation.OfTomorrow", 0, NULL, 0,
    "cdn:DescribePurgeQuota" },
  { PURGE_KEY_NOT_ALLOWED, V2, REFUSED, "4101", 0, NULL, 0, "cdn:GetCdnRefreshLog" },
  { PURGE_KEY_NOT_ALLOWED, V2, REFUSED, "4102", 0, NULL, 0, "cdn:GetCdnRefreshLog" },
  { PURGE_KEY_NOT_ALLOWED, V2, REFUSED, "4103", 0, "cdn:DescribePurgeTasks", 0,
    "cdn:DescribePurgeTasks" },
  { PURGE_KEY_NOT_ALLOWED, V2, REFUSED, "4110", 0, NULL, 0, "cdn:GetCdnRefreshLog" },

  { PURGE_KEY_BAD_CLOCK, V3, REFUSED, "AuthFailure.SignatureExpire", 0, NULL, 600,
    "The clock of this computer is 10 minutes behind Tencent’s." },
  { PURGE_KEY_BAD_CLOCK, V2, REFUSED, "4200", 0, NULL, -600,
    "The clock of this computer is 10 minutes ahead of Tencent’s." },
  { PURGE_KEY_BAD_CLOCK, V2, REFUSED, "4200", 0, NULL, 0,
    "Set the date, the time and the time zone of this computer, then test again." },
  { PURGE_KEY_BAD_CLOCK, V2, 200, LOST, PURGE_CAUSE_REPLAY, "4500", 0, NULL, 7800, "2 hours behind" },
  { PURGE_KEY_UNCLEAR, V2, 200, LOST, PURGE_CAUSE_REPLAY, "4500", 0, NULL, 0, "Test again" },

  { PURGE_KEY_NO_SERVICE, V3, REFUSED, "ResourceNotFound.CdnUserNotExists", 0, NULL, 0,
    "Activate CDN for this account" },
  { PURGE_KEY_NO_SERVICE, V3, REFUSED, "UnauthorizedOperation.CdnUserAuthFail", 0, NULL, 0,
    "real-name" },
  { PURGE_KEY_NO_SERVICE, V3, REFUSED, "UnauthorizedOperation.CdnUserIsSuspended", 0, NULL, 0,
    "Start the CDN service" },
  { PURGE_KEY_NO_SERVICE, V2, REFUSED, "4000", 9111, NULL, 0, "Activate CDN for this account" },
  { PURGE_KEY_NO_SERVICE, V2, REFUSED, "4300", 0, NULL, 0, "support" },

  { PURGE_KEY_RETIRED, V2, INTERNAL, "6100", 0, NULL, 0, "30 November 2022" },
  { PURGE_KEY_RETIRED, V2, INTERNAL, "6200", 0, NULL, 0, "not available at the moment" },
  { PURGE_KEY_RETIRED, V2, 200, LOST, PURGE_CAUSE_ANSWER_UNCLEAR, "ActionOffline", 0, NULL, 0,
    "out of service" },
  { PURGE_KEY_RETIRED, V2, NOT_SENT, PURGE_CAUSE_NAME_LOOKUP, NULL, 0, NULL, 0,
    "switch the account to API 3.0" },
  { PURGE_KEY_NOT_REACHED, V3, NOT_SENT, PURGE_CAUSE_NAME_LOOKUP, NULL, 0, NULL, 0,
    "address of the API was not found" },
  { PURGE_KEY_NOT_REACHED, V2, NOT_SENT, PURGE_CAUSE_NO_CONNECTION, NULL, 0, NULL, 0, "firewall" },
  { PURGE_KEY_NOT_REACHED, V3, NOT_SENT, PURGE_CAUSE_CERTIFICATE, NULL, 0, NULL, 0,
    "could not prove that it is Tencent’s" },
  { PURGE_KEY_NOT_REACHED, V3, 0, LOST, PURGE_CAUSE_TIMEOUT, NULL, 0, NULL, 0,
    "Test again in a moment." },

  { PURGE_KEY_UNCLEAR, V3, INTERNAL, "InternalError", 0, NULL, 0, "internal error" },
  { PURGE_KEY_UNCLEAR, V2, INTERNAL, "6000", 0, NULL, 0, "internal error" },
  { PURGE_KEY_UNCLEAR, V3, REFUSED, "NeverHeardOf", 0, NULL, 0, "a code that this program" },
  { PURGE_KEY_UNCLEAR, V2, REFUSED, "4000", 60024, NULL, 0, "a code that this program" },
  { PURGE_KEY_UNCLEAR, V3, REFUSED, "IpNotInWhitelist", 0, NULL, 0, "certain addresses" },
  { PURGE_KEY_UNCLEAR, V3, REFUSED, "AuthFailure.MFAFailure", 0, NULL, 0, "second factor" },
  { PURGE_KEY_UNCLEAR, V3, 200, PURGE_BATCH_EVENT_NOT_EXECUTED, PURGE_CAUSE_TOO_MANY_REQUESTS,
    "RequestLimitExceeded", 0, NULL, 0, "Wait a minute" },
  /* What a code says does not hold where the status says something else. */
  { PURGE_KEY_UNCLEAR, V2, 429, PURGE_BATCH_EVENT_NOT_EXECUTED, PURGE_CAUSE_TOO_MANY_REQUESTS,
    "4104", 0, NULL, 0, "Wait a minute" },
  { PURGE_KEY_UNCLEAR, V3, 302, PURGE_BATCH_EVENT_REJECTED, PURGE_CAUSE_REDIRECTED, NULL, 0, NULL, 0,
    "Sign in" },
  { PURGE_KEY_UNCLEAR, V3, 200, LOST, PURGE_CAUSE_WEB_PAGE, NULL, 0, NULL, 0, "then test again" },
  { PURGE_KEY_UNCLEAR, V3, 200, LOST, PURGE_CAUSE_ANSWER_UNCLEAR, NULL, 0, NULL, 0, "neither" },
  { PURGE_KEY_UNCLEAR, V3, 502, LOST, PURGE_CAUSE_SERVER_ERROR, NULL, 0, NULL, 0, "502" },
  { PURGE_KEY_UNCLEAR, V3, 403, PURGE_BATCH_EVENT_REJECTED, PURGE_CAUSE_HTTP_REFUSED, NULL, 0, NULL,
    0, "403" },

  { PURGE_KEY_GOOD, V2, REFUSED, "4000", -9009, NULL, 0, "it may read the log" },
};

/* Nobody asked for a purge: no word of one that may have been carried out, or is to be checked. */
static void
assert_is_about_a_test (const char *text)
{
  static const char * const words[] = { "carried out", "Check it", "send what waits", "retry" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    g_assert_null (strstr (text, words[i]));
}

static void
test_failures (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PurgeOutcome) failure = purge_outcome_new (cases[i].event, cases[i].cause);
      g_autoptr (PurgeKeyVerdict) verdict = NULL;
      g_autofree char *text = NULL;

      failure->http_status = cases[i].status;
      failure->answer.code = g_strdup (cases[i].code);
      failure->answer.module_code = cases[i].module;
      failure->answer.message = g_strdup (cases[i].message);
      verdict = purge_key_verdict_new (cases[i].api, PURGE_ENDPOINT_API_2_0, failure, cases[i].skew);
      text = g_strconcat (verdict->sentence, " ", verdict->next_step, NULL);

      g_test_message ("%u %s: %s", i, cases[i].code, text);
      g_assert_cmpint (verdict->finding, ==, cases[i].finding);
      g_assert_nonnull (strstr (text, cases[i].says));
      g_assert_true (g_str_has_suffix (verdict->sentence, "."));
      g_assert_true (g_str_has_suffix (verdict->next_step, "."));
      assert_is_about_a_test (text);
      g_assert_cmpint (strstr (text, "API 2.0") != NULL, ==,
                       cases[i].finding == PURGE_KEY_RETIRED || g_strcmp0 (cases[i].code, "4100") == 0);
      g_assert_cmpstr (verdict->message, ==, cases[i].message);
      g_assert_cmpstr (verdict->code, ==,
                       cases[i].finding == PURGE_KEY_GOOD ? NULL : cases[i].code);
    }
}

static void
test_good (void)
{
  g_autoptr (PurgeKeyVerdict) v2 = purge_key_verdict_new (V2, PURGE_ENDPOINT_API_2_0, NULL, 0);
  g_autoptr (PurgeKeyVerdict) v3 = purge_key_verdict_new (INTL, "https://example.com", NULL, 0);

  g_assert_cmpint (v2->finding, ==, PURGE_KEY_GOOD);
  g_assert_cmpstr (v2->sentence, ==,
                   "The key works: Tencent knows it, and it may read the log of purges.");
  g_assert_nonnull (strstr (v2->next_step, "cdn:RefreshCdnDir"));
  g_assert_cmpint (v3->finding, ==, PURGE_KEY_GOOD);
  g_assert_cmpstr (v3->sentence, ==, "The key works: Tencent knows it, and it may read the quota.");
  g_assert_nonnull (strstr (v3->next_step, "cdn:PurgePathCache"));
  g_assert_null (v3->message);
}

/* How far a clock is off, in a unit that says it. */
static void
test_clock (void)
{
  static const struct { gint64 skew; const char *says; } clocks[] = {
    { 1, "1 minute behind" },
    { 241, "4 minutes behind" },
    { -241, "4 minutes ahead of" },
    { 99 * 60, "99 minutes behind" },
    { 100 * 60, "2 hours behind" },
    { -8 * 60 * 60, "8 hours ahead of" },
    { 100 * 60 * 60, "4 days behind" },
    { -86400 * 365, "365 days ahead of" },
    { G_MAXINT64, "days behind" },
    { G_MININT64, "days ahead of" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (clocks); i++)
    {
      g_autoptr (PurgeKeyVerdict) verdict =
        purge_key_verdict_new (V3, "https://example.com", NULL, clocks[i].skew);
      g_autofree char *text = g_strdup_printf ("The clock of this computer is %s Tencent’s.",
                                               clocks[i].says);

      g_test_message ("%s", verdict->sentence);
      g_assert_cmpint (verdict->finding, ==, PURGE_KEY_GOOD_BUT_CLOCK);
      g_assert_true (g_str_has_prefix (verdict->sentence, "The key works: "));
      g_assert_nonnull (strstr (verdict->sentence, *clocks[i].says == 'd' ? clocks[i].says : text));
      g_assert_nonnull (strstr (verdict->next_step, "time zone"));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/key-verdict/failures", test_failures);
  g_test_add_func ("/key-verdict/good", test_good);
  g_test_add_func ("/key-verdict/clock", test_clock);

  return g_test_run ();
}
