/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What is left by whose count, and when a server is asked. */

#include "config.h"

#include "await.h"
#include "desk.h"
#include "purge-send-bar.h"

#define TOLD \
  "{\"Response\":{\"UrlPurge\":[{\"Batch\":1000,\"Total\":10000,\"Available\":9000," \
  "\"Area\":\"mainland\"},{\"Batch\":1000,\"Total\":10000,\"Available\":8000," \
  "\"Area\":\"overseas\"}],\"PathPurge\":[{\"Batch\":39,\"Total\":100,\"Available\":63," \
  "\"Area\":\"mainland\"},{\"Batch\":20,\"Total\":100,\"Available\":12,\"Area\":\"overseas\"}]," \
  "\"RequestId\":\"1\"}}"
#define ACCEPTED "{\"Response\":{\"TaskId\":\"15\",\"RequestId\":\"1\"}}"

typedef struct {
  Desk          desk;
  PurgeSendBar *bar;
} Fixture;

static PurgeQuotaMeter *
get_meter (Fixture *fixture)
{
  return purge_quotas_get_meter (purge_session_get_quotas (fixture->desk.session));
}

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  g_autoptr (PurgeAccount) changed = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  desk_set_up (&fixture->desk, NULL);
  changed = purge_account_copy (purge_session_get_account (fixture->desk.session));
  g_object_set (changed, "api", PURGE_API_KIND_3_0, NULL);
  purge_accounts_put_async (fixture->desk.accounts, changed, NULL, NULL, await_cb, &result);
  g_assert_true (purge_accounts_put_finish (fixture->desk.accounts, await (&result), NULL));

  fixture->bar = g_object_new (PURGE_TYPE_SEND_BAR, NULL);
  purge_send_bar_set_session (fixture->bar, fixture->desk.session);
  desk_present (GTK_WIDGET (fixture->bar));
  desk_await_text (GTK_WIDGET (fixture->bar), "100 of 100 left today");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  desk_assert_gone (fixture->bar);
  desk_tear_down (&fixture->desk, NULL);
}

typedef struct {
  MockTransport *transport;
  guint          n;
} Requests;

static gboolean
has_requests (gpointer user_data)
{
  Requests *requests = user_data;

  return mock_transport_count (requests->transport) >= requests->n;
}

static void
await_requests (Fixture *fixture,
                guint    n)
{
  Requests requests = { fixture->desk.transport, n };

  await_condition (has_requests, &requests);
}

static void
assert_asks (Fixture    *fixture,
             guint       index,
             const char *action)
{
  PurgeRequest *request = mock_transport_get_request (fixture->desk.transport, index);
  const char *value;

  g_assert_cmpstr (purge_request_get_header (request, 1, &value), ==, "X-TC-Action");
  g_assert_cmpstr (value, ==, action);
}

static void
ask (Fixture *fixture)
{
  GtkWidget *button =
    desk_find (GTK_WIDGET (fixture->bar), GTK_TYPE_BUTTON, "Ask Tencent for _Quota");
  guint n = mock_transport_count (fixture->desk.transport);

  g_signal_emit_by_name (button, "clicked");
  g_signal_emit_by_name (button, "clicked");
  desk_await_text (GTK_WIDGET (fixture->bar), "Asking Tencent…");
  await_requests (fixture, n + 1);
  g_assert_cmpuint (mock_transport_count_open (fixture->desk.transport), ==, 1);
  assert_asks (fixture, n, "DescribePurgeQuota");
}

/* Nothing is asked at the start; what is told counts, with the batch size, by area, until the journal
 * says that more was sent. */
static void
test_asked (Fixture       *fixture,
            gconstpointer  user_data)
{
  GtkWidget *bar = GTK_WIDGET (fixture->bar);
  PurgeLimits limits;

  g_assert_cmpuint (mock_transport_count (fixture->desk.transport), ==, 0);
  g_assert_true (desk_shows (bar, "By this computer’s count"));
  ask (fixture);
  mock_transport_say (fixture->desk.transport, 0, TOLD);
  desk_await_text (bar, "12 of 100 left today");
  desk_await_text (bar, "Tencent’s figures of ");

  purge_quota_meter_get_limits (get_meter (fixture), &limits);
  g_assert_cmpuint (limits.of[PURGE_KIND_DIRECTORY].batch, ==, 20);
  g_assert_cmpuint (limits.of[PURGE_KIND_URL].left, ==, 8000);
  g_assert_true (limits.of[PURGE_KIND_DIRECTORY].from_server);

  g_object_set (fixture->desk.session, "area", PURGE_AREA_MAINLAND, NULL);
  desk_await_text (bar, "63 of 100 left today");
  purge_quota_meter_get_limits (get_meter (fixture), &limits);
  g_assert_cmpuint (limits.of[PURGE_KIND_DIRECTORY].batch, ==, 39);
  g_assert_cmpuint (limits.of[PURGE_KIND_URL].left, ==, 9000);
}

/* Why not is said, and the old count stands. */
static void
test_refused (Fixture       *fixture,
              gconstpointer  user_data)
{
  ask (fixture);
  mock_transport_say (fixture->desk.transport, 0,
                      "{\"Response\":{\"Error\":{\"Code\":\"AuthFailure.UnauthorizedOperation\","
                      "\"Message\":\"no\"},\"RequestId\":\"1\"}}");
  desk_answer ("lacks the permission cdn:DescribePurgeQuota", "cancel");
  g_assert_true (desk_shows (GTK_WIDGET (fixture->bar), "100 of 100 left today"));
  g_assert_true (desk_shows (GTK_WIDGET (fixture->bar), "By this computer’s count"));
}

/* After a run the server is asked, since the key was in hand. */
static void
test_after_a_run (Fixture       *fixture,
                  gconstpointer  user_data)
{
  const char * const urls[] = { "https://www.example.com/1/", NULL };
  g_autoptr (GAsyncResult) result = NULL;

  desk_send_urls (fixture->desk.session, urls, await_cb, &result);
  await_requests (fixture, 1);
  assert_asks (fixture, 0, "PurgePathCache");
  mock_transport_say (fixture->desk.transport, 0, ACCEPTED);
  g_assert_true (purge_session_send_finish (fixture->desk.session, await (&result), NULL));

  await_requests (fixture, 2);
  assert_asks (fixture, 1, "DescribePurgeQuota");
  /* What was accepted is looked up in a while; nobody answers. */
  mock_transport_set_script (fixture->desk.transport, "aallll");
  desk_await_text (GTK_WIDGET (fixture->bar), "99 of 100 left today");
  mock_transport_say (fixture->desk.transport, 1, TOLD);
  desk_await_text (GTK_WIDGET (fixture->bar), "12 of 100 left today");
}

/* API 2.0 tells no quota, and has no choice of the area. */
static void
test_api_2 (Fixture       *fixture,
            gconstpointer  user_data)
{
  g_autoptr (PurgeAccount) changed =
    purge_account_copy (purge_session_get_account (fixture->desk.session));
  g_autoptr (GAsyncResult) result = NULL;

  g_object_set (fixture->desk.session, "area", PURGE_AREA_OVERSEAS, NULL);
  g_object_set (changed, "api", PURGE_API_KIND_2_0, NULL);
  purge_accounts_put_async (fixture->desk.accounts, changed, NULL, NULL, await_cb, &result);
  g_assert_true (purge_accounts_put_finish (fixture->desk.accounts, await (&result), NULL));

  desk_await_text (GTK_WIDGET (fixture->bar), "100 of 100 left today");
  g_assert_cmpint (purge_session_get_area (fixture->desk.session), ==, PURGE_AREA_NONE);
  g_assert_null (desk_find (GTK_WIDGET (fixture->bar), GTK_TYPE_BUTTON, "Ask Tencent"));
  g_assert_false (desk_shows (GTK_WIDGET (fixture->bar), "By this computer’s count"));
}

#define ADD(name, function) \
  g_test_add ("/quotas/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  desk_init (&argc, &argv);

  ADD ("asked", test_asked);
  ADD ("refused", test_refused);
  ADD ("after-a-run", test_after_a_run);
  ADD ("api-2", test_api_2);

  return g_test_run ();
}
