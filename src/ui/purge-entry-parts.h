/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define PURGE_ENTRY_PARTS_SPACING 6
/* Of a round button with an icon. */
#define PURGE_ENTRY_PARTS_BUTTON 34

/**
 * PurgeEntryParts:
 * @kind: (nullable): the button in front of the address
 * @address: the address, which gets the room that is left
 * @word: (nullable): the word behind it
 * @edit: (nullable): a button behind that
 * @remove: (nullable): the last button
 * @notes: (nullable): what is said below that line
 * @editor: (nullable): what takes the place of all that
 *
 * What a row of the list can be made of. A button that is not made yet has its place, so that nothing
 * moves when it comes.
 */
typedef struct {
  GtkWidget *kind;
  GtkWidget *address; /* from purge_entry_parts_create_address() */
  GtkWidget *word;
  GtkWidget *edit;
  GtkWidget *remove;
  GtkWidget *notes;
  GtkWidget *editor;
} PurgeEntryParts;

GtkWidget *purge_entry_parts_create_address (void);
void       purge_entry_parts_measure        (const PurgeEntryParts *parts,
                                             GtkOrientation         orientation,
                                             int                    for_size,
                                             int                   *minimum,
                                             int                   *natural);
void       purge_entry_parts_allocate       (const PurgeEntryParts *parts,
                                             int                    width,
                                             int                    height);

G_END_DECLS
