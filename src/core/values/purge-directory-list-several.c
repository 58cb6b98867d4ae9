/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What a person does to several rows of the list at once, which need not stand together. Each is one
 * change, and what stands between the rows stays what it is. Knows no selection. */

#define G_LOG_DOMAIN "purge-directory-list"

#include "config.h"

#include "purge-directory-list-private.h"

/**
 * purge_directory_list_remove_scattered:
 * @self: a list
 * @positions: (array length=n_positions): the entries to remove, in order, each once
 * @n_positions: how many, at least one
 *
 * Removes entries that need not stand together, as one change. Those between them stay what they are.
 */
void
purge_directory_list_remove_scattered (PurgeDirectoryList *self,
                                       const guint        *positions,
                                       gsize               n_positions)
{
  g_autoptr (GPtrArray) kept = purge_rows_new_entries ();
  gsize next = 0;

  g_return_if_fail (PURGE_IS_DIRECTORY_LIST (self));
  g_return_if_fail (n_positions > 0);
  g_return_if_fail (positions[n_positions - 1] < purge_rows_get_length (self->rows));

  for (guint i = positions[0]; next < n_positions; i++)
    if (i == positions[next])
      next++;
    else
      g_ptr_array_add (kept, g_object_ref (purge_rows_at (self->rows, i)));

  purge_directory_list_change (self, positions[0], positions[n_positions - 1] + 1 - positions[0],
                               kept);
}

/* Puts an entry among others, unless the list or these have it already. */
static void
put_once (PurgeDirectoryList *self,
          GPtrArray          *entries,
          GHashTable         *seen,
          PurgeEntry         *entry)
{
  const char *text = purge_entry_get_text (entry);

  if (purge_entry_is_sendable (entry))
    {
      if (purge_rows_find (self->rows, purge_entry_get_kind (entry), text) != NULL ||
          g_hash_table_contains (seen, text))
        return;
      g_hash_table_add (seen, (gpointer) text);
    }

  g_ptr_array_add (entries, g_object_ref (entry));
}

/**
 * purge_directory_list_set_kind_scattered:
 * @self: a list
 * @positions: (array length=n_positions): which entries, in order, each once
 * @n_positions: how many, at least one
 * @kind: what they are to be
 *
 * Makes URLs of directories, or the other way round, as purge_directory_list_set_kind() does, as one
 * change. What the list has already is merged.
 *
 * Returns: how many were something else
 */
guint
purge_directory_list_set_kind_scattered (PurgeDirectoryList *self,
                                         const guint        *positions,
                                         gsize               n_positions,
                                         PurgeKind           kind)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) entries = purge_rows_new_entries ();
  guint n_changed = 0;
  gsize next = 0;

  g_return_val_if_fail (PURGE_IS_DIRECTORY_LIST (self), 0);
  g_return_val_if_fail (n_positions > 0, 0);
  g_return_val_if_fail (positions[n_positions - 1] < purge_rows_get_length (self->rows), 0);

  for (guint i = positions[0]; next < n_positions; i++)
    {
      PurgeEntry *old = purge_rows_at (self->rows, i);
      const gboolean wanted = i == positions[next];
      g_autoptr (PurgeEntry) entry = NULL;

      if (wanted)
        next++;
      if (!wanted || purge_entry_get_kind (old) == kind)
        {
          g_ptr_array_add (entries, g_object_ref (old));
          continue;
        }

      entry = purge_entry_new (purge_entry_get_given (old), kind, purge_entry_get_line (old));
      put_once (self, entries, seen, entry);
      n_changed++;
    }

  if (n_changed > 0)
    purge_directory_list_change (self, positions[0],
                                 positions[n_positions - 1] + 1 - positions[0], entries);
  return n_changed;
}

/**
 * purge_directory_list_take_url_offers:
 * @self: a list
 *
 * Makes URLs of all entries that are blocked for their file ending or their query and could be sent
 * as URLs, as one change.
 *
 * Returns: how many there were
 */
guint
purge_directory_list_take_url_offers (PurgeDirectoryList *self)
{
  g_autoptr (GArray) positions = g_array_new (FALSE, FALSE, sizeof (guint));

  g_return_val_if_fail (PURGE_IS_DIRECTORY_LIST (self), 0);

  for (guint i = 0; i < purge_rows_get_length (self->rows); i++)
    if (purge_entry_get_offers_url (purge_rows_at (self->rows, i)))
      g_array_append_val (positions, i);
  if (positions->len == 0)
    return 0;

  return purge_directory_list_set_kind_scattered (self, (const guint *) (gpointer) positions->data,
                                                  positions->len, PURGE_KIND_URL);
}

/**
 * purge_directory_list_dup_text_scattered:
 * @self: a list
 * @positions: (array length=n_positions): which entries
 * @n_positions: how many
 *
 * Writes entries as purge_directory_list_dup_all_text() writes all.
 *
 * Returns: (transfer full): the text
 */
char *
purge_directory_list_dup_text_scattered (PurgeDirectoryList *self,
                                         const guint        *positions,
                                         gsize               n_positions)
{
  GString *text;

  g_return_val_if_fail (PURGE_IS_DIRECTORY_LIST (self), NULL);

  text = g_string_new (NULL);
  for (gsize i = 0; i < n_positions; i++)
    purge_rows_write (self->rows, positions[i], text);

  return g_string_free (text, FALSE);
}
