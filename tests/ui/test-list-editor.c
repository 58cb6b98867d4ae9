/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The list editor, acted on as its buttons, keys and clipboard act on it. */

#include "config.h"

#include "await.h"
#include "desk.h"
#include "purge-entry-row.h"
#include "purge-list-editor.h"

typedef struct {
  Desk             desk;
  PurgeListEditor *editor;
} Fixture;

static PurgeDirectoryList *
list_of (Fixture *fixture)
{
  return purge_session_get_list (fixture->desk.session);
}

static guint
count (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (list_of (fixture)));
}

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  desk_set_up (&fixture->desk, NULL);
  fixture->editor = PURGE_LIST_EDITOR (purge_list_editor_new ());
  purge_list_editor_set_session (fixture->editor, fixture->desk.session);
  desk_present (GTK_WIDGET (fixture->editor));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  desk_assert_gone (fixture->editor);
  desk_tear_down (&fixture->desk, NULL);
}

static void
act (Fixture    *fixture,
     const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->editor), action, NULL));
}

static void
test_empty (Fixture       *fixture,
            gconstpointer  user_data)
{
  g_assert_true (desk_shows (GTK_WIDGET (fixture->editor), "No Directories Yet"));
  g_assert_true (desk_shows (GTK_WIDGET (fixture->editor), "0 directories"));
}

static void
test_type (Fixture       *fixture,
           gconstpointer  user_data)
{
  GtkWidget *entry = desk_find (GTK_WIDGET (fixture->editor), GTK_TYPE_ENTRY, NULL);

  gtk_editable_set_text (GTK_EDITABLE (entry), "https://www.Example.com/news");
  act (fixture, "editor.add");

  g_assert_cmpuint (count (fixture), ==, 1);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "");
  desk_await_text (GTK_WIDGET (fixture->editor), "https://www.example.com/news/");
  desk_await_text (GTK_WIDGET (fixture->editor), "1 directory");
}

static void
test_paste (Fixture       *fixture,
            gconstpointer  user_data)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (fixture->editor));

  gdk_clipboard_set_text (clipboard, "https://a.example/\nnonsense\nhttps://b.example/\n");
  act (fixture, "editor.paste");

  desk_await_text (GTK_WIDGET (fixture->editor), "3 added");
  g_assert_cmpuint (count (fixture), ==, 3);
  desk_await_text (GTK_WIDGET (fixture->editor), "1 row has a problem");
}

/* Several lines pasted into the entry go to the list; one line stays in the entry. */
static void
test_paste_into_entry (Fixture       *fixture,
                       gconstpointer  user_data)
{
  GtkWidget *entry = desk_find (GTK_WIDGET (fixture->editor), GTK_TYPE_ENTRY, NULL);
  GtkWidget *text = GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (entry)));
  GdkClipboard *clipboard = gtk_widget_get_clipboard (entry);

  gtk_editable_set_text (GTK_EDITABLE (entry), "keep");
  gdk_clipboard_set_text (clipboard, "https://a.example/\nhttps://b.example/\n");
  g_signal_emit_by_name (text, "paste-clipboard");
  desk_await_text (GTK_WIDGET (fixture->editor), "2 added");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "keep");

  gtk_editable_set_text (GTK_EDITABLE (entry), "");
  gdk_clipboard_set_text (clipboard, " https://c.example/\n");
  g_signal_emit_by_name (text, "paste-clipboard");
  while (*gtk_editable_get_text (GTK_EDITABLE (entry)) == '\0')
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "https://c.example/");
  g_assert_cmpuint (count (fixture), ==, 2);
}

static void
test_undo (Fixture       *fixture,
           gconstpointer  user_data)
{
  desk_fill (&fixture->desk, 3);
  act (fixture, "editor.clear");
  g_assert_cmpuint (count (fixture), ==, 0);
  desk_await_text (GTK_WIDGET (fixture->editor), "List cleared");

  act (fixture, "editor.undo");
  g_assert_cmpuint (count (fixture), ==, 3);
  act (fixture, "editor.redo");
  g_assert_cmpuint (count (fixture), ==, 0);
}

static void
test_remove_selected (Fixture       *fixture,
                      gconstpointer  user_data)
{
  GtkWidget *view;

  desk_fill (&fixture->desk, 5);
  desk_await_text (GTK_WIDGET (fixture->editor), "https://www.example.com/1/");
  view = desk_find (GTK_WIDGET (fixture->editor), GTK_TYPE_LIST_VIEW, NULL);
  gtk_selection_model_select_item (gtk_list_view_get_model (GTK_LIST_VIEW (view)), 0, TRUE);
  gtk_selection_model_select_item (gtk_list_view_get_model (GTK_LIST_VIEW (view)), 3, FALSE);

  gtk_widget_activate_action (view, "rows.remove-selected", NULL);
  g_assert_cmpuint (count (fixture), ==, 3);
  desk_await_text (GTK_WIDGET (fixture->editor), "2 rows removed");
  act (fixture, "editor.undo");
  g_assert_cmpuint (count (fixture), ==, 5);
}

static void
test_edit_in_place (Fixture       *fixture,
                    gconstpointer  user_data)
{
  PurgeEntryRow *row;
  GtkWidget *entry;
  g_autoptr (PurgeEntry) edited = NULL;

  desk_fill (&fixture->desk, 2);
  desk_await_text (GTK_WIDGET (fixture->editor), "https://www.example.com/2/");
  row = PURGE_ENTRY_ROW (desk_find (GTK_WIDGET (fixture->editor), PURGE_TYPE_ENTRY_ROW, NULL));
  purge_entry_row_edit (row);
  entry = desk_find (GTK_WIDGET (row), GTK_TYPE_ENTRY, NULL);
  g_assert_nonnull (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), "https://www.example.com/other");
  g_signal_emit_by_name (entry, "activate");

  edited = g_list_model_get_item (G_LIST_MODEL (list_of (fixture)), 0);
  g_assert_cmpstr (purge_entry_get_text (edited), ==, "https://www.example.com/other/");
}

/* What is typed into a row counts without Return: the button that sends asks for it. */
static void
test_commit_row (Fixture       *fixture,
                 gconstpointer  user_data)
{
  PurgeEntryRow *row;
  GtkWidget *entry;
  g_autoptr (PurgeEntry) edited = NULL;

  desk_fill (&fixture->desk, 2);
  desk_await_text (GTK_WIDGET (fixture->editor), "https://www.example.com/2/");
  row = PURGE_ENTRY_ROW (desk_find (GTK_WIDGET (fixture->editor), PURGE_TYPE_ENTRY_ROW, NULL));
  purge_entry_row_edit (row);
  entry = desk_find (GTK_WIDGET (row), GTK_TYPE_ENTRY, NULL);
  gtk_editable_set_text (GTK_EDITABLE (entry), "https://www.example.com/typed/");
  purge_list_editor_commit (fixture->editor);

  edited = g_list_model_get_item (G_LIST_MODEL (list_of (fixture)), 0);
  g_assert_cmpstr (purge_entry_get_text (edited), ==, "https://www.example.com/typed/");
}

static void
test_suggestion (Fixture       *fixture,
                 gconstpointer  user_data)
{
  GtkWidget *label;

  purge_list_editor_add_text (fixture->editor, "https://www.example.com/a/index.html", -1);
  desk_await_text (GTK_WIDGET (fixture->editor), "Use https://www.example.com/a/");
  label = desk_find (GTK_WIDGET (fixture->editor), GTK_TYPE_LABEL, "Use https://www.example.com/a/");
  gtk_widget_activate_action (label, "row.use-suggestion", NULL);

  g_assert_cmpuint (purge_directory_list_get_n_sendable (list_of (fixture)), ==, 1);
}

/* A row's own button, and what it becomes. */
static void
test_purge_as_url (Fixture       *fixture,
                   gconstpointer  user_data)
{
  GtkWidget *button;

  purge_list_editor_add_text (fixture->editor, "https://www.example.com/app.js", -1);
  desk_await_text (GTK_WIDGET (fixture->editor), "Purge as URL");
  button = desk_find (GTK_WIDGET (fixture->editor), GTK_TYPE_LABEL, "Purge as URL");
  gtk_widget_activate_action (button, "row.purge-as-url", NULL);

  desk_await_text (GTK_WIDGET (fixture->editor), "1 URL · 1 request");
  g_assert_cmpuint (purge_directory_list_get_n_of_kind (list_of (fixture), PURGE_KIND_URL), ==, 1);
}

/* One click for all, which takes what was typed last along. */
static void
test_take_url_offers (Fixture       *fixture,
                      gconstpointer  user_data)
{
  GtkWidget *view;

  purge_list_editor_add_text (fixture->editor,
                              "https://a.example/\nhttps://a.example/b.js\nhttps://a.example/c?d", -1);
  desk_await_text (GTK_WIDGET (fixture->editor), "2 rows look like files or have a query");
  act (fixture, "editor.as-text");
  view = desk_find (GTK_WIDGET (fixture->editor), GTK_TYPE_TEXT_VIEW, NULL);
  gtk_text_buffer_insert_at_cursor (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)),
                                    "https://a.example/e.js\n", -1);
  act (fixture, "editor.take-url-offers");

  desk_await_text (GTK_WIDGET (fixture->editor), "3 rows are URLs now");
  g_assert_cmpuint (purge_directory_list_get_n_of_kind (list_of (fixture), PURGE_KIND_URL), ==, 3);
  act (fixture, "editor.undo");
  g_assert_cmpuint (purge_directory_list_get_n_of_kind (list_of (fixture), PURGE_KIND_URL), ==, 0);
  g_assert_cmpuint (count (fixture), ==, 4);
}

/* The word says what a row is, and its menu changes it. */
static void
test_kind (Fixture       *fixture,
           gconstpointer  user_data)
{
  GtkWidget *row;

  purge_list_editor_add_text (fixture->editor, "https://a.example/b", -1);
  desk_await_text (GTK_WIDGET (fixture->editor), "https://a.example/b/");
  row = desk_find (GTK_WIDGET (fixture->editor), PURGE_TYPE_ENTRY_ROW, NULL);
  g_assert_true (desk_shows (row, "Directory"));
  g_assert_true (gtk_widget_activate_action (row, "row.kind", "s", "url"));
  desk_await_text (GTK_WIDGET (fixture->editor), "1 URL · 1 request");

  row = desk_find (GTK_WIDGET (fixture->editor), PURGE_TYPE_ENTRY_ROW, NULL);
  g_assert_true (desk_shows (row, "URL"));
  g_assert_false (desk_shows (row, "Directory"));
  g_assert_false (desk_shows (row, "https://a.example/b/"));
  g_assert_true (gtk_widget_activate_action (row, "row.kind", "s", "directory"));
  desk_await_text (GTK_WIDGET (fixture->editor), "1 directory · 1 request");
  act (fixture, "editor.undo");
  g_assert_cmpuint (purge_directory_list_get_n_of_kind (list_of (fixture), PURGE_KIND_URL), ==, 1);
}

static void
test_as_text (Fixture       *fixture,
              gconstpointer  user_data)
{
  GtkWidget *view;
  GtkTextBuffer *buffer;
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  desk_fill (&fixture->desk, 2);
  act (fixture, "editor.as-text");
  view = desk_find (GTK_WIDGET (fixture->editor), GTK_TYPE_TEXT_VIEW, NULL);
  g_assert_nonnull (view);
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
  g_assert_cmpstr (g_strchomp (text), ==, "https://www.example.com/1/\nhttps://www.example.com/2/");

  gtk_text_buffer_set_text (buffer, "https://a.example/\nhttps://b.example/\nhttps://c.example/", -1);
  purge_list_editor_commit (fixture->editor);
  g_assert_cmpuint (count (fixture), ==, 3);

  /* What is typed and not yet committed goes along when the list is shown again. */
  gtk_text_buffer_set_text (buffer, "https://d.example/", -1);
  act (fixture, "editor.as-text");
  g_assert_cmpuint (count (fixture), ==, 1);
}

static void
test_hostile_text_is_shown_plainly (Fixture       *fixture,
                                    gconstpointer  user_data)
{
  purge_list_editor_add_text (fixture->editor, "https://www.example.com/<b>\u202E/", -1);
  desk_await_text (GTK_WIDGET (fixture->editor), "‹U+202E›");
}

static void
test_large_list (Fixture       *fixture,
                 gconstpointer  user_data)
{
  desk_fill (&fixture->desk, 20000);
  g_assert_cmpuint (count (fixture), ==, 20000);
  desk_await_text (GTK_WIDGET (fixture->editor), "20000 directories · 1000 requests");
}

#define ADD(path, function) \
  g_test_add ("/list-editor/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  desk_init (&argc, &argv);

  ADD ("empty", test_empty);
  ADD ("type", test_type);
  ADD ("paste", test_paste);
  ADD ("paste-into-entry", test_paste_into_entry);
  ADD ("undo", test_undo);
  ADD ("remove-selected", test_remove_selected);
  ADD ("edit-in-place", test_edit_in_place);
  ADD ("commit-row", test_commit_row);
  ADD ("suggestion", test_suggestion);
  ADD ("purge-as-url", test_purge_as_url);
  ADD ("take-url-offers", test_take_url_offers);
  ADD ("kind", test_kind);
  ADD ("as-text", test_as_text);
  ADD ("hostile-text-is-shown-plainly", test_hostile_text_is_shown_plainly);
  ADD ("large-list", test_large_list);

  return g_test_run ();
}
