/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-reading.h"

G_BEGIN_DECLS

/**
 * PurgeEntry:
 *
 * One row of the list: what a person gave, checked and mended. Nothing of it but `covered-by` ever
 * changes; the list puts another entry where a person changes one. Properties:
 *
 * - `kind` (#PurgeKind): what it is to be
 * - `text` (string): what the row shows: what will be sent, byte for byte, or, where there is a
 *   problem, what was given
 * - `given` (string): what was given, before the mends
 * - `problem` (#PurgeProblem): %PURGE_PROBLEM_NONE where it can be sent
 * - `sentence` (string, nullable): the problem in words and what would mend it, translated
 * - `suggestion` (string, nullable): a text that would have no problem, one click away
 * - `mends` (#PurgeMends): what was changed between `given` and `text`
 * - `mends-sentence` (string, nullable): the mends in words, translated
 * - `line` (uint): the line of the text it came from, from 1, or 0
 * - `offers-url` (boolean): whether it is a directory that is blocked for its file ending or its
 *   query and would have no problem as a URL
 * - `covered-by` (string, nullable): another directory of the list that includes it; kept up to
 *   date by the list
 */
#define PURGE_TYPE_ENTRY (purge_entry_get_type ())

G_DECLARE_FINAL_TYPE (PurgeEntry, purge_entry, PURGE, ENTRY, GObject)

PurgeEntry   *purge_entry_new                (const char             *given,
                                              PurgeKind               kind,
                                              guint                   line);
PurgeEntry   *purge_entry_new_read           (const PurgeReadingItem *item);
PurgeKind     purge_entry_get_kind           (PurgeEntry             *self);
const char   *purge_entry_get_text           (PurgeEntry             *self);
const char   *purge_entry_get_given          (PurgeEntry             *self);
PurgeProblem  purge_entry_get_problem        (PurgeEntry             *self);
gboolean      purge_entry_is_sendable        (PurgeEntry             *self);
gboolean      purge_entry_is_same            (PurgeEntry             *self,
                                              PurgeEntry             *other);
PurgeMends    purge_entry_get_mends          (PurgeEntry             *self);
const char   *purge_entry_get_suggestion     (PurgeEntry             *self);
gboolean      purge_entry_get_offers_url     (PurgeEntry             *self);
const char   *purge_entry_get_covered_by     (PurgeEntry             *self);
void          purge_entry_set_covered_by     (PurgeEntry             *self,
                                              const char             *covered_by);
guint         purge_entry_get_line           (PurgeEntry             *self);
char         *purge_entry_dup_sentence       (PurgeEntry             *self);
char         *purge_entry_dup_mends_sentence (PurgeEntry             *self);

G_END_DECLS
