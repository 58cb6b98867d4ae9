/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <adwaita.h>

#include "purge-session.h"

G_BEGIN_DECLS

/**
 * PurgeListEditor:
 *
 * The pane in which the list is made: typed, pasted, dropped, imported, edited, undone, and sent.
 * Property: `session` (#PurgeSession, nullable). Its actions are those of the group `editor`; sending
 * is the window's.
 */
#define PURGE_TYPE_LIST_EDITOR (purge_list_editor_get_type ())

G_DECLARE_FINAL_TYPE (PurgeListEditor, purge_list_editor, PURGE, LIST_EDITOR, AdwBin)

GtkWidget *purge_list_editor_new          (void);
void       purge_list_editor_set_session  (PurgeListEditor *self,
                                           PurgeSession    *session);
void       purge_list_editor_add_text     (PurgeListEditor *self,
                                           const char      *text,
                                           gssize           length);
void       purge_list_editor_import       (PurgeListEditor *self,
                                           GFile           *file);
void       purge_list_editor_commit       (PurgeListEditor *self);
void       purge_list_editor_toast        (PurgeListEditor *self,
                                           const char      *title,
                                           gboolean         can_undo);

G_END_DECLS
