/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Several rows at once: selected, copied, cut, removed and changed, by keys and by the menu of a row. */

#include "config.h"

#include "await.h"
#include "list-fixture.h"
#include "purge-entry-row.h"
#include "purge-row-menu.h"

#define MANY 100

static const char four[] = "https://a.example/\nhttps://b.example/\nhttps://c.example/\n"
                           "url https://d.example/e\n";

static GtkWidget *
find_view (ListFixture *fixture)
{
  return desk_find (GTK_WIDGET (fixture->editor), GTK_TYPE_LIST_VIEW, NULL);
}

static GtkSelectionModel *
get_selection (ListFixture *fixture)
{
  return gtk_list_view_get_model (GTK_LIST_VIEW (find_view (fixture)));
}

static guint
count_selected (ListFixture *fixture)
{
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (get_selection (fixture));

  return gtk_bitset_get_size (selected);
}

/* The first row, the third and the fourth, which is a URL. */
static void
select_some (ListFixture *fixture)
{
  purge_list_editor_add_text (fixture->editor, four, -1);
  desk_await_text (GTK_WIDGET (fixture->editor), "https://c.example/");
  gtk_selection_model_select_item (get_selection (fixture), 0, TRUE);
  gtk_selection_model_select_item (get_selection (fixture), 2, FALSE);
  gtk_selection_model_select_item (get_selection (fixture), 3, FALSE);
}

static GtkWidget *
find_hidden_view (GtkWidget *widget)
{
  GtkWidget *view = GTK_IS_LIST_VIEW (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL && view == NULL;
       child = gtk_widget_get_next_sibling (child))
    view = find_hidden_view (child);

  return view;
}

static guint
count_rows (gpointer view)
{
  return g_list_model_get_n_items (G_LIST_MODEL (gtk_list_view_get_model (view)));
}

static gboolean
has_all_rows (gpointer view)
{
  return count_rows (view) == MANY;
}

/* The first frame waits for some of the rows, and all come after it. */
static void
test_first_frame (void)
{
  Desk desk;
  GtkWidget *editor = purge_list_editor_new ();
  GtkWidget *view = find_hidden_view (editor);

  desk_set_up (&desk, NULL);
  desk_fill (&desk, MANY);
  purge_list_editor_set_session (PURGE_LIST_EDITOR (editor), desk.session);
  g_assert_cmpuint (count_rows (view), >, 0);
  g_assert_cmpuint (count_rows (view), <, MANY);

  desk_present (editor);
  await_condition (has_all_rows, view);

  desk_assert_gone (editor);
  desk_tear_down (&desk, NULL);
}

static void
act_on_rows (ListFixture *fixture,
             const char  *action)
{
  gtk_widget_activate_action (find_view (fixture), action, NULL);
}

static void
on_clipboard_read_cb (GObject      *source,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  *(char **) user_data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
}

static void
assert_clipboard (ListFixture *fixture,
                  const char  *wanted)
{
  g_autofree char *text = NULL;

  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (fixture->editor)), NULL,
                                 on_clipboard_read_cb, &text);
  while (text == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (text, ==, wanted);
}

static void
test_copy_and_cut (ListFixture   *fixture,
                   gconstpointer  user_data)
{
  static const char some[] = "https://a.example/\nhttps://c.example/\nurl https://d.example/e\n";

  select_some (fixture);
  act_on_rows (fixture, "rows.copy");
  assert_clipboard (fixture, some);
  g_assert_cmpuint (list_fixture_count (fixture), ==, 4);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (fixture->editor)), "other");
  act_on_rows (fixture, "rows.cut");
  assert_clipboard (fixture, some);
  list_fixture_assert (fixture, "https://b.example/|");
  desk_await_text (GTK_WIDGET (fixture->editor), "3 rows removed");

  /* And back, behind the others, each as what it was. */
  list_fixture_act (fixture, "editor.paste");
  desk_await_text (GTK_WIDGET (fixture->editor), "3 added");
  list_fixture_assert (fixture, "https://b.example/|https://a.example/|https://c.example/|"
                                "url https://d.example/e|");
  list_fixture_act (fixture, "editor.undo");
  list_fixture_act (fixture, "editor.undo");
  g_assert_cmpuint (list_fixture_count (fixture), ==, 4);
}

/* What was copied before stays. */
static void
test_nothing_selected (ListFixture   *fixture,
                       gconstpointer  user_data)
{
  static const char * const names[] = {
    "rows.copy", "rows.cut", "rows.remove-selected", "rows.purge-as-url", "rows.purge-as-directory",
  };

  purge_list_editor_add_text (fixture->editor, four, -1);
  desk_await_text (GTK_WIDGET (fixture->editor), "https://c.example/");
  gtk_selection_model_unselect_all (get_selection (fixture));
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (fixture->editor)), "other");
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    act_on_rows (fixture, names[i]);

  assert_clipboard (fixture, "other");
  list_fixture_assert (fixture, "https://a.example/|https://b.example/|https://c.example/|"
                                "url https://d.example/e|");
}

static void
test_purge_as (ListFixture   *fixture,
               gconstpointer  user_data)
{
  select_some (fixture);
  act_on_rows (fixture, "rows.purge-as-url");
  desk_await_text (GTK_WIDGET (fixture->editor), "2 rows are URLs now");
  list_fixture_assert (fixture, "url https://a.example/|https://b.example/|"
                                "url https://c.example/|url https://d.example/e|");
  list_fixture_act (fixture, "editor.undo");

  select_some (fixture);
  act_on_rows (fixture, "rows.purge-as-directory");
  desk_await_text (GTK_WIDGET (fixture->editor), "1 row is a directory now");
  list_fixture_assert (fixture, "https://a.example/|https://b.example/|https://c.example/|"
                                "https://d.example/e/|");
}

static void
test_select_all (ListFixture   *fixture,
                 gconstpointer  user_data)
{
  select_some (fixture);
  list_fixture_act (fixture, "editor.select-all");
  g_assert_cmpuint (count_selected (fixture), ==, 4);
  act_on_rows (fixture, "rows.remove-selected");
  g_assert_cmpuint (list_fixture_count (fixture), ==, 0);
  list_fixture_act (fixture, "editor.undo");
  g_assert_cmpuint (list_fixture_count (fixture), ==, 4);
}

static gboolean
is_menu_open (gpointer menu)
{
  return desk_find (menu, GTK_TYPE_POPOVER_MENU, NULL) != NULL;
}

/* By keyboard, on the row with this address. Returns the menu. */
static GtkWidget *
pop_up (ListFixture *fixture,
        const char  *address)
{
  GtkWidget *label = desk_find (GTK_WIDGET (fixture->editor), GTK_TYPE_LABEL, address);
  GtkWidget *row = gtk_widget_get_ancestor (label, PURGE_TYPE_ENTRY_ROW);
  GtkWidget *menu = gtk_widget_get_ancestor (label, PURGE_TYPE_ROW_MENU);

  gtk_widget_grab_focus (gtk_widget_get_parent (row));
  gtk_widget_activate_action (label, "row-menu.popup", NULL);
  await_condition (is_menu_open, menu);
  return desk_find (menu, GTK_TYPE_POPOVER_MENU, NULL);
}

static gboolean
offers (GtkWidget  *menu,
        const char *item)
{
  return gtk_widget_is_sensitive (desk_find (menu, GTK_TYPE_LABEL, item));
}

/* For a row among those that are selected it is about all of them; for another, that is selected. */
static void
test_menu (ListFixture   *fixture,
           gconstpointer  user_data)
{
  GtkWidget *menu;

  select_some (fixture);
  menu = pop_up (fixture, "https://c.example/");
  g_assert_cmpuint (count_selected (fixture), ==, 3);
  g_assert_false (offers (menu, "Edit"));
  g_assert_true (offers (menu, "Purge as URL"));
  g_assert_true (offers (menu, "Purge as Directory"));

  gtk_popover_popdown (GTK_POPOVER (menu));
  menu = pop_up (fixture, "https://b.example/");
  g_assert_cmpuint (count_selected (fixture), ==, 1);
  g_assert_true (gtk_selection_model_is_selected (get_selection (fixture), 1));
  g_assert_true (offers (menu, "Edit"));
  g_assert_true (offers (menu, "Purge as URL"));
  g_assert_false (offers (menu, "Purge as Directory"));
}

static gboolean
is_editing (gpointer editor)
{
  GtkWidget *view = desk_find (editor, GTK_TYPE_LIST_VIEW, NULL);

  return view != NULL && desk_find (view, GTK_TYPE_ENTRY, NULL) != NULL;
}

static void
test_edit (ListFixture   *fixture,
           gconstpointer  user_data)
{
  select_some (fixture);
  gtk_selection_model_select_item (get_selection (fixture), 1, TRUE);
  act_on_rows (fixture, "rows.edit-selected");
  await_condition (is_editing, fixture->editor);
}

/* A row without notes has none, and one that another row comes to cover gets them. */
static void
test_notes (ListFixture   *fixture,
            gconstpointer  user_data)
{
  GtkWidget *editor = GTK_WIDGET (fixture->editor);

  purge_list_editor_add_text (fixture->editor, "https://a.example/b/", -1);
  desk_await_text (editor, "https://a.example/b/");
  g_assert_false (desk_shows (editor, "Covered by"));
  purge_list_editor_add_text (fixture->editor, "https://a.example/", -1);
  desk_await_text (editor, "Covered by https://a.example/");
  list_fixture_act (fixture, "editor.undo");
  g_assert_false (desk_shows (editor, "Covered by"));
}

#define ADD(path, function) \
  g_test_add ("/list-rows/" path, ListFixture, NULL, list_fixture_set_up, function, \
              list_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  desk_init (&argc, &argv);

  ADD ("copy-and-cut", test_copy_and_cut);
  ADD ("nothing-selected", test_nothing_selected);
  ADD ("purge-as", test_purge_as);
  ADD ("select-all", test_select_all);
  ADD ("menu", test_menu);
  ADD ("edit", test_edit);
  ADD ("notes", test_notes);
  g_test_add_func ("/list-rows/first-frame", test_first_frame);

  return g_test_run ();
}
