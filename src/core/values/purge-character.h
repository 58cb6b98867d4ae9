/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PurgeCharacters:
 * @PURGE_CHARACTERS_CONTROL: control characters and the separators of lines and paragraphs
 * @PURGE_CHARACTERS_DAMAGED: U+FFFD and noncharacters
 * @PURGE_CHARACTERS_BIDI: marks, embeddings, overrides and isolates of the bidi algorithm
 * @PURGE_CHARACTERS_INVISIBLE: characters without a glyph or a width
 * @PURGE_CHARACTERS_BLANK: blanks outside ASCII
 * @PURGE_CHARACTERS_QUOTE: quotation marks
 * @PURGE_CHARACTERS_BRACKET: brackets
 * @PURGE_CHARACTERS_CJK: punctuation that Chinese and Japanese are written with
 * @PURGE_CHARACTERS_COMMA: `,` and `;`
 * @PURGE_CHARACTERS_SPACE: space and tab
 * @PURGE_CHARACTERS_STAR: `*`
 * @PURGE_CHARACTERS_BACKSLASH: `\`
 * @PURGE_CHARACTERS_PERCENT: `%`
 * @PURGE_CHARACTERS_QUESTION: `?`
 * @PURGE_CHARACTERS_HASH: `#`
 * @PURGE_CHARACTERS_UNSAFE: the rest of ASCII that may not stand in a path (RFC 3986, 3.3)
 * @PURGE_CHARACTERS_WIDE: anything outside ASCII
 * @PURGE_CHARACTERS_INVALID: bytes that are no UTF-8
 *
 * The kinds of characters that some rule asks for. A character may be of several kinds.
 */
typedef enum {
  PURGE_CHARACTERS_CONTROL = 1 << 0,
  PURGE_CHARACTERS_DAMAGED = 1 << 1,
  PURGE_CHARACTERS_BIDI = 1 << 2,
  PURGE_CHARACTERS_INVISIBLE = 1 << 3,
  PURGE_CHARACTERS_BLANK = 1 << 4,
  PURGE_CHARACTERS_QUOTE = 1 << 5,
  PURGE_CHARACTERS_BRACKET = 1 << 6,
  PURGE_CHARACTERS_CJK = 1 << 7,
  PURGE_CHARACTERS_COMMA = 1 << 8,
  PURGE_CHARACTERS_SPACE = 1 << 9,
  PURGE_CHARACTERS_STAR = 1 << 10,
  PURGE_CHARACTERS_BACKSLASH = 1 << 11,
  PURGE_CHARACTERS_PERCENT = 1 << 12,
  PURGE_CHARACTERS_QUESTION = 1 << 13,
  PURGE_CHARACTERS_HASH = 1 << 14,
  PURGE_CHARACTERS_UNSAFE = 1 << 15,
  PURGE_CHARACTERS_WIDE = 1 << 16,
  PURGE_CHARACTERS_INVALID = 1 << 17,
} PurgeCharacters;

PurgeCharacters purge_characters_of      (gunichar         character);
PurgeCharacters purge_characters_in      (const char      *text,
                                          gsize            length);
PurgeCharacters purge_characters_first   (const char      *text,
                                          gsize            length,
                                          gsize           *bytes);
PurgeCharacters purge_characters_last    (const char      *text,
                                          gsize            length,
                                          gsize           *bytes);
gunichar        purge_characters_find    (const char      *text,
                                          PurgeCharacters  kinds);

G_END_DECLS
