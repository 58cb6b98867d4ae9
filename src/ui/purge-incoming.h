/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <adwaita.h>

#include "purge-directory-list.h"

G_BEGIN_DECLS

/**
 * PurgeIncoming:
 *
 * What comes to a list from elsewhere: the clipboard, files, what is dropped. A long text is read in a
 * thread, behind those that came before it; where that takes a while, this is a banner that says so
 * and can stop it, and else it takes no room. Signals: `adding`, before the list changes, and `added`
 * (pointer to #PurgeAddReport), after it. What went wrong is told in a dialog or through
 * `editor.toast`.
 */
#define PURGE_TYPE_INCOMING (purge_incoming_get_type ())

G_DECLARE_FINAL_TYPE (PurgeIncoming, purge_incoming, PURGE, INCOMING, AdwBin)

void purge_incoming_set_list     (PurgeIncoming      *self,
                                  PurgeDirectoryList *list);
void purge_incoming_add_text     (PurgeIncoming      *self,
                                  const char         *text,
                                  gssize              length);
void purge_incoming_add_files    (PurgeIncoming      *self,
                                  const char         *text,
                                  GListModel         *files);
void purge_incoming_paste        (PurgeIncoming      *self);
void purge_incoming_choose_files (PurgeIncoming      *self);

G_END_DECLS
