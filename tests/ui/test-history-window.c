/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The history in its window: searched, shown, loaded back, deleted, kept. */

#include "config.h"

#include "await.h"
#include "desk.h"
#include "purge-history-window.h"
#include "purge-keep-choice.h"

typedef struct {
  Desk             desk;
  GSettings       *settings;
  PurgeListEditor *editor;
  GtkWidget       *window;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  desk_set_up (&fixture->desk, NULL);
  fixture->settings = desk_new_settings ();
  g_settings_reset (fixture->settings, "history-days");
  fixture->editor = g_object_new (PURGE_TYPE_LIST_EDITOR, NULL);
  purge_list_editor_set_session (fixture->editor, fixture->desk.session);
  desk_present (GTK_WIDGET (fixture->editor));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  if (fixture->window != NULL)
    {
      gtk_window_destroy (GTK_WINDOW (fixture->window));
      while (fixture->window != NULL)
        g_main_context_iteration (NULL, TRUE);
    }
  desk_assert_gone (fixture->editor);
  g_clear_object (&fixture->settings);
  desk_tear_down (&fixture->desk, NULL);
}

static void
open_window (Fixture *fixture)
{
  g_set_weak_pointer (&fixture->window,
                      purge_history_window_new (fixture->editor, fixture->desk.session,
                                                fixture->settings));
  gtk_window_present (GTK_WINDOW (fixture->window));
  gtk_test_widget_wait_for_draw (fixture->window);
}

static void
await_closed (Fixture *fixture)
{
  while (fixture->window != NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
search (Fixture    *fixture,
        const char *text)
{
  GtkWidget *entry = desk_find (fixture->window, GTK_TYPE_SEARCH_ENTRY, NULL);

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

static gboolean
shows_one (gpointer window)
{
  return desk_shows (window, "3 accepted") && !desk_shows (window, "10 rejected");
}

static void
send_two (Fixture *fixture)
{
  desk_send (&fixture->desk, 3, "a");
  desk_send (&fixture->desk, 30, "aar");
}

static guint
count_rows (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (purge_session_get_list (fixture->desk.session)));
}

static void
test_empty (Fixture       *fixture,
            gconstpointer  user_data)
{
  int minimum;

  open_window (fixture);
  desk_await_text (fixture->window, "No Submissions Yet");
  gtk_widget_measure (fixture->window, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
}

static void
test_list (Fixture       *fixture,
           gconstpointer  user_data)
{
  int minimum;

  send_two (fixture);
  open_window (fixture);
  desk_await_text (fixture->window, "20 accepted");
  desk_await_text (fixture->window, "10 rejected");
  desk_await_text (fixture->window, "3 accepted");
  desk_await_text (fixture->window, "Production · 30 directories · updated resources");
  gtk_widget_measure (fixture->window, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
}

static void
test_search (Fixture       *fixture,
             gconstpointer  user_data)
{
  desk_send (&fixture->desk, 3, "a");
  desk_send (&fixture->desk, 30, "aar");
  open_window (fixture);
  desk_await_text (fixture->window, "10 rejected");

  search (fixture, "com/29/");
  desk_await_text (fixture->window, "Found in 1 of 30 directories");
  g_assert_false (desk_shows (fixture->window, "Production · 3 directories"));

  search (fixture, "%");
  desk_await_text (fixture->window, "Not Found");
  search (fixture, "");
  desk_await_text (fixture->window, "Production · 3 directories");
  g_assert_false (desk_shows (fixture->window, "Found in"));
}

/* Of a submission with both, both are said to have been searched. */
static void
test_search_urls (Fixture       *fixture,
                  gconstpointer  user_data)
{
  const char * const urls[] = { "http://example.com/a.css", "http://example.com/b.css", NULL };
  const char * const directories[] = { "http://example.com/a/", NULL };
  const struct {
    const char * const *urls;
    const char * const *directories;
    const char         *text;
  } cases[] = {
    { urls, directories, "Found in 1 of 3 directories and URLs" },
    { urls, NULL, "Found in 1 of 2 URLs" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PurgeOrder) order = purge_order_new (PURGE_MODE_UPDATED, PURGE_AREA_NONE,
                                                      cases[i].directories != NULL
                                                        ? cases[i].directories : urls + 2,
                                                      cases[i].urls);
      g_autoptr (GAsyncResult) result = NULL;

      mock_transport_set_script (fixture->desk.transport, "aaaaaa");
      purge_session_send_async (fixture->desk.session, order, await_cb, &result);
      g_assert_true (purge_session_send_finish (fixture->desk.session, await (&result), NULL));
    }

  open_window (fixture);
  search (fixture, "b.css");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    desk_await_text (fixture->window, cases[i].text);
}

/* A day is chosen: only what is of it is listed, until all days are asked for. */
static void
test_day (Fixture       *fixture,
          gconstpointer  user_data)
{
  GtkWidget *first, *today;

  send_two (fixture);
  open_window (fixture);
  desk_await_text (fixture->window, "23 accepted");
  first = desk_find (fixture->window, GTK_TYPE_TOGGLE_BUTTON, NULL);
  today = gtk_widget_get_last_child (gtk_widget_get_parent (first));
  g_assert_false (desk_shows (fixture->window, "Only what was submitted on"));

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (today), TRUE);
  desk_await_text (fixture->window, "Only what was submitted on");
  desk_await_text (fixture->window, "10 rejected");

  gtk_widget_activate_action (fixture->window, "history.back", NULL);
  g_assert_false (desk_shows (fixture->window, "Only what was submitted on"));
  g_assert_false (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (today)));

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (today), TRUE);
  gtk_widget_activate_action (fixture->window, "history.all-days", NULL);
  g_assert_false (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (today)));
  g_assert_nonnull (fixture->window);

  gtk_widget_activate_action (fixture->window, "history.back", NULL);
  await_closed (fixture);
}

/* What is purged beside the window comes into it. */
static void
test_goes_on (Fixture       *fixture,
              gconstpointer  user_data)
{
  desk_send (&fixture->desk, 3, "a");
  open_window (fixture);
  desk_await_text (fixture->window, "3 accepted");
  desk_send (&fixture->desk, 4, "aa");
  desk_await_text (fixture->window, "7 accepted");
  desk_await_text (fixture->window, "Production · 4 directories");
}

static void
test_show (Fixture       *fixture,
           gconstpointer  user_data)
{
  PurgeJob *job;

  send_two (fixture);
  open_window (fixture);
  desk_await_text (fixture->window, "10 rejected");
  gtk_widget_activate_action (fixture->window, "history.show", "x", (gint64) 1);
  await_closed (fixture);

  job = purge_session_get_job (fixture->desk.session);
  g_assert_cmpuint (purge_job_count (job, PURGE_BATCH_ACCEPTED), ==, 3);
  g_assert_nonnull (purge_job_get_account (job));
}

/* A submission that was sent in part again is loaded back once. */
static void
test_load_back (Fixture       *fixture,
                gconstpointer  user_data)
{
  g_autoptr (GAsyncResult) result = NULL;

  desk_send (&fixture->desk, 30, "ar");
  mock_transport_set_script (fixture->desk.transport, "ara");
  purge_session_follow_up_async (fixture->desk.session, PURGE_FOLLOW_UP_RETRY, NULL, await_cb,
                                 &result);
  g_assert_true (purge_session_follow_up_finish (fixture->desk.session, await (&result), NULL));
  desk_fill (&fixture->desk, 2);

  open_window (fixture);
  desk_await_text (fixture->window, "30 accepted");
  gtk_widget_activate_action (fixture->window, "history.load", "x", (gint64) 1);
  await_closed (fixture);
  g_assert_cmpuint (count_rows (fixture), ==, 30);
  desk_await_text (GTK_WIDGET (fixture->editor), "The list holds the submission");
}

static gboolean
shows_no_job (gpointer session)
{
  return purge_session_get_job (session) == NULL;
}

static void
test_delete (Fixture       *fixture,
             gconstpointer  user_data)
{
  send_two (fixture);
  open_window (fixture);
  desk_await_text (fixture->window, "10 rejected");

  gtk_widget_activate_action (fixture->window, "history.delete", "x", (gint64) 2);
  desk_answer ("Delete This Submission?", "cancel");
  g_assert_true (desk_shows (fixture->window, "10 rejected"));

  gtk_widget_activate_action (fixture->window, "history.delete", "x", (gint64) 2);
  desk_answer ("Delete This Submission?", "delete");
  await_condition (shows_one, fixture->window);
  /* It was the one that was shown. */
  await_condition (shows_no_job, fixture->desk.session);
}

static void
test_delete_all (Fixture       *fixture,
                 gconstpointer  user_data)
{
  send_two (fixture);
  open_window (fixture);
  desk_await_text (fixture->window, "10 rejected");
  gtk_widget_activate_action (fixture->window, "history.delete-all", NULL);
  desk_answer ("Delete the Whole History?", "delete");

  desk_await_text (fixture->window, "No Submissions Yet");
  await_condition (shows_no_job, fixture->desk.session);
}

static gboolean
has_request (gpointer transport)
{
  return mock_transport_count (transport) > 0;
}

/* What is being sent is not taken away, and stays in sight. */
static void
test_sending (Fixture       *fixture,
              gconstpointer  user_data)
{
  PurgeSession *session = fixture->desk.session;
  g_autoptr (GAsyncResult) result = NULL;
  g_auto (GStrv) urls = NULL;
  PurgeJob *job;

  desk_fill (&fixture->desk, 2);
  urls = purge_directory_list_dup_urls (purge_session_get_list (session), PURGE_KIND_DIRECTORY);
  desk_send_urls (session, (const char * const *) urls, await_cb, &result);
  await_condition (has_request, fixture->desk.transport);
  job = purge_session_get_job (session);

  open_window (fixture);
  desk_await_text (fixture->window, "2 waiting");
  gtk_widget_activate_action (fixture->window, "history.show", "x", (gint64) 1);
  desk_await_text (fixture->window, "Something is being sent");
  gtk_widget_activate_action (fixture->window, "history.delete-all", NULL);
  gtk_widget_activate_action (fixture->window, "history.delete", "x", (gint64) 1);
  g_assert_true (purge_session_get_job (session) == job);

  mock_transport_say (fixture->desk.transport, 0,
                      "{\"code\":0,\"message\":\"\",\"codeDesc\":\"Success\",\"data\":{\"task_id\":\"1\"}}");
  g_assert_true (purge_session_send_finish (session, await (&result), NULL));
}

static gboolean
is_for_ever (gpointer choice)
{
  return gtk_drop_down_get_selected (choice) == 0;
}

static gboolean
is_long (gpointer settings)
{
  return g_settings_get_int (settings, "history-days") == 90;
}

/* A shorter period deletes, and asks before. */
static void
test_keep (Fixture       *fixture,
           gconstpointer  user_data)
{
  GtkWidget *choice;

  send_two (fixture);
  open_window (fixture);
  desk_await_text (fixture->window, "10 rejected");
  choice = desk_find (fixture->window, GTK_TYPE_DROP_DOWN, NULL);
  g_assert_cmpuint (gtk_drop_down_get_selected (GTK_DROP_DOWN (choice)), ==, 0);

  gtk_drop_down_set_selected (GTK_DROP_DOWN (choice), 1);
  desk_answer ("Keep Only 30 Days?", "cancel");
  await_condition (is_for_ever, choice);
  g_assert_cmpint (g_settings_get_int (fixture->settings, "history-days"), ==, 0);

  gtk_drop_down_set_selected (GTK_DROP_DOWN (choice), 2);
  desk_answer ("Keep Only 90 Days?", "delete");
  await_condition (is_long, fixture->settings);

  /* Longer needs no question. */
  gtk_drop_down_set_selected (GTK_DROP_DOWN (choice), 3);
  g_assert_cmpint (g_settings_get_int (fixture->settings, "history-days"), ==, 365);
  desk_await_text (fixture->window, "10 rejected");
}

#define ADD(path, function) \
  g_test_add ("/history-window/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  desk_init (&argc, &argv);

  ADD ("empty", test_empty);
  ADD ("list", test_list);
  ADD ("search", test_search);
  ADD ("search-urls", test_search_urls);
  ADD ("day", test_day);
  ADD ("goes-on", test_goes_on);
  ADD ("show", test_show);
  ADD ("load-back", test_load_back);
  ADD ("delete", test_delete);
  ADD ("delete-all", test_delete_all);
  ADD ("sending", test_sending);
  ADD ("keep", test_keep);

  return g_test_run ();
}
