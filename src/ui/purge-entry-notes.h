/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <adwaita.h>

#include "purge-entry.h"

G_BEGIN_DECLS

/**
 * PurgeEntryNotes:
 *
 * What there is to say of a row of the list: what is wrong, what was mended, what covers it, and what
 * would help. Its buttons are the actions `row.purge-as-url` and `row.use-suggestion` of the row around
 * it.
 */
#define PURGE_TYPE_ENTRY_NOTES (purge_entry_notes_get_type ())

G_DECLARE_FINAL_TYPE (PurgeEntryNotes, purge_entry_notes, PURGE, ENTRY_NOTES, AdwBin)

GtkWidget *purge_entry_notes_new       (void);
void       purge_entry_notes_set_entry (PurgeEntryNotes *self,
                                        PurgeEntry      *entry);
gboolean   purge_entry_notes_has_any   (PurgeEntry      *entry);

G_END_DECLS
