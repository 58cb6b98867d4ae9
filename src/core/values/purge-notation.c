/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* How a text says that something is a URL: by the word `url` and a blank before it. Everything else
 * is a directory; nothing is guessed. Knows the word, and nothing of what follows it. */

#define G_LOG_DOMAIN "purge-notation"

#include "config.h"

#include "purge-notation.h"

#include <string.h>

#include "purge-character.h"

#define WORD "url"

static gboolean
is_blank (PurgeCharacters kinds)
{
  return (kinds & (PURGE_CHARACTERS_SPACE | PURGE_CHARACTERS_BLANK)) != 0;
}

static gsize
measure_blanks (const char *text,
                gsize       length)
{
  gsize blanks = 0;
  gsize bytes;

  while (is_blank (purge_characters_first (text + blanks, length - blanks, &bytes)))
    blanks += bytes;

  return blanks;
}

static gboolean
is_word (const char *text)
{
  return g_ascii_strncasecmp (text, WORD, strlen (WORD)) == 0;
}

/**
 * purge_notation_measure:
 * @text: (array length=length): any bytes
 * @length: how many
 *
 * Looks for the word at the start of a piece. The word alone, with nothing behind it, is none.
 *
 * Returns: how many bytes it takes, with the blanks before it and one blank behind it, so that what
 *   purge_notation_write() wrote is read as it was; 0 where it is not there
 */
gsize
purge_notation_measure (const char *text,
                        gsize       length)
{
  gsize end = measure_blanks (text, length) + strlen (WORD);
  gsize bytes;

  if (end >= length || !is_word (text + end - strlen (WORD)) ||
      !is_blank (purge_characters_first (text + end, length - end, &bytes)))
    return 0;

  end += bytes;
  return end + measure_blanks (text + end, length - end) < length ? end : 0;
}

/**
 * purge_notation_step_back:
 * @start: the start of some bytes
 * @end: their end
 *
 * Looks for the word in front of what begins at @end.
 *
 * Returns: where the word begins; @end where it is not there. What stands in front of it is for the
 *   caller to judge
 */
const char *
purge_notation_step_back (const char *start,
                          const char *end)
{
  const char *word = end;
  gsize bytes;

  while (is_blank (purge_characters_last (start, word - start, &bytes)))
    word -= bytes;

  if (word == end || (gsize) (word - start) < strlen (WORD) || !is_word (word - strlen (WORD)))
    return end;

  return word - strlen (WORD);
}

/**
 * purge_notation_write:
 * @kind: a kind
 * @text: a text that is to be of that kind
 *
 * Returns: (transfer full): @text as it stands in a text, a file or a draft
 */
char *
purge_notation_write (PurgeKind   kind,
                      const char *text)
{
  return kind == PURGE_KIND_URL ? g_strconcat (WORD " ", text, NULL) : g_strdup (text);
}
