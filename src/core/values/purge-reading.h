/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-directory.h"

G_BEGIN_DECLS

#define PURGE_TEXT_MAX_BYTES (16 * 1024 * 1024)
#define PURGE_TEXT_MAX_LINES 200000
#define PURGE_LINE_MAX_BYTES PURGE_DIRECTORY_MAX_BYTES

/**
 * PurgeReadingItem:
 * @text: what stood there, valid UTF-8: bytes that were not are U+FFFD, and of a line that is too
 *   long only so much is kept that it still is too long
 * @url: (nullable): the directory or URL to send, or %NULL where there is a problem
 * @line: the line in the text, from 1
 * @duplicate_of: the line that has the same already, as the same kind, or 0; such an item is not sent
 * @kind: what it is to be: the word `url` in front of it said so, which is no part of @text
 * @problem: what is wrong, or %PURGE_PROBLEM_NONE
 * @mends: what was mended; has %PURGE_MENDS_MERGED where it is a duplicate
 */
typedef struct {
  const char   *text;
  const char   *url;
  guint         line;
  guint         duplicate_of;
  PurgeKind     kind : 8;
  PurgeProblem  problem : 8;
  PurgeMends    mends : 16;
} PurgeReadingItem;

/**
 * PurgeReading:
 *
 * A whole text, read: one item for each piece, in the order of the text. Never changes, so that it
 * may be made in one thread and read in another.
 */
typedef struct _PurgeReading PurgeReading;

#define PURGE_TYPE_READING (purge_reading_get_type ())

GType                   purge_reading_get_type         (void);
PurgeReading           *purge_reading_new              (const char          *text,
                                                        gssize               length,
                                                        PurgeKind            kind,
                                                        GError             **error);
PurgeReading           *purge_reading_new_take         (char                *text,
                                                        gsize                length);
PurgeReading           *purge_reading_new_take_lines   (char                *text,
                                                        gsize                length);
PurgeReading           *purge_reading_ref              (PurgeReading        *self);
void                    purge_reading_unref            (PurgeReading        *self);
guint                   purge_reading_get_n_items      (const PurgeReading  *self);
const PurgeReadingItem *purge_reading_get_item         (const PurgeReading  *self,
                                                        guint                index);
guint                   purge_reading_get_n_problems   (const PurgeReading  *self);
guint                   purge_reading_get_n_duplicates (const PurgeReading  *self);
GStrv                   purge_reading_dup_urls         (const PurgeReading  *self,
                                                        PurgeKind            kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PurgeReading, purge_reading_unref)

G_END_DECLS
