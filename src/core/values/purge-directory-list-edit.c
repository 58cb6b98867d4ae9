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
