/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <gtk/gtk.h>

#include "purge-entry.h"

G_BEGIN_DECLS

/**
 * PurgeEntryRow:
 *
 * One row of the list: the directory or URL, what was mended, what is wrong and what would help.
 * Properties: `entry` (#PurgeEntry, nullable), `position` (uint), where it stands in the list, and
 * `kind` (#PurgeKind), what the entry is to be. What a person does with it goes to the rows around it,
 * through the actions `rows.set-text`, `rows.set-kind`, `rows.remove` and `rows.use-suggestion`.
 */
#define PURGE_TYPE_ENTRY_ROW (purge_entry_row_get_type ())

G_DECLARE_FINAL_TYPE (PurgeEntryRow, purge_entry_row, PURGE, ENTRY_ROW, GtkWidget)

GtkWidget *purge_entry_row_new          (void);
void       purge_entry_row_furnish      (PurgeEntryRow *self);
void       purge_entry_row_edit         (PurgeEntryRow *self);
void       purge_entry_row_commit       (PurgeEntryRow *self);
guint      purge_entry_row_get_position (PurgeEntryRow *self);

G_END_DECLS
