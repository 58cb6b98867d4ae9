/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#include "purge-entry.h"

static void
test_good (void)
{
  g_autoptr (PurgeEntry) entry = purge_entry_new ("https://a.example/b/", PURGE_KIND_DIRECTORY, 7);

  g_assert_cmpstr (purge_entry_get_text (entry), ==, "https://a.example/b/");
  g_assert_cmpstr (purge_entry_get_given (entry), ==, "https://a.example/b/");
  g_assert_cmpint (purge_entry_get_problem (entry), ==, PURGE_PROBLEM_NONE);
  g_assert_cmpint (purge_entry_get_mends (entry), ==, PURGE_MENDS_NONE);
  g_assert_cmpuint (purge_entry_get_line (entry), ==, 7);
  g_assert_null (purge_entry_get_suggestion (entry));
  g_assert_null (purge_entry_dup_sentence (entry));
  g_assert_null (purge_entry_dup_mends_sentence (entry));
}

static void
test_mended (void)
{
  g_autoptr (PurgeEntry) entry = purge_entry_new (" https://A.example/b", PURGE_KIND_DIRECTORY, 0);
  g_autofree char *sentence = purge_entry_dup_mends_sentence (entry);

  g_assert_cmpstr (purge_entry_get_text (entry), ==, "https://a.example/b/");
  g_assert_cmpstr (purge_entry_get_given (entry), ==, " https://A.example/b");
  g_assert_cmpint (purge_entry_get_mends (entry), ==,
                   PURGE_MENDS_BLANKS_TRIMMED | PURGE_MENDS_HOST_LOWERED | PURGE_MENDS_SLASH_ADDED);
  g_assert_cmpstr (sentence, ==, "Blanks at the ends were removed. The host was put in lower case. "
                                 "The final “/” of the path was added.");
}

static void
test_bad (void)
{
  g_autoptr (PurgeEntry) entry = purge_entry_new (" a.example/b", PURGE_KIND_DIRECTORY, 0);
  g_autofree char *sentence = purge_entry_dup_sentence (entry);

  g_assert_cmpstr (purge_entry_get_text (entry), ==, " a.example/b");
  g_assert_cmpint (purge_entry_get_problem (entry), ==, PURGE_PROBLEM_NO_SCHEME);
  g_assert_nonnull (sentence);
}

/* A row can only show what is UTF-8. */
static void
test_invalid (void)
{
  g_autoptr (PurgeEntry) entry = purge_entry_new ("https://a.example/\xff", PURGE_KIND_DIRECTORY,
                                                  0);

  g_assert_cmpint (purge_entry_get_problem (entry), ==, PURGE_PROBLEM_INVALID_UTF8);
  g_assert_cmpstr (purge_entry_get_text (entry), ==, "https://a.example/\xef\xbf\xbd");
}

static void
count_cb (GObject    *object,
          GParamSpec *pspec,
          gpointer    user_data)
{
  guint *count = user_data;

  (*count)++;
}

static void
test_properties (void)
{
  g_autoptr (PurgeEntry) entry = purge_entry_new ("https://a.example/i.html", PURGE_KIND_DIRECTORY,
                                                  3);
  g_autofree char *text = NULL;
  g_autofree char *given = NULL;
  g_autofree char *sentence = NULL;
  g_autofree char *suggestion = NULL;
  g_autofree char *mends_sentence = NULL;
  g_autofree char *covered_by = NULL;
  PurgeProblem problem;
  PurgeMends mends;
  guint line;
  guint count = 0;

  g_signal_connect (entry, "notify::covered-by", G_CALLBACK (count_cb), &count);
  purge_entry_set_covered_by (entry, "https://a.example/");
  purge_entry_set_covered_by (entry, "https://a.example/");
  g_assert_cmpuint (count, ==, 1);

  g_object_get (entry, "text", &text, "given", &given, "problem", &problem, "sentence", &sentence,
                "suggestion", &suggestion, "mends", &mends, "mends-sentence", &mends_sentence,
                "line", &line, "covered-by", &covered_by, NULL);
  g_assert_cmpstr (text, ==, "https://a.example/i.html");
  g_assert_cmpstr (given, ==, text);
  g_assert_cmpint (problem, ==, PURGE_PROBLEM_FILE);
  g_assert_nonnull (sentence);
  g_assert_cmpstr (suggestion, ==, "https://a.example/");
  g_assert_cmpint (mends, ==, PURGE_MENDS_NONE);
  g_assert_null (mends_sentence);
  g_assert_cmpuint (line, ==, 3);
  g_assert_cmpstr (covered_by, ==, "https://a.example/");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/entry/good", test_good);
  g_test_add_func ("/entry/mended", test_mended);
  g_test_add_func ("/entry/bad", test_bad);
  g_test_add_func ("/entry/invalid", test_invalid);
  g_test_add_func ("/entry/properties", test_properties);

  return g_test_run ();
}
