/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Text from outside: what is spelt out, and that nothing else is touched. */

#include "purge-visible.h"

#include <string.h>

#define MANY 1000

static const struct
{
  const char *name;
  const char *text;
  const char *visible;
} cases[] = {
  { "nothing", "", "" },
  { "plain", "https://www.example.com/a%20b/", "https://www.example.com/a%20b/" },
  { "chinese", "没有这个域名的信息", "没有这个域名的信息" },
  { "accents", "Läden e\xcc\x81", "Läden e\xcc\x81" },
  { "line-end", "a\nb\r\n", "a‹U+000A›b‹U+000D›‹U+000A›" },
  { "tab", "a\tb", "a‹U+0009›b" },
  { "escape", "\x1b[31mred", "‹U+001B›[31mred" },
  { "delete", "a\x7f", "a‹U+007F›" },
  { "eight-bit-escape", "\xc2\x9b" "31m", "‹U+009B›31m" },
  { "turned-around", "a\xe2\x80\xae" "b", "a‹U+202E›b" },
  { "isolated", "\xe2\x81\xa6", "‹U+2066›" },
  { "zero-width", "a\xe2\x80\x8b" "b", "a‹U+200B›b" },
  { "byte-order-mark", "\xef\xbb\xbf" "a", "‹U+FEFF›a" },
  { "line-separator", "\xe2\x80\xa8", "‹U+2028›" },
  { "paragraph-separator", "\xe2\x80\xa9", "‹U+2029›" },
  { "private", "\xee\x80\x80", "‹U+E000›" },
  { "unassigned", "\xcd\xb8", "‹U+0378›" },
  { "beyond-the-first-plane", "\xf3\xa0\x80\x81", "‹U+E0001›" },
  { "no-utf8", "a\xff" "b", "a‹0xFF›b" },
  { "cut-character", "a\xe6\xb2", "a‹0xE6›‹0xB2›" },
  { "surrogate", "\xed\xa0\x80", "‹0xED›‹0xA0›‹0x80›" },
  { "three-marks", "e\xcc\x81\xcc\x81\xcc\x81", "e\xcc\x81\xcc\x81\xcc\x81" },
  { "four-marks", "e\xcc\x81\xcc\x81\xcc\x81\xcc\x82", "e\xcc\x81\xcc\x81\xcc\x81‹U+0302›" },
};

static void
test_text (gconstpointer user_data)
{
  const char *text = cases[GPOINTER_TO_UINT (user_data)].text;
  g_autofree char *visible = purge_visible_dup_text (text, -1, MANY);

  g_assert_cmpstr (visible, ==, cases[GPOINTER_TO_UINT (user_data)].visible);
}

static void
test_again (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *again = purge_visible_dup_text (cases[i].visible, -1, MANY);

      g_assert_cmpstr (again, ==, cases[i].visible);
    }
}

static void
test_nul (void)
{
  g_autofree char *visible = purge_visible_dup_text ("a\0b", 3, MANY);

  /* GLib does not take a NUL for a character. */
  g_assert_true (g_str_equal (visible, "a‹0x00›b") || g_str_equal (visible, "a‹U+0000›b"));
}

static void
test_cut (void)
{
  g_autofree char *whole = purge_visible_dup_text ("刷新目录", -1, 4);
  g_autofree char *cut = purge_visible_dup_text ("刷新目录", -1, 3);
  g_autofree char *none = purge_visible_dup_text ("a", -1, 0);

  g_assert_cmpstr (whole, ==, "刷新目录");
  g_assert_cmpstr (cut, ==, "刷新目…");
  g_assert_cmpstr (none, ==, "…");
}

/* Any bytes at all become one line of text that shows all there is. */
static void
test_random (void)
{
  for (guint round = 0; round < 20000; round++)
    {
      char bytes[16];
      gsize length = g_test_rand_int_range (0, sizeof bytes + 1);
      g_autofree char *visible = NULL;

      for (gsize i = 0; i < length; i++)
        bytes[i] = g_test_rand_int_range (0, 256);

      visible = purge_visible_dup_text (bytes, length, MANY);
      g_assert_true (g_utf8_validate (visible, -1, NULL));
      g_assert_cmpuint (strlen (visible), >=, length);
      for (const char *c = visible; *c != '\0'; c = g_utf8_next_char (c))
        g_assert_false (purge_visible_is_hidden (g_utf8_get_char (c)));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/visible/text/%s", cases[i].name);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_text);
    }
  g_test_add_func ("/visible/again", test_again);
  g_test_add_func ("/visible/nul", test_nul);
  g_test_add_func ("/visible/cut", test_cut);
  g_test_add_func ("/visible/random", test_random);

  return g_test_run ();
}
