/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-directory-list.h"

G_BEGIN_DECLS

/* What the files of #PurgeDirectoryList share: what a list holds, and the one way to change it. */

struct _PurgeDirectoryList
{
  GObject    parent_instance;

  PurgeRows *rows;
  GPtrArray *changes;
  guint      n_done;          /* so many of the changes are made; the others are undone */
};

void purge_directory_list_change     (PurgeDirectoryList *self,
                                      guint               position,
                                      guint               n_removed,
                                      GPtrArray          *added);
void purge_directory_list_fill       (PurgeDirectoryList *self,
                                      PurgeRows          *rows);
void purge_directory_list_begin_with (PurgeDirectoryList *self,
                                      GPtrArray          *added);

G_END_DECLS
