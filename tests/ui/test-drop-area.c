/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What is dropped on the list editor, on each of its pages: texts, links and files, which go to the
 * list and never to a server. */

#include "config.h"

#include "await.h"
#include "list-fixture.h"
#include "purge-drop-area.h"
#include "scratch.h"

/* The editor's own target for a type: a drag of another program cannot be made in here. */
static GtkDropTarget *
find_target (GtkWidget *widget,
             GType      type)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DROP_TARGET (controller) &&
          gdk_content_formats_contain_gtype (
            gtk_drop_target_get_formats (GTK_DROP_TARGET (controller)), type))
        return GTK_DROP_TARGET (controller);
    }

  g_assert_not_reached ();
}

static void
drop (ListFixture  *fixture,
      const GValue *value)
{
  GtkDropTarget *target = find_target (GTK_WIDGET (fixture->editor), G_VALUE_TYPE (value));
  gboolean taken = FALSE;
  GdkDragAction action = 0;

  g_assert_false (desk_shows (GTK_WIDGET (fixture->editor), "Drop to add to the list"));
  g_signal_emit_by_name (target, "enter", 9.0, 9.0, &action);
  g_assert_cmpint (action, ==, GDK_ACTION_COPY);
  desk_await_text (GTK_WIDGET (fixture->editor), "Drop to add to the list");
  g_signal_emit_by_name (target, "drop", value, 9.0, 9.0, &taken);
  g_assert_true (taken);
  g_assert_false (desk_shows (GTK_WIDGET (fixture->editor), "Drop to add to the list"));
}

static void
drop_text (ListFixture *fixture,
           const char  *text)
{
  g_auto (GValue) value = G_VALUE_INIT;

  g_value_init (&value, G_TYPE_STRING);
  g_value_set_string (&value, text);
  drop (fixture, &value);
}

static void
drop_files (ListFixture *fixture,
            GSList      *files)
{
  g_auto (GValue) value = G_VALUE_INIT;

  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, files);
  drop (fixture, &value);
}

static void
assert_nothing_sent (ListFixture *fixture)
{
  g_assert_false (purge_session_get_sending (fixture->desk.session));
  g_assert_null (purge_session_get_job (fixture->desk.session));
}

static void
test_text (ListFixture   *fixture,
           gconstpointer  user_data)
{
  drop_text (fixture, "https://a.example/\nhttps://b.example/\n");
  desk_await_text (GTK_WIDGET (fixture->editor), "2 added");
  list_fixture_act (fixture, "editor.as-text");
  drop_text (fixture, "https://c.example/");
  list_fixture_assert (fixture, "https://a.example/|https://b.example/|https://c.example/|");
  list_fixture_act (fixture, "editor.undo");
  g_assert_cmpuint (list_fixture_count (fixture), ==, 2);
  assert_nothing_sent (fixture);
}

static GFile *
write_file (Scratch    *folder,
            const char *name,
            const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return g_file_new_for_path (path);
}

/* In their order, with the links before them, and as one step. */
static void
test_files_and_links (ListFixture   *fixture,
                      gconstpointer  user_data)
{
  g_autoptr (Scratch) folder = scratch_new ();
  GSList *files = NULL;

  files = g_slist_append (files, write_file (folder, "1.txt", "https://b.example/\nhttps://c.example/"));
  files = g_slist_append (files, g_file_new_for_uri ("https://a.example/x%20y"));
  files = g_slist_append (files, write_file (folder, "2.txt", "https://d.example/\n"));
  drop_files (fixture, files);
  desk_await_text (GTK_WIDGET (fixture->editor), "4 added");
  list_fixture_assert (fixture, "https://a.example/x%20y/|https://b.example/|https://c.example/|"
                                "https://d.example/|");
  list_fixture_act (fixture, "editor.undo");
  g_assert_cmpuint (list_fixture_count (fixture), ==, 0);
  assert_nothing_sent (fixture);
}

static void
test_link (ListFixture   *fixture,
           gconstpointer  user_data)
{
  drop_files (fixture, g_slist_append (NULL, g_file_new_for_uri ("http://a.example/?b=%2F")));
  desk_await_text (GTK_WIDGET (fixture->editor), "1 added");
  list_fixture_assert (fixture, "http://a.example/?b=%2F|");
}

static void
drop_on_entry (GtkWidget  *entry,
               const char *text)
{
  g_auto (GValue) value = G_VALUE_INIT;
  gboolean taken = FALSE;

  g_value_init (&value, G_TYPE_STRING);
  g_value_set_string (&value, text);
  g_signal_emit_by_name (find_target (entry, G_TYPE_STRING), "drop", &value, 9.0, 9.0, &taken);
  g_assert_true (taken);
}

/* Where it is one line; several are a list. */
static void
test_entry (ListFixture   *fixture,
            gconstpointer  user_data)
{
  GtkWidget *entry = desk_find (GTK_WIDGET (fixture->editor), GTK_TYPE_ENTRY, NULL);

  drop_on_entry (entry, " https://a.example/\n");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "https://a.example/");
  g_assert_cmpuint (list_fixture_count (fixture), ==, 0);
  drop_on_entry (entry, "https://b.example/\nhttps://c.example/");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "https://a.example/");
  list_fixture_assert (fixture, "https://b.example/|https://c.example/|");
}

/* Nothing of several files is taken where one cannot be read. */
static void
test_bad_file (ListFixture   *fixture,
               gconstpointer  user_data)
{
  g_autoptr (Scratch) folder = scratch_new ();
  GSList *files = NULL;

  files = g_slist_append (files, write_file (folder, "1.txt", "https://b.example/\n"));
  files = g_slist_append (files, g_file_new_for_path ((const char *) folder));
  drop_files (fixture, files);
  desk_answer ("is a folder. Choose a text file.", "close");
  g_assert_cmpuint (list_fixture_count (fixture), ==, 0);
}

#define ADD(path, function) \
  g_test_add ("/drop-area/" path, ListFixture, NULL, list_fixture_set_up, function, \
              list_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  desk_init (&argc, &argv);

  ADD ("text", test_text);
  ADD ("files-and-links", test_files_and_links);
  ADD ("link", test_link);
  ADD ("bad-file", test_bad_file);
  ADD ("entry", test_entry);

  return g_test_run ();
}
