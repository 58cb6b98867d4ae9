/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What the simulator takes for JSON: what RFC 8259 does, and nothing that could bring it down. */

#include "purge-simulator-json.h"

#include <string.h>

static JsonObject *
read_text (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonObject *object = purge_simulator_json_read (text, strlen (text), &error);

  g_test_message ("%.80s", g_utf8_validate (text, -1, NULL) ? text : "no UTF-8");
  g_assert_true ((object == NULL) == (error != NULL));
  return object;
}

static void
test_good (void)
{
  static const char * const cases[] = {
    "{}",
    " { } \r\n\t",
    "{\"a\":[]}",
    "{\"a\" : [ 1 , -2.5e+3,0, 0.1E-2 ] }",
    "{\"a\":{\"a\":{\"a\":null}},\"b\":true,\"c\":false}",
    "{\"\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u4e2d\"}",
    "{\"a\":\"\\ud83d\\ude00 😀\"}",
    "{\"a\":[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonObject) object = read_text (cases[i]);

      g_assert_nonnull (object);
    }
}

static void
test_values (void)
{
  g_autoptr (JsonObject) object =
    read_text ("{\"a\":\"\\ud83d\\ude00\\u4e2d\",\"n\":12,\"l\":[\"x\"]}");

  g_assert_cmpstr (json_object_get_string_member (object, "a"), ==, "😀中");
  g_assert_cmpint (json_object_get_int_member (object, "n"), ==, 12);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (object, "l")), ==, 1);
}

static void
test_bad (void)
{
  static const char * const cases[] = {
    "", " ", "null", "[]", "\"a\"", "1", "{", "}", "{]", "[}", "{}{}", "{} x", "{,}", "{\"a\"}",
    "{\"a\":}", "{\"a\":1,}", "{a:1}", "{'a':1}", "{\"a\":'1'}", "{\"a\":[1,]}", "{\"a\":[1 2]}",
    "{\"a\":01}", "{\"a\":+1}", "{\"a\":.5}", "{\"a\":1.}", "{\"a\":1e}", "{\"a\":0x1}",
    "{\"a\":NaN}", "{\"a\":True}", "{\"a\":nul}", "{\"a\":truex}", "{\"a\":-}", "{\"a\":\"",
    "{\"a\":\"\\", "{\"a\":\"\n\"}", "{\"a\":\"\\x\"}", "{\"a\":\"\\u12g4\"}",
    "{\"a\":\"\\u0000\"}", "{\"a\":\"\\ud83d\"}", "{\"a\":\"\\ude00\"}",
    "{\"a\":\"\\ud83d\\u0041\"}", "{\"a\":1}/* x */", "// x\n{}", "var a = {}",
    "{\"a\":1,\"a\":1}", "{\"\\u0061\":1,\"a\":2}", "\xef\xbb\xbf{}", "{\"a\":\"\xff\"}",
    "{\"a\":[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonObject) object = read_text (cases[i]);

      g_assert_null (object);
    }

  g_assert_null (purge_simulator_json_read ("{}\0", 3, NULL));
}

/* A million brackets must not be a million calls. */
static void
test_deep (void)
{
  static const char * const openings[] = { "[", "{\"a\":", "[{\"a\":" };

  for (gsize i = 0; i < G_N_ELEMENTS (openings); i++)
    {
      g_autoptr (GString) text = g_string_new ("{\"a\":");

      for (guint j = 0; j < 1000000; j++)
        g_string_append (text, openings[i]);
      g_assert_null (read_text (text->str));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json/good", test_good);
  g_test_add_func ("/json/values", test_values);
  g_test_add_func ("/json/bad", test_bad);
  g_test_add_func ("/json/deep", test_deep);

  return g_test_run ();
}
