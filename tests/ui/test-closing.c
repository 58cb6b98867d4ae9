/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* A window closes when nothing is lost by it, or when the person says so. */

#include "config.h"

#include "await.h"
#include "desk.h"
#include "full-disk.h"
#include "purge-window.h"
#include "scratch.h"

typedef struct {
  Desk       desk;
  char      *folder;
  char      *draft;
  GtkWindow *window;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  g_autofree char *database = NULL;

  fixture->folder = scratch_new ();
  fixture->draft = g_build_filename (fixture->folder, "draft.txt", NULL);
  database = g_build_filename (fixture->folder, "journal.sqlite", NULL);
  desk_furnish (&fixture->desk, database);
  desk_open (&fixture->desk);
  desk_add_account (&fixture->desk, "Production");

  fixture->window = GTK_WINDOW (purge_window_new (NULL));
  g_object_add_weak_pointer (G_OBJECT (fixture->window), (gpointer *) &fixture->window);
  purge_window_set_session (PURGE_WINDOW (fixture->window), fixture->desk.session);
  gtk_window_present (fixture->window);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window));
}

static gboolean
is_gone (gpointer user_data)
{
  Fixture *fixture = user_data;

  return fixture->window == NULL;
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  await_condition (is_gone, fixture);
  desk_tear_down (&fixture->desk, NULL);
  g_free (fixture->draft);
  scratch_free (fixture->folder);
}

static char *
read_draft (Fixture *fixture)
{
  char *text = NULL;

  g_file_get_contents (fixture->draft, &text, NULL, NULL);
  return text;
}

/* However soon after the last change, and whoever asks twice. */
static void
test_saves (Fixture       *fixture,
            gconstpointer  user_data)
{
  g_autofree char *saved = NULL;

  desk_fill (&fixture->desk, 1);
  gtk_window_close (fixture->window);
  gtk_window_close (fixture->window);
  await_condition (is_gone, fixture);
  saved = read_draft (fixture);
  g_assert_cmpstr (saved, ==, "https://www.example.com/1/\n");
}

static gboolean
has_no_trouble (gpointer user_data)
{
  Fixture *fixture = user_data;

  return purge_draft_keeper_get_trouble (purge_session_get_keeper (fixture->desk.session)) == NULL;
}

/* The window says what is wrong, asks before it goes, and what it says goes when the disk has room. */
static void
test_full_disk (Fixture       *fixture,
                gconstpointer  user_data)
{
  g_autofree char *saved = NULL;
  GtkWidget *again;

  full_disk_begin (10);
  desk_fill (&fixture->desk, 1);
  desk_await_text (GTK_WIDGET (fixture->window), "The list is not saved");
  g_assert_true (desk_shows (GTK_WIDGET (fixture->window), "The disk is full"));
  gtk_window_close (fixture->window);
  desk_answer ("Close and Lose the List?", "cancel");
  g_assert_nonnull (fixture->window);

  full_disk_end ();
  again = desk_find (GTK_WIDGET (fixture->window), GTK_TYPE_BUTTON, "_Try Again");
  g_signal_emit_by_name (again, "clicked");
  await_condition (has_no_trouble, fixture);
  gtk_window_close (fixture->window);
  await_condition (is_gone, fixture);
  saved = read_draft (fixture);
  g_assert_cmpstr (saved, ==, "https://www.example.com/1/\n");
}

static void
test_gives_up (Fixture       *fixture,
               gconstpointer  user_data)
{
  full_disk_begin (10);
  desk_fill (&fixture->desk, 1);
  gtk_window_close (fixture->window);
  desk_answer ("Close and Lose the List?", "close");
  await_condition (is_gone, fixture);
  full_disk_end ();
}

static gboolean
has_request (gpointer user_data)
{
  return mock_transport_count (user_data) > 0;
}

/* What is under way is stopped, its verdict is awaited, and then the list is saved. */
static void
test_stops (Fixture       *fixture,
            gconstpointer  user_data)
{
  PurgeSession *session = fixture->desk.session;
  g_autofree char *saved = NULL;

  desk_fill (&fixture->desk, 1);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.purge", NULL);
  await_condition (has_request, fixture->desk.transport);
  desk_fill (&fixture->desk, 2);
  gtk_window_close (fixture->window);
  desk_answer ("Stop Sending?", "stop");
  g_assert_nonnull (fixture->window);
  mock_transport_say (fixture->desk.transport, 0,
                      "{\"code\":0,\"message\":\"\",\"codeDesc\":\"Success\",\"data\":{\"task_id\":\"1\"}}");
  await_condition (is_gone, fixture);
  g_assert_false (purge_session_get_sending (session));
  saved = read_draft (fixture);
  g_assert_cmpstr (saved, ==, "https://www.example.com/1/\nhttps://www.example.com/2/\n");
}

typedef struct {
  PurgeRecorder *recorder;
  guint          n;
} Pending;

static gboolean
has_pending (gpointer user_data)
{
  Pending *pending = user_data;

  return purge_recorder_get_n_pending (pending->recorder) == pending->n;
}

/* What the disk did not take is said, and not lost by closing; it goes when the disk has room. */
static void
test_results (Fixture       *fixture,
              gconstpointer  user_data)
{
  Pending pending = { purge_workspace_get_recorder (fixture->desk.workspace), 1 };

  desk_fill (&fixture->desk, 1);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.purge", NULL);
  await_condition (has_request, fixture->desk.transport);
  full_disk_begin (10);
  mock_transport_say (fixture->desk.transport, 0,
                      "{\"code\":0,\"message\":\"\",\"codeDesc\":\"Success\",\"data\":{\"task_id\":\"1\"}}");
  /* What was accepted may be looked up before the disk has room again; nobody answers. */
  mock_transport_set_script (fixture->desk.transport, "allll");
  await_condition (has_pending, &pending);
  desk_await_text (GTK_WIDGET (fixture->window), "The disk has not taken the result of 1 batch yet");
  gtk_window_close (fixture->window);
  desk_answer ("Close and Lose Results?", "cancel");
  g_assert_nonnull (fixture->window);

  full_disk_end ();
  pending.n = 0;
  await_condition (has_pending, &pending);
  gtk_window_close (fixture->window);
  await_condition (is_gone, fixture);
}

static void
on_stopped_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      stopped)
{
  purge_window_stop_finish (PURGE_WINDOW (source), result);
  *(gboolean *) stopped = TRUE;
}

static gboolean
is_true (gpointer value)
{
  return *(gboolean *) value;
}

/* A program that has to end asks nothing, and saves what it has. */
static void
test_hurries (Fixture       *fixture,
              gconstpointer  user_data)
{
  gboolean stopped = FALSE;
  g_autofree char *saved = NULL;

  desk_fill (&fixture->desk, 1);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.purge", NULL);
  await_condition (has_request, fixture->desk.transport);
  desk_fill (&fixture->desk, 2);
  purge_window_stop_async (PURGE_WINDOW (fixture->window), on_stopped_cb, &stopped);
  mock_transport_say (fixture->desk.transport, 0, "no answer");
  await_condition (is_true, &stopped);

  g_assert_false (purge_session_get_sending (fixture->desk.session));
  g_assert_cmpuint (purge_job_count (purge_session_get_job (fixture->desk.session),
                                     PURGE_BATCH_UNKNOWN), ==, 1);
  saved = read_draft (fixture);
  g_assert_cmpstr (saved, ==, "https://www.example.com/1/\nhttps://www.example.com/2/\n");
  gtk_window_destroy (fixture->window);
}

#define ADD(path, function) \
  g_test_add ("/closing/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  desk_init (&argc, &argv);

  ADD ("saves", test_saves);
  ADD ("full-disk", test_full_disk);
  ADD ("gives-up", test_gives_up);
  ADD ("stops", test_stops);
  ADD ("results", test_results);
  ADD ("hurries", test_hurries);

  return g_test_run ();
}
