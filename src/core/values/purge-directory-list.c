/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The list that a person edits. Every change is of one kind: at a position, some entries go and
 * some come. So undoing a change is that change with its sides swapped, and nothing else has to
 * know about undo. Knows no widget and no file. */

#define G_LOG_DOMAIN "purge-directory-list"

#include "config.h"

#include "purge-directory-list.h"

#include <string.h>

#include <gio/gio.h>

#include "purge-rows.h"

typedef struct
{
  guint      position;
  GPtrArray *removed;
  GPtrArray *added;
} Change;

struct _PurgeDirectoryList
{
  GObject    parent_instance;

  PurgeRows *rows;
  GPtrArray *changes;
  guint      n_done;          /* so many of the changes are made; the others are undone */
};

typedef enum {
  PROP_N_SENDABLE = 1,
  PROP_N_PROBLEMS,
  PROP_N_COVERED,
  PROP_CAN_UNDO,
  PROP_CAN_REDO,
} Property;

static GParamSpec *properties[PROP_CAN_REDO + 1];

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PurgeDirectoryList, purge_directory_list, G_TYPE_OBJECT,
  G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

/* What is told of the whole; the values before a change are kept to tell what has changed. */
typedef struct
{
  guint    n_sendable;
  guint    n_problems;
  guint    n_covered;
  gboolean can_undo;
  gboolean can_redo;
} Summary;

static void
change_free (gpointer data)
{
  Change *change = data;

  g_ptr_array_unref (change->removed);
  g_ptr_array_unref (change->added);
  g_free (change);
}

static Summary
summarize (PurgeDirectoryList *self)
{
  return (Summary) {
    .n_sendable = purge_rows_get_length (self->rows) - purge_rows_get_n_problems (self->rows),
    .n_problems = purge_rows_get_n_problems (self->rows),
    .n_covered = purge_rows_get_n_covered (self->rows),
    .can_undo = self->n_done > 0,
    .can_redo = self->n_done < self->changes->len,
  };
}

static guint
get_length (PurgeDirectoryList *self)
{
  return purge_rows_get_length (self->rows);
}

static void
notify_changes (PurgeDirectoryList *self,
                const Summary      *before)
{
  const Summary now = summarize (self);
  GObject *object = G_OBJECT (self);

  if (now.n_sendable != before->n_sendable)
    g_object_notify_by_pspec (object, properties[PROP_N_SENDABLE]);
  if (now.n_problems != before->n_problems)
    g_object_notify_by_pspec (object, properties[PROP_N_PROBLEMS]);
  if (now.n_covered != before->n_covered)
    g_object_notify_by_pspec (object, properties[PROP_N_COVERED]);
  if (now.can_undo != before->can_undo)
    g_object_notify_by_pspec (object, properties[PROP_CAN_UNDO]);
  if (now.can_redo != before->can_redo)
    g_object_notify_by_pspec (object, properties[PROP_CAN_REDO]);
}

static gboolean
is_sendable (PurgeEntry *entry)
{
  return purge_entry_get_problem (entry) == PURGE_PROBLEM_NONE;
}

/* Changes */

static void
make_change (PurgeDirectoryList *self,
             guint               position,
             GPtrArray          *removed,
             GPtrArray          *added)
{
  purge_rows_replace (self->rows, position, removed, added);
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed->len, added->len);
}

/* Makes a change that can be undone, unless it changes nothing. */
static void
do_change (PurgeDirectoryList *self,
           guint               position,
           guint               n_removed,
           GPtrArray          *added)
{
  const Summary before = summarize (self);
  Change *change;

  if (n_removed == 0 && added->len == 0)
    return;

  change = g_new0 (Change, 1);
  change->position = position;
  change->added = g_ptr_array_ref (added);
  change->removed = purge_rows_dup_slice (self->rows, position, n_removed);

  g_ptr_array_set_size (self->changes, self->n_done);
  if (self->changes->len == PURGE_DIRECTORY_LIST_MAX_CHANGES)
    g_ptr_array_remove_index (self->changes, 0);
  g_ptr_array_add (self->changes, change);
  self->n_done = self->changes->len;

  make_change (self, position, change->removed, change->added);
  notify_changes (self, &before);
}

/* Texts */

static void
count_entry (PurgeAddReport *report,
             PurgeEntry     *entry)
{
  report->n_added++;
  if (!is_sendable (entry))
    report->n_problems++;
  if (purge_entry_get_mends (entry) != PURGE_MENDS_NONE)
    report->n_mended++;
}

/* The entries of a text. Those that are in @known as well are merged. */
static GPtrArray *
take_entries (PurgeReading   *reading,
              PurgeRows      *known,
              PurgeAddReport *report)
{
  GPtrArray *entries = purge_rows_new_entries ();

  for (guint i = 0; i < purge_reading_get_n_items (reading); i++)
    {
      const PurgeReadingItem *item = purge_reading_get_item (reading, i);

      if (item->duplicate_of != 0 ||
          (known != NULL && item->url != NULL && purge_rows_find (known, item->url) != NULL))
        report->n_merged++;
      else
        g_ptr_array_add (entries, purge_entry_new_read (item));
    }

  return entries;
}

static gboolean
is_same_row (PurgeEntry *a,
             PurgeEntry *b)
{
  return purge_entry_get_problem (a) == purge_entry_get_problem (b) &&
         g_str_equal (purge_entry_get_text (a), purge_entry_get_text (b));
}

/* Rows at both ends that the new text has too stay what they are, with what was given and with the
 * place where the view is. */
static guint
find_same_start (PurgeDirectoryList *self,
                 GPtrArray          *entries)
{
  guint n = 0;

  while (n < get_length (self) && n < entries->len &&
         is_same_row (purge_rows_at (self->rows, n), entries->pdata[n]))
    n++;

  return n;
}

static guint
find_same_end (PurgeDirectoryList *self,
               GPtrArray          *entries,
               guint               n_start)
{
  const guint n_most = MIN (get_length (self), entries->len) - n_start;
  guint n = 0;

  while (n < n_most && is_same_row (purge_rows_at (self->rows, get_length (self) - 1 - n),
                                    entries->pdata[entries->len - 1 - n]))
    n++;

  return n;
}

/* GListModel */

static GType
purge_directory_list_get_item_type (GListModel *model)
{
  return PURGE_TYPE_ENTRY;
}

static guint
purge_directory_list_get_n_items (GListModel *model)
{
  return get_length (PURGE_DIRECTORY_LIST (model));
}

static gpointer
purge_directory_list_get_item (GListModel *model,
                               guint       position)
{
  PurgeDirectoryList *self = PURGE_DIRECTORY_LIST (model);

  if (position >= get_length (self))
    return NULL;

  return g_object_ref (purge_rows_at (self->rows, position));
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = purge_directory_list_get_item_type;
  iface->get_n_items = purge_directory_list_get_n_items;
  iface->get_item = purge_directory_list_get_item;
}

/* GObject */

static void
purge_directory_list_finalize (GObject *object)
{
  PurgeDirectoryList *self = PURGE_DIRECTORY_LIST (object);

  purge_rows_free (self->rows);
  g_ptr_array_unref (self->changes);

  G_OBJECT_CLASS (purge_directory_list_parent_class)->finalize (object);
}

static void
purge_directory_list_get_property (GObject    *object,
                                   guint       property_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  const Summary summary = summarize (PURGE_DIRECTORY_LIST (object));

  switch ((Property) property_id)
    {
    case PROP_N_SENDABLE:
      g_value_set_uint (value, summary.n_sendable);
      break;

    case PROP_N_PROBLEMS:
      g_value_set_uint (value, summary.n_problems);
      break;

    case PROP_N_COVERED:
      g_value_set_uint (value, summary.n_covered);
      break;

    case PROP_CAN_UNDO:
      g_value_set_boolean (value, summary.can_undo);
      break;

    case PROP_CAN_REDO:
      g_value_set_boolean (value, summary.can_redo);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
purge_directory_list_class_init (PurgeDirectoryListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = purge_directory_list_finalize;
  object_class->get_property = purge_directory_list_get_property;

  properties[PROP_N_SENDABLE] = g_param_spec_uint ("n-sendable", NULL, NULL, 0, G_MAXUINT, 0,
                                                   flags);
  properties[PROP_N_PROBLEMS] = g_param_spec_uint ("n-problems", NULL, NULL, 0, G_MAXUINT, 0,
                                                   flags);
  properties[PROP_N_COVERED] = g_param_spec_uint ("n-covered", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, flags);
  properties[PROP_CAN_REDO] = g_param_spec_boolean ("can-redo", NULL, NULL, FALSE, flags);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
purge_directory_list_init (PurgeDirectoryList *self)
{
  self->rows = purge_rows_new ();
  self->changes = g_ptr_array_new_with_free_func (change_free);
}

/**
 * purge_directory_list_new:
 *
 * Returns: (transfer full): an empty list
 */
PurgeDirectoryList *
purge_directory_list_new (void)
{
  return g_object_new (PURGE_TYPE_DIRECTORY_LIST, NULL);
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
  g_autoptr (GPtrArray) added = NULL;
  PurgeAddReport counts = { 0 };

  g_return_val_if_fail (PURGE_IS_DIRECTORY_LIST (self), FALSE);

  reading = purge_reading_new (text, length, error);
  if (reading == NULL)
    return FALSE;

  added = take_entries (reading, self->rows, &counts);
  for (guint i = 0; i < added->len; i++)
    count_entry (&counts, added->pdata[i]);
  do_change (self, get_length (self), 0, added);

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

  reading = purge_reading_new (text, length, error);
  if (reading == NULL)
    return FALSE;

  entries = take_entries (reading, NULL, &counts);
  n_start = find_same_start (self, entries);
  n_end = find_same_end (self, entries, n_start);
  for (guint i = n_start; i < entries->len - n_end; i++)
    {
      count_entry (&counts, entries->pdata[i]);
      g_ptr_array_add (added, g_object_ref (entries->pdata[i]));
    }
  do_change (self, n_start, get_length (self) - n_start - n_end, added);

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
  g_autoptr (GPtrArray) none = purge_rows_new_entries ();
  g_autoptr (GPtrArray) added = NULL;
  PurgeAddReport counts = { 0 };
  Summary before;

  g_return_if_fail (PURGE_IS_DIRECTORY_LIST (self));

  added = take_entries (reading, self->rows, &counts);
  if (self->changes->len > 0 || added->len == 0)
    {
      do_change (self, get_length (self), 0, added);
      return;
    }

  before = summarize (self);
  make_change (self, get_length (self), none, added);
  notify_changes (self, &before);
}

/**
 * purge_directory_list_set_text:
 * @self: a list
 * @position: which entry
 * @text: what a person made of it, when they are done: not after each key
 *
 * Puts another text in the place of an entry. A text that is nothing but blanks removes the entry.
 * A directory that the list has already is not put in twice: the entry is merged with the one that
 * is there, which the caller should show, and undo brings both back.
 *
 * Returns: where the text is now: @position, the place of the entry it was merged with, or
 *   %PURGE_DIRECTORY_LIST_NOWHERE where the entry was removed
 */
guint
purge_directory_list_set_text (PurgeDirectoryList *self,
                               guint               position,
                               const char         *text)
{
  g_autoptr (GPtrArray) added = purge_rows_new_entries ();
  g_autoptr (PurgeEntry) entry = NULL;
  PurgeEntry *other;

  g_return_val_if_fail (PURGE_IS_DIRECTORY_LIST (self), PURGE_DIRECTORY_LIST_NOWHERE);
  g_return_val_if_fail (position < get_length (self), PURGE_DIRECTORY_LIST_NOWHERE);

  entry = purge_entry_new (text, purge_entry_get_line (purge_rows_at (self->rows, position)));
  if (is_same_row (entry, purge_rows_at (self->rows, position)))
    return position;

  if (purge_entry_get_problem (entry) == PURGE_PROBLEM_EMPTY)
    {
      do_change (self, position, 1, added);
      return PURGE_DIRECTORY_LIST_NOWHERE;
    }

  other = purge_rows_find (self->rows, purge_entry_get_text (entry));
  if (other == NULL || !is_sendable (entry) || other == purge_rows_at (self->rows, position))
    g_ptr_array_add (added, g_object_ref (entry));

  do_change (self, position, 1, added);
  return added->len > 0 ? position : purge_rows_find_position (self->rows, other);
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
  g_return_val_if_fail (position < get_length (self), PURGE_DIRECTORY_LIST_NOWHERE);

  suggestion = g_strdup (purge_entry_get_suggestion (purge_rows_at (self->rows, position)));
  return suggestion != NULL ? purge_directory_list_set_text (self, position, suggestion) : position;
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
  g_return_if_fail (position <= get_length (self));
  g_return_if_fail (n_entries <= get_length (self) - position);

  do_change (self, position, n_entries, none);
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

  purge_directory_list_remove (self, 0, get_length (self));
}

/**
 * purge_directory_list_undo:
 * @self: a list
 *
 * Takes the last change back; does nothing where there is none.
 */
void
purge_directory_list_undo (PurgeDirectoryList *self)
{
  Summary before;
  Change *change;

  g_return_if_fail (PURGE_IS_DIRECTORY_LIST (self));

  if (self->n_done == 0)
    return;

  before = summarize (self);
  change = g_ptr_array_index (self->changes, --self->n_done);
  make_change (self, change->position, change->added, change->removed);
  notify_changes (self, &before);
}

/**
 * purge_directory_list_redo:
 * @self: a list
 *
 * Makes the change again that was taken back last; does nothing where there is none.
 */
void
purge_directory_list_redo (PurgeDirectoryList *self)
{
  Summary before;
  Change *change;

  g_return_if_fail (PURGE_IS_DIRECTORY_LIST (self));

  if (self->n_done == self->changes->len)
    return;

  before = summarize (self);
  change = g_ptr_array_index (self->changes, self->n_done++);
  make_change (self, change->position, change->removed, change->added);
  notify_changes (self, &before);
}

/**
 * purge_directory_list_dup_all_text:
 * @self: a list
 *
 * Returns: (transfer full): the list as plain text, one entry a line, each line with its end
 */
char *
purge_directory_list_dup_all_text (PurgeDirectoryList *self)
{
  GString *text;

  g_return_val_if_fail (PURGE_IS_DIRECTORY_LIST (self), NULL);

  text = g_string_new (NULL);
  for (guint i = 0; i < get_length (self); i++)
    {
      g_string_append (text, purge_entry_get_text (purge_rows_at (self->rows, i)));
      g_string_append_c (text, '\n');
    }

  return g_string_free (text, FALSE);
}

/**
 * purge_directory_list_dup_urls:
 * @self: a list
 *
 * Returns: (transfer full): the directories that can be sent, in the order of the list
 */
GStrv
purge_directory_list_dup_urls (PurgeDirectoryList *self)
{
  g_autoptr (GStrvBuilder) urls = g_strv_builder_new ();

  g_return_val_if_fail (PURGE_IS_DIRECTORY_LIST (self), NULL);

  for (guint i = 0; i < get_length (self); i++)
    if (is_sendable (purge_rows_at (self->rows, i)))
      g_strv_builder_add (urls, purge_entry_get_text (purge_rows_at (self->rows, i)));

  return g_strv_builder_end (urls);
}

/**
 * purge_directory_list_get_n_sendable:
 * @self: a list
 *
 * Returns: how many directories can be sent
 */
guint
purge_directory_list_get_n_sendable (PurgeDirectoryList *self)
{
  g_return_val_if_fail (PURGE_IS_DIRECTORY_LIST (self), 0);

  return summarize (self).n_sendable;
}

/**
 * purge_directory_list_get_n_problems:
 * @self: a list
 *
 * Returns: how many entries have a problem
 */
guint
purge_directory_list_get_n_problems (PurgeDirectoryList *self)
{
  g_return_val_if_fail (PURGE_IS_DIRECTORY_LIST (self), 0);

  return summarize (self).n_problems;
}

/**
 * purge_directory_list_get_n_covered:
 * @self: a list
 *
 * Returns: how many directories another one of the list includes, so that they waste quota
 */
guint
purge_directory_list_get_n_covered (PurgeDirectoryList *self)
{
  g_return_val_if_fail (PURGE_IS_DIRECTORY_LIST (self), 0);

  return summarize (self).n_covered;
}
