/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The kinds of characters. Knows Unicode, and not what a directory is: which kind is wrong where is
 * for the rules to say. */

#define G_LOG_DOMAIN "purge-character"

#include "config.h"

#include "purge-character.h"

#include <string.h>

/* Of ASCII, what some rule asks for; letters, digits and the rest of RFC 3986's path characters are
 * of no kind. Bytes from 0x80 on only say that the slow path is needed. */
static const guint32 byte_kinds[256] = {
  [0x00 ... 0x08] = PURGE_CHARACTERS_CONTROL,
  ['\t'] = PURGE_CHARACTERS_CONTROL | PURGE_CHARACTERS_SPACE,
  [0x0a ... 0x1f] = PURGE_CHARACTERS_CONTROL,
  [' '] = PURGE_CHARACTERS_SPACE,
  ['"'] = PURGE_CHARACTERS_QUOTE | PURGE_CHARACTERS_UNSAFE,
  ['#'] = PURGE_CHARACTERS_HASH,
  ['%'] = PURGE_CHARACTERS_PERCENT,
  ['\''] = PURGE_CHARACTERS_QUOTE,
  ['('] = PURGE_CHARACTERS_BRACKET,
  [')'] = PURGE_CHARACTERS_BRACKET,
  ['*'] = PURGE_CHARACTERS_STAR,
  [','] = PURGE_CHARACTERS_COMMA,
  [';'] = PURGE_CHARACTERS_COMMA,
  ['<'] = PURGE_CHARACTERS_BRACKET | PURGE_CHARACTERS_UNSAFE,
  ['>'] = PURGE_CHARACTERS_BRACKET | PURGE_CHARACTERS_UNSAFE,
  ['?'] = PURGE_CHARACTERS_QUESTION,
  ['['] = PURGE_CHARACTERS_BRACKET | PURGE_CHARACTERS_UNSAFE,
  ['\\'] = PURGE_CHARACTERS_BACKSLASH,
  [']'] = PURGE_CHARACTERS_BRACKET | PURGE_CHARACTERS_UNSAFE,
  ['^'] = PURGE_CHARACTERS_UNSAFE,
  ['`'] = PURGE_CHARACTERS_QUOTE | PURGE_CHARACTERS_UNSAFE,
  ['{'] = PURGE_CHARACTERS_BRACKET | PURGE_CHARACTERS_UNSAFE,
  ['|'] = PURGE_CHARACTERS_UNSAFE,
  ['}'] = PURGE_CHARACTERS_BRACKET | PURGE_CHARACTERS_UNSAFE,
  [0x7f] = PURGE_CHARACTERS_CONTROL,
  [0x80 ... 0xff] = PURGE_CHARACTERS_WIDE,
};

/* In the order of the code points, for a binary search. From Unicode's PropList (White_Space,
 * Bidi_Control, Default_Ignorable_Code_Point, Quotation_Mark) and blocks (CJK Symbols and
 * Punctuation, Halfwidth and Fullwidth Forms). */
static const struct
{
  gunichar        first;
  gunichar        last;
  PurgeCharacters kind;
} ranges[] = {
  { 0x80, 0x9f, PURGE_CHARACTERS_CONTROL },
  { 0xa0, 0xa0, PURGE_CHARACTERS_BLANK },
  { 0xab, 0xab, PURGE_CHARACTERS_QUOTE },
  { 0xad, 0xad, PURGE_CHARACTERS_INVISIBLE },
  { 0xbb, 0xbb, PURGE_CHARACTERS_QUOTE },
  { 0x34f, 0x34f, PURGE_CHARACTERS_INVISIBLE },
  { 0x61c, 0x61c, PURGE_CHARACTERS_BIDI },
  { 0x115f, 0x1160, PURGE_CHARACTERS_INVISIBLE },
  { 0x1680, 0x1680, PURGE_CHARACTERS_BLANK },
  { 0x17b4, 0x17b5, PURGE_CHARACTERS_INVISIBLE },
  { 0x180b, 0x180f, PURGE_CHARACTERS_INVISIBLE },
  { 0x2000, 0x200a, PURGE_CHARACTERS_BLANK },
  { 0x200b, 0x200d, PURGE_CHARACTERS_INVISIBLE },
  { 0x200e, 0x200f, PURGE_CHARACTERS_BIDI },
  { 0x2014, 0x2014, PURGE_CHARACTERS_CJK },
  { 0x2018, 0x201f, PURGE_CHARACTERS_QUOTE },
  { 0x2025, 0x2026, PURGE_CHARACTERS_CJK },
  { 0x2028, 0x2029, PURGE_CHARACTERS_CONTROL },
  { 0x202a, 0x202e, PURGE_CHARACTERS_BIDI },
  { 0x202f, 0x202f, PURGE_CHARACTERS_BLANK },
  { 0x2039, 0x203a, PURGE_CHARACTERS_QUOTE },
  { 0x205f, 0x205f, PURGE_CHARACTERS_BLANK },
  { 0x2060, 0x2065, PURGE_CHARACTERS_INVISIBLE },
  { 0x2066, 0x2069, PURGE_CHARACTERS_BIDI },
  { 0x206a, 0x206f, PURGE_CHARACTERS_INVISIBLE },
  { 0x2800, 0x2800, PURGE_CHARACTERS_INVISIBLE },
  { 0x3000, 0x3000, PURGE_CHARACTERS_BLANK },
  { 0x3001, 0x3003, PURGE_CHARACTERS_CJK },
  { 0x3008, 0x3011, PURGE_CHARACTERS_CJK },
  { 0x3014, 0x301c, PURGE_CHARACTERS_CJK },
  { 0x301d, 0x301f, PURGE_CHARACTERS_QUOTE },
  { 0x30fb, 0x30fb, PURGE_CHARACTERS_CJK },
  { 0x3164, 0x3164, PURGE_CHARACTERS_INVISIBLE },
  { 0xfdd0, 0xfdef, PURGE_CHARACTERS_DAMAGED },
  { 0xfe00, 0xfe0f, PURGE_CHARACTERS_INVISIBLE },
  { 0xfe10, 0xfe19, PURGE_CHARACTERS_CJK },
  { 0xfe30, 0xfe6b, PURGE_CHARACTERS_CJK },
  { 0xfeff, 0xfeff, PURGE_CHARACTERS_INVISIBLE },
  { 0xff01, 0xff01, PURGE_CHARACTERS_CJK },
  { 0xff02, 0xff02, PURGE_CHARACTERS_QUOTE },
  { 0xff07, 0xff07, PURGE_CHARACTERS_QUOTE },
  { 0xff08, 0xff09, PURGE_CHARACTERS_CJK },
  { 0xff0c, 0xff0f, PURGE_CHARACTERS_CJK },
  { 0xff1a, 0xff1f, PURGE_CHARACTERS_CJK },
  { 0xff3b, 0xff40, PURGE_CHARACTERS_CJK },
  { 0xff5b, 0xff65, PURGE_CHARACTERS_CJK },
  { 0xffa0, 0xffa0, PURGE_CHARACTERS_INVISIBLE },
  { 0xfff0, 0xfffb, PURGE_CHARACTERS_INVISIBLE },
  { 0xfffd, 0xffff, PURGE_CHARACTERS_DAMAGED },
  { 0x1bca0, 0x1bca3, PURGE_CHARACTERS_INVISIBLE },
  { 0x1d173, 0x1d17a, PURGE_CHARACTERS_INVISIBLE },
  { 0xe0000, 0xe0fff, PURGE_CHARACTERS_INVISIBLE },
};

static PurgeCharacters
kinds_of_wide_text (const char *text,
                    gsize       length)
{
  const char *end = text + length;
  PurgeCharacters kinds = 0;

  if (!g_utf8_validate_len (text, length, NULL))
    return memchr (text, '\0', length) == NULL ? PURGE_CHARACTERS_INVALID : 0;

  for (const char *p = text; p < end; p = g_utf8_next_char (p))
    if ((guchar) *p >= 0x80)
      kinds |= purge_characters_of (g_utf8_get_char (p));

  return kinds;
}

/**
 * purge_characters_of:
 * @character: a code point
 *
 * Returns: its kinds
 */
PurgeCharacters
purge_characters_of (gunichar character)
{
  gsize low = 0;
  gsize high = G_N_ELEMENTS (ranges);

  if (character < 0x80)
    return byte_kinds[character];

  while (low < high)
    {
      gsize middle = (low + high) / 2;

      if (character > ranges[middle].last)
        low = middle + 1;
      else if (character < ranges[middle].first)
        high = middle;
      else
        return PURGE_CHARACTERS_WIDE | ranges[middle].kind;
    }

  return PURGE_CHARACTERS_WIDE;
}

/**
 * purge_characters_in:
 * @text: (array length=length): any bytes
 * @length: how many
 *
 * Says which kinds of characters a text holds, in one pass; only a text that is not ASCII is read a
 * second time. A text with NUL is not asked whether it is UTF-8: NUL is a control character.
 *
 * Returns: the kinds of all characters together
 */
PurgeCharacters
purge_characters_in (const char *text,
                     gsize       length)
{
  guint32 kinds = 0;
  gsize i;

  for (i = 0; i + 4 <= length; i += 4)
    kinds |= byte_kinds[(guchar) text[i]] | byte_kinds[(guchar) text[i + 1]] |
             byte_kinds[(guchar) text[i + 2]] | byte_kinds[(guchar) text[i + 3]];
  for (; i < length; i++)
    kinds |= byte_kinds[(guchar) text[i]];

  if (G_UNLIKELY ((kinds & PURGE_CHARACTERS_WIDE) != 0))
    kinds |= kinds_of_wide_text (text, length);

  return kinds;
}

/**
 * purge_characters_first:
 * @text: (array length=length): any bytes
 * @length: how many
 * @bytes: (out): how many bytes the first character has
 *
 * Returns: the kinds of the first character; 0 where there is none
 */
PurgeCharacters
purge_characters_first (const char *text,
                        gsize       length,
                        gsize      *bytes)
{
  gunichar character;

  *bytes = MIN (length, 1);
  if (length == 0 || (guchar) *text < 0x80)
    return length == 0 ? 0 : byte_kinds[(guchar) *text];

  character = g_utf8_get_char_validated (text, length);
  if (character == (gunichar) -1 || character == (gunichar) -2)
    return PURGE_CHARACTERS_WIDE | PURGE_CHARACTERS_INVALID;

  *bytes = g_utf8_next_char (text) - text;
  return purge_characters_of (character);
}

/**
 * purge_characters_last:
 * @text: (array length=length): any bytes
 * @length: how many
 * @bytes: (out): how many bytes the last character has
 *
 * Returns: the kinds of the last character; 0 where there is none
 */
PurgeCharacters
purge_characters_last (const char *text,
                       gsize       length,
                       gsize      *bytes)
{
  gsize start = length;
  PurgeCharacters kinds;

  while (start > 0 && length - start < 4)
    if (((guchar) text[--start] & 0xc0) != 0x80)
      break;

  /* A stray byte behind a whole character is no part of it. */
  kinds = purge_characters_first (text + start, length - start, bytes);
  if (start + *bytes == length)
    return kinds;

  *bytes = 1;
  return PURGE_CHARACTERS_WIDE | PURGE_CHARACTERS_INVALID;
}

/**
 * purge_characters_find:
 * @text: a string
 * @kinds: some kinds
 *
 * Returns: the first character of any of these kinds, or 0
 */
gunichar
purge_characters_find (const char      *text,
                       PurgeCharacters  kinds)
{
  while (*text != '\0')
    {
      gunichar character = g_utf8_get_char_validated (text, -1);

      if (character == (gunichar) -1 || character == (gunichar) -2)
        return 0;
      if ((purge_characters_of (character) & kinds) != 0)
        return character;
      text = g_utf8_next_char (text);
    }

  return 0;
}
