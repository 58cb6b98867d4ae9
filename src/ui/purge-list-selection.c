/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The selected rows of a list, as one. Knows which they are; what is done to them, the list knows. */

#define G_LOG_DOMAIN "purge-list-selection"

#include "config.h"

#include "purge-list-selection.h"

static guint *
dup_positions (GtkSelectionModel *selection,
               guint             *n_positions)
{
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (selection);
  guint *positions = g_new (guint, gtk_bitset_get_size (selected));
  GtkBitsetIter iter;
  guint position;

  *n_positions = 0;
  for (gboolean valid = gtk_bitset_iter_init_first (&iter, selected, &position);
       valid;
       valid = gtk_bitset_iter_next (&iter, &position))
    positions[(*n_positions)++] = position;

  return positions;
}

/**
 * purge_list_selection_get_size:
 * @selection: a selection
 *
 * Returns: how many rows are selected
 */
guint
purge_list_selection_get_size (GtkSelectionModel *selection)
{
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (selection);

  return gtk_bitset_get_size (selected);
}

/**
 * purge_list_selection_get_first:
 * @selection: a selection of at least one row
 *
 * Returns: the position of the first of them
 */
guint
purge_list_selection_get_first (GtkSelectionModel *selection)
{
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (selection);

  return gtk_bitset_get_minimum (selected);
}

/**
 * purge_list_selection_has_kind:
 * @selection: a selection of rows
 * @kind: a kind
 *
 * Returns: whether one of them is of that kind
 */
gboolean
purge_list_selection_has_kind (GtkSelectionModel *selection,
                               PurgeKind          kind)
{
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (selection);
  GtkBitsetIter iter;
  guint position;

  for (gboolean valid = gtk_bitset_iter_init_first (&iter, selected, &position);
       valid;
       valid = gtk_bitset_iter_next (&iter, &position))
    {
      g_autoptr (PurgeEntry) entry = g_list_model_get_item (G_LIST_MODEL (selection), position);

      if (purge_entry_get_kind (entry) == kind)
        return TRUE;
    }

  return FALSE;
}

/**
 * purge_list_selection_include:
 * @selection: a selection
 * @position: a row
 *
 * Makes sure that a row is among those that are selected: unless it is, it is the only one then. So
 * what is done to a row of several is done to all of them.
 */
void
purge_list_selection_include (GtkSelectionModel *selection,
                              guint              position)
{
  if (!gtk_selection_model_is_selected (selection, position))
    gtk_selection_model_select_item (selection, position, TRUE);
}

/**
 * purge_list_selection_dup_text:
 * @selection: a selection
 * @list: the list of which it is
 *
 * Returns: (transfer full): the selected rows as a text, which pasted anywhere gives the same rows
 */
char *
purge_list_selection_dup_text (GtkSelectionModel  *selection,
                               PurgeDirectoryList *list)
{
  guint n_positions;
  g_autofree guint *positions = dup_positions (selection, &n_positions);

  return purge_directory_list_dup_text_scattered (list, positions, n_positions);
}

/**
 * purge_list_selection_remove:
 * @selection: a selection
 * @list: the list of which it is
 *
 * Removes the selected rows, as one change.
 *
 * Returns: how many there were
 */
guint
purge_list_selection_remove (GtkSelectionModel  *selection,
                             PurgeDirectoryList *list)
{
  guint n_positions;
  g_autofree guint *positions = dup_positions (selection, &n_positions);

  if (n_positions > 0)
    purge_directory_list_remove_scattered (list, positions, n_positions);
  return n_positions;
}

/**
 * purge_list_selection_set_kind:
 * @selection: a selection
 * @list: the list of which it is
 * @kind: what the selected rows are to be
 *
 * Makes URLs of directories, or the other way round, as one change.
 *
 * Returns: how many were something else
 */
guint
purge_list_selection_set_kind (GtkSelectionModel  *selection,
                               PurgeDirectoryList *list,
                               PurgeKind           kind)
{
  guint n_positions;
  g_autofree guint *positions = dup_positions (selection, &n_positions);

  if (n_positions == 0)
    return 0;

  return purge_directory_list_set_kind_scattered (list, positions, n_positions, kind);
}
