/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Texts that become the list, and the list that becomes text. Knows what of a text the list has
 * already, and which rows stay what they are. */

#define G_LOG_DOMAIN "purge-directory-list"

#include "config.h"

#include "purge-directory-list-private.h"

static void
count_entry (PurgeAddReport *report,
             PurgeEntry     *entry)
{
  report->n_added++;
  if (!purge_entry_is_sendable (entry))
    report->n_problems++;
  if (purge_entry_get_mends (entry) != PURGE_MENDS_NONE)
    report->n_mended++;
}

/* Those of some entries that the list does not have yet. */
static GPtrArray *
leave_known (PurgeDirectoryList *self,
             GPtrArray          *entries,
             PurgeAddReport     *report)
{
  g_autoptr (GPtrArray) left = NULL;

  if (purge_rows_get_length (self->rows) == 0)
    return g_ptr_array_ref (entries);

  left = purge_rows_new_entries ();
  for (guint i = 0; i < entries->len; i++)
    {
      PurgeEntry *entry = entries->pdata[i];

      if (purge_entry_is_sendable (entry) &&
          purge_rows_find (self->rows, purge_entry_get_kind (entry),
                           purge_entry_get_text (entry)) != NULL)
        report->n_merged++;
      else
        g_ptr_array_add (left, g_object_ref (entry));
    }

  return g_steal_pointer (&left);
}

/* Rows at both ends that the new text has too stay what they are, with what was given and with the
 * place where the view is. */
static guint
find_same_start (PurgeDirectoryList *self,
                 GPtrArray          *entries)
{
  guint n = 0;

  while (n < purge_rows_get_length (self->rows) && n < entries->len &&
         purge_entry_is_same (purge_rows_at (self->rows, n), entries->pdata[n]))
    n++;

  return n;
}

static guint
find_same_end (PurgeDirectoryList *self,
               GPtrArray          *entries,
               guint               n_start)
{
  const guint length = purge_rows_get_length (self->rows);
  const guint n_most = MIN (length, entries->len) - n_start;
  guint n = 0;

  while (n < n_most && purge_entry_is_same (purge_rows_at (self->rows, length - 1 - n),
                                            entries->pdata[entries->len - 1 - n]))
    n++;

  return n;
}

static GPtrArray *
make_entries (PurgeReading *reading)
{
  GPtrArray *entries = purge_rows_new_entries ();

  for (guint i = 0; i < purge_reading_get_n_items (reading); i++)
    {
      const PurgeReadingItem *item = purge_reading_get_item (reading, i);

      if (item->duplicate_of == 0)
        g_ptr_array_add (entries, purge_entry_new_read (item));
    }

  return entries;
}

/* Adds entries at the end. */
static void
add_entries (PurgeDirectoryList *self,
             GPtrArray          *entries,
             PurgeAddReport     *report)
{
  g_autoptr (GPtrArray) added = leave_known (self, entries, report);

  for (guint i = 0; i < added->len; i++)
    count_entry (report, added->pdata[i]);
  purge_directory_list_change (self, purge_rows_get_length (self->rows), 0, added);
}

/**
 * purge_directory_list_make_rows:
 * @reading: a text that was read
 *
 * Makes the rows of a text, without those that it has already further up. In any thread; what comes of
 * it belongs to one thread at a time.
 *
 * Returns: (transfer full): rows for purge_directory_list_add_rows()
 */
PurgeRows *
purge_directory_list_make_rows (PurgeReading *reading)
{
  g_autoptr (GPtrArray) entries = make_entries (reading);

  return purge_rows_new_of (entries);
}

/**
 * purge_directory_list_add_rows:
 * @self: a list
 * @rows: (transfer full): what purge_directory_list_make_rows() made of a text
 * @n_duplicates: how many duplicates the text had
 * @report: (out caller-allocates) (optional): what became of the text
 *
 * Adds rows at the end, as one change. Those that the list has already are merged: not added.
 */
void
purge_directory_list_add_rows (PurgeDirectoryList *self,
                               PurgeRows          *rows,
                               guint               n_duplicates,
                               PurgeAddReport     *report)
{
  PurgeAddReport counts = { .n_merged = n_duplicates };

  g_return_if_fail (PURGE_IS_DIRECTORY_LIST (self));
  g_return_if_fail (rows != NULL);

  if (purge_rows_get_length (self->rows) == 0)
    {
      for (guint i = 0; i < purge_rows_get_length (rows); i++)
        count_entry (&counts, purge_rows_at (rows, i));
      purge_directory_list_fill (self, rows);
    }
  else
    {
      g_autoptr (GPtrArray) entries = purge_rows_part (rows);

      add_entries (self, entries, &counts);
    }

  if (report != NULL)
    *report = counts;
}

/**
 * purge_directory_list_add_text:
 * @self: a list
 * @text: (array length=length): any text, as typed, pasted, dropped or imported
 * @length: its length in bytes, or -1 where it ends in NUL
 * @report: (out caller-allocates) (optional): what became of it
 * @error: the reason where the text is refused as a whole, a translated sentence
 *
 * Adds the entries of a text at the end. Those that the list has already are merged: not added.
 *
 * Returns: %FALSE with %PURGE_ERROR_INVALID_INPUT where the list stays as it is
 */
gboolean
purge_directory_list_add_text (PurgeDirectoryList  *self,
                               const char          *text,
                               gssize               length,
                               PurgeAddReport      *report,
                               GError             **error)
{
  g_autoptr (PurgeReading) reading = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  PurgeAddReport counts = { 0 };

  g_return_val_if_fail (PURGE_IS_DIRECTORY_LIST (self), FALSE);

  reading = purge_reading_new (text, length, PURGE_KIND_DIRECTORY, error);
  if (reading == NULL)
    return FALSE;

  entries = make_entries (reading);
  counts.n_merged = purge_reading_get_n_duplicates (reading);
  add_entries (self, entries, &counts);

  if (report != NULL)
    *report = counts;
  return TRUE;
}

/**
 * purge_directory_list_set_all_text:
 * @self: a list
 * @text: (array length=length): a text that takes the place of the whole list
 * @length: its length in bytes, or -1 where it ends in NUL
 * @report: (out caller-allocates) (optional): what became of it
 * @error: the reason where the text is refused as a whole, a translated sentence
 *
 * Puts the entries of a text where the list is, as one change. Rows that are the same at both ends
 * stay the entries they are.
 *
 * Returns: %FALSE with %PURGE_ERROR_INVALID_INPUT where the list stays as it is
 */
gboolean
purge_directory_list_set_all_text (PurgeDirectoryList  *self,
                                   const char          *text,
                                   gssize               length,
                                   PurgeAddReport      *report,
                                   GError             **error)
{
  g_autoptr (PurgeReading) reading = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GPtrArray) added = purge_rows_new_entries ();
  PurgeAddReport counts = { 0 };
  guint n_start;
  guint n_end;

  g_return_val_if_fail (PURGE_IS_DIRECTORY_LIST (self), FALSE);

  reading = purge_reading_new (text, length, PURGE_KIND_DIRECTORY, error);
  if (reading == NULL)
    return FALSE;

  entries = make_entries (reading);
  counts.n_merged = purge_reading_get_n_duplicates (reading);
  n_start = find_same_start (self, entries);
  n_end = find_same_end (self, entries, n_start);
  for (guint i = n_start; i < entries->len - n_end; i++)
    {
      count_entry (&counts, entries->pdata[i]);
      g_ptr_array_add (added, g_object_ref (entries->pdata[i]));
    }
  purge_directory_list_change (self, n_start,
                               purge_rows_get_length (self->rows) - n_start - n_end, added);

  if (report != NULL)
    *report = counts;
  return TRUE;
}

/**
 * purge_directory_list_restore:
 * @self: a list
 * @reading: what the list was when the program ended
 *
 * Adds the entries of a reading at the end; those that the list has already are merged. Where the
 * list was not changed yet, this is where undo ends; else it is a change like any other.
 */
void
purge_directory_list_restore (PurgeDirectoryList *self,
                              PurgeReading       *reading)
{
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GPtrArray) added = NULL;
  PurgeAddReport counts = { 0 };

  g_return_if_fail (PURGE_IS_DIRECTORY_LIST (self));

  entries = make_entries (reading);
  added = leave_known (self, entries, &counts);
  if (self->changes->len > 0 || added->len == 0)
    {
      purge_directory_list_change (self, purge_rows_get_length (self->rows), 0, added);
      return;
    }

  purge_directory_list_begin_with (self, added);
}

/**
 * purge_directory_list_dup_all_text:
 * @self: a list
 *
 * Writes the list as plain text, one entry a line, each line with its end, and the word `url` in
 * front of each URL, so that a text, a file or a draft with it is read as it was.
 *
 * Returns: (transfer full): the text
 */
char *
purge_directory_list_dup_all_text (PurgeDirectoryList *self)
{
  GString *text;

  g_return_val_if_fail (PURGE_IS_DIRECTORY_LIST (self), NULL);

  text = g_string_new (NULL);
  for (guint i = 0; i < purge_rows_get_length (self->rows); i++)
    purge_rows_write (self->rows, i, text);

  return g_string_free (text, FALSE);
}

/**
 * purge_directory_list_dup_urls:
 * @self: a list
 * @kind: a kind
 *
 * Returns: (transfer full): what of that kind can be sent, in the order of the list
 */
GStrv
purge_directory_list_dup_urls (PurgeDirectoryList *self,
                               PurgeKind           kind)
{
  g_autoptr (GStrvBuilder) urls = g_strv_builder_new ();

  g_return_val_if_fail (PURGE_IS_DIRECTORY_LIST (self), NULL);

  for (guint i = 0; i < purge_rows_get_length (self->rows); i++)
    {
      PurgeEntry *entry = purge_rows_at (self->rows, i);

      if (purge_entry_is_sendable (entry) && purge_entry_get_kind (entry) == kind)
        g_strv_builder_add (urls, purge_entry_get_text (entry));
    }

  return g_strv_builder_end (urls);
}
