/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-entry.h"
#include "purge-reading.h"
#include "purge-rows.h"

G_BEGIN_DECLS

/* How many changes can be undone; older ones are forgotten. */
#define PURGE_DIRECTORY_LIST_MAX_CHANGES 1000

/* What a function says that has no position to tell. */
#define PURGE_DIRECTORY_LIST_NOWHERE G_MAXUINT

/**
 * PurgeDirectoryList:
 *
 * The list that a person edits: a #GListModel of #PurgeEntry in which every change can be undone.
 * No directory and no URL is in it twice: where a change would make a duplicate, it is merged with
 * the entry that is there already, and undoing the change brings it back. What is spelt the same
 * may be there as a directory and as a URL. Each change is one `items-changed`.
 *
 * Properties, all of which notify: `n-sendable`, of these `n-directories` and `n-urls`,
 * `n-problems`, `n-covered`, `n-url-offers` (uint), `can-undo`, `can-redo` (boolean). Main thread
 * only.
 */
#define PURGE_TYPE_DIRECTORY_LIST (purge_directory_list_get_type ())

G_DECLARE_FINAL_TYPE (PurgeDirectoryList, purge_directory_list, PURGE, DIRECTORY_LIST, GObject)

/**
 * PurgeAddReport:
 * @n_added: entries added that were not there before, good and bad
 * @n_mended: of these, mended
 * @n_merged: not added, since the list has it already
 * @n_problems: of the added ones, how many cannot be sent
 *
 * What became of a text that was added.
 */
typedef struct {
  guint n_added;
  guint n_mended;
  guint n_merged;
  guint n_problems;
} PurgeAddReport;

PurgeDirectoryList *purge_directory_list_new            (void);
PurgeRows          *purge_directory_list_make_rows      (PurgeReading        *reading);
void                purge_directory_list_add_rows       (PurgeDirectoryList  *self,
                                                         PurgeRows           *rows,
                                                         guint                n_duplicates,
                                                         PurgeAddReport      *report);
gboolean            purge_directory_list_add_text       (PurgeDirectoryList  *self,
                                                         const char          *text,
                                                         gssize               length,
                                                         PurgeAddReport      *report,
                                                         GError             **error);
gboolean            purge_directory_list_set_all_text   (PurgeDirectoryList  *self,
                                                         const char          *text,
                                                         gssize               length,
                                                         PurgeAddReport      *report,
                                                         GError             **error);
void                purge_directory_list_restore        (PurgeDirectoryList  *self,
                                                         PurgeReading        *reading);
guint               purge_directory_list_set_text       (PurgeDirectoryList  *self,
                                                         guint                position,
                                                         const char          *text);
guint               purge_directory_list_apply_suggestion (PurgeDirectoryList *self,
                                                         guint                position);
guint               purge_directory_list_set_kind       (PurgeDirectoryList  *self,
                                                         guint                position,
                                                         PurgeKind            kind);
guint               purge_directory_list_set_kind_scattered (PurgeDirectoryList *self,
                                                         const guint         *positions,
                                                         gsize                n_positions,
                                                         PurgeKind            kind);
guint               purge_directory_list_take_url_offers (PurgeDirectoryList *self);
void                purge_directory_list_remove         (PurgeDirectoryList  *self,
                                                         guint                position,
                                                         guint                n_entries);
void                purge_directory_list_remove_scattered (PurgeDirectoryList *self,
                                                         const guint         *positions,
                                                         gsize                n_positions);
void                purge_directory_list_clear          (PurgeDirectoryList  *self);
void                purge_directory_list_undo           (PurgeDirectoryList  *self);
void                purge_directory_list_redo           (PurgeDirectoryList  *self);
char               *purge_directory_list_dup_all_text   (PurgeDirectoryList  *self);
char               *purge_directory_list_dup_text_scattered (PurgeDirectoryList *self,
                                                         const guint         *positions,
                                                         gsize                n_positions);
GStrv               purge_directory_list_dup_urls       (PurgeDirectoryList  *self,
                                                         PurgeKind            kind);
guint               purge_directory_list_get_n_sendable (PurgeDirectoryList  *self);
guint               purge_directory_list_get_n_of_kind  (PurgeDirectoryList  *self,
                                                         PurgeKind            kind);
guint               purge_directory_list_get_n_problems (PurgeDirectoryList  *self);
guint               purge_directory_list_get_n_covered  (PurgeDirectoryList  *self);
guint               purge_directory_list_get_n_url_offers (PurgeDirectoryList *self);

G_END_DECLS
