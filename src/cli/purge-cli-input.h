/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <gio/gio.h>

#include "purge-reading.h"

G_BEGIN_DECLS

/**
 * PurgeCliLine:
 * @file: (nullable): the file as it was named, or %NULL for standard input
 * @item: what stands in that line
 * @first_file: (nullable): for a duplicate: the file that has the entry already
 * @first_line: for a duplicate: the line in that file; else 0
 *
 * A line that something is to be said about. Belongs to its #PurgeCliInput.
 */
typedef struct {
  const char             *file;
  const PurgeReadingItem *item;
  const char             *first_file;
  guint                   first_line;
} PurgeCliLine;

/**
 * PurgeCliInput:
 * @readings: (element-type PurgeReading): what was read, text by text
 * @entries: (element-type utf8): by kind, what is to be sent, in order, each once
 * @problems: (element-type PurgeCliLine): the lines that cannot be sent
 * @changes: (element-type PurgeCliLine): the lines that were mended or merged
 *
 * All lists that a command was given, read and put together.
 */
typedef struct {
  GPtrArray *readings;
  GPtrArray *entries[PURGE_N_KINDS];
  GArray    *problems;
  GArray    *changes;
} PurgeCliInput;

PurgeCliInput *purge_cli_input_read         (const char * const  *files,
                                             PurgeKind            kind,
                                             GCancellable        *cancellable,
                                             GError             **error);
void           purge_cli_input_free         (PurgeCliInput       *self);
gboolean       purge_cli_input_is_empty     (const PurgeCliInput *self);
const char   **purge_cli_input_dup_entries  (const PurgeCliInput *self,
                                             PurgeKind            kind);
const char    *purge_cli_line_get_kind      (const PurgeCliLine  *line);
char          *purge_cli_line_dup_sentence  (const PurgeCliLine  *line);
char          *purge_cli_line_dup_place     (const PurgeCliLine  *line);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PurgeCliInput, purge_cli_input_free)

G_END_DECLS
