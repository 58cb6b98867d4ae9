/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The list editor, acted on as its buttons, keys and clipboard act on it. */

#include "config.h"

#include "await.h"
#include "list-fixture.h"
#include "purge-entry-row.h"
#include "scratch.h"

static guint
count_urls (ListFixture *fixture)
{
  return purge_directory_list_get_n_of_kind (list_fixture_get_list (fixture), PURGE_KIND_URL);
}

static void
test_empty (ListFixture   *fixture,
            gconstpointer  user_data)
{
  g_assert_true (desk_shows (GTK_WIDGET (fixture->editor), "No Directories Yet"));
  g_assert_true (desk_shows (GTK_WIDGET (fixture->editor), "0 directories"));
}

static void
test_type (ListFixture   *fixture,
           gconstpointer  user_data)
{
  GtkWidget *entry = desk_find (GTK_WIDGET (fixture->editor), GTK_TYPE_ENTRY, NULL);

  gtk_editable_set_text (GTK_EDITABLE (entry), "https://www.Example.com/news");
  list_fixture_act (fixture, "editor.add");

  g_assert_cmpuint (list_fixture_count (fixture), ==, 1);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "");
  desk_await_text (GTK_WIDGET (fixture->editor), "https://www.example.com/news/");
  desk_await_text (GTK_WIDGET (fixture->editor), "1 directory");
}

static void
test_paste (ListFixture   *fixture,
            gconstpointer  user_data)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (fixture->editor));

  gdk_clipboard_set_text (clipboard, "https://a.example/\nnonsense\nhttps://b.example/\n");
  list_fixture_act (fixture, "editor.paste");

  desk_await_text (GTK_WIDGET (fixture->editor), "3 added");
  g_assert_cmpuint (list_fixture_count (fixture), ==, 3);
  desk_await_text (GTK_WIDGET (fixture->editor), "1 row has a problem");
}

/* Several lines pasted into the entry go to the list; one line stays in the entry. */
static void
test_paste_into_entry (ListFixture   *fixture,
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
  g_assert_cmpuint (list_fixture_count (fixture), ==, 2);
}

static void
test_undo (ListFixture   *fixture,
           gconstpointer  user_data)
{
  desk_fill (&fixture->desk, 3);
  list_fixture_act (fixture, "editor.clear");
  g_assert_cmpuint (list_fixture_count (fixture), ==, 0);
  desk_await_text (GTK_WIDGET (fixture->editor), "List cleared");

  list_fixture_act (fixture, "editor.undo");
  g_assert_cmpuint (list_fixture_count (fixture), ==, 3);
  list_fixture_act (fixture, "editor.redo");
  g_assert_cmpuint (list_fixture_count (fixture), ==, 0);
}

static void
test_remove_selected (ListFixture   *fixture,
                      gconstpointer  user_data)
{
  GtkWidget *view;

  desk_fill (&fixture->desk, 5);
  desk_await_text (GTK_WIDGET (fixture->editor), "https://www.example.com/1/");
  view = desk_find (GTK_WIDGET (fixture->editor), GTK_TYPE_LIST_VIEW, NULL);
  gtk_selection_model_select_item (gtk_list_view_get_model (GTK_LIST_VIEW (view)), 0, TRUE);
  gtk_selection_model_select_item (gtk_list_view_get_model (GTK_LIST_VIEW (view)), 3, FALSE);

  gtk_widget_activate_action (view, "rows.remove-selected", NULL);
  g_assert_cmpuint (list_fixture_count (fixture), ==, 3);
  desk_await_text (GTK_WIDGET (fixture->editor), "2 rows removed");
  list_fixture_act (fixture, "editor.undo");
  g_assert_cmpuint (list_fixture_count (fixture), ==, 5);
}

/* Every change that a person can make here: one step, which goes and comes back. */

static void
type_one (ListFixture *fixture)
{
  GtkWidget *entry = desk_find (GTK_WIDGET (fixture->editor), GTK_TYPE_ENTRY, NULL);

  gtk_editable_set_text (GTK_EDITABLE (entry), "https://new.example/");
  list_fixture_act (fixture, "editor.add");
}

static void
paste_two (ListFixture *fixture)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (fixture->editor)),
                          "https://new.example/\nhttps://other.example");
  list_fixture_act (fixture, "editor.paste");
  desk_await_text (GTK_WIDGET (fixture->editor), "2 added");
}

static void
import_one (ListFixture *fixture)
{
  g_autoptr (Scratch) folder = scratch_new ();
  g_autofree char *path = g_build_filename (folder, "list.txt", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  g_assert_true (g_file_set_contents (path, "https://new.example/", -1, NULL));
  purge_list_editor_import (fixture->editor, file);
  desk_await_text (GTK_WIDGET (fixture->editor), "1 added");
}

static void
edit_text (ListFixture *fixture)
{
  GtkWidget *view;

  list_fixture_act (fixture, "editor.as-text");
  view = desk_find (GTK_WIDGET (fixture->editor), GTK_TYPE_TEXT_VIEW, NULL);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)),
                            "https://a.example/\nhttps://new.example/", -1);
  list_fixture_act (fixture, "editor.as-text");
}

static void
edit_row (ListFixture *fixture)
{
  GtkWidget *row = desk_find (GTK_WIDGET (fixture->editor), PURGE_TYPE_ENTRY_ROW, NULL);
  GtkWidget *entry;

  purge_entry_row_edit (PURGE_ENTRY_ROW (row));
  entry = desk_find (row, GTK_TYPE_ENTRY, NULL);
  gtk_editable_set_text (GTK_EDITABLE (entry), "https://new.example/");
  g_signal_emit_by_name (entry, "activate");
}

static void
remove_row (ListFixture *fixture)
{
  gtk_widget_activate_action (desk_find (GTK_WIDGET (fixture->editor), PURGE_TYPE_ENTRY_ROW, NULL),
                              "row.remove", NULL);
}

static void
take_suggestion (ListFixture *fixture)
{
  GtkWidget *label =
    desk_find (GTK_WIDGET (fixture->editor), GTK_TYPE_LABEL, "Use https://b.example/c/");

  gtk_widget_activate_action (label, "row.use-suggestion", NULL);
  desk_await_text (GTK_WIDGET (fixture->editor), "3 directories · 1 request");
}

static void
act_on_selected (ListFixture *fixture,
                 const char  *action)
{
  GtkWidget *view = desk_find (GTK_WIDGET (fixture->editor), GTK_TYPE_LIST_VIEW, NULL);

  gtk_selection_model_select_item (gtk_list_view_get_model (GTK_LIST_VIEW (view)), 0, TRUE);
  gtk_selection_model_select_item (gtk_list_view_get_model (GTK_LIST_VIEW (view)), 2, FALSE);
  gtk_widget_activate_action (view, action, NULL);
}

static void
make_urls (ListFixture *fixture)
{
  act_on_selected (fixture, "rows.purge-as-url");
}

static void
cut (ListFixture *fixture)
{
  act_on_selected (fixture, "rows.cut");
}

static void
take_offers (ListFixture *fixture)
{
  list_fixture_act (fixture, "editor.take-url-offers");
}

static void
clear (ListFixture *fixture)
{
  list_fixture_act (fixture, "editor.clear");
}

static const struct {
  const char *name;
  void (*make) (ListFixture *fixture);
} changes[] = {
  { "type", type_one },
  { "paste", paste_two },
  { "import", import_one },
  { "text", edit_text },
  { "edit", edit_row },
  { "remove", remove_row },
  { "suggestion", take_suggestion },
  { "kinds", make_urls },
  { "cut", cut },
  { "url-offers", take_offers },
  { "clear", clear },
};

static void
test_undo_change (ListFixture   *fixture,
                  gconstpointer  number)
{
  static const char before[] = "https://a.example/|https://b.example/c/index.html|https://c.example/|";
  g_autofree char *after = NULL;

  purge_list_editor_add_text (fixture->editor,
                              "https://a.example\nhttps://b.example/c/index.html\n"
                              "https://c.example/", -1);
  desk_await_text (GTK_WIDGET (fixture->editor), "Use https://b.example/c/");
  list_fixture_assert (fixture, before);
  changes[GPOINTER_TO_SIZE (number)].make (fixture);
  after = purge_directory_list_dup_all_text (list_fixture_get_list (fixture));
  g_strdelimit (after, "\n", '|');
  g_assert_cmpstr (after, !=, before);

  list_fixture_act (fixture, "editor.undo");
  list_fixture_assert (fixture, before);
  list_fixture_act (fixture, "editor.redo");
  list_fixture_assert (fixture, after);
  list_fixture_act (fixture, "editor.undo");
  list_fixture_act (fixture, "editor.undo");
  list_fixture_assert (fixture, "");
}

static void
test_edit_in_place (ListFixture   *fixture,
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

  edited = g_list_model_get_item (G_LIST_MODEL (list_fixture_get_list (fixture)), 0);
  g_assert_cmpstr (purge_entry_get_text (edited), ==, "https://www.example.com/other/");
}

/* What is typed into a row counts without Return: the button that sends asks for it. */
static void
test_commit_row (ListFixture   *fixture,
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

  edited = g_list_model_get_item (G_LIST_MODEL (list_fixture_get_list (fixture)), 0);
  g_assert_cmpstr (purge_entry_get_text (edited), ==, "https://www.example.com/typed/");
}

static void
test_suggestion (ListFixture   *fixture,
                 gconstpointer  user_data)
{
  GtkWidget *label;

  purge_list_editor_add_text (fixture->editor, "https://www.example.com/a/index.html", -1);
  desk_await_text (GTK_WIDGET (fixture->editor), "Use https://www.example.com/a/");
  label = desk_find (GTK_WIDGET (fixture->editor), GTK_TYPE_LABEL, "Use https://www.example.com/a/");
  gtk_widget_activate_action (label, "row.use-suggestion", NULL);

  desk_await_text (GTK_WIDGET (fixture->editor), "1 directory · 1 request");
  g_assert_cmpuint (purge_directory_list_get_n_sendable (list_fixture_get_list (fixture)), ==, 1);
}

/* A row's own button, and what it becomes. */
static void
test_purge_as_url (ListFixture   *fixture,
                   gconstpointer  user_data)
{
  GtkWidget *button;

  purge_list_editor_add_text (fixture->editor, "https://www.example.com/app.js", -1);
  desk_await_text (GTK_WIDGET (fixture->editor), "Purge as URL");
  button = desk_find (GTK_WIDGET (fixture->editor), GTK_TYPE_LABEL, "Purge as URL");
  gtk_widget_activate_action (button, "row.purge-as-url", NULL);

  desk_await_text (GTK_WIDGET (fixture->editor), "1 URL · 1 request");
  g_assert_cmpuint (count_urls (fixture), ==, 1);
}

/* One click for all, which takes what was typed last along. */
static void
test_take_url_offers (ListFixture   *fixture,
                      gconstpointer  user_data)
{
  GtkWidget *view;

  purge_list_editor_add_text (fixture->editor,
                              "https://a.example/\nhttps://a.example/b.js\nhttps://a.example/c?d", -1);
  desk_await_text (GTK_WIDGET (fixture->editor), "2 rows look like files or have a query");
  list_fixture_act (fixture, "editor.as-text");
  view = desk_find (GTK_WIDGET (fixture->editor), GTK_TYPE_TEXT_VIEW, NULL);
  gtk_text_buffer_insert_at_cursor (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)),
                                    "https://a.example/e.js\n", -1);
  list_fixture_act (fixture, "editor.take-url-offers");

  desk_await_text (GTK_WIDGET (fixture->editor), "3 rows are URLs now");
  g_assert_cmpuint (count_urls (fixture), ==, 3);
  list_fixture_act (fixture, "editor.undo");
  g_assert_cmpuint (count_urls (fixture), ==, 0);
  g_assert_cmpuint (list_fixture_count (fixture), ==, 4);
}

/* A URL says what it is, and the menu of a row changes it. */
static void
test_kind (ListFixture   *fixture,
           gconstpointer  user_data)
{
  GtkWidget *row;

  purge_list_editor_add_text (fixture->editor, "https://a.example/b", -1);
  desk_await_text (GTK_WIDGET (fixture->editor), "https://a.example/b/");
  row = desk_find (GTK_WIDGET (fixture->editor), PURGE_TYPE_ENTRY_ROW, NULL);
  g_assert_false (desk_shows (row, "URL"));
  g_assert_true (gtk_widget_activate_action (row, "row.kind", "s", "url"));
  desk_await_text (GTK_WIDGET (fixture->editor), "1 URL · 1 request");

  row = desk_find (GTK_WIDGET (fixture->editor), PURGE_TYPE_ENTRY_ROW, NULL);
  g_assert_true (desk_shows (row, "URL"));
  g_assert_false (desk_shows (row, "https://a.example/b/"));
  g_assert_true (gtk_widget_activate_action (row, "row.kind", "s", "directory"));
  desk_await_text (GTK_WIDGET (fixture->editor), "1 directory · 1 request");
  list_fixture_act (fixture, "editor.undo");
  g_assert_cmpuint (count_urls (fixture), ==, 1);
}

static void
test_as_text (ListFixture   *fixture,
              gconstpointer  user_data)
{
  GtkWidget *view;
  GtkTextBuffer *buffer;
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  desk_fill (&fixture->desk, 2);
  list_fixture_act (fixture, "editor.as-text");
  view = desk_find (GTK_WIDGET (fixture->editor), GTK_TYPE_TEXT_VIEW, NULL);
  g_assert_nonnull (view);
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
  g_assert_cmpstr (g_strchomp (text), ==, "https://www.example.com/1/\nhttps://www.example.com/2/");

  gtk_text_buffer_set_text (buffer, "https://a.example/\nhttps://b.example/\nhttps://c.example/", -1);
  purge_list_editor_commit (fixture->editor);
  g_assert_cmpuint (list_fixture_count (fixture), ==, 3);

  /* What is typed and not yet committed goes along when the list is shown again. */
  gtk_text_buffer_set_text (buffer, "https://d.example/", -1);
  list_fixture_act (fixture, "editor.as-text");
  g_assert_cmpuint (list_fixture_count (fixture), ==, 1);
}

static void
test_hostile_text_is_shown_plainly (ListFixture   *fixture,
                                    gconstpointer  user_data)
{
  purge_list_editor_add_text (fixture->editor, "https://www.example.com/<b>\u202E/", -1);
  desk_await_text (GTK_WIDGET (fixture->editor), "‹U+202E›");
}

static void
test_large_list (ListFixture   *fixture,
                 gconstpointer  user_data)
{
  desk_fill (&fixture->desk, 20000);
  g_assert_cmpuint (list_fixture_count (fixture), ==, 20000);
  desk_await_text (GTK_WIDGET (fixture->editor), "20000 directories · 1000 requests");
}

#define ADD(path, function) \
  g_test_add ("/list-editor/" path, ListFixture, NULL, list_fixture_set_up, function, \
              list_fixture_tear_down)

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
  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autofree char *path = g_strconcat ("/list-editor/undo/", changes[i].name, NULL);

      g_test_add (path, ListFixture, GSIZE_TO_POINTER (i), list_fixture_set_up, test_undo_change,
                  list_fixture_tear_down);
    }
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
