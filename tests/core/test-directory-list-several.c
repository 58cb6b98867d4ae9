/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Several rows at once, and every change of the list: each is one, goes and comes back. */

#include "purge-directory-list.h"

#include <gio/gio.h>

#include <string.h>

static const char start[] = "https://a.example/\nhttps://a.example/b.js\nhttps://c.example/d\nx\n"
                            "url https://c.example/d\nhttps://e.example/";

static PurgeDirectoryList *
make_list (void)
{
  PurgeDirectoryList *list = purge_directory_list_new ();

  g_assert_true (purge_directory_list_add_text (list, start, -1, NULL, NULL));
  return list;
}

static void
assert_text (PurgeDirectoryList *list,
             const char         *wanted)
{
  g_autofree char *seen = purge_directory_list_dup_all_text (list);

  g_assert_cmpstr (g_strdelimit (seen, "\n", '|'), ==, wanted);
}

static void
count_cb (PurgeDirectoryList *list,
          guint               position,
          guint               n_removed,
          guint               n_added,
          guint              *count)
{
  (*count)++;
}

static void
test_copies (void)
{
  g_autoptr (PurgeDirectoryList) list = make_list ();
  const guint positions[] = { 1, 4 };
  g_autofree char *text = purge_directory_list_dup_text_scattered (list, positions, 2);
  g_autofree char *nothing = purge_directory_list_dup_text_scattered (list, positions, 0);

  g_assert_cmpstr (text, ==, "https://a.example/b.js\nurl https://c.example/d\n");
  g_assert_cmpstr (nothing, ==, "");
}

/* Of what was given, and merged with what is there; the rows between stay. */
static void
test_sets_kind (void)
{
  g_autoptr (PurgeDirectoryList) list = make_list ();
  const guint positions[] = { 1, 2, 5 };
  const guint all[] = { 0, 1, 2, 3 };

  g_assert_cmpuint (purge_directory_list_set_kind_scattered (list, positions, 3, PURGE_KIND_URL),
                    ==, 3);
  assert_text (list, "https://a.example/|url https://a.example/b.js|x|url https://c.example/d|"
                     "url https://e.example/|");
  g_assert_cmpuint (purge_directory_list_set_kind_scattered (list, all, 4, PURGE_KIND_DIRECTORY),
                    ==, 2);
  assert_text (list, "https://a.example/|https://a.example/b.js|x|https://c.example/d/|"
                     "url https://e.example/|");
  g_assert_cmpuint (purge_directory_list_set_kind_scattered (list, all, 4, PURGE_KIND_DIRECTORY),
                    ==, 0);
  purge_directory_list_undo (list);
  purge_directory_list_undo (list);
  assert_text (list, "https://a.example/|https://a.example/b.js|https://c.example/d/|x|"
                     "url https://c.example/d|https://e.example/|");
}

/* Those that were made in another thread are as good. */
static gpointer
read_in_thread (gpointer text)
{
  g_autoptr (PurgeReading) reading =
    purge_reading_new (text, -1, PURGE_KIND_DIRECTORY, NULL);

  return purge_directory_list_make_rows (reading);
}

static PurgeRows *
make_rows (const char *text)
{
  GThread *thread = g_thread_new (NULL, read_in_thread, (gpointer) text);

  return g_thread_join (thread);
}

static void
test_adds_rows (void)
{
  g_autoptr (PurgeDirectoryList) list = make_list ();
  PurgeRows *rows = make_rows ("https://new.example/\nhttps://new.example\n"
                               "https://a.example/\nhttps://a.example/b/\n!\n");
  const guint n_covered = purge_directory_list_get_n_covered (list);
  PurgeAddReport report;

  g_assert_cmpuint (purge_rows_get_length (rows), ==, 4);
  g_assert_cmpuint (purge_rows_get_n_covered (rows), ==, 1);
  purge_directory_list_add_rows (list, rows, 1, &report);
  g_assert_cmpuint (report.n_added, ==, 3);
  g_assert_cmpuint (report.n_merged, ==, 2);
  g_assert_cmpuint (report.n_problems, ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 9);
  g_assert_cmpuint (purge_directory_list_get_n_covered (list), ==, n_covered + 1);
}

/* Where there is nothing yet they become the list as they are. */
static void
test_fills (void)
{
  g_autoptr (PurgeDirectoryList) list = purge_directory_list_new ();
  PurgeAddReport report;

  purge_directory_list_add_rows (list, make_rows ("https://a.example/\nhttps://a.example/b/\n!\n"), 0,
                                 &report);
  g_assert_cmpuint (report.n_added, ==, 3);
  g_assert_cmpuint (report.n_problems, ==, 1);
  g_assert_cmpuint (purge_directory_list_get_n_sendable (list), ==, 2);
  g_assert_cmpuint (purge_directory_list_get_n_covered (list), ==, 1);
  assert_text (list, "https://a.example/|https://a.example/b/|!|");

  purge_directory_list_add_rows (list, make_rows ("https://a.example/\nhttps://c.example/\n"), 0,
                                 &report);
  g_assert_cmpuint (report.n_added, ==, 1);
  g_assert_cmpuint (report.n_merged, ==, 1);
  assert_text (list, "https://a.example/|https://a.example/b/|!|https://c.example/|");

  purge_directory_list_undo (list);
  purge_directory_list_undo (list);
  assert_text (list, "");
  g_assert_cmpuint (purge_directory_list_get_n_covered (list), ==, 0);
  purge_directory_list_redo (list);
  assert_text (list, "https://a.example/|https://a.example/b/|!|");
  g_assert_cmpuint (purge_directory_list_get_n_covered (list), ==, 1);

  purge_directory_list_clear (list);
  purge_directory_list_add_rows (list, make_rows (""), 0, &report);
  g_assert_cmpuint (report.n_added, ==, 0);
  assert_text (list, "");
}

/* Every change */

static void
add (PurgeDirectoryList *list)
{
  purge_directory_list_add_text (list, "https://new.example/", -1, NULL, NULL);
}

static void
add_rows (PurgeDirectoryList *list)
{
  purge_directory_list_add_rows (list, make_rows ("https://new.example/"), 0, NULL);
}

static void
restore_late (PurgeDirectoryList *list)
{
  g_autoptr (PurgeReading) reading =
    purge_reading_new ("https://new.example/", -1, PURGE_KIND_DIRECTORY, NULL);

  purge_directory_list_restore (list, reading);
}

static void
set_all_text (PurgeDirectoryList *list)
{
  purge_directory_list_set_all_text (list, "https://a.example/\nhttps://new.example/", -1, NULL,
                                     NULL);
}

static void
edit (PurgeDirectoryList *list)
{
  g_assert_cmpuint (purge_directory_list_set_text (list, 0, "https://new.example/"), ==, 0);
}

static void
edit_into_another (PurgeDirectoryList *list)
{
  g_assert_cmpuint (purge_directory_list_set_text (list, 0, "https://e.example"), ==, 4);
}

static void
edit_away (PurgeDirectoryList *list)
{
  purge_directory_list_set_text (list, 0, " ");
}

static void
apply_suggestion (PurgeDirectoryList *list)
{
  g_assert_cmpuint (purge_directory_list_apply_suggestion (list, 1), ==, 0);
}

static void
set_kind (PurgeDirectoryList *list)
{
  g_assert_cmpuint (purge_directory_list_set_kind (list, 0, PURGE_KIND_URL), ==, 0);
}

static void
set_kinds (PurgeDirectoryList *list)
{
  const guint positions[] = { 0, 5 };

  purge_directory_list_set_kind_scattered (list, positions, 2, PURGE_KIND_URL);
}

static void
take_url_offers (PurgeDirectoryList *list)
{
  g_assert_cmpuint (purge_directory_list_take_url_offers (list), ==, 1);
}

static void
remove_some (PurgeDirectoryList *list)
{
  purge_directory_list_remove (list, 1, 2);
}

static void
remove_scattered (PurgeDirectoryList *list)
{
  const guint positions[] = { 0, 3 };

  purge_directory_list_remove_scattered (list, positions, 2);
}

static const struct {
  const char *name;
  void (*make) (PurgeDirectoryList *list);
} changes[] = {
  { "add", add },
  { "add-rows", add_rows },
  { "restore-late", restore_late },
  { "set-all-text", set_all_text },
  { "edit", edit },
  { "edit-into-another", edit_into_another },
  { "edit-away", edit_away },
  { "suggestion", apply_suggestion },
  { "kind", set_kind },
  { "kinds", set_kinds },
  { "url-offers", take_url_offers },
  { "remove", remove_some },
  { "remove-scattered", remove_scattered },
  { "clear", purge_directory_list_clear },
};

/* One step each: back to what was there, and there again. */
static void
test_undo (gconstpointer number)
{
  g_autoptr (PurgeDirectoryList) list = make_list ();
  g_autofree char *before = purge_directory_list_dup_all_text (list);
  g_autofree char *after = NULL;
  g_autofree char *back = NULL;
  g_autofree char *again = NULL;
  guint n_calls = 0;

  g_signal_connect (list, "items-changed", G_CALLBACK (count_cb), &n_calls);
  changes[GPOINTER_TO_SIZE (number)].make (list);
  after = purge_directory_list_dup_all_text (list);
  g_assert_cmpstr (after, !=, before);
  g_assert_cmpuint (n_calls, ==, 1);

  purge_directory_list_undo (list);
  back = purge_directory_list_dup_all_text (list);
  g_assert_cmpstr (back, ==, before);
  purge_directory_list_redo (list);
  again = purge_directory_list_dup_all_text (list);
  g_assert_cmpstr (again, ==, after);
  g_assert_cmpuint (n_calls, ==, 3);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/directory-list-several/copies", test_copies);
  g_test_add_func ("/directory-list-several/sets-kind", test_sets_kind);
  g_test_add_func ("/directory-list-several/adds-rows", test_adds_rows);
  g_test_add_func ("/directory-list-several/fills", test_fills);
  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autofree char *path = g_strconcat ("/directory-list-several/undo/", changes[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_undo);
    }

  return g_test_run ();
}
