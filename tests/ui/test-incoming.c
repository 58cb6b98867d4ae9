/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Long lists: the window lives on while they are read, in the order in which they came, and whoever
 * does not want to wait need not. */

#include "config.h"

#include <string.h>

#include "await.h"
#include "list-fixture.h"
#include "purge-intake.h"

#define MANY 100000

static char *
make_text (const char *host,
           guint       n)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "https://%s/%u/\n", host, i);

  return g_string_free (text, FALSE);
}

static gboolean
has_rows (gpointer list)
{
  return g_list_model_get_n_items (list) > 0;
}

/* A gate before all that GLib does in threads of its pool: as many tasks as the pool has no threads for
 * wait at it, and what comes behind them is not begun. */
#define N_BEFORE_THE_GATE 64

typedef struct {
  GMutex  mutex;
  GCond   cond;
  gboolean open;
  guint   n_gone;
} Gate;

static void
wait_in_thread (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Gate *gate = task_data;

  g_mutex_lock (&gate->mutex);
  while (!gate->open)
    g_cond_wait (&gate->cond, &gate->mutex);
  g_mutex_unlock (&gate->mutex);
  g_task_return_boolean (task, TRUE);
}

static void
on_gone_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  ((Gate *) user_data)->n_gone++;
}

static void
gate_close (Gate *gate)
{
  *gate = (Gate) { 0 };
  g_mutex_init (&gate->mutex);
  g_cond_init (&gate->cond);
  for (guint i = 0; i < N_BEFORE_THE_GATE; i++)
    {
      g_autoptr (GTask) task = g_task_new (NULL, NULL, on_gone_cb, gate);

      g_task_set_task_data (task, gate, NULL);
      g_task_run_in_thread (task, wait_in_thread);
    }
}

static gboolean
are_all_gone (gpointer gate)
{
  return ((Gate *) gate)->n_gone == N_BEFORE_THE_GATE;
}

static void
gate_open (Gate *gate)
{
  g_mutex_lock (&gate->mutex);
  gate->open = TRUE;
  g_cond_broadcast (&gate->cond);
  g_mutex_unlock (&gate->mutex);
  await_condition (are_all_gone, gate);
  g_mutex_clear (&gate->mutex);
  g_cond_clear (&gate->cond);
}

static gboolean
count_turn_cb (gpointer user_data)
{
  (*(guint *) user_data)++;
  return G_SOURCE_CONTINUE;
}

/* By turns of the main loop, however fast the computer is: as long as no thread reads the list, the
 * loop turns as often as somebody wants, and the list is not there. */
static void
test_lives_on (ListFixture   *fixture,
               gconstpointer  user_data)
{
  g_autofree char *text = make_text ("a.example", MANY);
  guint n_turns = 0;
  guint id;
  Gate gate;

  gate_close (&gate);
  purge_list_editor_add_text (fixture->editor, text, -1);
  id = g_idle_add (count_turn_cb, &n_turns);
  while (n_turns < 100)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (id);
  g_assert_cmpuint (list_fixture_count (fixture), ==, 0);

  gate_open (&gate);
  await_condition (has_rows, list_fixture_get_list (fixture));
  g_assert_cmpuint (list_fixture_count (fixture), ==, MANY);
  desk_await_text (GTK_WIDGET (fixture->editor), "100000 added");
  desk_await_text (GTK_WIDGET (fixture->editor),
                   "100000 directories · 5000 requests · 100 of 100 left today");

  list_fixture_act (fixture, "editor.undo");
  g_assert_cmpuint (list_fixture_count (fixture), ==, 0);
  list_fixture_act (fixture, "editor.redo");
  g_assert_cmpuint (list_fixture_count (fixture), ==, MANY);
}

/* Whoever does not want to wait need not, and nothing comes after all. */
static void
test_stop (ListFixture   *fixture,
           gconstpointer  user_data)
{
  g_autofree char *text = make_text ("a.example", MANY / 10);
  GtkWidget *label;
  Gate gate;

  gate_close (&gate);
  purge_list_editor_add_text (fixture->editor, text, -1);
  desk_await_text (GTK_WIDGET (fixture->editor), "Checking a long list…");
  label = desk_find (GTK_WIDGET (fixture->editor), GTK_TYPE_LABEL, "Checking a long list…");
  g_assert_true (gtk_widget_activate_action (label, "incoming.stop", NULL));
  gate_open (&gate);
  purge_list_editor_add_text (fixture->editor, "https://b.example/", -1);
  await_condition (has_rows, list_fixture_get_list (fixture));
  list_fixture_assert (fixture, "https://b.example/|");
}

/* A short text would be there at once, and waits for the long one that came first. */
static void
test_keeps_the_order (ListFixture   *fixture,
                      gconstpointer  user_data)
{
  g_autofree char *text = make_text ("a.example", MANY / 10);
  g_autoptr (PurgeEntry) last = NULL;

  purge_list_editor_add_text (fixture->editor, text, -1);
  purge_list_editor_add_text (fixture->editor, "https://last.example/\nhttps://a.example/0/", -1);
  desk_await_text (GTK_WIDGET (fixture->editor), "1 added · 1 there already");
  g_assert_cmpuint (list_fixture_count (fixture), ==, MANY / 10 + 1);
  last = g_list_model_get_item (G_LIST_MODEL (list_fixture_get_list (fixture)), MANY / 10);
  g_assert_cmpstr (purge_entry_get_text (last), ==, "https://last.example/");
}

/* Another session has another list. */
static void
test_another_session (ListFixture   *fixture,
                      gconstpointer  user_data)
{
  g_autofree char *text = make_text ("a.example", MANY / 10);
  PurgeDirectoryList *list = list_fixture_get_list (fixture);

  purge_list_editor_add_text (fixture->editor, text, -1);
  purge_list_editor_set_session (fixture->editor, NULL);
  purge_list_editor_set_session (fixture->editor, fixture->desk.session);
  purge_list_editor_add_text (fixture->editor, "https://b.example/", -1);
  await_condition (has_rows, list);
  list_fixture_assert (fixture, "https://b.example/|");
}

/* A text of too many lines is refused as it is where it is short. */
static void
test_too_long (ListFixture   *fixture,
               gconstpointer  user_data)
{
  g_autofree char *text = make_text ("a.example", PURGE_TEXT_MAX_LINES + 1);

  purge_list_editor_add_text (fixture->editor, text, -1);
  desk_answer ("lines", "close");
  g_assert_cmpuint (list_fixture_count (fixture), ==, 0);
}

/* The intake by itself */

static void
on_read_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  GError **error = user_data;
  guint n_duplicates = 0;
  g_autoptr (PurgeRows) rows =
    purge_intake_read_finish (PURGE_INTAKE (source), result, &n_duplicates, error);

  g_assert_true ((rows == NULL) == (*error != NULL));
}

static gboolean
is_set (gpointer pointer)
{
  return *(gpointer *) pointer != NULL;
}

static gboolean
is_idle (gpointer intake)
{
  return !purge_intake_get_busy (intake);
}

/* What is read and what waits is given up, however far it is. */
static void
test_cancel (void)
{
  g_autoptr (PurgeIntake) intake = purge_intake_new ();
  g_autofree char *text = make_text ("a.example", MANY);
  g_autoptr (GError) first = NULL;
  g_autoptr (GError) second = NULL;

  g_assert_false (purge_intake_get_busy (intake));
  purge_intake_read_async (intake, text, strlen (text), NULL, on_read_cb, &first);
  purge_intake_read_async (intake, text, strlen (text), NULL, on_read_cb, &second);
  g_assert_true (purge_intake_get_busy (intake));
  purge_intake_cancel (intake);
  await_condition (is_set, &first);
  await_condition (is_set, &second);
  g_assert_error (first, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_error (second, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  await_condition (is_idle, intake);
  g_assert_false (purge_intake_get_slow (intake));
}

#define ADD(path, function) \
  g_test_add ("/incoming/" path, ListFixture, NULL, list_fixture_set_up, function, \
              list_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  desk_init (&argc, &argv);

  ADD ("lives-on", test_lives_on);
  ADD ("stop", test_stop);
  ADD ("keeps-the-order", test_keeps_the_order);
  ADD ("another-session", test_another_session);
  ADD ("too-long", test_too_long);
  g_test_add_func ("/incoming/cancel", test_cancel);

  return g_test_run ();
}
