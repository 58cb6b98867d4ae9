/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Files that were named when the program was started come behind the draft, however early they are. */

#include "config.h"

#include "await.h"
#include "desk.h"
#include "purge-import.h"
#include "scratch.h"

static gboolean
has_two_rows (gpointer user_data)
{
  return g_list_model_get_n_items (user_data) == 2;
}

static void
test_comes_behind_the_draft (gconstpointer session_first)
{
  g_autoptr (Scratch) folder = scratch_new ();
  g_autofree char *database = g_build_filename (folder, "journal.sqlite", NULL);
  g_autofree char *draft = g_build_filename (folder, "draft.txt", NULL);
  g_autofree char *path = g_build_filename (folder, "list.txt", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GtkWidget *editor = g_object_ref_sink (purge_list_editor_new ());
  GtkWidget *window = desk_present (editor);
  g_autofree char *text = NULL;
  PurgeDirectoryList *list;
  Desk desk;

  g_assert_true (g_file_set_contents (draft, "https://draft.example/\n", -1, NULL));
  g_assert_true (g_file_set_contents (path, "https://file.example/\n", -1, NULL));
  desk_furnish (&desk, database);
  list = purge_session_get_list (desk.session);

  if (session_first != NULL)
    purge_list_editor_set_session (PURGE_LIST_EDITOR (editor), desk.session);
  purge_import (PURGE_LIST_EDITOR (editor), file);
  purge_list_editor_set_session (PURGE_LIST_EDITOR (editor), desk.session);
  desk_open (&desk);
  await_condition (has_two_rows, list);
  text = purge_directory_list_dup_all_text (list);
  g_assert_cmpstr (text, ==, "https://draft.example/\nhttps://file.example/\n");

  gtk_window_destroy (GTK_WINDOW (window));
  desk_await_gone (editor);
  desk_tear_down (&desk, NULL);
}

/* Nobody waits for a list that never comes. */
static void
test_no_list (void)
{
  g_autoptr (GFile) file = g_file_new_for_path ("/nowhere");
  GtkWidget *editor = g_object_ref_sink (purge_list_editor_new ());

  purge_import (PURGE_LIST_EDITOR (editor), file);
  desk_await_gone (editor);
  g_assert_finalize_object (g_steal_pointer (&file));
}

int
main (int   argc,
      char *argv[])
{
  desk_init (&argc, &argv);

  g_test_add_data_func ("/import/before-the-session", NULL, test_comes_behind_the_draft);
  g_test_add_data_func ("/import/behind-the-session", "session", test_comes_behind_the_draft);
  g_test_add_func ("/import/no-list", test_no_list);

  return g_test_run ();
}
