/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The preferences in their window: shown as they are, stored as they are chosen. */

#include "config.h"

#include "await.h"
#include "desk.h"
#include "purge-keep-choice.h"
#include "purge-practice.h"
#include "purge-preferences-window.h"

typedef struct {
  Desk       desk;
  GSettings *settings;
  GtkWidget *window;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  const char *keys[] = { "color-scheme", "notify", "look-up", "history-days" };

  desk_set_up (&fixture->desk, NULL);
  fixture->settings = desk_new_settings ();
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    g_settings_reset (fixture->settings, keys[i]);
}

static gboolean
is_gone (gpointer fixture)
{
  return ((Fixture *) fixture)->window == NULL;
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  if (fixture->window != NULL)
    gtk_window_destroy (GTK_WINDOW (fixture->window));
  await_condition (is_gone, fixture);
  g_assert_finalize_object (fixture->settings);
  desk_tear_down (&fixture->desk, NULL);
}

static void
open_window (Fixture      *fixture,
             PurgeSession *session)
{
  g_set_weak_pointer (&fixture->window, purge_preferences_window_new (session, fixture->settings));
  gtk_window_present (GTK_WINDOW (fixture->window));
  gtk_test_widget_wait_for_draw (fixture->window);
}

static void
find_all (GtkWidget *widget,
          GType      type,
          GPtrArray *found)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    g_ptr_array_add (found, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    find_all (child, type, found);
}

static gpointer
find (Fixture *fixture,
      GType    type,
      guint    index)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();

  find_all (fixture->window, type, found);
  g_assert_cmpuint (index, <, found->len);
  return g_ptr_array_index (found, index);
}

static void
test_style (Fixture       *fixture,
            gconstpointer  user_data)
{
  const char * const styles[] = { "default", "force-light", "force-dark" };
  AdwComboRow *row;

  g_settings_set_string (fixture->settings, "color-scheme", "force-dark");
  open_window (fixture, fixture->desk.session);
  row = find (fixture, ADW_TYPE_COMBO_ROW, 0);
  g_assert_cmpuint (adw_combo_row_get_selected (row), ==, 2);

  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    {
      g_autofree char *style = NULL;

      adw_combo_row_set_selected (row, i);
      style = g_settings_get_string (fixture->settings, "color-scheme");
      g_assert_cmpstr (style, ==, styles[i]);
    }
}

static void
test_switches (Fixture       *fixture,
               gconstpointer  user_data)
{
  const char * const keys[] = { "notify", "look-up" };

  open_window (fixture, fixture->desk.session);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      GtkSwitch *toggle = find (fixture, GTK_TYPE_SWITCH, i);

      g_assert_true (gtk_switch_get_active (toggle));
      gtk_switch_set_active (toggle, FALSE);
      g_assert_false (g_settings_get_boolean (fixture->settings, keys[i]));
      g_settings_set_boolean (fixture->settings, keys[i], TRUE);
      g_assert_true (gtk_switch_get_active (toggle));
    }
}

static gboolean
shows_no_job (gpointer session)
{
  return purge_session_get_job (session) == NULL;
}

/* The one choice of the history: changed elsewhere it is shown here, and what is shorter deletes. */
static void
test_keep (Fixture       *fixture,
           gconstpointer  user_data)
{
  g_autoptr (GSettings) other = desk_new_settings ();
  GtkWidget *keep, *drop_down;

  desk_send (&fixture->desk, 3, "a");
  open_window (fixture, fixture->desk.session);
  keep = find (fixture, PURGE_TYPE_KEEP_CHOICE, 0);
  drop_down = gtk_widget_get_first_child (keep);
  g_assert_true (gtk_widget_get_sensitive (keep));

  g_settings_set_int (other, "history-days", 365);
  g_assert_cmpuint (gtk_drop_down_get_selected (GTK_DROP_DOWN (drop_down)), ==, 3);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop_down), 1);
  desk_answer ("Keep Only 30 Days?", "cancel");
  g_assert_cmpint (g_settings_get_int (other, "history-days"), ==, 365);
  g_assert_false (shows_no_job (fixture->desk.session));
}

/* In practice the history that is kept is not at hand. */
static void
test_practice (Fixture       *fixture,
               gconstpointer  user_data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (PurgeAccounts) accounts = NULL;
  g_autoptr (PurgeWorkspace) workspace = NULL;
  PurgeSession *session;

  purge_practice_start_async (NULL, await_cb, &result);
  workspace = purge_practice_start_finish (await (&result), &accounts, NULL);
  session = purge_session_new (workspace, accounts);
  open_window (fixture, session);
  g_assert_false (gtk_widget_is_sensitive (find (fixture, PURGE_TYPE_KEEP_CHOICE, 0)));
  g_assert_true (desk_shows (fixture->window, "Not while practising"));
  g_assert_true (gtk_widget_is_sensitive (find (fixture, GTK_TYPE_SWITCH, 0)));
  desk_await_gone (session);
}

static void
test_narrow (Fixture       *fixture,
             gconstpointer  user_data)
{
  int minimum;

  open_window (fixture, fixture->desk.session);
  gtk_widget_measure (fixture->window, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
  gtk_widget_activate_action (fixture->window, "window.close", NULL);
  await_condition (is_gone, fixture);
}

#define ADD(path, function) \
  g_test_add ("/preferences-window/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  desk_init (&argc, &argv);

  ADD ("style", test_style);
  ADD ("switches", test_switches);
  ADD ("keep", test_keep);
  ADD ("practice", test_practice);
  ADD ("narrow", test_narrow);

  return g_test_run ();
}
