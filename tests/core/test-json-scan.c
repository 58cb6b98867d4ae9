/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#include "purge-json-scan.h"

#include <string.h>

/* A text may hold NUL: its length is that of the literal. */
#define BAD(problem, text) { problem, text, sizeof (text) - 1 }
#define GOOD(text) { NULL, text, sizeof (text) - 1 }

static const struct
{
  const char *problem;
  const char *text;
  gsize length;
} cases[] = {
  GOOD ("{}"),
  GOOD (" \t\r\n{ \t\r\n} \t\r\n"),
  GOOD ("{\"code\":0,\"message\":\"\",\"codeDesc\":\"Success\"}"),
  GOOD ("{ \"a\" : [ 1 , 2.5 , -3 , 0 , -0.5 , 1e5 , 1E+5 , 1e-5 , 0e0 , -1.5E-10 ] }"),
  GOOD ("{\"a\":[true,false,null,\"\",{},[]]}"),
  GOOD ("{\"a\":9223372036854775807,\"b\":-9223372036854775808}"),
  GOOD ("{\"a\":1e400,\"b\":18446744073709551616.0}"),
  GOOD ("{\"\":0}"),
  GOOD ("{\"a\":{\"a\":1,\"b\":{\"a\":2}},\"b\":[{\"a\":1},{\"a\":2}]}"),
  GOOD ("{\"a\":1,\"A\":2,\"a \":3}"),
  GOOD ("{\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D\\uDE00\":\"é😀\x7f\"}"),
  GOOD ("{\"a\":\"/*c*/ // '\"}"),

  BAD ("not an object", ""),
  BAD ("not an object", " "),
  BAD ("not an object", "[]"),
  BAD ("not an object", "0"),
  BAD ("not an object", "\"{}\""),
  BAD ("not an object", "null"),
  BAD ("not an object", "<html>"),
  BAD ("not an object", "\xef\xbb\xbf{}"),
  BAD ("not an object", "/*c*/{}"),
  BAD ("not an object", "var x={};"),
  BAD ("not an object", "\v{}"),
  BAD ("not an object", "\xc2\xa0{}"),
  BAD ("something after the object", "{}{}"),
  BAD ("something after the object", "{},"),
  BAD ("something after the object", "{};"),
  BAD ("something after the object", "{}//c"),
  BAD ("something after the object", "{}\f"),
  BAD ("not valid UTF-8, or a NUL in it", "{}\0"),
  BAD ("not valid UTF-8, or a NUL in it", "{\"a\0\":1}"),
  BAD ("not valid UTF-8, or a NUL in it", "{\"a\":\"\xff\"}"),
  BAD ("not valid UTF-8, or a NUL in it", "{\"a\":\"\xc0\x80\"}"),
  BAD ("not valid UTF-8, or a NUL in it", "{\"a\":\"\xed\xa0\x80\"}"),
  BAD ("not valid UTF-8, or a NUL in it", "{\"a\":\"\xe5\x9f\"}"),
  BAD ("a string is missing", "{'a':1}"),
  BAD ("a string is missing", "{a:1}"),
  BAD ("a string is missing", "{1:1}"),
  BAD ("a string is missing", "{\"a\":1,}"),
  BAD ("a string is missing", "{,}"),
  BAD ("a string is missing", "{"),
  BAD ("a colon is missing", "{\"a\"}"),
  BAD ("a colon is missing", "{\"a\",1}"),
  BAD ("a colon is missing", "{\"a\" 1}"),
  BAD ("a colon is missing", "{\"a\"=1}"),
  BAD ("an object or an array has no end", "{\"a\":1"),
  BAD ("an object or an array has no end", "{\"a\":1 \"b\":2}"),
  BAD ("an object or an array has no end", "{\"a\":1]"),
  BAD ("an object or an array has no end", "{\"a\":[1}"),
  BAD ("an object or an array has no end", "{\"a\":1/**/}"),
  BAD ("an object or an array has no end", "{\"a\":\"b\"\"c\"}"),
  BAD ("neither an object, an array, a string, a number nor a literal", "{\"a\":}"),
  BAD ("neither an object, an array, a string, a number nor a literal", "{\"a\":[1,]}"),
  BAD ("neither an object, an array, a string, a number nor a literal", "{\"a\":'b'}"),
  BAD ("neither an object, an array, a string, a number nor a literal", "{\"a\":True}"),
  BAD ("neither an object, an array, a string, a number nor a literal", "{\"a\":nul}"),
  BAD ("neither an object, an array, a string, a number nor a literal", "{\"a\":tru"),
  BAD ("neither an object, an array, a string, a number nor a literal", "{\"a\":NaN}"),
  BAD ("neither an object, an array, a string, a number nor a literal", "{\"a\":+1}"),
  BAD ("neither an object, an array, a string, a number nor a literal", "{\"a\":.5}"),
  BAD ("an object or an array has no end", "{\"a\":truely}"),
  BAD ("an object or an array has no end", "{\"a\":00}"),
  BAD ("an object or an array has no end", "{\"a\":0x0}"),
  BAD ("a negative zero", "{\"a\":-01}"),
  BAD ("an object or an array has no end", "{\"a\":1_000}"),
  BAD ("a digit is missing in a number", "{\"a\":-}"),
  BAD ("a digit is missing in a number", "{\"a\":-Infinity}"),
  BAD ("a digit is missing in a number", "{\"a\":1.}"),
  BAD ("a digit is missing in a number", "{\"a\":0.e1}"),
  BAD ("a digit is missing in a number", "{\"a\":1e}"),
  BAD ("a digit is missing in a number", "{\"a\":1e+}"),
  BAD ("a digit is missing in a number", "{\"a\":1e+-1}"),
  BAD ("a negative zero", "{\"a\":-0}"),
  BAD ("an integer is too large", "{\"a\":9223372036854775808}"),
  BAD ("an integer is too large", "{\"a\":-9223372036854775809}"),
  BAD ("an integer is too large", "{\"a\":18446744073709551616}"),
  BAD ("an integer is too large", "{\"a\":100000000000000000000000000000000000000000}"),
  BAD ("a string has no end", "{\"a"),
  BAD ("a string has no end", "{\"a\":\"b}"),
  BAD ("a control character in a string", "{\"a\":\"\n\"}"),
  BAD ("a control character in a string", "{\"a\t\":1}"),
  BAD ("a control character in a string", "{\"a\":\"\x1f\"}"),
  BAD ("an unknown escape in a string", "{\"a\":\"\\x41\"}"),
  BAD ("an unknown escape in a string", "{\"a\":\"\\'\"}"),
  BAD ("an unknown escape in a string", "{\"a\":\"\\U0041\"}"),
  BAD ("an unknown escape in a string", "{\"a\":\"\\"),
  BAD ("\\u without four hexadecimal digits", "{\"a\":\"\\u12\"}"),
  BAD ("\\u without four hexadecimal digits", "{\"a\":\"\\u123g\"}"),
  BAD ("\\u without four hexadecimal digits", "{\"a\":\"\\ud800\\u12\"}"),
  BAD ("\\u without four hexadecimal digits", "{\"a\":\"\\u"),
  BAD ("a NUL in a string", "{\"a\":\"\\u0000\"}"),
  BAD ("a NUL in a string", "{\"code\\u0000x\":0}"),
  BAD ("a lone surrogate", "{\"a\":\"\\ud800\"}"),
  BAD ("a lone surrogate", "{\"a\":\"\\ud800x\"}"),
  BAD ("a lone surrogate", "{\"a\":\"\\ud800\\n\"}"),
  BAD ("a lone surrogate", "{\"a\":\"\\ud800\\ud800\"}"),
  BAD ("a lone surrogate", "{\"a\":\"\\ud800\\u0041\"}"),
  BAD ("a lone surrogate", "{\"a\":\"\\udc00\"}"),
  BAD ("two members of the same name", "{\"a\":1,\"a\":1}"),
  BAD ("two members of the same name", "{\"code\":0,\"b\":1,\"\\u0063ode\":1}"),
  BAD ("two members of the same name", "{\"😀\":0,\"\\ud83d\\ude00\":1}"),
  BAD ("two members of the same name", "{\"\":0,\"\":1}"),
  BAD ("two members of the same name", "{\"a\":{\"b\":1,\"b\":2}}"),
  BAD ("two members of the same name", "{\"a\":[{\"b\":1},{\"b\":1,\"\\u0062\":2}]}"),
  BAD ("two members of the same name", "{\"a\":{\"b\":1},\"a\":1}"),
};

static void
test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      /* A copy without a NUL after it, so that a sanitizer sees one step too far. */
      g_autofree char *text = g_memdup2 (cases[i].text, cases[i].length);
      g_autofree char *shown = g_strescape (cases[i].text, NULL);
      const char *problem = "untouched";
      gboolean good;

      good = purge_json_scan (text, cases[i].length, &problem);
      g_test_message ("%s", shown);
      g_assert_cmpstr (problem, ==, cases[i].problem);
      g_assert_cmpint (good, ==, cases[i].problem == NULL);
      g_assert_cmpint (purge_json_scan (text, cases[i].length, NULL), ==, good);
    }
}

/* A valid answer cut anywhere is no answer: a lost end must never look like a success. */
static void
test_truncations (void)
{
  const char *answer = "{\"code\":0,\"message\":\"\\u57df\\ud83d\\ude00\",\"codeDesc\":\"Success\","
                       "\"ok\":true,\"data\":{\"count\":20,\"task_id\":\"1540810210711616112\","
                       "\"x\":[null,-1.5e+3]}}";

  g_assert_true (purge_json_scan (answer, strlen (answer), NULL));
  for (gsize length = 0; length < strlen (answer); length++)
    {
      g_autofree char *text = g_memdup2 (answer, length);

      g_assert_false (purge_json_scan (text, length, NULL));
    }
}

static char *
nest (guint       depth,
      const char *opening,
      const char *closing)
{
  GString *text = g_string_new ("{\"a\":");

  for (guint i = 0; i < depth; i++)
    g_string_append (text, opening);
  g_string_append_c (text, '0');
  for (guint i = 0; i < depth; i++)
    g_string_append (text, closing);
  g_string_append_c (text, '}');

  return g_string_free (text, FALSE);
}

static void
test_depth (void)
{
  static const struct { guint depth; gboolean good; } depths[] = {
    { 0, TRUE }, { 30, TRUE }, { 31, TRUE }, { 32, FALSE }, { 33, FALSE }, { 100000, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (depths); i++)
    {
      g_autofree char *arrays = nest (depths[i].depth, "[", "]");
      g_autofree char *objects = nest (depths[i].depth, "{\"a\":", "}");

      g_assert_cmpint (purge_json_scan (arrays, strlen (arrays), NULL), ==, depths[i].good);
      g_assert_cmpint (purge_json_scan (objects, strlen (objects), NULL), ==, depths[i].good);
      g_assert_false (purge_json_scan (arrays, strlen (arrays) / 2, NULL));
    }
}

static void
test_breadth (void)
{
  g_autoptr (GString) text = g_string_new ("{\"a\":[");

  for (guint i = 0; i < 10000; i++)
    g_string_append (text, i == 0 ? "[{}]" : ",[{}]");
  g_string_append (text, "]}");
  g_assert_true (purge_json_scan (text->str, text->len, NULL));
}

static void
test_long_strings (void)
{
  g_autofree char *long_text = g_strnfill (1024 * 1024, 'x');
  g_autofree char *value = g_strdup_printf ("{\"a\":\"%s\"}", long_text);
  g_autofree char *name = g_strdup_printf ("{\"%s\":0,\"%s\":1}", long_text, long_text);
  const char *problem;

  g_assert_true (purge_json_scan (value, strlen (value), NULL));
  g_assert_false (purge_json_scan (value, strlen (value) - 2, NULL));
  g_assert_false (purge_json_scan (name, strlen (name), &problem));
  g_assert_cmpstr (problem, ==, "two members of the same name");
}

static void
test_nothing (void)
{
  g_assert_false (purge_json_scan (NULL, 0, NULL));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json-scan/cases", test_cases);
  g_test_add_func ("/json-scan/truncations", test_truncations);
  g_test_add_func ("/json-scan/depth", test_depth);
  g_test_add_func ("/json-scan/breadth", test_breadth);
  g_test_add_func ("/json-scan/long-strings", test_long_strings);
  g_test_add_func ("/json-scan/nothing", test_nothing);

  return g_test_run ();
}
