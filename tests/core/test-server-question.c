/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The one harmless question, asked on a wire that the test plays. */

#include "purge-server-question.h"

#include <string.h>

#include "purge-error.h"

#include "await.h"
#include "job-fixture.h"

#define NOW JOB_FIXTURE_NOW

#define QUOTA \
  "{\"Response\":{\"UrlPurge\":[{\"Batch\":1000,\"Total\":10000,\"Available\":9999," \
  "\"Area\":\"mainland\"}],\"PathPurge\":[{\"Batch\":39,\"Total\":100,\"Available\":63," \
  "\"Area\":\"mainland\"}],\"RequestId\":\"1\"}}"
#define EMPTY_LOG \
  "{\"code\":0,\"message\":\"\",\"codeDesc\":\"Success\",\"data\":{\"total\":0,\"logs\":[]}}"
#define EXPIRED_V3 \
  "{\"Response\":{\"Error\":{\"Code\":\"AuthFailure.SignatureExpire\",\"Message\":\"late\"}," \
  "\"RequestId\":\"1\"}}"
#define EXPIRED_V2 "{\"code\":4200,\"message\":\"late\",\"codeDesc\":\"RequestExpired\"}"

static PurgeAccess *
access_new (JobFixture   *fixture,
            PurgeApiKind  api)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  PurgeAccess *access;

  g_object_set (fixture->account, "api", api, NULL);
  purge_access_open_async (fixture->workspace, fixture->account, NULL, await_cb, &result);
  access = purge_access_open_finish (fixture->workspace, await (&result), &error);
  g_assert_no_error (error);
  return access;
}

/* What the server says, @ahead seconds ahead of this computer. */
static void
say (JobFixture *fixture,
     guint       index,
     const char *json,
     gint64      ahead)
{
  g_autoptr (GBytes) body = g_bytes_new (json, strlen (json));
  g_autoptr (PurgeExchange) exchange = purge_exchange_new_answer (200, body);
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (NOW + ahead);

  exchange->date = g_date_time_format (date, "%a, %d %b %Y %H:%M:%S GMT");
  mock_transport_answer (fixture->transport, index, exchange);
}

static PurgeServerQuota *
ask (JobFixture   *fixture,
     PurgeAccess  *access,
     const char   *first,
     const char   *second,
     gint64        ahead)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  guint before = mock_transport_count (fixture->transport);
  PurgeServerQuota *quota;

  purge_server_question_async (fixture->workspace, access, fixture->cancellable, await_cb, &result);
  say (fixture, before, first, ahead);
  while (second != NULL && mock_transport_count (fixture->transport) < before + 2)
    g_main_context_iteration (NULL, TRUE);
  if (second != NULL)
    say (fixture, before + 1, second, ahead);

  quota = purge_server_question_finish (fixture->workspace, await (&result), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (mock_transport_count (fixture->transport), ==, before + (second != NULL ? 2 : 1));
  return quota;
}

static void
test_quota (JobFixture    *fixture,
            gconstpointer  data)
{
  g_autoptr (PurgeAccess) access = access_new (fixture, PURGE_API_KIND_3_0);
  g_autoptr (PurgeServerQuota) quota = ask (fixture, access, QUOTA, NULL, 0);
  const PurgeQuotaRow *row =
    purge_server_quota_find (quota, PURGE_KIND_DIRECTORY, PURGE_AREA_MAINLAND);

  g_assert_null (quota->failure);
  g_assert_cmpuint (row->available, ==, 63);
  g_assert_cmpuint (row->batch, ==, 39);
  g_assert_cmpint (access->skew, ==, 0);
}

/* What API 2.0 does not tell is not made up; what is asked instead is the log of the last minute. */
static void
test_log (JobFixture    *fixture,
          gconstpointer  data)
{
  g_autoptr (PurgeAccess) access = access_new (fixture, PURGE_API_KIND_2_0);
  g_autoptr (PurgeServerQuota) quota = ask (fixture, access, EMPTY_LOG, NULL, 0);
  GBytes *body = purge_request_get_body (mock_transport_get_request (fixture->transport, 0));
  g_autofree char *text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));

  g_assert_null (quota->failure);
  g_assert_cmpuint (quota->rows->len, ==, 0);
  g_assert_nonnull (strstr (text, "Action=GetCdnRefreshLog"));
  /* 2018-11-23 19:06:40 UTC, in UTC+8. */
  g_assert_nonnull (strstr (text, "startDate=2018-11-24%2003%3A05%3A40"));
  g_assert_nonnull (strstr (text, "endDate=2018-11-24%2003%3A06%3A40"));
}

static void
test_failures (JobFixture    *fixture,
               gconstpointer  data)
{
  static const struct { PurgeApiKind api; const char *json; const char *code; } cases[] = {
    { PURGE_API_KIND_3_0, "{\"Response\":{\"Error\":{\"Code\":\"AuthFailure.SecretIdNotFound\","
                          "\"Message\":\"no\"},\"RequestId\":\"1\"}}",
      "AuthFailure.SecretIdNotFound" },
    { PURGE_API_KIND_2_0, "{\"code\":4104,\"message\":\"no\",\"codeDesc\":\"SecretIdNotFound\"}",
      "4104" },
    { PURGE_API_KIND_3_0, "{}", NULL },
    { PURGE_API_KIND_2_0, "{}", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PurgeAccess) access = access_new (fixture, cases[i].api);
      g_autoptr (PurgeServerQuota) quota = ask (fixture, access, cases[i].json, NULL, 0);

      g_assert_nonnull (quota->failure);
      g_assert_cmpstr (quota->failure->answer.code, ==, cases[i].code);
    }
}

/* Asked again once, with the server's time, and never a second time. */
static void
test_clock (JobFixture    *fixture,
            gconstpointer  data)
{
  static const struct
  {
    PurgeApiKind api;
    const char *first;
    const char *second;
    gint64 ahead;
    gint64 skew;
    gboolean fails;
  } cases[] = {
    { PURGE_API_KIND_3_0, EXPIRED_V3, QUOTA, 600, 600, FALSE },
    { PURGE_API_KIND_2_0, EXPIRED_V2, EMPTY_LOG, -86400, -86400, FALSE },
    { PURGE_API_KIND_3_0, EXPIRED_V3, EXPIRED_V3, 600, 600, TRUE },
    { PURGE_API_KIND_3_0, EXPIRED_V3, NULL, 10, 0, TRUE },
    { PURGE_API_KIND_3_0, QUOTA, NULL, 600, 0, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PurgeAccess) access = access_new (fixture, cases[i].api);
      g_autoptr (PurgeServerQuota) quota =
        ask (fixture, access, cases[i].first, cases[i].second, cases[i].ahead);

      g_test_message ("%u", i);
      g_assert_cmpint (access->skew, ==, cases[i].skew);
      g_assert_cmpint (quota->failure != NULL, ==, cases[i].fails);
    }
}

static void
test_cancelled (JobFixture    *fixture,
                gconstpointer  data)
{
  g_autoptr (PurgeAccess) access = access_new (fixture, PURGE_API_KIND_3_0);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  purge_server_question_async (fixture->workspace, access, fixture->cancellable, await_cb, &result);
  g_cancellable_cancel (fixture->cancellable);
  mock_transport_say (fixture->transport, 0, QUOTA);
  g_assert_null (purge_server_question_finish (fixture->workspace, await (&result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

#define ADD(name, function) \
  g_test_add ("/server-question/" name, JobFixture, NULL, job_fixture_set_up, function, \
              job_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("quota", test_quota);
  ADD ("log", test_log);
  ADD ("failures", test_failures);
  ADD ("clock", test_clock);
  ADD ("cancelled", test_cancelled);

  return g_test_run ();
}
