/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <gtk/gtk.h>

#include "purge-directory-list.h"

G_BEGIN_DECLS

/* The selected rows of a list, as one. Where nothing is selected, each of these does nothing. */

guint    purge_list_selection_get_size (GtkSelectionModel  *selection);
gboolean purge_list_selection_has_kind (GtkSelectionModel  *selection,
                                        PurgeKind           kind);
guint    purge_list_selection_get_first (GtkSelectionModel *selection);
void     purge_list_selection_include  (GtkSelectionModel  *selection,
                                        guint               position);
char    *purge_list_selection_dup_text (GtkSelectionModel  *selection,
                                        PurgeDirectoryList *list);
guint    purge_list_selection_remove   (GtkSelectionModel  *selection,
                                        PurgeDirectoryList *list);
guint    purge_list_selection_set_kind (GtkSelectionModel  *selection,
                                        PurgeDirectoryList *list,
                                        PurgeKind           kind);

G_END_DECLS
