/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Directories and URLs in one list. */

#include "purge-directory-list.h"

#include <string.h>

#include <gio/gio.h>

/* The list in one line: `@` before URLs, `!` behind those with a problem, `?` behind those that are
 * offered to be URLs, `<` and the cover behind those that are covered. */
static char *
describe (PurgeDirectoryList *list)
{
  GString *string = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    {
      g_autoptr (PurgeEntry) entry = g_list_model_get_item (G_LIST_MODEL (list), i);
      const char *cover = purge_entry_get_covered_by (entry);

      g_string_append_printf (string, "%s%s%s%s%s%s%s", i > 0 ? " " : "",
                              purge_entry_get_kind (entry) == PURGE_KIND_URL ? "@" : "",
                              purge_entry_get_text (entry),
                              purge_entry_is_sendable (entry) ? "" : "!",
                              purge_entry_get_offers_url (entry) ? "?" : "",
                              cover != NULL ? "<" : "", cover != NULL ? cover : "");
    }

  return g_string_free (string, FALSE);
}

static void
assert_list (PurgeDirectoryList *list,
             const char         *wanted)
{
  g_autofree char *seen = describe (list);

  g_assert_cmpstr (seen, ==, wanted);
}

static void
assert_counts (PurgeDirectoryList *list,
               guint               n_directories,
               guint               n_urls,
               guint               n_problems,
               guint               n_offers)
{
  guint properties[3];

  g_object_get (list, "n-directories", &properties[0], "n-urls", &properties[1], "n-url-offers",
                &properties[2], NULL);
  g_assert_cmpuint (properties[0], ==, n_directories);
  g_assert_cmpuint (properties[1], ==, n_urls);
  g_assert_cmpuint (properties[2], ==, n_offers);
  g_assert_cmpuint (purge_directory_list_get_n_of_kind (list, PURGE_KIND_DIRECTORY), ==,
                    n_directories);
  g_assert_cmpuint (purge_directory_list_get_n_of_kind (list, PURGE_KIND_URL), ==, n_urls);
  g_assert_cmpuint (purge_directory_list_get_n_sendable (list), ==, n_directories + n_urls);
  g_assert_cmpuint (purge_directory_list_get_n_problems (list), ==, n_problems);
  g_assert_cmpuint (purge_directory_list_get_n_url_offers (list), ==, n_offers);
}

static void
assert_urls (PurgeDirectoryList *list,
             PurgeKind           kind,
             const char         *wanted)
{
  g_auto (GStrv) urls = purge_directory_list_dup_urls (list, kind);
  g_autofree char *joined = g_strjoinv (" ", urls);

  g_assert_cmpstr (joined, ==, wanted);
}

static PurgeDirectoryList *
make_list (const char *text)
{
  PurgeDirectoryList *list = purge_directory_list_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (purge_directory_list_add_text (list, text, -1, NULL, &error));
  g_assert_no_error (error);
  return list;
}

static void
test_set_kind (void)
{
  g_autoptr (PurgeDirectoryList) list = make_list ("https://a.example/x\nhttps://b.example/y.js");

  assert_list (list, "https://a.example/x/ https://b.example/y.js!?");
  g_assert_cmpuint (purge_directory_list_set_kind (list, 0, PURGE_KIND_DIRECTORY), ==, 0);
  assert_counts (list, 1, 0, 1, 1);

  /* The slash that was added was that of a directory. */
  g_assert_cmpuint (purge_directory_list_set_kind (list, 0, PURGE_KIND_URL), ==, 0);
  g_assert_cmpuint (purge_directory_list_set_kind (list, 1, PURGE_KIND_URL), ==, 1);
  assert_list (list, "@https://a.example/x @https://b.example/y.js");
  assert_counts (list, 0, 2, 0, 0);
  assert_urls (list, PURGE_KIND_DIRECTORY, "");
  assert_urls (list, PURGE_KIND_URL, "https://a.example/x https://b.example/y.js");

  g_assert_cmpuint (purge_directory_list_set_kind (list, 0, PURGE_KIND_DIRECTORY), ==, 0);
  assert_list (list, "https://a.example/x/ @https://b.example/y.js");
  assert_urls (list, PURGE_KIND_DIRECTORY, "https://a.example/x/");
  assert_urls (list, PURGE_KIND_URL, "https://b.example/y.js");

  for (guint i = 0; i < 3; i++)
    purge_directory_list_undo (list);
  assert_list (list, "https://a.example/x/ https://b.example/y.js!?");
  purge_directory_list_redo (list);
  assert_list (list, "@https://a.example/x https://b.example/y.js!?");
}

/* A row stays what it is while its text is edited. */
static void
test_edits (void)
{
  g_autoptr (PurgeDirectoryList) list = make_list ("https://a.example/x");

  purge_directory_list_set_kind (list, 0, PURGE_KIND_URL);
  g_assert_cmpuint (purge_directory_list_set_text (list, 0, "https://a.example//y.js?z"), ==, 0);
  assert_list (list, "@https://a.example//y.js?z!");
  g_assert_cmpuint (purge_directory_list_apply_suggestion (list, 0), ==, 0);
  assert_list (list, "@https://a.example/y.js?z");
  g_assert_cmpuint (purge_directory_list_set_text (list, 0, " "), ==, PURGE_DIRECTORY_LIST_NOWHERE);
  assert_counts (list, 0, 0, 0, 0);
}

static void
test_merges_within_a_kind (void)
{
  g_autoptr (PurgeDirectoryList) list =
    make_list ("https://a.example/x/\nhttps://a.example/\nhttps://b.example/");

  purge_directory_list_set_kind (list, 0, PURGE_KIND_URL);
  purge_directory_list_set_text (list, 0, "https://a.example/");
  assert_list (list, "@https://a.example/<https://a.example/ https://a.example/ "
                     "https://b.example/");
  assert_counts (list, 2, 1, 0, 0);

  purge_directory_list_set_text (list, 2, "https://a.example/#again");
  assert_counts (list, 1, 1, 0, 0);
  purge_directory_list_undo (list);
  g_assert_cmpuint (purge_directory_list_set_kind (list, 1, PURGE_KIND_URL), ==, 0);
  assert_list (list, "@https://a.example/ https://b.example/");
  purge_directory_list_undo (list);
  assert_list (list, "@https://a.example/<https://a.example/ https://a.example/ "
                     "https://b.example/");
}

/* A directory covers URLs, a URL covers nothing. */
static void
test_covers (void)
{
  g_autoptr (PurgeDirectoryList) list =
    make_list ("https://a.example/b/c.js\nhttps://a.example/b/\nhttps://a.example/bb/c?d=/b/\n"
               "https://a.example/b/d/");

  assert_list (list, "https://a.example/b/c.js!? https://a.example/b/ "
                     "https://a.example/bb/c?d=/b/!? "
                     "https://a.example/b/d/<https://a.example/b/");
  purge_directory_list_take_url_offers (list);
  assert_list (list, "@https://a.example/b/c.js<https://a.example/b/ https://a.example/b/ "
                     "@https://a.example/bb/c?d=/b/ "
                     "https://a.example/b/d/<https://a.example/b/");
  g_assert_cmpuint (purge_directory_list_get_n_covered (list), ==, 2);

  purge_directory_list_set_kind (list, 1, PURGE_KIND_URL);
  assert_list (list, "@https://a.example/b/c.js @https://a.example/b/ "
                     "@https://a.example/bb/c?d=/b/ https://a.example/b/d/");
  purge_directory_list_set_kind (list, 1, PURGE_KIND_DIRECTORY);
  purge_directory_list_set_kind (list, 3, PURGE_KIND_URL);
  purge_directory_list_set_text (list, 3, "https://a.example/b/");
  assert_list (list, "@https://a.example/b/c.js<https://a.example/b/ https://a.example/b/ "
                     "@https://a.example/bb/c?d=/b/ "
                     "@https://a.example/b/<https://a.example/b/");
  purge_directory_list_remove (list, 1, 1);
  assert_list (list, "@https://a.example/b/c.js @https://a.example/bb/c?d=/b/ "
                     "@https://a.example/b/");
}

static void
count_cb (GListModel *model,
          guint       position,
          guint       n_removed,
          guint       n_added,
          gpointer    user_data)
{
  guint *count = user_data;

  (*count)++;
}

static void
test_takes_all_offers (void)
{
  g_autoptr (PurgeDirectoryList) list =
    make_list ("https://a.example/\nhttps://a.example/b.js\nx\nhttps://a.example//c.js\n"
               "https://a.example/b.js#again\nhttps://a.example/d?e\nhttps://f.example/");
  const char *before = "https://a.example/ https://a.example/b.js!? x! https://a.example//c.js! "
                       "https://a.example/b.js#again!? https://a.example/d?e!? "
                       "https://f.example/";
  const char *after = "https://a.example/ @https://a.example/b.js<https://a.example/ x! "
                      "https://a.example//c.js! @https://a.example/d?e<https://a.example/ "
                      "https://f.example/";
  guint n_calls = 0;

  assert_list (list, before);
  assert_counts (list, 2, 0, 5, 3);
  g_signal_connect (list, "items-changed", G_CALLBACK (count_cb), &n_calls);
  g_assert_cmpuint (purge_directory_list_take_url_offers (list), ==, 3);
  g_assert_cmpuint (n_calls, ==, 1);
  assert_list (list, after);
  assert_counts (list, 2, 2, 2, 0);

  g_assert_cmpuint (purge_directory_list_take_url_offers (list), ==, 0);
  purge_directory_list_undo (list);
  assert_list (list, before);
  assert_counts (list, 2, 0, 5, 3);
  purge_directory_list_redo (list);
  assert_list (list, after);

  /* One that the list has as a URL is not put in twice. */
  g_assert_true (purge_directory_list_add_text (list, "https://a.example/b.js", -1, NULL, NULL));
  assert_counts (list, 2, 2, 3, 1);
  g_assert_cmpuint (purge_directory_list_take_url_offers (list), ==, 1);
  assert_list (list, after);
}

/* What stays is what it was, be it a URL or what would be read as something else. */
static void
test_removes_scattered (void)
{
  g_autoptr (PurgeDirectoryList) list =
    make_list ("https://a.example/\nhttps://a.example/b\nhttps://b.example/\nx\n"
               "https://c.example/");
  const guint positions[] = { 0, 2, 4 };
  const guint one[] = { 1 };
  guint n_calls = 0;

  purge_directory_list_set_kind (list, 1, PURGE_KIND_URL);
  purge_directory_list_set_text (list, 3, "- https://x.example/");
  g_signal_connect (list, "items-changed", G_CALLBACK (count_cb), &n_calls);
  purge_directory_list_remove_scattered (list, positions, 3);
  g_assert_cmpuint (n_calls, ==, 1);
  assert_list (list, "@https://a.example/b - https://x.example/!");
  purge_directory_list_remove_scattered (list, one, 1);
  assert_list (list, "@https://a.example/b");
  purge_directory_list_undo (list);
  purge_directory_list_undo (list);
  assert_list (list, "https://a.example/ @https://a.example/b<https://a.example/ "
                     "https://b.example/ - https://x.example/! https://c.example/");
}

/* The word makes a URL of what is typed, pasted or edited, and a row that is one stays one. */
static void
test_notation (void)
{
  g_autoptr (PurgeDirectoryList) list =
    make_list ("url https://a.example/b.js\nhttps://a.example/c url https://a.example/c");
  PurgeAddReport report;

  assert_list (list, "@https://a.example/b.js https://a.example/c/ @https://a.example/c");
  g_assert_cmpuint (purge_directory_list_set_text (list, 1, "URL https://a.example/d"), ==, 1);
  assert_list (list, "@https://a.example/b.js @https://a.example/d @https://a.example/c");
  g_assert_cmpuint (purge_directory_list_set_text (list, 1, "https://a.example/e"), ==, 1);
  assert_list (list, "@https://a.example/b.js @https://a.example/e @https://a.example/c");

  g_assert_true (purge_directory_list_add_text (
    list, "url https://a.example/b.js\nhttps://a.example/e/\nurl https://a.example/f", -1, &report,
    NULL));
  g_assert_cmpuint (report.n_added, ==, 2);
  g_assert_cmpuint (report.n_merged, ==, 1);

  /* A row that would read as one is one. */
  g_assert_cmpuint (purge_directory_list_set_text (list, 0, "url url x"), ==, 0);
  g_assert_cmpuint (purge_directory_list_set_kind (list, 0, PURGE_KIND_DIRECTORY), ==, 0);
  assert_list (list, "@x! @https://a.example/e @https://a.example/c https://a.example/e/ "
                     "@https://a.example/f");
}

static void
assert_survives (PurgeDirectoryList *list)
{
  g_autoptr (PurgeDirectoryList) other = purge_directory_list_new ();
  g_autofree char *wanted = describe (list);
  g_autofree char *text = purge_directory_list_dup_all_text (list);
  g_autoptr (PurgeReading) lines = purge_reading_new_take_lines (g_strdup (text), strlen (text));
  guint n_calls = 0;

  /* As a draft */
  purge_directory_list_restore (other, lines);
  assert_list (other, wanted);

  /* In the text view, where nothing was changed */
  g_signal_connect (list, "items-changed", G_CALLBACK (count_cb), &n_calls);
  g_assert_true (purge_directory_list_set_all_text (list, text, -1, NULL, NULL));
  g_assert_cmpuint (n_calls, ==, 0);
  g_signal_handlers_disconnect_by_func (list, count_cb, &n_calls);
}

static void
test_survives_as_text (void)
{
  static const char * const texts[] = {
    "https://a.example/", "https://a.example/b.js", "https://a.example/b?c=//d", "x", "  x  ",
    "url", "url x", "url url x", "curl https", "https://a.example/url", "//a.example/b.js", "- x", "日",
  };
  g_autoptr (PurgeDirectoryList) list = make_list ("https://b.example/");
  g_autoptr (GRand) rand = g_rand_new_with_seed (g_test_rand_int ());

  for (guint i = 0; i < 2000; i++)
    {
      const char *text = texts[g_rand_int_range (rand, 0, G_N_ELEMENTS (texts))];
      const guint n = g_list_model_get_n_items (G_LIST_MODEL (list));
      const guint position = n > 0 ? g_rand_int_range (rand, 0, n) : 0;

      if (n < 3)
        purge_directory_list_add_text (list, text, -1, NULL, NULL);
      else if (g_rand_boolean (rand))
        purge_directory_list_set_text (list, position, text);
      else if (g_rand_boolean (rand))
        purge_directory_list_set_kind (list, position, g_rand_int_range (rand, 0, PURGE_N_KINDS));
      else if (g_rand_boolean (rand))
        purge_directory_list_take_url_offers (list);
      else
        purge_directory_list_add_text (list, text, -1, NULL, NULL);
      if (n > 8)
        purge_directory_list_undo (list);

      assert_survives (list);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/directory-list-kinds/set-kind", test_set_kind);
  g_test_add_func ("/directory-list-kinds/edits", test_edits);
  g_test_add_func ("/directory-list-kinds/merges-within-a-kind", test_merges_within_a_kind);
  g_test_add_func ("/directory-list-kinds/covers", test_covers);
  g_test_add_func ("/directory-list-kinds/takes-all-offers", test_takes_all_offers);
  g_test_add_func ("/directory-list-kinds/removes-scattered", test_removes_scattered);
  g_test_add_func ("/directory-list-kinds/notation", test_notation);
  g_test_add_func ("/directory-list-kinds/survives-as-text", test_survives_as_text);

  return g_test_run ();
}
