/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * PurgeDirectoryEntry:
 *
 * An entry for one directory. Where several lines are pasted into it, it stays as it is and they go
 * to the list, through the action `editor.add-text`.
 */
#define PURGE_TYPE_DIRECTORY_ENTRY (purge_directory_entry_get_type ())

G_DECLARE_FINAL_TYPE (PurgeDirectoryEntry, purge_directory_entry, PURGE, DIRECTORY_ENTRY, GtkEntry)

G_END_DECLS
