/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The result pane on submissions whose answers the test makes. */

#include "config.h"

#include "await.h"
#include "desk.h"
#include "purge-raw-window.h"
#include "purge-result-pane.h"

typedef struct {
  Desk             desk;
  PurgeResultPane *pane;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  desk_set_up (&fixture->desk, NULL);
  fixture->pane = PURGE_RESULT_PANE (purge_result_pane_new ());
  purge_result_pane_set_session (fixture->pane, fixture->desk.session);
  desk_present (GTK_WIDGET (fixture->pane));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  desk_assert_gone (fixture->pane);
  desk_tear_down (&fixture->desk, NULL);
}

static guint
count_labels (GtkWidget  *widget,
              const char *text)
{
  guint n = GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) &&
            g_strcmp0 (gtk_label_get_text (GTK_LABEL (widget)), text) == 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_labels (child, text);

  return n;
}

static void
test_empty (Fixture       *fixture,
            gconstpointer  user_data)
{
  g_assert_true (desk_shows (GTK_WIDGET (fixture->pane), "Nothing Sent Yet"));
}

/* One batch shows its directories at once: each with a state of its own. */
static void
test_accepted (Fixture       *fixture,
               gconstpointer  user_data)
{
  desk_send (&fixture->desk, 3, "a");

  desk_await_text (GTK_WIDGET (fixture->pane), "https://www.example.com/3/");
  desk_await_text (GTK_WIDGET (fixture->pane), "Code 0 · Success · Task 15");
  g_assert_cmpuint (count_labels (GTK_WIDGET (fixture->pane), "Accepted"), ==, 4);
  g_assert_null (desk_find (GTK_WIDGET (fixture->pane), GTK_TYPE_BUTTON, "Load _Failed"));
}

static void
test_rejected (Fixture       *fixture,
               gconstpointer  user_data)
{
  desk_send (&fixture->desk, 30, "ar");

  desk_await_text (GTK_WIDGET (fixture->pane), "Rejected");
  desk_await_text (GTK_WIDGET (fixture->pane), "Batch 2 · 10 directories");
  desk_await_text (GTK_WIDGET (fixture->pane), "Code 4000 · 9110");
  desk_await_text (GTK_WIDGET (fixture->pane), "(9110)没有这个域名的信息");
  g_assert_nonnull (desk_find (GTK_WIDGET (fixture->pane), GTK_TYPE_BUTTON, "Load _Failed"));
  g_assert_false (desk_shows (GTK_WIDGET (fixture->pane), "https://www.example.com/1/"));
}

/* Where API 2.0 seems to have ended a switch is offered, which changes the API and keeps the key; where
 * something else failed it is not. */
static void
test_retirement (Fixture       *fixture,
                 gconstpointer  user_data)
{
  GtkWidget *pane = GTK_WIDGET (fixture->pane);
  PurgeAccount *account = purge_session_get_account (fixture->desk.session);
  g_autofree char *uuid = g_strdup (purge_account_get_uuid (account));
  guint serial = purge_account_get_key_serial (account);
  GtkWidget *button;

  desk_send (&fixture->desk, 2, "rk");
  desk_await_text (pane, "Rejected");
  g_assert_null (desk_find (pane, GTK_TYPE_BUTTON, "S_witch to API 3.0"));

  desk_send (&fixture->desk, 2, "rk");
  desk_await_text (pane, "It looks as if Tencent had ended API 2.0");
  button = desk_find (pane, GTK_TYPE_BUTTON, "S_witch to API 3.0");
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  desk_await_text (pane, "The account speaks API 3.0 now.");
  g_assert_null (desk_find (pane, GTK_TYPE_BUTTON, "S_witch to API 3.0"));

  account = purge_accounts_find_uuid (fixture->desk.accounts, uuid);
  g_assert_cmpint (purge_account_get_api (account), ==, PURGE_API_KIND_3_0);
  g_assert_cmpuint (purge_account_get_key_serial (account), ==, serial);
  g_assert_cmpuint (mock_transport_count (fixture->desk.transport), ==, 2);
}

static void
test_unknown_is_not_failed (Fixture       *fixture,
                            gconstpointer  user_data)
{
  desk_send (&fixture->desk, 2, "l");

  desk_await_text (GTK_WIDGET (fixture->pane), "Unknown");
  g_assert_null (desk_find (GTK_WIDGET (fixture->pane), GTK_TYPE_BUTTON, "Load _Failed"));
}

static void
test_expand (Fixture       *fixture,
             gconstpointer  user_data)
{
  GtkWidget *view;

  desk_send (&fixture->desk, 30, "aa");
  desk_await_text (GTK_WIDGET (fixture->pane), "Batch 1 · 20 directories");
  view = desk_find (GTK_WIDGET (fixture->pane), GTK_TYPE_LIST_VIEW, NULL);

  g_signal_emit_by_name (view, "activate", 0);
  desk_await_text (GTK_WIDGET (fixture->pane), "https://www.example.com/1/");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (gtk_list_view_get_model (
                      GTK_LIST_VIEW (view)))), ==, 22);
  g_signal_emit_by_name (view, "activate", 0);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (gtk_list_view_get_model (
                      GTK_LIST_VIEW (view)))), ==, 2);
}

static gboolean
has_request (gpointer user_data)
{
  return mock_transport_count (user_data) > 0;
}

/* While a request is under way there is progress; an answer that is hostile is shown as it is. */
static void
test_running (Fixture       *fixture,
              gconstpointer  user_data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_auto (GStrv) urls = NULL;

  desk_fill (&fixture->desk, 2);
  urls = purge_directory_list_dup_urls (purge_session_get_list (fixture->desk.session),
                                        PURGE_KIND_DIRECTORY);
  desk_send_urls (fixture->desk.session, (const char * const *) urls, await_cb, &result);
  await_condition (has_request, fixture->desk.transport);
  desk_await_text (GTK_WIDGET (fixture->pane), "Sending 2 directories…");
  desk_await_text (GTK_WIDGET (fixture->pane), "Batch 1 of 1");
  desk_await_text (GTK_WIDGET (fixture->pane), "Sending");

  mock_transport_say (fixture->desk.transport, 0,
                      "{\"code\":4000,\"codeDesc\":9110,\"message\":\"<b>bold</b> & \u202Eevil\"}");
  g_assert_true (purge_session_send_finish (fixture->desk.session, await (&result), NULL));
  desk_await_text (GTK_WIDGET (fixture->pane), "<b>bold</b> & ‹U+202E›evil");
  g_assert_false (desk_shows (GTK_WIDGET (fixture->pane), "Batch 1 of 1"));
}

static void
test_raw_answer (Fixture       *fixture,
                 gconstpointer  user_data)
{
  GtkWidget *button;
  GtkWindow *window;

  desk_send (&fixture->desk, 1, "a");
  desk_await_text (GTK_WIDGET (fixture->pane), "Raw Answer");
  button = desk_find (GTK_WIDGET (fixture->pane), GTK_TYPE_BUTTON, "Raw Answer");
  gtk_widget_activate_action (button, "row.show-raw", NULL);

  window = desk_await_window (PURGE_TYPE_RAW_WINDOW);
  g_assert_nonnull (desk_find (GTK_WIDGET (window), GTK_TYPE_TEXT_VIEW, NULL));
  gtk_window_destroy (window);
}

/* A key that the keyring lost is no submission: what was shown before is shown again. */
static void
test_nothing_sent (Fixture       *fixture,
                   gconstpointer  user_data)
{
  const char *urls[] = { "https://www.example.com/", NULL };
  g_autoptr (GAsyncResult) forgotten = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  PurgeAccount *account = purge_session_get_account (fixture->desk.session);

  purge_keyring_forget_async (fixture->desk.keyring, purge_account_get_uuid (account), NULL, await_cb,
                              &forgotten);
  g_assert_true (purge_keyring_forget_finish (fixture->desk.keyring, await (&forgotten), NULL));
  desk_send_urls (fixture->desk.session, (const char * const *) urls, await_cb, &result);
  g_assert_false (purge_session_send_finish (fixture->desk.session, await (&result), &error));

  g_assert_nonnull (error);
  g_assert_cmpuint (mock_transport_count (fixture->desk.transport), ==, 0);
  desk_await_text (GTK_WIDGET (fixture->pane), "Nothing Sent Yet");
}

#define ADD(path, function) \
  g_test_add ("/result-pane/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  desk_init (&argc, &argv);

  ADD ("empty", test_empty);
  ADD ("accepted", test_accepted);
  ADD ("rejected", test_rejected);
  ADD ("retirement", test_retirement);
  ADD ("unknown-is-not-failed", test_unknown_is_not_failed);
  ADD ("expand", test_expand);
  ADD ("running", test_running);
  ADD ("raw-answer", test_raw_answer);
  ADD ("nothing-sent", test_nothing_sent);

  return g_test_run ();
}
