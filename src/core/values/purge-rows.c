/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The entries of a list, as one. Knows what is where and what covers what, and keeps that right
 * where entries come and go. Knows nothing of why they do. */

#define G_LOG_DOMAIN "purge-rows"

#include "config.h"

#include "purge-rows.h"

#include "purge-cover.h"
#include "purge-hash.h"
#include "purge-notation.h"

/* So many entries at once are cheaper to look at one by one than the whole list. */
#define FEW_ENTRIES 8

struct _PurgeRows
{
  GPtrArray  *entries;
  GHashTable *by_url[PURGE_N_KINDS];    /* text of a sendable entry → that entry; owns neither */
  guint       n_problems;
  guint       n_covered;
  guint       n_url_offers;
};

static void
set_cover (PurgeRows  *self,
           PurgeEntry *entry,
           const char *cover)
{
  if (purge_entry_get_covered_by (entry) != NULL)
    self->n_covered--;
  if (cover != NULL)
    self->n_covered++;

  purge_entry_set_covered_by (entry, cover);
}

static void
find_cover (PurgeRows  *self,
            PurgeEntry *entry)
{
  const char *cover = NULL;

  if (purge_entry_is_sendable (entry))
    cover = purge_cover_find (self->by_url[PURGE_KIND_DIRECTORY], purge_entry_get_text (entry),
                              purge_entry_get_kind (entry));

  set_cover (self, entry, cover);
}

static void
find_all_covers (PurgeRows *self)
{
  for (guint i = 0; i < self->entries->len; i++)
    find_cover (self, purge_rows_at (self, i));
}

/* Only what is below an entry that came or went may have another cover than before. */
static void
find_covers_below (PurgeRows  *self,
                   PurgeEntry *changed)
{
  const char *url = purge_entry_get_text (changed);

  if (!purge_entry_is_sendable (changed) ||
      purge_entry_get_kind (changed) != PURGE_KIND_DIRECTORY)
    return;

  for (guint i = 0; i < self->entries->len; i++)
    {
      PurgeEntry *entry = purge_rows_at (self, i);

      if (purge_entry_is_sendable (entry) &&
          purge_cover_covers (url, purge_entry_get_text (entry), purge_entry_get_kind (entry)))
        find_cover (self, entry);
    }
}

static void
update_covers (PurgeRows *self,
               GPtrArray *removed,
               GPtrArray *added)
{
  for (guint i = 0; i < removed->len; i++)
    set_cover (self, removed->pdata[i], NULL);

  if (removed->len + added->len > FEW_ENTRIES)
    {
      find_all_covers (self);
      return;
    }

  for (guint i = 0; i < removed->len; i++)
    find_covers_below (self, removed->pdata[i]);
  for (guint i = 0; i < added->len; i++)
    {
      find_cover (self, added->pdata[i]);
      find_covers_below (self, added->pdata[i]);
    }
}

static void
forget_entry (PurgeRows  *self,
              PurgeEntry *entry)
{
  if (purge_entry_is_sendable (entry))
    {
      g_hash_table_remove (self->by_url[purge_entry_get_kind (entry)],
                           purge_entry_get_text (entry));
      return;
    }

  self->n_problems--;
  if (purge_entry_get_offers_url (entry))
    self->n_url_offers--;
}

static void
know_entry (PurgeRows  *self,
            PurgeEntry *entry)
{
  if (purge_entry_is_sendable (entry))
    {
      g_hash_table_insert (self->by_url[purge_entry_get_kind (entry)],
                           (char *) purge_entry_get_text (entry), entry);
      return;
    }

  self->n_problems++;
  if (purge_entry_get_offers_url (entry))
    self->n_url_offers++;
}

static void
replace_entries (GPtrArray *entries,
                 guint      position,
                 guint      n_removed,
                 GPtrArray *added)
{
  const guint n_after = entries->len - position - n_removed;
  GPtrArray *after = purge_rows_new_entries ();

  g_ptr_array_set_size (after, n_after);
  for (guint i = 0; i < n_after; i++)
    after->pdata[i] = g_object_ref (entries->pdata[position + n_removed + i]);

  g_ptr_array_set_size (entries, position);
  for (guint i = 0; i < added->len; i++)
    g_ptr_array_add (entries, g_object_ref (added->pdata[i]));
  g_ptr_array_extend_and_steal (entries, after);
}

/**
 * purge_rows_new:
 *
 * Returns: (transfer full): no entries
 */
PurgeRows *
purge_rows_new (void)
{
  PurgeRows *self = g_new0 (PurgeRows, 1);

  self->entries = purge_rows_new_entries ();
  for (guint kind = 0; kind < PURGE_N_KINDS; kind++)
    self->by_url[kind] = g_hash_table_new (purge_hash_string, g_str_equal);

  return self;
}

/**
 * purge_rows_new_of:
 * @entries: (element-type PurgeEntry): entries, no two of which have the same directory or URL
 *
 * In any thread; what comes of it belongs to one thread at a time.
 *
 * Returns: (transfer full): these entries, and what covers what of them
 */
PurgeRows *
purge_rows_new_of (GPtrArray *entries)
{
  PurgeRows *self = purge_rows_new ();
  g_autoptr (GPtrArray) none = purge_rows_new_entries ();

  purge_rows_replace (self, 0, none, entries);
  return self;
}

/**
 * purge_rows_part:
 * @self: (transfer full): some rows
 *
 * Returns: (transfer full): the entries, which know nothing of each other any more
 */
GPtrArray *
purge_rows_part (PurgeRows *self)
{
  GPtrArray *entries = g_ptr_array_ref (self->entries);

  for (guint i = 0; i < entries->len; i++)
    set_cover (self, entries->pdata[i], NULL);

  purge_rows_free (self);
  return entries;
}

/**
 * purge_rows_free:
 * @self: (transfer full): some rows
 *
 * Frees them, and gives the references to the entries back.
 */
void
purge_rows_free (PurgeRows *self)
{
  for (guint kind = 0; kind < PURGE_N_KINDS; kind++)
    g_hash_table_unref (self->by_url[kind]);
  g_ptr_array_unref (self->entries);
  g_free (self);
}

/**
 * purge_rows_new_entries:
 *
 * Returns: (transfer full): an empty array that holds references to entries
 */
GPtrArray *
purge_rows_new_entries (void)
{
  return g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * purge_rows_get_length:
 * @self: some rows
 *
 * Returns: how many there are
 */
guint
purge_rows_get_length (const PurgeRows *self)
{
  return self->entries->len;
}

/**
 * purge_rows_at:
 * @self: some rows
 * @position: which one
 *
 * Returns: (transfer none): the entry there
 */
PurgeEntry *
purge_rows_at (const PurgeRows *self,
               guint            position)
{
  return g_ptr_array_index (self->entries, position);
}

/**
 * purge_rows_find:
 * @self: some rows
 * @kind: a kind
 * @url: a directory or URL of that kind
 *
 * Returns: (transfer none) (nullable): the entry that has it, or %NULL
 */
PurgeEntry *
purge_rows_find (const PurgeRows *self,
                 PurgeKind        kind,
                 const char      *url)
{
  return g_hash_table_lookup (self->by_url[kind], url);
}

/**
 * purge_rows_find_position:
 * @self: some rows
 * @entry: one of them
 *
 * Returns: where it is
 */
guint
purge_rows_find_position (const PurgeRows *self,
                          PurgeEntry      *entry)
{
  guint position = G_MAXUINT;

  g_ptr_array_find (self->entries, entry, &position);
  return position;
}

/**
 * purge_rows_dup_slice:
 * @self: some rows
 * @position: the first
 * @n_entries: how many
 *
 * Returns: (transfer full): an array of references to these entries
 */
GPtrArray *
purge_rows_dup_slice (const PurgeRows *self,
                      guint            position,
                      guint            n_entries)
{
  GPtrArray *slice = purge_rows_new_entries ();

  for (guint i = 0; i < n_entries; i++)
    g_ptr_array_add (slice, g_object_ref (purge_rows_at (self, position + i)));

  return slice;
}

/**
 * purge_rows_write:
 * @self: some rows
 * @position: which one
 * @text: what it is written behind
 *
 * Writes a row as a line of a text, with its end, and the word `url` in front of a URL.
 */
void
purge_rows_write (const PurgeRows *self,
                  guint            position,
                  GString         *text)
{
  PurgeEntry *entry = purge_rows_at (self, position);
  g_autofree char *line = purge_notation_write (purge_entry_get_kind (entry),
                                                purge_entry_get_text (entry));

  g_string_append (text, line);
  g_string_append_c (text, '\n');
}

/**
 * purge_rows_replace:
 * @self: some rows
 * @position: where
 * @removed: (element-type PurgeEntry): the entries that are there and go
 * @added: (element-type PurgeEntry): the entries that come instead
 *
 * Puts entries in the place of others. None of those that come may have a directory or URL that
 * stays.
 */
void
purge_rows_replace (PurgeRows *self,
                    guint      position,
                    GPtrArray *removed,
                    GPtrArray *added)
{
  for (guint i = 0; i < removed->len; i++)
    forget_entry (self, removed->pdata[i]);
  for (guint i = 0; i < added->len; i++)
    know_entry (self, added->pdata[i]);

  replace_entries (self->entries, position, removed->len, added);
  update_covers (self, removed, added);
}

/**
 * purge_rows_get_n_sendable:
 * @self: some rows
 * @kind: a kind
 *
 * Returns: how many of that kind can be sent
 */
guint
purge_rows_get_n_sendable (const PurgeRows *self,
                           PurgeKind        kind)
{
  return g_hash_table_size (self->by_url[kind]);
}

/**
 * purge_rows_get_n_problems:
 * @self: some rows
 *
 * Returns: how many have a problem
 */
guint
purge_rows_get_n_problems (const PurgeRows *self)
{
  return self->n_problems;
}

/**
 * purge_rows_get_n_covered:
 * @self: some rows
 *
 * Returns: how many another one covers
 */
guint
purge_rows_get_n_covered (const PurgeRows *self)
{
  return self->n_covered;
}

/**
 * purge_rows_get_n_url_offers:
 * @self: some rows
 *
 * Returns: how many are blocked as directories and could be sent as URLs
 */
guint
purge_rows_get_n_url_offers (const PurgeRows *self)
{
  return self->n_url_offers;
}
