/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Which pieces of a line are entries. A line is one entry, since a blank or a comma may belong to a
 * path; it is divided only where the next piece says by its scheme that it is one. Where a line has
 * links of Markdown or HTML, the links are what is meant, and the words around them are not, but for
 * the one that says that a URL follows. Knows nothing of what makes a directory good. */

#define G_LOG_DOMAIN "purge-pieces"
#define _GNU_SOURCE /* memmem() */

#include "config.h"

#include "purge-pieces.h"

#include <string.h>

#include "purge-character.h"
#include "purge-notation.h"

static gboolean
is_separator (gunichar character)
{
  return (purge_characters_of (character) &
          (PURGE_CHARACTERS_SPACE | PURGE_CHARACTERS_BLANK | PURGE_CHARACTERS_COMMA)) != 0 ||
         character == 0xff0c || character == 0x3001 || character == 0xff1b;
}

/* The separator that ends at @end, or @end where there is none. */
static const char *
step_over_separator (const char *start,
                     const char *end)
{
  const char *p = end;
  gunichar character;

  while (p > start && ((guchar) *--p & 0xc0) == 0x80)
    ;
  if (p == end)
    return end;

  /* A stray byte behind a separator is no part of it. */
  character = g_utf8_get_char_validated (p, end - p);
  return character < 0x110000 && g_utf8_next_char (p) == end && is_separator (character) ? p : end;
}

static const char *
strip_separators (const char *start,
                  const char *end)
{
  const char *before;

  while ((before = step_over_separator (start, end)) < end)
    end = before;

  return end;
}

static const char *
skip_blanks_back (const char *start,
                  const char *p)
{
  while (p > start && (p[-1] == ' ' || p[-1] == '\t'))
    p--;

  return p;
}

/* Links. Each function tells where the link that begins at @url ends, or NULL where it is none. */

static const char *
end_of_html_link (const PurgePieces *self,
                  const char        *url)
{
  const char *p;

  if (url == self->line || (url[-1] != '"' && url[-1] != '\''))
    return NULL;

  p = skip_blanks_back (self->line, url - 1);
  if (p == self->line || p[-1] != '=')
    return NULL;

  p = skip_blanks_back (self->line, p - 1);
  if (p - self->line < 4 || g_ascii_strncasecmp (p - 4, "href", 4) != 0)
    return NULL;

  return memchr (url, url[-1], self->end - url);
}

static const char *
end_of_angled_link (const PurgePieces *self,
                    const char        *url)
{
  const char *p = url;

  if (url == self->line || url[-1] != '<')
    return NULL;

  while (p < self->end && *p != '>' && *p != ' ' && *p != '\t')
    p++;

  return p < self->end && *p == '>' ? p : NULL;
}

/* `[words](url)` or `[words](url "title")`; brackets in the URL come in pairs. */
static const char *
end_of_markdown_link (const PurgePieces *self,
                      const char        *url)
{
  guint depth = 0;

  if (url - self->line < 2 || url[-1] != '(' || url[-2] != ']')
    return NULL;

  for (const char *p = url; p < self->end; p++)
    if (*p == '(')
      depth++;
    else if (*p == ')' && depth-- == 0)
      return p;
    else if (*p == ' ' || *p == '\t')
      return memchr (p, ')', self->end - p) != NULL ? p : NULL;

  return NULL;
}

static const char *
end_of_link (const PurgePieces *self,
             const char        *url)
{
  const char *end = end_of_markdown_link (self, url);

  if (end == NULL)
    end = end_of_angled_link (self, url);
  if (end == NULL)
    end = end_of_html_link (self, url);

  return end;
}

/* The next http:// or https:// from @from on that begins an entry, or NULL; @link_end is where it
 * ends if it is a link. */
static const char *
find_start (const PurgePieces *self,
            const char        *from,
            const char       **link_end)
{
  const char *slashes = from;

  while ((slashes = memmem (slashes, self->end - slashes, "://", 3)) != NULL)
    {
      gsize room = slashes - from;
      const char *start = NULL;

      if (room >= 5 && g_ascii_strncasecmp (slashes - 5, "https", 5) == 0)
        start = slashes - 5;
      else if (room >= 4 && g_ascii_strncasecmp (slashes - 4, "http", 4) == 0)
        start = slashes - 4;

      *link_end = start != NULL ? end_of_link (self, start) : NULL;
      if (start != NULL && (*link_end != NULL || start == self->line ||
                            step_over_separator (self->line, start) < start))
        return start;
      slashes += 3;
    }

  return NULL;
}

static gboolean
find_out_about_links (const PurgePieces *self)
{
  const char *link_end = NULL;
  const char *start = self->line;

  while ((start = find_start (self, start, &link_end)) != NULL)
    {
      if (link_end != NULL)
        return TRUE;
      start++;
    }

  return FALSE;
}

/* Where the word that says that a URL follows begins, in front of @start; @start where there is
 * none. */
static const char *
step_over_word (const PurgePieces *self,
                const char        *start)
{
  const char *word = purge_notation_step_back (self->from, start);

  return word == self->from || step_over_separator (self->from, word) < word ? word : start;
}

/* `-`, `*`, `+`, `•`, `12.`, `12)`: what stands before the items of a list. */
static gboolean
is_list_marker (const char *text,
                gsize       length)
{
  gsize digits = 0;

  if (length == 1 && strchr ("-*+", *text) != NULL)
    return TRUE;
  if (length == strlen ("•") && memcmp (text, "•", length) == 0)
    return TRUE;

  while (digits < length && g_ascii_isdigit (text[digits]))
    digits++;

  return digits > 0 && (digits == length ||
                        (digits + 1 == length && strchr (".)", text[digits]) != NULL));
}

static void
take (PurgePieces *self,
      gboolean     has_word,
      const char  *start,
      const char  *end,
      const char  *from)
{
  self->kind = has_word ? PURGE_KIND_URL : self->default_kind;
  self->piece = start;
  self->length = end - start;
  self->from = from;
}

static void
take_none (PurgePieces *self)
{
  take (self, FALSE, NULL, NULL, self->end);
}

static void
find_linked_piece (PurgePieces *self)
{
  const char *link_end;
  const char *start = find_start (self, self->from, &link_end);
  const char *front;
  gboolean has_word;
  const char *end;
  const char *next;

  if (start == NULL)
    {
      take_none (self);
      return;
    }

  front = start > self->from && start[-1] == '<' ? start - 1 : start;
  has_word = step_over_word (self, front) < front;
  if (link_end != NULL)
    {
      take (self, has_word, start, link_end, link_end);
      return;
    }

  next = find_start (self, start + 1, &link_end);
  end = next != NULL ? next : self->end;
  /* What opens a link is no part of what stands in front of it. */
  if (next != NULL && link_end != NULL)
    end--;
  for (const char *p = start; p < end; p++)
    if (*p == ' ' || *p == '\t')
      end = p;
  take (self, has_word, start, strip_separators (start, end), end);
}

/* Where the next piece begins, or NULL. A piece begins with the line, with a scheme or with the word
 * in front of one, none of which is where it ends. */
static const char *
find_next_piece (const PurgePieces *self)
{
  const char *link_end;
  const char *start = self->from;

  while ((start = find_start (self, start, &link_end)) != NULL)
    {
      const char *front = step_over_word (self, start);

      if (strip_separators (self->from, front) > self->from)
        return front;
      start++;
    }

  return NULL;
}

static void
find_plain_piece (PurgePieces *self)
{
  const char *start = self->from;
  const char *next;
  const char *end;
  gsize word;

  if (start >= self->end)
    {
      take_none (self);
      return;
    }

  next = find_next_piece (self);
  end = next != NULL ? strip_separators (start, next) : self->end;
  word = purge_notation_measure (start, end - start);
  take (self, word > 0, start + word, end, next != NULL ? next : self->end);
}

static void
find_piece (PurgePieces *self)
{
  if (self->has_links)
    find_linked_piece (self);
  else
    find_plain_piece (self);
}

static void
skip_list_marker (PurgePieces *self)
{
  const char *start = self->piece;
  gsize length = self->length;

  while (length > 0 && (*start == ' ' || *start == '\t'))
    {
      start++;
      length--;
    }

  if (self->from < self->end && is_list_marker (start, length))
    find_piece (self);
}

/* Nearly every line: it begins like a scheme, and no other scheme can follow without a colon. */
static gboolean
is_plainly_one (const char *line,
                gsize       length)
{
  const gsize scheme = strlen ("https:");

  return length > scheme && (*line | 0x20) == 'h' &&
         memchr (line + scheme, ':', length - scheme) == NULL;
}

/**
 * purge_pieces_init:
 * @self: (out caller-allocates): a walk
 * @line: (array length=length): a line, any bytes; must stay until the walk is over
 * @length: how many
 * @kind: what a piece is where no word in front of it says that it is a URL
 *
 * Begins at the first piece.
 */
void
purge_pieces_init (PurgePieces *self,
                   const char  *line,
                   gsize        length,
                   PurgeKind    kind)
{
  self->line = line;
  self->end = line + length;
  self->from = line;
  self->default_kind = kind;
  self->has_links = FALSE;
  if (is_plainly_one (line, length))
    {
      take (self, FALSE, line, self->end, self->end);
      return;
    }

  self->has_links = find_out_about_links (self);
  find_piece (self);
  if (!self->has_links && length > 0)
    skip_list_marker (self);
}

/**
 * purge_pieces_next:
 * @self: a walk
 * @piece: (out): the next piece; blanks at its ends may be part of it
 * @length: (out): its length in bytes
 * @kind: (out): what it is to be; the word that says so is no part of it
 *
 * Goes to the next piece. Between two pieces there is at least one byte, and neither that byte nor
 * what stands before it is looked at again, so the caller may put a NUL there.
 *
 * Returns: whether there was one
 */
gboolean
purge_pieces_next (PurgePieces  *self,
                   const char  **piece,
                   gsize        *length,
                   PurgeKind    *kind)
{
  *piece = self->piece;
  *length = self->length;
  *kind = self->kind;
  if (self->piece == NULL)
    return FALSE;

  find_piece (self);
  return TRUE;
}
