/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The whole window around a session: its pages, its actions, its questions. */

#include "config.h"

#include "await.h"
#include "desk.h"
#include "purge-account-dialog.h"
#include "purge-side-window.h"
#include "purge-warm-up.h"
#include "purge-window.h"
#include "scratch.h"

typedef struct {
  Desk         desk;
  PurgeWindow *window;
} Fixture;

static void
present (Fixture *fixture)
{
  fixture->window = PURGE_WINDOW (purge_window_new (NULL));
  purge_window_set_session (fixture->window, fixture->desk.session);
  gtk_window_present (GTK_WINDOW (fixture->window));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window));
}

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  desk_set_up (&fixture->desk, user_data);
  present (fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  desk_assert_gone (fixture->window);
  desk_tear_down (&fixture->desk, user_data);
}

/* An action that is not enabled does nothing, whoever asks for it. */
static void
act (Fixture    *fixture,
     const char *action)
{
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), action, NULL);
}

static guint
count_requests (Fixture *fixture)
{
  return mock_transport_count (fixture->desk.transport);
}

typedef struct {
  Fixture *fixture;
  guint    n_requests;
} Wanted;

static gboolean
has_sent (gpointer user_data)
{
  Wanted *wanted = user_data;

  return count_requests (wanted->fixture) == wanted->n_requests &&
         !purge_session_get_sending (wanted->fixture->desk.session);
}

static void
await_sent (Fixture *fixture,
            guint    n_requests)
{
  Wanted wanted = { fixture, n_requests };

  await_condition (has_sent, &wanted);
}

static void
test_main_page (Fixture       *fixture,
                gconstpointer  user_data)
{
  g_assert_true (desk_shows (GTK_WIDGET (fixture->window), "Production"));
  g_assert_true (desk_shows (GTK_WIDGET (fixture->window), "No Directories Yet"));
  g_assert_true (desk_shows (GTK_WIDGET (fixture->window), "Nothing Sent Yet"));
}

static int
measure (Fixture        *fixture,
         GtkOrientation  orientation,
         int             for_size)
{
  int minimum;

  gtk_widget_measure (GTK_WIDGET (fixture->window), orientation, for_size, &minimum, NULL, NULL,
                      NULL);
  return minimum;
}

/* The smallest window that a desktop for telephones has: what does not fit is scrolled to. */
static void
test_narrow (Fixture       *fixture,
             gconstpointer  user_data)
{
  desk_fill (&fixture->desk, 3);
  g_assert_cmpint (measure (fixture, GTK_ORIENTATION_HORIZONTAL, -1), <=, 360);
  g_assert_cmpint (measure (fixture, GTK_ORIENTATION_VERTICAL, 360), <=, 294);

  desk_send (&fixture->desk, 30, "ar");
  desk_await_text (GTK_WIDGET (fixture->window), "Rejected");
  g_assert_cmpint (measure (fixture, GTK_ORIENTATION_HORIZONTAL, -1), <=, 360);
  g_assert_cmpint (measure (fixture, GTK_ORIENTATION_VERTICAL, 360), <=, 294);
}

static void
test_few_are_sent_at_once (Fixture       *fixture,
                           gconstpointer  user_data)
{
  mock_transport_set_script (fixture->desk.transport, "a");
  desk_fill (&fixture->desk, 3);
  act (fixture, "win.purge");
  g_assert_true (purge_session_get_sending (fixture->desk.session));
  act (fixture, "win.purge");

  await_sent (fixture, 1);
  /* As fast as this a server may answer; it is still the same press. */
  act (fixture, "win.purge");
  g_assert_false (purge_session_get_sending (fixture->desk.session));
  desk_await_text (GTK_WIDGET (fixture->window), "Not sent again");
  desk_await_text (GTK_WIDGET (fixture->window), "97 of 100 left today");
  g_assert_cmpuint (count_requests (fixture), ==, 1);
}

static void
test_nothing_is_sent_from_an_empty_list (Fixture       *fixture,
                                         gconstpointer  user_data)
{
  act (fixture, "win.purge");
  g_assert_false (purge_session_get_sending (fixture->desk.session));
  g_assert_cmpuint (count_requests (fixture), ==, 0);
  desk_await_text (GTK_WIDGET (fixture->window), "The list is empty");
}

/* What stands in the text and was not looked at yet may be all of the list. */
static void
test_what_was_typed_is_sent (Fixture       *fixture,
                             gconstpointer  user_data)
{
  GtkWidget *text;

  mock_transport_set_script (fixture->desk.transport, "a");
  act (fixture, "win.as-text");
  text = desk_find (GTK_WIDGET (fixture->window), GTK_TYPE_TEXT_VIEW, NULL);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (text)),
                            "https://www.example.com/news/", -1);
  act (fixture, "win.purge");
  await_sent (fixture, 1);
}

static GtkWidget *
find_purge (Fixture *fixture)
{
  return desk_find (GTK_WIDGET (fixture->window), GTK_TYPE_BUTTON, "_Purge ");
}

/* Said by the button, and to whoever presses the key all the same. */
static void
assert_obstacle (Fixture    *fixture,
                 const char *obstacle)
{
  GtkWidget *purge = find_purge (fixture);

  g_assert_nonnull (purge);
  g_assert_false (gtk_widget_get_sensitive (purge));
  g_assert_cmpstr (gtk_widget_get_tooltip_text (purge), ==, obstacle);
  act (fixture, "win.purge");
}

/* On a database that is on a disk and not open yet. */
static void
set_up_closed (Fixture    *fixture,
               const char *folder,
               gboolean    with_account)
{
  g_autofree char *database = g_build_filename (folder, "journal.sqlite", NULL);

  desk_furnish (&fixture->desk, database);
  desk_open (&fixture->desk);
  if (with_account)
    desk_add_account (&fixture->desk, "Production");
  desk_tear_down (&fixture->desk, NULL);

  desk_furnish (&fixture->desk, database);
  desk_fill (&fixture->desk, 3);
}

/* Of accounts that are not read yet nobody says that there are none, and no key is pressed for nothing
 * without a word. */
static void
test_while_accounts_are_read (gconstpointer with_account)
{
  Fixture fixture = { 0 };
  g_autofree char *folder = scratch_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  set_up_closed (&fixture, folder, with_account != NULL);
  present (&fixture);
  assert_obstacle (&fixture, "The accounts could not be read");
  desk_await_text (GTK_WIDGET (fixture.window), "The accounts could not be read");

  purge_session_open_async (fixture.desk.session, NULL, await_cb, &result);
  assert_obstacle (&fixture, "The accounts are being read…");
  g_assert_true (desk_shows (GTK_WIDGET (fixture.window), "Loading…"));
  g_assert_false (desk_shows (GTK_WIDGET (fixture.window), "Add Account"));
  desk_await_text (GTK_WIDGET (fixture.window), "The accounts are being read…");
  g_assert_true (purge_session_open_finish (fixture.desk.session, await (&result), &error));
  g_assert_no_error (error);

  g_assert_true (desk_shows (GTK_WIDGET (fixture.window), "Add Account") == (with_account == NULL));
  g_assert_true (desk_shows (GTK_WIDGET (fixture.window), "Production") == (with_account != NULL));
  if (with_account != NULL)
    g_assert_true (gtk_widget_get_sensitive (find_purge (&fixture)));
  g_assert_cmpuint (count_requests (&fixture), ==, 0);

  g_clear_object (&result);
  tear_down (&fixture, NULL);
  scratch_free (g_steal_pointer (&folder));
}

static gboolean
is_active (gpointer window)
{
  return gtk_window_is_active (window);
}

static gboolean
takes_ahead (gpointer user_data)
{
  g_autofree char *ahead = mock_transport_steal_ahead (user_data);

  return ahead != NULL;
}

static GtkEventController *
find_key_controller (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller) &&
          g_signal_has_handler_pending (controller, g_signal_lookup ("key-pressed",
                                                                     GTK_TYPE_EVENT_CONTROLLER_KEY),
                                        0, FALSE))
        return controller;
    }

  g_assert_not_reached ();
}

/* What is read ahead of a first connection; one that was begun before is read then, too. */
static void
await_warm_up (void)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GAsyncResult) result = NULL;

      purge_warm_up_async (await_cb, &result);
      purge_warm_up_finish (await (&result));
    }
}

/* Who opens the window connects to nobody, whether it has the keyboard before all is read or after; who
 * presses a key then, as the one that sends, or chooses another account, will send. */
static void
test_ready_for_whom (gconstpointer read_first)
{
  Fixture fixture = { 0 };
  g_autofree char *folder = scratch_new ();
  g_autoptr (PurgeAccount) other = NULL;
  gboolean handled;

  set_up_closed (&fixture, folder, TRUE);
  if (read_first != NULL)
    desk_open (&fixture.desk);
  present (&fixture);
  await_condition (is_active, fixture.window);
  if (read_first == NULL)
    desk_open (&fixture.desk);
  desk_await_text (GTK_WIDGET (fixture.window), "3 directories · 1 request · 100 of 100 left today");
  await_warm_up ();
  g_assert_false (takes_ahead (fixture.desk.transport));

  g_signal_emit_by_name (find_key_controller (GTK_WIDGET (fixture.window)), "key-pressed",
                         GDK_KEY_Control_L, 0, 0, &handled);
  g_assert_false (handled);
  await_condition (takes_ahead, fixture.desk.transport);
  desk_fill (&fixture.desk, 5);
  g_assert_false (takes_ahead (fixture.desk.transport));

  desk_add_account (&fixture.desk, "Staging");
  g_assert_false (takes_ahead (fixture.desk.transport));
  other = g_list_model_get_item (G_LIST_MODEL (fixture.desk.accounts), 1);
  purge_session_set_account (fixture.desk.session, other);
  await_condition (takes_ahead, fixture.desk.transport);

  g_clear_object (&other);
  tear_down (&fixture, NULL);
  scratch_free (g_steal_pointer (&folder));
}

static void
test_many_are_asked_about (Fixture       *fixture,
                           gconstpointer  user_data)
{
  mock_transport_set_script (fixture->desk.transport, "aa");
  desk_fill (&fixture->desk, 30);

  act (fixture, "win.purge");
  desk_answer ("www.example.com – 30 directories", "cancel");
  g_assert_false (purge_session_get_sending (fixture->desk.session));
  g_assert_cmpuint (count_requests (fixture), ==, 0);

  act (fixture, "win.purge");
  desk_answer ("www.example.com – 30 directories", "all");
  await_sent (fixture, 2);
}

/* What the quota does not allow is offered in part. */
static void
test_more_than_is_left (Fixture       *fixture,
                        gconstpointer  user_data)
{
  mock_transport_set_script (fixture->desk.transport, "aaaaa");
  desk_fill (&fixture->desk, 120);

  act (fixture, "win.purge");
  desk_answer ("100", "first");
  await_sent (fixture, 5);
  desk_await_text (GTK_WIDGET (fixture->window), "0 of 100 left today");
}

static void
test_whole_site (Fixture       *fixture,
                 gconstpointer  user_data)
{
  PurgeDirectoryList *list = purge_session_get_list (fixture->desk.session);
  GtkWindow *question;
  PurgeAddReport report;

  purge_directory_list_add_text (list, "https://www.example.com/", -1, &report, NULL);
  act (fixture, "win.purge");
  question = desk_await_window (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_cmpstr (adw_message_dialog_get_default_response (ADW_MESSAGE_DIALOG (question)), ==,
                   "cancel");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (question), "cancel");
  g_assert_cmpuint (count_requests (fixture), ==, 0);
}

static void
test_cancel (Fixture       *fixture,
             gconstpointer  user_data)
{
  desk_fill (&fixture->desk, 3);
  act (fixture, "win.purge");
  act (fixture, "win.cancel");
  desk_await_text (GTK_WIDGET (fixture->window), "Nothing was sent");
  await_sent (fixture, 0);
}

static void
test_load_failed (Fixture       *fixture,
                  gconstpointer  user_data)
{
  desk_send (&fixture->desk, 30, "ar");
  act (fixture, "win.load-failed");

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (purge_session_get_list (
                      fixture->desk.session))), ==, 10);
  desk_await_text (GTK_WIDGET (fixture->window), "The list holds what failed");
}

/* Nothing was sent: the window says so, and trying again is one click. */
static void
test_no_key (Fixture       *fixture,
             gconstpointer  user_data)
{
  g_autoptr (GAsyncResult) forgotten = NULL;
  PurgeAccount *account = purge_session_get_account (fixture->desk.session);

  purge_keyring_forget_async (fixture->desk.keyring, purge_account_get_uuid (account), NULL, await_cb,
                              &forgotten);
  g_assert_true (purge_keyring_forget_finish (fixture->desk.keyring, await (&forgotten), NULL));
  desk_fill (&fixture->desk, 3);

  act (fixture, "win.purge");
  desk_answer ("Nothing Was Sent", "again");
  desk_answer ("Nothing Was Sent", "cancel");
  g_assert_cmpuint (count_requests (fixture), ==, 0);
}

static gboolean
has_request (gpointer user_data)
{
  return mock_transport_count (user_data) > 0;
}

/* A window that is closed while something is under way asks, and waits for the verdict. */
static void
test_close_while_sending (Fixture       *fixture,
                          gconstpointer  user_data)
{
  desk_fill (&fixture->desk, 3);
  act (fixture, "win.purge");
  await_condition (has_request, fixture->desk.transport);
  gtk_window_close (GTK_WINDOW (fixture->window));
  desk_answer ("Stop Sending?", "cancel");
  g_assert_true (purge_session_get_sending (fixture->desk.session));

  mock_transport_say (fixture->desk.transport, 0,
                      "{\"code\":0,\"message\":\"\",\"codeDesc\":\"Success\",\"data\":{\"task_id\":\"1\"}}");
  await_sent (fixture, 1);
  desk_await_text (GTK_WIDGET (fixture->window), "Accepted");
}

/* The chosen account is a click away, with its API. */
static void
test_edit_account (Fixture       *fixture,
                   gconstpointer  user_data)
{
  GtkWindow *dialog;

  purge_side_window_present (GTK_WINDOW (fixture->window), "edit-account", NULL,
                             fixture->desk.session);
  dialog = desk_await_window (PURGE_TYPE_ACCOUNT_DIALOG);
  g_assert_cmpstr (gtk_window_get_title (dialog), ==, "Edit Account");
  g_assert_true (desk_shows (GTK_WIDGET (dialog), "API"));
  gtk_window_destroy (dialog);
}

/* Nobody is offered what could not be kept. */
static void
test_no_settings (Fixture       *fixture,
                  gconstpointer  user_data)
{
  GListModel *windows = gtk_window_get_toplevels ();
  guint n_windows = g_list_model_get_n_items (windows);

  act (fixture, "win.preferences");
  g_assert_cmpuint (g_list_model_get_n_items (windows), ==, n_windows);
}

static void
test_accounts (Fixture       *fixture,
               gconstpointer  user_data)
{
  g_autofree char *uuid = NULL;
  PurgeAccount *other;

  desk_add_account (&fixture->desk, "Staging");
  other = purge_accounts_find_name (fixture->desk.accounts, "Staging");
  g_object_set (fixture->window, "account-uuid", purge_account_get_uuid (other), NULL);
  desk_await_text (GTK_WIDGET (fixture->window), "Staging");
  g_object_get (fixture->window, "account-uuid", &uuid, NULL);
  g_assert_cmpstr (uuid, ==, purge_account_get_uuid (other));
}

#define ADD(path, function) \
  g_test_add ("/window/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  desk_init (&argc, &argv);

  ADD ("main-page", test_main_page);
  ADD ("narrow", test_narrow);
  ADD ("few-are-sent-at-once", test_few_are_sent_at_once);
  ADD ("nothing-is-sent-from-an-empty-list", test_nothing_is_sent_from_an_empty_list);
  ADD ("what-was-typed-is-sent", test_what_was_typed_is_sent);
  g_test_add_data_func ("/window/ready-for-whom/read-first", "read first", test_ready_for_whom);
  g_test_add_data_func ("/window/ready-for-whom/active-first", NULL, test_ready_for_whom);
  g_test_add_data_func ("/window/while-accounts-are-read/one", "one", test_while_accounts_are_read);
  g_test_add_data_func ("/window/while-accounts-are-read/none", NULL, test_while_accounts_are_read);
  ADD ("many-are-asked-about", test_many_are_asked_about);
  ADD ("more-than-is-left", test_more_than_is_left);
  ADD ("whole-site", test_whole_site);
  ADD ("cancel", test_cancel);
  ADD ("load-failed", test_load_failed);
  ADD ("no-key", test_no_key);
  ADD ("close-while-sending", test_close_while_sending);
  ADD ("edit-account", test_edit_account);
  ADD ("no-settings", test_no_settings);
  ADD ("accounts", test_accounts);

  return g_test_run ();
}
