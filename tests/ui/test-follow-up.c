/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What a person does about a submission of before, by the buttons of the results. */

#include "config.h"

#include <string.h>

#include "await.h"
#include "desk.h"
#include "purge-follow-up.h"
#include "purge-result-pane.h"

typedef struct {
  Desk       desk;
  GtkWidget *pane;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  desk_set_up (&fixture->desk, NULL);
  fixture->pane = purge_result_pane_new ();
  purge_result_pane_set_session (PURGE_RESULT_PANE (fixture->pane), fixture->desk.session);
  desk_present (fixture->pane);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  desk_assert_gone (fixture->pane);
  desk_tear_down (&fixture->desk, NULL);
}

static guint
count_requests (Fixture *fixture)
{
  return mock_transport_count (fixture->desk.transport);
}

static gboolean
has_button (Fixture    *fixture,
            const char *label)
{
  return desk_find (fixture->pane, GTK_TYPE_BUTTON, label) != NULL;
}

typedef struct {
  Fixture    *fixture;
  const char *label;
  gboolean    present;
} Sight;

static gboolean
is_seen (gpointer user_data)
{
  Sight *sight = user_data;

  return has_button (sight->fixture, sight->label) == sight->present;
}

static void
await_button (Fixture    *fixture,
              const char *label,
              gboolean    present)
{
  Sight sight = { fixture, label, present };

  await_condition (is_seen, &sight);
}

static void
press (Fixture    *fixture,
       const char *label)
{
  await_button (fixture, label, TRUE);
  g_signal_emit_by_name (desk_find (fixture->pane, GTK_TYPE_BUTTON, label), "clicked");
}

static void
script (Fixture    *fixture,
        const char *signs)
{
  mock_transport_set_script (fixture->desk.transport, signs);
}

typedef struct {
  Fixture *fixture;
  guint    n;
} Wanted;

static gboolean
has_requests (gpointer user_data)
{
  Wanted *wanted = user_data;

  return count_requests (wanted->fixture) == wanted->n;
}

static void
await_requests (Fixture *fixture,
                guint    n)
{
  Wanted wanted = { fixture, n };

  await_condition (has_requests, &wanted);
}

static gboolean
is_idle (gpointer user_data)
{
  return !purge_session_get_sending (user_data);
}

/* Thirty directories, of which the first request is lost, and the second never leaves. */
static void
leave_waiting (Fixture *fixture)
{
  PurgeSession *session = fixture->desk.session;
  g_auto (GStrv) urls = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (PurgeExchange) lost =
    purge_exchange_new_failed (PURGE_EXCHANGE_LOST, PURGE_CAUSE_TIMEOUT, "mock");

  desk_fill (&fixture->desk, 30);
  urls = purge_directory_list_dup_urls (purge_session_get_list (session), PURGE_KIND_DIRECTORY);
  desk_send_urls (session, (const char * const *) urls, await_cb, &result);
  await_requests (fixture, 1);
  g_assert_false (has_button (fixture, "_Resume"));
  purge_session_cancel (session);
  mock_transport_answer (fixture->desk.transport, 0, lost);
  g_assert_true (purge_session_send_finish (session, await (&result), NULL));
}

static void
test_nothing_to_do (Fixture       *fixture,
                    gconstpointer  user_data)
{
  desk_send (&fixture->desk, 3, "a");
  desk_await_text (fixture->pane, "3 accepted");

  g_assert_false (has_button (fixture, "_Resume"));
  g_assert_false (has_button (fixture, "Re_try"));
  g_assert_false (has_button (fixture, "Send Again"));
  g_assert_false (has_button (fixture, "Send as"));
  /* Whether it is done can be asked. */
  g_assert_true (has_button (fixture, "Chec_k"));
}

static void
test_resume (Fixture       *fixture,
             gconstpointer  user_data)
{
  leave_waiting (fixture);
  desk_await_text (fixture->pane, "20 unknown · 10 waiting");
  g_assert_false (has_button (fixture, "Re_try"));

  script (fixture, "xa");
  press (fixture, "_Resume 10");
  desk_await_text (fixture->pane, "10 accepted · 20 unknown");
  await_button (fixture, "_Resume", FALSE);
  g_assert_cmpuint (count_requests (fixture), ==, 2);
}

static void
test_retry (Fixture       *fixture,
            gconstpointer  user_data)
{
  desk_send (&fixture->desk, 30, "ar");
  script (fixture, "ara");
  press (fixture, "Re_try 10");

  desk_await_text (fixture->pane, "Batch 3 · 10 directories");
  desk_await_text (fixture->pane, "Sent again as batch 3.");
  desk_await_text (fixture->pane, "30 accepted");
  await_button (fixture, "Re_try", FALSE);
  g_assert_false (has_button (fixture, "Load _Failed"));
  g_assert_cmpuint (count_requests (fixture), ==, 3);
}

/* It is asked in the cases in which it is asked before a purge. */
static void
test_retry_of_many (Fixture       *fixture,
                    gconstpointer  user_data)
{
  desk_send (&fixture->desk, 45, "rrr");
  script (fixture, "rrraaa");

  press (fixture, "Re_try 45");
  desk_answer ("www.example.com – 45 directories", "cancel");
  g_assert_cmpuint (count_requests (fixture), ==, 3);

  press (fixture, "Re_try 45");
  desk_answer ("www.example.com – 45 directories", "all");
  desk_await_text (fixture->pane, "45 accepted");
  g_assert_cmpuint (count_requests (fixture), ==, 6);
}

/* Two clicks are one. */
static void
test_once (Fixture       *fixture,
           gconstpointer  user_data)
{
  PurgeSession *session = fixture->desk.session;

  desk_send (&fixture->desk, 3, "r");
  script (fixture, "raaa");
  purge_follow_up_run (fixture->pane, session, PURGE_FOLLOW_UP_RETRY, NULL);
  g_assert_true (purge_session_get_sending (session));
  purge_follow_up_run (fixture->pane, session, PURGE_FOLLOW_UP_RETRY, NULL);
  await_condition (is_idle, session);

  desk_await_text (fixture->pane, "3 accepted");
  g_assert_cmpuint (count_requests (fixture), ==, 2);
}

static void
test_send_again (Fixture       *fixture,
                 gconstpointer  user_data)
{
  PurgeRequest *first, *again;

  desk_send (&fixture->desk, 3, "l");
  script (fixture, "la");
  press (fixture, "Send Again _Safely");
  desk_await_text (fixture->pane, "3 accepted");

  first = mock_transport_get_request (fixture->desk.transport, 0);
  again = mock_transport_get_request (fixture->desk.transport, 1);
  g_assert_true (g_bytes_equal (purge_request_get_body (first), purge_request_get_body (again)));
  await_button (fixture, "Send Again", FALSE);
}

/* It can be done once; what remains is the risk, and that is asked about. */
static void
test_send_again_is_lost (Fixture       *fixture,
                         gconstpointer  user_data)
{
  desk_send (&fixture->desk, 3, "l");
  script (fixture, "ll");
  press (fixture, "Send Again _Safely");
  await_condition (is_idle, fixture->desk.session);

  await_button (fixture, "Send as _New", TRUE);
  g_assert_false (has_button (fixture, "Send Again"));
  desk_await_text (fixture->pane, "3 unknown");
}

static gboolean
has_counted (gpointer user_data)
{
  PurgeQuotaMeter *meter = purge_quotas_get_job_meter (purge_session_get_quotas (user_data));
  PurgeQuotaReading reading = purge_quota_meter_read (meter, PURGE_KIND_DIRECTORY);

  return reading.known && reading.left == 97;
}

static void
test_send_as_new (Fixture       *fixture,
                  gconstpointer  user_data)
{
  GtkWindow *question;

  desk_send (&fixture->desk, 3, "l");
  await_condition (has_counted, fixture->desk.session);
  script (fixture, "la");
  press (fixture, "Send as _New");
  question = desk_await_window (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_cmpstr (adw_message_dialog_get_default_response (ADW_MESSAGE_DIALOG (question)), ==,
                   "cancel");
  desk_await_text (GTK_WIDGET (question), "Send 3 Directories as New?");
  desk_await_text (GTK_WIDGET (question), "97 directories are left today");
  desk_answer ("take 3 directories of the quota a second time", "cancel");
  g_assert_cmpuint (count_requests (fixture), ==, 1);

  press (fixture, "Send as _New");
  desk_answer ("take 3 directories of the quota a second time", "send");
  desk_await_text (fixture->pane, "Sent again as batch 2.");
  desk_await_text (fixture->pane, "Submitted again");
  desk_await_text (fixture->pane, "3 accepted");
  g_assert_cmpuint (count_requests (fixture), ==, 2);
}

/* The server's log has one purge, of three directories, now. */
static char *
dup_log (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (8 * 60 * 60);
  g_autoptr (GDateTime) now = g_date_time_new_now (zone);
  g_autofree char *time = g_date_time_format (now, "%Y-%m-%d %H:%M:%S");

  return g_strdup_printf ("{\"code\":0,\"message\":\"\",\"codeDesc\":\"Success\",\"data\":{\"logs\":["
                          "{\"id\":900,\"app_id\":1,\"project_id\":0,\"host\":\"www.example.com\","
                          "\"type\":1,\"status\":1,\"datetime\":\"%s\",\"url_list\":["
                          "\"https://www.example.com/1/\",\"https://www.example.com/2/\","
                          "\"https://www.example.com/3/\"]}],\"total\":1}}", time);
}

static void
test_check (Fixture       *fixture,
            gconstpointer  user_data)
{
  g_autofree char *log = dup_log ();

  desk_send (&fixture->desk, 3, "l");
  press (fixture, "Chec_k");
  await_requests (fixture, 2);
  desk_await_text (fixture->pane, "Asking Tencent…");
  g_assert_false (has_button (fixture, "Chec_k"));
  /* What is asked by itself takes nothing out of a person's hand. */
  g_assert_true (has_button (fixture, "Send as"));

  mock_transport_say (fixture->desk.transport, 1, log);
  desk_await_text (fixture->pane, "3 done");
  desk_await_text (fixture->pane, "Done");
  await_button (fixture, "Chec_k", FALSE);
  g_assert_false (desk_shows (fixture->pane, "Asking Tencent…"));
}

/* A look-up is given up for what a person wants. */
static void
test_resume_while_asking (Fixture       *fixture,
                          gconstpointer  user_data)
{
  g_autoptr (PurgeExchange) given_up =
    purge_exchange_new_failed (PURGE_EXCHANGE_LOST, PURGE_CAUSE_CANCELLED_AFTER, "mock");

  leave_waiting (fixture);
  desk_await_text (fixture->pane, "20 unknown · 10 waiting");
  press (fixture, "Chec_k");
  await_requests (fixture, 2);
  desk_await_text (fixture->pane, "Asking Tencent…");

  press (fixture, "_Resume 10");
  mock_transport_answer (fixture->desk.transport, 1, given_up);
  await_requests (fixture, 3);
  mock_transport_say (fixture->desk.transport, 2,
                      "{\"code\":0,\"message\":\"\",\"codeDesc\":\"Success\"}");
  desk_await_text (fixture->pane, "10 accepted · 20 unknown");
}

static void
test_check_finds_nothing (Fixture       *fixture,
                          gconstpointer  user_data)
{
  desk_send (&fixture->desk, 3, "l");
  press (fixture, "Chec_k");
  await_requests (fixture, 2);
  mock_transport_say (fixture->desk.transport, 1,
                      "{\"code\":0,\"message\":\"\",\"codeDesc\":\"Success\","
                      "\"data\":{\"logs\":[],\"total\":0}}");

  await_button (fixture, "Chec_k", TRUE);
  desk_await_text (fixture->pane, "3 unknown");
}

/* What is gone cannot be gone on with, and it is said why; the directories can be had. */
static void
test_account_gone (Fixture       *fixture,
                   gconstpointer  user_data)
{
  PurgeAccount *account = purge_session_get_account (fixture->desk.session);
  g_autoptr (GAsyncResult) result = NULL;

  leave_waiting (fixture);
  await_button (fixture, "_Resume 10", TRUE);
  purge_accounts_remove_async (fixture->desk.accounts, account, NULL, await_cb, &result);
  g_assert_true (purge_accounts_remove_finish (fixture->desk.accounts, await (&result), NULL));

  desk_await_text (fixture->pane, "The account of this submission is not there any more");
  await_button (fixture, "_Resume", FALSE);
  g_assert_false (has_button (fixture, "Chec_k"));
  g_assert_false (has_button (fixture, "Send Again"));
  g_assert_false (has_button (fixture, "Send as"));
  g_assert_true (has_button (fixture, "Load _Failed"));
  g_assert_cmpuint (count_requests (fixture), ==, 1);
}

/* A key that the keyring lost: it is said, and what waits goes on waiting. */
static void
test_no_key (Fixture       *fixture,
             gconstpointer  user_data)
{
  PurgeAccount *account = purge_session_get_account (fixture->desk.session);
  g_autoptr (GAsyncResult) forgotten = NULL;

  leave_waiting (fixture);
  purge_keyring_forget_async (fixture->desk.keyring, purge_account_get_uuid (account), NULL, await_cb,
                              &forgotten);
  g_assert_true (purge_keyring_forget_finish (fixture->desk.keyring, await (&forgotten), NULL));

  press (fixture, "_Resume 10");
  desk_answer ("Nothing Was Sent", "cancel");
  await_button (fixture, "_Resume 10", TRUE);
  press (fixture, "Chec_k");
  desk_answer ("The Server Was Not Asked", "cancel");
  g_assert_cmpuint (count_requests (fixture), ==, 1);
}

#define ADD(path, function) \
  g_test_add ("/follow-up/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  desk_init (&argc, &argv);

  ADD ("nothing-to-do", test_nothing_to_do);
  ADD ("resume", test_resume);
  ADD ("retry", test_retry);
  ADD ("retry-of-many", test_retry_of_many);
  ADD ("once", test_once);
  ADD ("send-again", test_send_again);
  ADD ("send-again-is-lost", test_send_again_is_lost);
  ADD ("send-as-new", test_send_as_new);
  ADD ("resume-while-asking", test_resume_while_asking);
  ADD ("check", test_check);
  ADD ("check-finds-nothing", test_check_finds_nothing);
  ADD ("account-gone", test_account_gone);
  ADD ("no-key", test_no_key);

  return g_test_run ();
}
