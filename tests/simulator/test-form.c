/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#include "purge-simulator-form.h"

#include <string.h>

#define NOTHING "\1"

typedef struct {
  const char *name;
  const char *text;
  const char *expected; /* name=value|name=value, or NOTHING for an error */
} Case;

static const Case forms[] = {
  { "empty", "", "" },
  { "pair", "a=b", "a=b" },
  { "byte order", "a=1&B=2&a.10=3&a.2=4&_=5", "B=2|_=5|a=1|a.10=3|a.2=4" },
  { "no value", "a&b=", "a=|b=" },
  { "only the first equals sign", "a=b=c==", "a=b=c==" },
  { "empty pieces", "&&a=b&&", "a=b" },
  { "plus and %20", "a=b+c%20d", "a=b c d" },
  { "encoded plus", "a=b%2Bc", "a=b+c" },
  { "decoded once", "a=%2541", "a=%41" },
  { "either case", "a=%2f%2F", "a=//" },
  { "encoded name", "dirs%2E0=x", "dirs.0=x" },
  { "encoded ampersand", "a=b%26c%3Dd", "a=b&c=d" },
  { "UTF-8", "a=%E7%9B%AE%e5%bd%95", "a=目录" },
  { "raw UTF-8", "a=目", "a=目" },
  { "cut code", "a=%2", NOTHING },
  { "cut code in a name", "%=1", NOTHING },
  { "no code", "a=%zz", NOTHING },
  { "NUL", "a=%00", NOTHING },
  { "not UTF-8", "a=%ff", NOTHING },
  { "overlong", "a=%c0%af", NOTHING },
  { "surrogate", "a=%ed%a0%80", NOTHING },
  { "twice", "a=1&b=2&a=1", NOTHING },
  { "twice in two writings", "a=1&%61=2", NOTHING },
  { "no name", "=1", NOTHING },
};

#define PART(name, value) \
  "--b\r\nContent-Disposition: form-data; name=\"" name "\"\r\n\r\n" value "\r\n"
#define END "--b--\r\n"

static const Case multiparts[] = {
  { "none", END, "" },
  { "one", PART ("a", "1") END, "a=1" },
  { "byte order", PART ("b", "1") PART ("B", "2") END, "B=2|b=1" },
  { "nothing is decoded", PART ("a", "%20+&=") END, "a=%20+&=" },
  { "line ends belong to the value", PART ("a", "\r\n1\r\n") END, "a=\r\n1\r\n" },
  { "empty value", PART ("a", "") END, "a=" },
  { "something like a boundary", PART ("a", "-- --b\n--b") END, "a=-- --b\n--b" },
  { "preamble and epilogue", "hello\r\n" PART ("a", "1") END "bye", "a=1" },
  { "begins with a line end", "\r\n" PART ("a", "1") END, "a=1" },
  { "blanks behind the boundary",
    "--b \t\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n" END, "a=1" },
  { "other headers", "--b\r\nContent-Type: text/plain; charset=utf-8\r\n"
    "content-disposition: form-data; name=\"a\"\r\nX: y\r\n\r\n1\r\n" END, "a=1" },
  { "UTF-8", PART ("a", "目录") END, "a=目录" },
  { "a file", "--b\r\nContent-Disposition: form-data; name=\"a\"; filename=\"f\"\r\n\r\n1\r\n"
    PART ("c", "2") END, "c=2" },
  { "no boundary", "a=b", NOTHING },
  { "empty body", "", NOTHING },
  { "no end", PART ("a", "1"), NOTHING },
  { "cut in the headers", "--b\r\nContent-Disposition: form", NOTHING },
  { "cut behind the boundary", "--b", NOTHING },
  { "boundary that goes on", "--bb\r\n\r\n" END, NOTHING },
  { "no headers", "--b\r\n1\r\n" END, NOTHING },
  { "no disposition", "--b\r\nX: y\r\n\r\n1\r\n" END, NOTHING },
  { "no name", "--b\r\nContent-Disposition: form-data\r\n\r\n1\r\n" END, NOTHING },
  { "empty name", PART ("", "1") END, NOTHING },
  { "twice", PART ("a", "1") PART ("a", "1") END, NOTHING },
  { "not UTF-8", PART ("a", "\xff") END, NOTHING },
};

static gboolean
append_pair (gpointer key,
             gpointer value,
             gpointer user_data)
{
  GString *text = user_data;

  g_string_append_printf (text, "%s%s=%s", text->len > 0 ? "|" : "", (char *) key, (char *) value);
  return FALSE;
}

static void
check (const Case *item,
       GTree      *parameters,
       GError     *error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_test_message ("%s", item->name);
  if (g_str_equal (item->expected, NOTHING))
    {
      g_assert_null (parameters);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
      return;
    }

  g_assert_no_error (error);
  g_assert_nonnull (parameters);
  g_tree_foreach (parameters, append_pair, text);
  g_assert_cmpstr (text->str, ==, item->expected);
}

static void
test_forms (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GTree) parameters = purge_simulator_form_read (forms[i].text,
                                                                strlen (forms[i].text), &error);

      check (&forms[i], parameters, error);
    }
}

static void
test_multiparts (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (multiparts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) body = g_bytes_new_static (multiparts[i].text,
                                                    strlen (multiparts[i].text));
      g_autoptr (GTree) parameters = purge_simulator_form_read_multipart (body, "b", &error);

      check (&multiparts[i], parameters, error);
    }
}

static void
test_boundaries (void)
{
  g_autoptr (GBytes) body = g_bytes_new_static (PART ("a", "1") END, strlen (PART ("a", "1") END));
  g_autofree char *long_boundary = g_strnfill (71, 'b');
  const char * const boundaries[] = { NULL, "", "c", long_boundary };

  for (gsize i = 0; i < G_N_ELEMENTS (boundaries); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (purge_simulator_form_read_multipart (body, boundaries[i], &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
    }
}

/* A body is bytes, not a string: it may hold a NUL, and need not end in one. */
static void
test_nul (void)
{
  const char text[] = { 'a', '=', '\0', 'b' };
  g_autoptr (GBytes) body = g_bytes_new_static (text, sizeof text);
  g_autoptr (GError) form_error = NULL;
  g_autoptr (GError) multipart_error = NULL;

  g_assert_null (purge_simulator_form_read (text, sizeof text, &form_error));
  g_assert_error (form_error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_assert_null (purge_simulator_form_read_multipart (body, "b", &multipart_error));
  g_assert_error (multipart_error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/form/urlencoded", test_forms);
  g_test_add_func ("/form/multipart", test_multiparts);
  g_test_add_func ("/form/boundaries", test_boundaries);
  g_test_add_func ("/form/nul", test_nul);

  return g_test_run ();
}
