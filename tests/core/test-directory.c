/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#include "purge-directory.h"

#include <string.h>

/* One line of tests/data/directories.tsv or urls.tsv; the first says what the columns are. */
typedef enum {
  COLUMN_RULE,
  COLUMN_TEXT,
  COLUMN_PROBLEM,
  COLUMN_URL,
  COLUMN_MENDS,
  COLUMN_SUGGESTION,
  N_COLUMNS,
} Column;

static char *
replace_repetition (const GMatchInfo *match)
{
  g_autofree char *count = g_match_info_fetch (match, 1);
  g_autofree char *what = g_match_info_fetch (match, 2);
  GString *string = g_string_new (NULL);

  for (guint64 i = g_ascii_strtoull (count, NULL, 10); i > 0; i--)
    g_string_append (string, what);

  return g_string_free (string, FALSE);
}

static gboolean
expand_cb (const GMatchInfo *match,
           GString          *result,
           gpointer          user_data)
{
  g_autofree char *expanded = replace_repetition (match);

  g_string_append (result, expanded);
  return FALSE;
}

/* The escapes come last: they may make what is no UTF-8. */
static char *
expand (const char *cell)
{
  g_autoptr (GRegex) repetition = g_regex_new ("\\{(\\d+) ([^}]+)\\}", 0, 0, NULL);
  g_autofree char *repeated = g_regex_replace_eval (repetition, cell, -1, 0, 0, expand_cb, NULL,
                                                    NULL);

  return g_strcompress (repeated);
}

static GPtrArray *
load_cases (PurgeKind kind)
{
  const char *name = kind == PURGE_KIND_URL ? "urls.tsv" : "directories.tsv";
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", name, NULL);
  GPtrArray *cases = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  g_autofree char *contents = NULL;
  g_auto (GStrv) lines = NULL;

  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  lines = g_strsplit (contents, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) cells = NULL;

      if (lines[i][0] == '\0' || lines[i][0] == '#')
        continue;
      cells = g_strsplit (lines[i], "\t", -1);
      if (g_strv_length (cells) != N_COLUMNS)
        g_error ("Line %u of %s has not %d columns", i + 1, path, N_COLUMNS);
      g_ptr_array_add (cases, g_steal_pointer (&cells));
    }

  return cases;
}

static gboolean
cell_is (const char *which,
         GStrv       cells,
         Column      column,
         const char *value)
{
  const char *wanted = g_str_equal (cells[column], "-") ? NULL : cells[column];

  if (value != NULL && *value == '\0')
    value = NULL;
  if (g_strcmp0 (wanted, value) == 0)
    return TRUE;

  g_test_message ("%s: %s: the %s is “%s”, not “%s”", cells[COLUMN_RULE], cells[COLUMN_TEXT],
                  which, value != NULL ? value : "-", cells[column]);
  return FALSE;
}

static gboolean
case_holds (GStrv     cells,
            PurgeKind kind)
{
  g_autoptr (GString) url = g_string_new ("what was there before");
  g_autofree char *text = expand (cells[COLUMN_TEXT]);
  g_autofree char *wanted = expand (cells[COLUMN_URL]);
  g_autofree char *suggestion = NULL;
  g_autofree char *changed = NULL;
  PurgeMends mends;
  PurgeProblem problem = purge_directory_judge (text, -1, kind, url, &mends);

  if (problem != PURGE_PROBLEM_NONE)
    suggestion = purge_directory_suggest (text, kind, problem);
  changed = purge_mends_to_string (mends);

  if (g_str_equal (wanted, url->str))
    g_string_assign (url, cells[COLUMN_URL]);

  return cell_is ("problem", cells, COLUMN_PROBLEM,
                  problem != PURGE_PROBLEM_NONE ? purge_problem_to_string (problem) : NULL) &&
         cell_is ("directory", cells, COLUMN_URL, url->str) &&
         cell_is ("mend", cells, COLUMN_MENDS, changed) &&
         cell_is ("suggestion", cells, COLUMN_SUGGESTION, suggestion);
}

static void
assert_table_holds (PurgeKind kind,
                    guint     n_least)
{
  g_autoptr (GPtrArray) cases = load_cases (kind);
  guint n_broken = 0;

  g_assert_cmpuint (cases->len, >=, n_least);
  for (guint i = 0; i < cases->len; i++)
    n_broken += !case_holds (cases->pdata[i], kind);

  g_assert_cmpuint (n_broken, ==, 0);
}

static void
test_table (void)
{
  assert_table_holds (PURGE_KIND_DIRECTORY, 170);
}

static void
test_urls (void)
{
  assert_table_holds (PURGE_KIND_URL, 80);
}

static void
test_rules_have_cases (gconstpointer kind)
{
  g_autoptr (GPtrArray) cases = load_cases (GPOINTER_TO_INT (kind));
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer rule;
  gpointer count;

  for (guint i = 0; i < cases->len; i++)
    {
      GStrv cells = cases->pdata[i];

      count = g_hash_table_lookup (counts, cells[COLUMN_RULE]);
      g_hash_table_insert (counts, cells[COLUMN_RULE],
                           GUINT_TO_POINTER (GPOINTER_TO_UINT (count) + 1));
    }

  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &rule, &count))
    if (GPOINTER_TO_UINT (count) < 2)
      g_error ("The rule %s has only one case", (const char *) rule);
}

static gboolean
column_has (GPtrArray  *cases,
            Column      column,
            const char *name)
{
  for (guint i = 0; i < cases->len; i++)
    {
      g_auto (GStrv) names = g_strsplit (((GStrv) cases->pdata[i])[column], ",", -1);

      if (g_strv_contains ((const char * const *) names, name))
        return TRUE;
    }

  return FALSE;
}

/* Sentences end a sentence, and no two problems share one. */
static void
assert_is_new_sentence (GHashTable *seen,
                        char       *sentence)
{
  g_assert_nonnull (sentence);
  g_assert_true (g_str_has_suffix (sentence, "."));
  g_assert_true (g_hash_table_add (seen, sentence));
}

static void
test_problems_are_complete (void)
{
  g_autoptr (GPtrArray) cases = load_cases (PURGE_KIND_DIRECTORY);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GEnumClass) class = g_type_class_ref (PURGE_TYPE_PROBLEM);

  g_assert_cmpint (class->maximum + 1, ==, class->n_values);
  g_assert_null (purge_problem_dup_sentence (PURGE_PROBLEM_NONE, NULL));
  for (guint i = 1; i < class->n_values; i++)
    {
      const char *name = purge_problem_to_string (class->values[i].value);

      g_assert_cmpstr (name, ==, class->values[i].value_nick);
      if (!column_has (cases, COLUMN_PROBLEM, name))
        g_error ("The problem %s has no case", name);
      assert_is_new_sentence (seen, purge_problem_dup_sentence (class->values[i].value, NULL));
    }
}

static void
test_mends_are_complete (void)
{
  g_autoptr (GPtrArray) cases = load_cases (PURGE_KIND_DIRECTORY);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GFlagsClass) class = g_type_class_ref (PURGE_TYPE_MENDS);

  g_assert_null (purge_mends_dup_sentence (PURGE_MENDS_NONE));
  g_assert_null (purge_mends_first_to_string (PURGE_MENDS_NONE));
  for (guint i = 0; i < class->n_values; i++)
    {
      const char *name = purge_mends_first_to_string (class->values[i].value);

      g_assert_cmpstr (name, ==, class->values[i].value_nick);
      if (class->values[i].value != PURGE_MENDS_MERGED && !column_has (cases, COLUMN_MENDS, name))
        g_error ("The mend %s has no case", name);
      assert_is_new_sentence (seen, purge_mends_dup_sentence (class->values[i].value));
    }
}

static void
test_sentences_name_characters (void)
{
  static const struct
  {
    const char *text;
    const char *name;
  } cases[] = {
    { "https://example.com/a\tb/", "U+0009" },
    { "https://example.com/a\xe2\x80\xae" "b/", "U+202E" },
    { "https://example.com/a\xe2\x80\x8b" "b/", "U+200B" },
    { "https://example.com/a\xc2\xa0" "b/", "U+00A0" },
  };
  g_autoptr (GString) url = g_string_new (NULL);
  PurgeMends mends;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PurgeProblem problem = purge_directory_judge (cases[i].text, -1, PURGE_KIND_DIRECTORY,
                                                    url, &mends);
      g_autofree char *sentence = purge_problem_dup_sentence (problem, cases[i].text);

      g_assert_nonnull (strstr (sentence, cases[i].name));
    }
}

/* What is sent is what the row shows: judged again it is the same, byte for byte. */
static void
assert_is_settled (const char *text,
                   PurgeKind   kind)
{
  g_autoptr (GString) url = g_string_new (NULL);
  PurgeMends mends;

  g_assert_cmpint (purge_directory_judge (text, -1, kind, url, &mends), ==, PURGE_PROBLEM_NONE);
  g_assert_cmpstr (url->str, ==, text);
  g_assert_cmpint (mends, ==, PURGE_MENDS_NONE);
}

static void
test_results_are_settled (gconstpointer kind)
{
  g_autoptr (GPtrArray) cases = load_cases (GPOINTER_TO_INT (kind));

  for (guint i = 0; i < cases->len; i++)
    {
      GStrv cells = cases->pdata[i];
      g_autofree char *url = expand (cells[COLUMN_URL]);

      if (!g_str_equal (url, "-"))
        assert_is_settled (url, GPOINTER_TO_INT (kind));
      if (!g_str_equal (cells[COLUMN_SUGGESTION], "-"))
        assert_is_settled (cells[COLUMN_SUGGESTION], GPOINTER_TO_INT (kind));
    }
}

static void
test_takes_length (void)
{
  g_autoptr (GString) url = g_string_new (NULL);
  PurgeMends mends;

  g_assert_cmpint (purge_directory_judge ("https://a.example/b/c", 20, PURGE_KIND_DIRECTORY, url,
                                           &mends), ==, PURGE_PROBLEM_NONE);
  g_assert_cmpstr (url->str, ==, "https://a.example/b/");
  g_assert_cmpint (mends, ==, PURGE_MENDS_NONE);
  g_assert_cmpint (purge_directory_judge ("https://a.example/\0b/", 21, PURGE_KIND_URL, url,
                                           &mends), ==, PURGE_PROBLEM_CONTROL);
  g_assert_cmpstr (url->str, ==, "");
}

static void
test_knows_hosts_and_roots (void)
{
  static const struct
  {
    const char *url;
    const char *host;
    gboolean    is_root;
  } cases[] = {
    { "https://example.com/", "example.com", TRUE },
    { "https://example.com/a/", "example.com", FALSE },
    { "http://example.com:8080/", "example.com:8080", TRUE },
    { "https://[::1]:8080/://x/", "[::1]:8080", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *host = purge_directory_dup_host (cases[i].url);

      g_assert_cmpstr (host, ==, cases[i].host);
      g_assert_cmpint (purge_directory_is_root (cases[i].url), ==, cases[i].is_root);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/directory/table", test_table);
  g_test_add_func ("/directory/urls", test_urls);
  for (PurgeKind kind = PURGE_KIND_DIRECTORY; kind <= PURGE_KIND_URL; kind++)
    {
      const char *nick = kind == PURGE_KIND_URL ? "url" : "directory";
      g_autofree char *rules = g_strdup_printf ("/directory/rules-have-cases/%s", nick);
      g_autofree char *results = g_strdup_printf ("/directory/results-are-settled/%s", nick);

      g_test_add_data_func (rules, GINT_TO_POINTER (kind), test_rules_have_cases);
      g_test_add_data_func (results, GINT_TO_POINTER (kind), test_results_are_settled);
    }
  g_test_add_func ("/directory/problems-are-complete", test_problems_are_complete);
  g_test_add_func ("/directory/mends-are-complete", test_mends_are_complete);
  g_test_add_func ("/directory/sentences-name-characters", test_sentences_name_characters);
  g_test_add_func ("/directory/takes-length", test_takes_length);
  g_test_add_func ("/directory/knows-hosts-and-roots", test_knows_hosts_and_roots);

  return g_test_run ();
}
