/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What a person does to single rows of the list. Knows where a row has gone that became another. */

#define G_LOG_DOMAIN "purge-directory-list"

#include "config.h"

#include "purge-directory-list-private.h"

/* Returns where the entry is now. */
static guint
put_entry (PurgeDirectoryList *self,
           guint               position,
           PurgeEntry         *entry)
{
  PurgeEntry *old = purge_rows_at (self->rows, position);
  PurgeEntry *other = purge_rows_find (self->rows, purge_entry_get_kind (entry),
                                       purge_entry_get_text (entry));
  g_autoptr (GPtrArray) added = purge_rows_new_entries ();

  if (purge_entry_is_same (entry, old))
    return position;

  if (purge_entry_get_problem (entry) == PURGE_PROBLEM_EMPTY)
    {
      purge_directory_list_change (self, position, 1, added);
      return PURGE_DIRECTORY_LIST_NOWHERE;
    }

  if (other == NULL || !purge_entry_is_sendable (entry) || other == old)
    g_ptr_array_add (added, g_object_ref (entry));

  purge_directory_list_change (self, position, 1, added);
  return added->len > 0 ? position : purge_rows_find_position (self->rows, other);
}

/**
 * purge_directory_list_set_text:
 * @self: a list
 * @position: which entry
 * @text: what a person made of it, when they are done: not after each key
 *
 * Puts another text in the place of an entry, which stays a directory or a URL. A text that is
 * nothing but blanks removes the entry. What the list has already is not put in twice: the entry is
 * merged with the one that is there, which the caller should show, and undo brings both back.
 *
 * Returns: where the text is now: @position, the place of the entry it was merged with, or
 *   %PURGE_DIRECTORY_LIST_NOWHERE where the entry was removed
 */
guint
purge_directory_list_set_text (PurgeDirectoryList *self,
                               guint               position,
                               const char         *text)
{
  g_autoptr (PurgeEntry) entry = NULL;
  PurgeEntry *old;

  g_return_val_if_fail (PURGE_IS_DIRECTORY_LIST (self), PURGE_DIRECTORY_LIST_NOWHERE);
  g_return_val_if_fail (position < purge_rows_get_length (self->rows),
                        PURGE_DIRECTORY_LIST_NOWHERE);

  old = purge_rows_at (self->rows, position);
  entry = purge_entry_new (text, purge_entry_get_kind (old), purge_entry_get_line (old));
  return put_entry (self, position, entry);
}

/**
 * purge_directory_list_apply_suggestion:
 * @self: a list
 * @position: which entry
 *
 * Puts what an entry suggests in its place; does nothing where it suggests nothing.
 *
 * Returns: where the text is now, as purge_directory_list_set_text() does
 */
guint
purge_directory_list_apply_suggestion (PurgeDirectoryList *self,
                                       guint               position)
{
  g_autofree char *suggestion = NULL;

  g_return_val_if_fail (PURGE_IS_DIRECTORY_LIST (self), PURGE_DIRECTORY_LIST_NOWHERE);
  g_return_val_if_fail (position < purge_rows_get_length (self->rows),
                        PURGE_DIRECTORY_LIST_NOWHERE);

  suggestion = g_strdup (purge_entry_get_suggestion (purge_rows_at (self->rows, position)));
  return suggestion != NULL ? purge_directory_list_set_text (self, position, suggestion) : position;
}

/**
 * purge_directory_list_set_kind:
 * @self: a list
 * @position: which entry
 * @kind: what it is to be
 *
 * Makes a URL of a directory, or the other way round: of what was given, so that the slash that was
 * added to a directory goes where it becomes a URL.
 *
 * Returns: where the entry is now, as purge_directory_list_set_text() does
 */
guint
purge_directory_list_set_kind (PurgeDirectoryList *self,
                               guint               position,
                               PurgeKind           kind)
{
  g_autoptr (PurgeEntry) entry = NULL;
  PurgeEntry *old;

  g_return_val_if_fail (PURGE_IS_DIRECTORY_LIST (self), PURGE_DIRECTORY_LIST_NOWHERE);
  g_return_val_if_fail (position < purge_rows_get_length (self->rows),
                        PURGE_DIRECTORY_LIST_NOWHERE);

  old = purge_rows_at (self->rows, position);
  if (purge_entry_get_kind (old) == kind)
    return position;

  entry = purge_entry_new (purge_entry_get_given (old), kind, purge_entry_get_line (old));
  return put_entry (self, position, entry);
}

/* The entries from @from on, with URLs where one is offered; what is there already is left out. */
static GPtrArray *
take_offers (PurgeDirectoryList *self,
             guint               from,
             guint               n_entries)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *taken = purge_rows_new_entries ();

  for (guint i = from; i < from + n_entries; i++)
    {
      PurgeEntry *old = purge_rows_at (self->rows, i);
      g_autoptr (PurgeEntry) url = NULL;
      const char *text;

      if (!purge_entry_get_offers_url (old))
        {
          g_ptr_array_add (taken, g_object_ref (old));
          continue;
        }

      url = purge_entry_new (purge_entry_get_given (old), PURGE_KIND_URL,
                             purge_entry_get_line (old));
      text = purge_entry_get_text (url);
      if (purge_rows_find (self->rows, PURGE_KIND_URL, text) != NULL ||
          g_hash_table_contains (seen, text))
        continue;

      g_hash_table_add (seen, (gpointer) text);
      g_ptr_array_add (taken, g_steal_pointer (&url));
    }

  return taken;
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
  g_autoptr (GPtrArray) taken = NULL;
  guint first = G_MAXUINT;
  guint last = 0;
  guint n_offers = 0;

  g_return_val_if_fail (PURGE_IS_DIRECTORY_LIST (self), 0);

  for (guint i = 0; i < purge_rows_get_length (self->rows); i++)
    if (purge_entry_get_offers_url (purge_rows_at (self->rows, i)))
      {
        first = MIN (first, i);
        last = i;
        n_offers++;
      }
  if (n_offers == 0)
    return 0;

  taken = take_offers (self, first, last - first + 1);
  purge_directory_list_change (self, first, last - first + 1, taken);
  return n_offers;
}

/**
 * purge_directory_list_remove:
 * @self: a list
 * @position: the first entry to remove
 * @n_entries: how many
 *
 * Removes entries, as one change.
 */
void
purge_directory_list_remove (PurgeDirectoryList *self,
                             guint               position,
                             guint               n_entries)
{
  g_autoptr (GPtrArray) none = purge_rows_new_entries ();

  g_return_if_fail (PURGE_IS_DIRECTORY_LIST (self));
  g_return_if_fail (position <= purge_rows_get_length (self->rows));
  g_return_if_fail (n_entries <= purge_rows_get_length (self->rows) - position);

  purge_directory_list_change (self, position, n_entries, none);
}

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

/**
 * purge_directory_list_clear:
 * @self: a list
 *
 * Removes all entries, as one change.
 */
void
purge_directory_list_clear (PurgeDirectoryList *self)
{
  g_return_if_fail (PURGE_IS_DIRECTORY_LIST (self));

  purge_directory_list_remove (self, 0, purge_rows_get_length (self->rows));
}
