/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Text from outside, made fit to be shown. Knows which characters a reader cannot see or a terminal
 * would obey, and not where the text comes from. */

#define G_LOG_DOMAIN "purge-visible"

#include "config.h"

#include "purge-visible.h"

#include <string.h>

/**
 * purge_visible_is_hidden:
 * @character: a code point
 *
 * Says whether a character shows nothing by itself but changes how the rest is read: control
 * characters (terminals obey them), characters that turn the direction of text or join and split
 * words unseen, line separators, and what has no agreed shape.
 *
 * Returns: whether it has to be spelt out
 */
gboolean
purge_visible_is_hidden (gunichar character)
{
  const guint hidden = 1u << G_UNICODE_CONTROL | 1u << G_UNICODE_FORMAT |
                       1u << G_UNICODE_SURROGATE | 1u << G_UNICODE_UNASSIGNED |
                       1u << G_UNICODE_PRIVATE_USE | 1u << G_UNICODE_LINE_SEPARATOR |
                       1u << G_UNICODE_PARAGRAPH_SEPARATOR;

  return (hidden >> g_unichar_type (character) & 1) != 0;
}

/* More than a few marks on one letter run over the lines above and below. */
#define MARKS_MAX 3

/* Returns the bytes that the first character of text takes. */
static gsize
append_visible (GString    *visible,
                const char *text,
                gsize       length,
                guint      *n_marks)
{
  gunichar character = g_utf8_get_char_validated (text, length);

  if (character == (gunichar) -1 || character == (gunichar) -2)
    {
      g_string_append_printf (visible, "‹0x%02X›", (guchar) *text);
      return 1;
    }

  *n_marks = g_unichar_ismark (character) ? *n_marks + 1 : 0;
  if (purge_visible_is_hidden (character) || *n_marks > MARKS_MAX)
    g_string_append_printf (visible, "‹U+%04X›", character);
  else
    g_string_append_unichar (visible, character);

  return g_utf8_skip[(guchar) *text];
}

/**
 * purge_visible_dup_text:
 * @text: (array length=length): any bytes
 * @length: how many, or -1 where they end in NUL
 * @max_characters: after how many characters to stop
 *
 * Spells out what would be hidden, `‹U+202E›`, and bytes that are no UTF-8, `‹0xFF›`; a text that
 * is cut ends in an ellipsis. What comes out is one line of valid UTF-8 that no terminal obeys.
 *
 * Returns: (transfer full): the text, fit to be shown
 */
char *
purge_visible_dup_text (const char *text,
                        gssize      length,
                        gsize       max_characters)
{
  GString *visible;
  guint n_marks = 0;
  gsize left;

  g_return_val_if_fail (text != NULL, NULL);

  left = length < 0 ? strlen (text) : (gsize) length;
  visible = g_string_sized_new (MIN (left, 4 * max_characters) + 1);

  for (gsize n = 0; left > 0 && n < max_characters; n++)
    {
      gsize taken = append_visible (visible, text, left, &n_marks);

      text += taken;
      left -= taken;
    }

  if (left > 0)
    g_string_append (visible, "…");

  return g_string_free (visible, FALSE);
}
