/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#include "purge-reading.h"

#include <string.h>

#include "purge-error.h"

/* A reading in one line: for each item its line, `@` where it is a URL, its text in brackets, and what
 * became of it. */
static char *
describe (PurgeReading *reading)
{
  GString *string = g_string_new (NULL);

  for (guint i = 0; i < purge_reading_get_n_items (reading); i++)
    {
      const PurgeReadingItem *item = purge_reading_get_item (reading, i);

      g_string_append_printf (string, "%s%u%s[%s]", i > 0 ? " " : "", item->line,
                              item->kind == PURGE_KIND_URL ? "@" : "", item->text);
      if (item->problem != PURGE_PROBLEM_NONE)
        g_string_append_printf (string, "!%s", purge_problem_to_string (item->problem));
      if (item->duplicate_of != 0)
        g_string_append_printf (string, "=%u", item->duplicate_of);
    }

  return g_string_free (string, FALSE);
}

static const struct
{
  const char *text;
  const char *wanted;
} cases[] = {
  { "", "" },
  { "\n\r\n \t\n", "" },
  { "https://a.example/", "1[https://a.example/]" },

  /* Line ends */
  { "https://a.example/\nhttps://b.example/\n", "1[https://a.example/] 2[https://b.example/]" },
  { "https://a.example/\r\nhttps://b.example/\r\n", "1[https://a.example/] 2[https://b.example/]" },
  { "https://a.example/\rhttps://b.example/\r", "1[https://a.example/] 2[https://b.example/]" },
  { "https://a.example/\n\rhttps://b.example/", "1[https://a.example/] 3[https://b.example/]" },
  { "https://a.example/\xc2\x85https://b.example/", "1[https://a.example/] 2[https://b.example/]" },
  { "https://a.example/\xe2\x80\xa8https://b.example/\xe2\x80\xa9https://c.example/",
    "1[https://a.example/] 2[https://b.example/] 3[https://c.example/]" },
  { "https://a.example/\n\n\nhttps://b.example/", "1[https://a.example/] 4[https://b.example/]" },
  { "\xe2\x80\xa6\nhttps://b.example/", "1[…]!cjk-punctuation 2[https://b.example/]" },

  /* A byte order mark is no part of the text, but only in front of it. */
  { "\xef\xbb\xbfhttps://a.example/", "1[https://a.example/]" },
  { "https://a.example/\n\xef\xbb\xbfhttps://b.example/",
    "1[https://a.example/] 2[\xef\xbb\xbfhttps://b.example/]!invisible-character" },

  /* A line is one entry … */
  { "https://a.example/a b, c; d/", "1[https://a.example/a b, c; d/]" },
  { "  https://a.example/ ", "1[  https://a.example/ ]" },
  { "a b c", "1[a b c]!no-scheme" },
  { "https://a.example/,www.b.example/", "1[https://a.example/,www.b.example/]" },
  { "https://a.example/xhttps://b.example/",
    "1[https://a.example/xhttps://b.example/]!double-slash" },
  { "https://a.example/ ftp://b.example/", "1[https://a.example/ ftp://b.example/]!double-slash" },

  /* … and is divided only where the next piece has a scheme. */
  { "https://a.example/ https://b.example/", "1[https://a.example/] 1[https://b.example/]" },
  { "https://a.example/,HTTP://b.example/", "1[https://a.example/] 1[HTTP://b.example/]" },
  { "https://a.example/ , \thttps://b.example/", "1[https://a.example/] 1[https://b.example/]" },
  { "https://a.example/;https://b.example/", "1[https://a.example/] 1[https://b.example/]" },
  { "https://a.example/，https://b.example/、https://c.example/；https://d.example/",
    "1[https://a.example/] 1[https://b.example/] 1[https://c.example/] 1[https://d.example/]" },
  { "https://a.example/\xe3\x80\x80https://b.example/",
    "1[https://a.example/] 1[https://b.example/]" },
  { "https://a.example/a b https://b.example/", "1[https://a.example/a b] 1[https://b.example/]" },
  { "look at https://a.example/", "1[look at]!no-scheme 1[https://a.example/]" },
  { " https://a.example/ https://b.example/", "1[ https://a.example/] 1[https://b.example/]" },
  { "https://a.example/, https://b.example/,",
    "1[https://a.example/] 1[https://b.example/,]!punctuation" },
  { "http:// https://a.example/", "1[http://]!no-host 1[https://a.example/]" },
  { "http://http://a.example/", "1[http://http://a.example/]!port" },

  /* The markers of lists are no entries. */
  { "- https://a.example/\n * https://b.example/\n+ https://c.example/\n• https://d.example/",
    "1[https://a.example/] 2[https://b.example/] 3[https://c.example/] 4[https://d.example/]" },
  { "1. https://a.example/\n2) https://b.example/\n3、https://c.example/",
    "1[https://a.example/] 2[https://b.example/] 3[https://c.example/]" },
  { "-", "1[-]!no-scheme" },
  { "1a. https://a.example/", "1[1a.]!no-scheme 1[https://a.example/]" },

  /* Links */
  { "[a](https://a.example/)", "1[https://a.example/]" },
  { "See [a](https://a.example/) and [b](https://b.example/ \"B\").",
    "1[https://a.example/] 1[https://b.example/]" },
  { "- [a](https://a.example/a_(b)/)", "1[https://a.example/a_(b)/]" },
  { "[https://a.example/](https://b.example/)", "1[https://b.example/]" },
  { "<https://a.example/>", "1[https://a.example/]" },
  { "[a](<https://a.example/>)", "1[https://a.example/]" },
  { "<a href=\"https://a.example/\">https://a.example/</a>", "1[https://a.example/]" },
  { "<A class='x' HREF = 'https://a.example/b c/'>x</A>", "1[https://a.example/b c/]" },
  { "<a href=\"https://a.example/\"></a><a href=\"https://b.example/\"></a>",
    "1[https://a.example/] 1[https://b.example/]" },
  { "https://a.example/ as well as <https://b.example/> and https://c.example/, thanks",
    "1[https://a.example/] 1[https://b.example/] 1[https://c.example/]" },
  { "<https://a.example/>,https://b.example/,https://c.example/",
    "1[https://a.example/] 1[https://b.example/] 1[https://c.example/]" },
  { "https://a.example/b<https://c.example/> https://d.example/e[f](https://g.example/)",
    "1[https://a.example/b] 1[https://c.example/] 1[https://d.example/e[f]]!bracket "
    "1[https://g.example/]" },
  { "[a](https://a.example/", "1[[a](https://a.example/]!bracket" },
  { "[a](https://a.example/ b", "1[[a](https://a.example/ b]!bracket" },
  { "<https://a.example/", "1[<https://a.example/]!bracket" },
  { "<https://a.example/ b>", "1[<https://a.example/ b>]!bracket" },
  { "<a href=\"https://a.example/", "1[<a href=\"https://a.example/]!bracket" },
  { "<img src=\"https://a.example/\">", "1[<img src=\"https://a.example/\">]!bracket" },
  { "(https://a.example/)", "1[(https://a.example/)]!bracket" },
  { "\"https://a.example/\"", "1[\"https://a.example/\"]!quotation-mark" },

  /* Duplicates are what would be sent twice, not what looks the same. */
  { "https://a.example/\nhttps://a.example/\nHTTPS://A.example\nhttps://b.example/",
    "1[https://a.example/] 2[https://a.example/]=1 3[HTTPS://A.example]=1 4[https://b.example/]" },
  { "https://a.example/a/ https://a.example/a",
    "1[https://a.example/a/] 1[https://a.example/a]=1" },
  { "x\nx", "1[x]!no-scheme 2[x]!no-scheme" },
  { "https://a.example/A/\nhttps://a.example/a/\nhttp://a.example/a/",
    "1[https://a.example/A/] 2[https://a.example/a/] 3[http://a.example/a/]" },

  /* The word in front of a piece says that it is a URL … */
  { "url https://a.example/b.js", "1@[https://a.example/b.js]" },
  { "URL\thttps://a.example/b.js", "1@[https://a.example/b.js]" },
  { "Url\xe3\x80\x80https://a.example/b.js", "1@[https://a.example/b.js]" },
  { "  url  https://a.example/b.js ", "1@[ https://a.example/b.js ]" },
  { "url www.a.example/b.js", "1@[www.a.example/b.js]!no-scheme" },
  { "url ftp://a.example/b.js", "1@[ftp://a.example/b.js]!other-scheme" },
  { "url url https://a.example/", "1[url]!no-scheme 1@[https://a.example/]" },
  { "https://a.example/b url https://a.example/c https://a.example/d",
    "1[https://a.example/b] 1@[https://a.example/c] 1[https://a.example/d]" },
  { "url https://a.example/b c,\turl  https://a.example/d?e",
    "1@[https://a.example/b c] 1@[ https://a.example/d?e]" },
  { "see the url https://a.example/b", "1[see the]!no-scheme 1@[https://a.example/b]" },
  { "- url https://a.example/b\n12) url https://a.example/c",
    "1@[https://a.example/b] 2@[https://a.example/c]" },
  { "url <https://a.example/b>, url https://a.example/c and <https://a.example/d>",
    "1@[https://a.example/b] 1@[https://a.example/c] 1[https://a.example/d]" },
  { "url [a](https://a.example/b)", "1[https://a.example/b]" },
  { "url \xff", "1@[\xef\xbf\xbd]!invalid-utf8" },

  /* … and nothing else does. */
  { "https://a.example/b.js", "1[https://a.example/b.js]!file" },
  { "url", "1[url]!no-scheme" },
  { "url ", "1[url ]!no-scheme" },
  { "urls https://a.example/b", "1[urls]!no-scheme 1[https://a.example/b]" },
  { "curl https://a.example/b", "1[curl]!no-scheme 1[https://a.example/b]" },
  { "url: https://a.example/b", "1[url:]!other-scheme 1[https://a.example/b]" },
  { "url,https://a.example/b", "1[url]!no-scheme 1[https://a.example/b]" },
  { "url\xff https://a.example/b", "1[url\xef\xbf\xbd]!invalid-utf8 1[https://a.example/b]" },
  { "https://a.example/url https://b.example/",
    "1[https://a.example/url] 1[https://b.example/]" },
  { "https://a.example/ url b", "1[https://a.example/ url b]" },

  /* A directory and a URL are no duplicates. */
  { "https://a.example/\nurl https://a.example/\nurl https://a.example/#b\nhttps://a.example",
    "1[https://a.example/] 2@[https://a.example/] 3@[https://a.example/#b]=2 "
    "4[https://a.example]=1" },

  /* What is no UTF-8 blocks its own line. */
  { "https://a.example/\n\xff\xfe\nhttps://b.example/",
    "1[https://a.example/] 2[\xef\xbf\xbd\xef\xbf\xbd]!invalid-utf8 3[https://b.example/]" },
  { "https://a.example/  \x80", "1[https://a.example/  \xef\xbf\xbd]!invalid-utf8" },
  { "https://a.example/ \x80https://b.example/",
    "1[https://a.example/ \xef\xbf\xbdhttps://b.example/]!invalid-utf8" },
  { "https://a.example/\xe3\x80 https://b.example/",
    "1[https://a.example/\xef\xbf\xbd\xef\xbf\xbd]!invalid-utf8 1[https://b.example/]" },
};

static void
test_table (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (PurgeReading) reading = purge_reading_new (cases[i].text, -1, PURGE_KIND_DIRECTORY,
                                                            &error);
      g_autofree char *seen = NULL;

      g_assert_no_error (error);
      seen = describe (reading);
      g_assert_cmpstr (seen, ==, cases[i].wanted);
    }
}

static void
test_counts (void)
{
  g_autoptr (PurgeReading) reading =
    purge_reading_new ("https://a.example\nx\nhttps://a.example/\nhttps://b.example/ y\n"
                       "url https://a.example/z.js", -1, PURGE_KIND_DIRECTORY, NULL);
  g_auto (GStrv) directories = purge_reading_dup_urls (reading, PURGE_KIND_DIRECTORY);
  g_auto (GStrv) urls = purge_reading_dup_urls (reading, PURGE_KIND_URL);
  g_autofree char *joined = g_strjoinv (" ", directories);
  const PurgeReadingItem *merged = purge_reading_get_item (reading, 2);

  g_assert_cmpuint (purge_reading_get_n_items (reading), ==, 5);
  g_assert_cmpuint (purge_reading_get_n_problems (reading), ==, 1);
  g_assert_cmpuint (purge_reading_get_n_duplicates (reading), ==, 1);
  g_assert_cmpstr (joined, ==, "https://a.example/ https://b.example/%20y/");
  g_assert_cmpstr (urls[0], ==, "https://a.example/z.js");
  g_assert_cmpuint (g_strv_length (urls), ==, 1);
  g_assert_cmpstr (merged->url, ==, "https://a.example/");
  g_assert_cmpint (merged->mends, ==, PURGE_MENDS_MERGED);
  g_assert_null (purge_reading_get_item (reading, 1)->url);
}

/* Where all is to be URLs, the word changes nothing. */
static void
test_default_kind (void)
{
  g_autoptr (PurgeReading) reading =
    purge_reading_new ("https://a.example/b https://a.example/c\nurl https://a.example/d.js\n"
                       "<https://a.example/e> x\nfoo\nurl https://a.example/b", -1, PURGE_KIND_URL,
                       NULL);
  g_autofree char *seen = describe (reading);

  g_assert_cmpstr (seen, ==, "1@[https://a.example/b] 1@[https://a.example/c] "
                             "2@[https://a.example/d.js] 3@[https://a.example/e] 4@[foo]!no-scheme "
                             "5@[https://a.example/b]=1");
}

static char *
repeat (const char *what,
        guint       times)
{
  GString *string = g_string_new (NULL);

  for (guint i = 0; i < times; i++)
    g_string_append (string, what);

  return g_string_free (string, FALSE);
}

/* What is kept of a line that is too long is itself too long: read again, it is no directory. */
static void
test_long_lines (void)
{
  char *lines[] = {
    repeat ("https://a.example/ ", 200), repeat ("x", 10 * 1024 * 1024), repeat ("日", 1000),
    repeat ("\xff", 4000),
  };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *text = g_strconcat ("https://b.example/\n", lines[i], "\nhttps://c.example/",
                                           NULL);
      g_autoptr (PurgeReading) reading = purge_reading_new (text, -1, PURGE_KIND_DIRECTORY, NULL);
      g_autoptr (PurgeReading) again = NULL;
      const PurgeReadingItem *item;

      g_assert_cmpuint (purge_reading_get_n_items (reading), ==, 3);
      g_assert_cmpuint (purge_reading_get_n_problems (reading), ==, 1);
      item = purge_reading_get_item (reading, 1);
      g_assert_cmpint (item->problem, ==, PURGE_PROBLEM_TOO_LONG);
      g_assert_cmpuint (strlen (item->text), >, PURGE_LINE_MAX_BYTES);
      g_assert_cmpuint (strlen (item->text), <, 4 * PURGE_LINE_MAX_BYTES);
      g_assert_true (g_utf8_validate (item->text, -1, NULL));

      again = purge_reading_new (item->text, -1, PURGE_KIND_DIRECTORY, NULL);
      g_assert_cmpint (purge_reading_get_item (again, 0)->problem, ==, PURGE_PROBLEM_TOO_LONG);
      g_free (g_steal_pointer (&lines[i]));
    }
}

/* The word is no part of what may be so long. */
static void
test_longest_url (void)
{
  g_autofree char *name = repeat ("a", 2048 - strlen ("https://a.example/"));
  g_autofree char *text = g_strconcat ("url https://a.example/", name, "\n  url https://a.example/",
                                       name, "a\nurl https://a.example/b", NULL);
  g_autoptr (PurgeReading) reading = purge_reading_new (text, -1, PURGE_KIND_DIRECTORY, NULL);
  const PurgeReadingItem *item = purge_reading_get_item (reading, 1);

  g_assert_cmpuint (purge_reading_get_n_items (reading), ==, 3);
  g_assert_cmpuint (purge_reading_get_n_problems (reading), ==, 1);
  g_assert_cmpint (purge_reading_get_item (reading, 0)->problem, ==, PURGE_PROBLEM_NONE);
  g_assert_cmpint (item->problem, ==, PURGE_PROBLEM_TOO_LONG);
  g_assert_cmpint (item->kind, ==, PURGE_KIND_URL);
  g_assert_true (g_str_has_prefix (item->text, "https://a.example/"));
}

static void
test_longest_line (void)
{
  g_autofree char *name = repeat ("a", 2048 - strlen ("https://a.example/") - 1);
  g_autofree char *text = g_strconcat ("https://a.example/", name, "/\n", NULL);
  g_autoptr (PurgeReading) reading = purge_reading_new (text, -1, PURGE_KIND_DIRECTORY, NULL);

  g_assert_cmpuint (purge_reading_get_n_problems (reading), ==, 0);
}

static void
assert_refused (const char *text,
                gssize      length,
                const char *words)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (purge_reading_new (text, length, PURGE_KIND_DIRECTORY, &error));
  g_assert_error (error, PURGE_ERROR, PURGE_ERROR_INVALID_INPUT);
  g_assert_nonnull (strstr (error->message, words));
}

static void
test_limits (void)
{
  g_autofree char *most_lines = repeat ("\n", PURGE_TEXT_MAX_LINES);
  g_autofree char *more_lines = repeat ("\r", PURGE_TEXT_MAX_LINES + 1);
  g_autofree char *bytes = g_malloc (PURGE_TEXT_MAX_BYTES + 1);
  g_autoptr (PurgeReading) reading = purge_reading_new (most_lines, -1, PURGE_KIND_DIRECTORY, NULL);
  g_autoptr (PurgeReading) full = NULL;

  g_assert_nonnull (reading);
  assert_refused (more_lines, -1, "200,000");

  memset (bytes, ' ', PURGE_TEXT_MAX_BYTES + 1);
  full = purge_reading_new (bytes, PURGE_TEXT_MAX_BYTES, PURGE_KIND_DIRECTORY, NULL);
  g_assert_nonnull (full);
  assert_refused (bytes, PURGE_TEXT_MAX_BYTES + 1, "16 MiB");

  assert_refused ("\0", 1, "Line 1 ");
  assert_refused ("a\r\nb\0c\r\n", 8, "Line 2 ");
  assert_refused ("a\nb\n\0", 5, "Line 3 ");
}

static void
test_without_limits (void)
{
  const guint n = PURGE_TEXT_MAX_LINES + 100;
  char *text = repeat ("https://a.example/\n", n);
  g_autoptr (PurgeReading) reading = purge_reading_new_take (text, strlen (text));
  char *nul = g_memdup2 ("https://a.example/\0\nhttps://b.example/", 39);
  g_autoptr (PurgeReading) other = purge_reading_new_take (nul, 38);

  g_assert_cmpuint (purge_reading_get_n_items (reading), ==, n);
  g_assert_cmpuint (purge_reading_get_n_duplicates (reading), ==, n - 1);
  g_assert_cmpint (purge_reading_get_item (other, 0)->problem, ==, PURGE_PROBLEM_CONTROL);
  g_assert_cmpstr (purge_reading_get_item (other, 1)->url, ==, "https://b.example/");
}

/* A million lines that end in CR, without one LF, must not be searched a million times for it. */
static void
test_many_different (void)
{
  GString *text = g_string_new (NULL);
  g_autoptr (PurgeReading) reading = NULL;
  g_auto (GStrv) urls = NULL;

  for (guint i = 0; i < 100000; i++)
    g_string_append_printf (text, "https://a.example/%u/\rhttps://a.example/%u/\r", i, i / 2);

  reading = purge_reading_new_take (text->str, text->len);
  g_string_free (text, FALSE);
  urls = purge_reading_dup_urls (reading, PURGE_KIND_DIRECTORY);
  g_assert_cmpuint (purge_reading_get_n_items (reading), ==, 200000);
  g_assert_cmpuint (purge_reading_get_n_duplicates (reading), ==, 100000);
  g_assert_cmpuint (g_strv_length (urls), ==, 100000);
  g_assert_cmpstr (urls[99999], ==, "https://a.example/99999/");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/reading/table", test_table);
  g_test_add_func ("/reading/counts", test_counts);
  g_test_add_func ("/reading/default-kind", test_default_kind);
  g_test_add_func ("/reading/long-lines", test_long_lines);
  g_test_add_func ("/reading/longest-url", test_longest_url);
  g_test_add_func ("/reading/longest-line", test_longest_line);
  g_test_add_func ("/reading/limits", test_limits);
  g_test_add_func ("/reading/without-limits", test_without_limits);
  g_test_add_func ("/reading/many-different", test_many_different);

  return g_test_run ();
}
