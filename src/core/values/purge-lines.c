/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Where lines end. Knows all the ways in which programs end a line, and nothing of what stands in
 * one. */

#define G_LOG_DOMAIN "purge-lines"

#include "config.h"

#include "purge-lines.h"

#include <string.h>

#define LINE_FEED 0
#define BYTE_ORDER_MARK "\xef\xbb\xbf"

static const char * const line_ends[PURGE_N_LINE_ENDS] = {
  [LINE_FEED] = "\n", "\r", "\xc2\x85", "\xe2\x80\xa8", "\xe2\x80\xa9",
};

static const char *
find_mark (const char *from,
           const char *end,
           const char *mark)
{
  while ((from = memchr (from, mark[0], end - from)) != NULL)
    {
      if (mark[1] == '\0' || ((gsize) (end - from) >= strlen (mark) &&
                              memcmp (from, mark, strlen (mark)) == 0))
        return from;
      from++;
    }

  return end;
}

/* Each kind is looked for from where it was found last, so that a text of a million CRs is not
 * searched a million times for an LF. */
static const char *
find_line_end (PurgeLines *self,
               guint       kind)
{
  if (self->line_ends[kind] < self->next)
    self->line_ends[kind] = find_mark (self->next, self->end, line_ends[kind]);

  return self->line_ends[kind];
}

/* Nearly every line ends in LF: the nearest of the others is looked for when it was passed. */
static const char *
find_rare_end (PurgeLines *self)
{
  if (self->rare_end < self->next)
    {
      self->rare_end = self->end;
      for (guint i = LINE_FEED + 1; i < PURGE_N_LINE_ENDS; i++)
        self->rare_end = MIN (self->rare_end, find_line_end (self, i));
    }

  return self->rare_end;
}

/* All of them are one character but CR LF. */
static const char *
skip_line_end (const char *line_end,
               const char *end)
{
  if (line_end == end)
    return end;
  if (*line_end == '\r' && line_end + 1 < end && line_end[1] == '\n')
    return line_end + 2;

  return g_utf8_next_char (line_end);
}

/**
 * purge_lines_init:
 * @self: (out caller-allocates): a walk
 * @text: (array length=length): any bytes
 * @length: how many
 *
 * Begins at the first line. A byte order mark in front of it is no part of it.
 */
void
purge_lines_init (PurgeLines *self,
                  const char *text,
                  gsize       length)
{
  gboolean has_mark = length >= strlen (BYTE_ORDER_MARK) &&
                      memcmp (text, BYTE_ORDER_MARK, strlen (BYTE_ORDER_MARK)) == 0;

  self->next = text + (has_mark ? strlen (BYTE_ORDER_MARK) : 0);
  self->end = text + length;
  for (guint i = 0; i < PURGE_N_LINE_ENDS; i++)
    self->line_ends[i] = find_mark (self->next, self->end, line_ends[i]);
  self->rare_end = NULL;
}

/**
 * purge_lines_next:
 * @self: a walk
 * @line: (out): the next line, without what ends it
 * @length: (out): its length in bytes
 *
 * Goes to the next line. What ends the last line begins no other.
 *
 * Returns: whether there was one
 */
gboolean
purge_lines_next (PurgeLines  *self,
                  const char **line,
                  gsize       *length)
{
  const char *line_end;

  if (self->next >= self->end)
    return FALSE;

  line_end = MIN (find_line_end (self, LINE_FEED), find_rare_end (self));
  *line = self->next;
  *length = line_end - self->next;
  self->next = skip_line_end (line_end, self->end);

  return TRUE;
}

/**
 * purge_lines_count:
 * @text: (array length=length): any bytes
 * @length: how many
 *
 * Returns: how many lines a walk over the text would meet
 */
guint
purge_lines_count (const char *text,
                   gsize       length)
{
  PurgeLines lines;
  const char *line;
  guint count = 0;

  purge_lines_init (&lines, text, length);
  while (purge_lines_next (&lines, &line, &length))
    count++;

  return count;
}
