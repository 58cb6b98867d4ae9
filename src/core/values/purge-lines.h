/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* LF, CR, NEL (U+0085), and the separators of lines and paragraphs (U+2028, U+2029). */
#define PURGE_N_LINE_ENDS 5

/**
 * PurgeLines:
 *
 * A walk over the lines of a text. On the stack; its members are its own.
 */
typedef struct {
  const char *next;
  const char *end;
  const char *line_ends[PURGE_N_LINE_ENDS];
  const char *rare_end;
} PurgeLines;

void     purge_lines_init  (PurgeLines  *self,
                            const char  *text,
                            gsize        length);
gboolean purge_lines_next  (PurgeLines  *self,
                            const char **line,
                            gsize       *length);
guint    purge_lines_count (const char  *text,
                            gsize        length);

G_END_DECLS
