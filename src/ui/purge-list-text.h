/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <adwaita.h>

#include "purge-directory-list.h"

G_BEGIN_DECLS

/**
 * PurgeListText:
 *
 * The list as plain text, one entry a line, to be edited as text. What is typed goes to the list when
 * the typing pauses, or at purge_list_text_commit(). A text that the list does not take is told
 * through the action `editor.toast`.
 */
#define PURGE_TYPE_LIST_TEXT (purge_list_text_get_type ())

G_DECLARE_FINAL_TYPE (PurgeListText, purge_list_text, PURGE, LIST_TEXT, AdwBin)

void purge_list_text_set_list   (PurgeListText      *self,
                                 PurgeDirectoryList *list);
void purge_list_text_select_all (PurgeListText      *self);
void purge_list_text_commit     (PurgeListText      *self);

G_END_DECLS
