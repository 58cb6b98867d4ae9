/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <adwaita.h>

#include "purge-directory-list.h"

G_BEGIN_DECLS

/**
 * PurgeListRows:
 *
 * The list as rows, to be selected, copied, edited in place and removed, and a menu for them. Its actions are those of the group
 * `rows`; what happened is told through `editor.toast` and `editor.toast-undo`.
 */
#define PURGE_TYPE_LIST_ROWS (purge_list_rows_get_type ())

G_DECLARE_FINAL_TYPE (PurgeListRows, purge_list_rows, PURGE, LIST_ROWS, AdwBin)

void purge_list_rows_set_list      (PurgeListRows      *self,
                                    PurgeDirectoryList *list);
void purge_list_rows_scroll_to_end (PurgeListRows      *self);
void purge_list_rows_select_all    (PurgeListRows      *self);
void purge_list_rows_commit        (PurgeListRows      *self);

G_END_DECLS
