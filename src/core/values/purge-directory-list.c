/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The list that a person edits: what it shows, and its changes. Every change is of one kind: at a
 * position, some entries go and some come. So undoing a change is that change with its sides
 * swapped, and nothing else has to know about undo. Knows no widget and no file. */

#define G_LOG_DOMAIN "purge-directory-list"

#include "config.h"

#include "purge-directory-list-private.h"

#include <gio/gio.h>

typedef struct
{
  guint      position;
  GPtrArray *removed;
  GPtrArray *added;
} Change;

typedef enum {
  PROP_N_SENDABLE = 1,
  PROP_N_DIRECTORIES,
  PROP_N_URLS,
  PROP_N_PROBLEMS,
  PROP_N_COVERED,
  PROP_N_URL_OFFERS,
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
  guint    n_of_kind[PURGE_N_KINDS];
  guint    n_sendable;
  guint    n_problems;
  guint    n_covered;
  guint    n_url_offers;
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
    .n_of_kind = {
      [PURGE_KIND_DIRECTORY] = purge_rows_get_n_sendable (self->rows, PURGE_KIND_DIRECTORY),
      [PURGE_KIND_URL] = purge_rows_get_n_sendable (self->rows, PURGE_KIND_URL),
    },
    .n_sendable = purge_rows_get_length (self->rows) - purge_rows_get_n_problems (self->rows),
    .n_problems = purge_rows_get_n_problems (self->rows),
    .n_covered = purge_rows_get_n_covered (self->rows),
    .n_url_offers = purge_rows_get_n_url_offers (self->rows),
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
  if (now.n_of_kind[PURGE_KIND_DIRECTORY] != before->n_of_kind[PURGE_KIND_DIRECTORY])
    g_object_notify_by_pspec (object, properties[PROP_N_DIRECTORIES]);
  if (now.n_of_kind[PURGE_KIND_URL] != before->n_of_kind[PURGE_KIND_URL])
    g_object_notify_by_pspec (object, properties[PROP_N_URLS]);
  if (now.n_problems != before->n_problems)
    g_object_notify_by_pspec (object, properties[PROP_N_PROBLEMS]);
  if (now.n_covered != before->n_covered)
    g_object_notify_by_pspec (object, properties[PROP_N_COVERED]);
  if (now.n_url_offers != before->n_url_offers)
    g_object_notify_by_pspec (object, properties[PROP_N_URL_OFFERS]);
  if (now.can_undo != before->can_undo)
    g_object_notify_by_pspec (object, properties[PROP_CAN_UNDO]);
  if (now.can_redo != before->can_redo)
    g_object_notify_by_pspec (object, properties[PROP_CAN_REDO]);
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

/* Of changes that are undone nothing is left. */
static void
remember (PurgeDirectoryList *self,
          guint               position,
          GPtrArray          *removed,
          GPtrArray          *added)
{
  Change *change = g_new0 (Change, 1);

  change->position = position;
  change->removed = g_ptr_array_ref (removed);
  change->added = g_ptr_array_ref (added);

  g_ptr_array_set_size (self->changes, self->n_done);
  if (self->changes->len == PURGE_DIRECTORY_LIST_MAX_CHANGES)
    g_ptr_array_remove_index (self->changes, 0);
  g_ptr_array_add (self->changes, change);
  self->n_done = self->changes->len;
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

    case PROP_N_DIRECTORIES:
      g_value_set_uint (value, summary.n_of_kind[PURGE_KIND_DIRECTORY]);
      break;

    case PROP_N_URLS:
      g_value_set_uint (value, summary.n_of_kind[PURGE_KIND_URL]);
      break;

    case PROP_N_PROBLEMS:
      g_value_set_uint (value, summary.n_problems);
      break;

    case PROP_N_COVERED:
      g_value_set_uint (value, summary.n_covered);
      break;

    case PROP_N_URL_OFFERS:
      g_value_set_uint (value, summary.n_url_offers);
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
  properties[PROP_N_DIRECTORIES] = g_param_spec_uint ("n-directories", NULL, NULL, 0, G_MAXUINT, 0,
                                                      flags);
  properties[PROP_N_URLS] = g_param_spec_uint ("n-urls", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_N_PROBLEMS] = g_param_spec_uint ("n-problems", NULL, NULL, 0, G_MAXUINT, 0,
                                                   flags);
  properties[PROP_N_COVERED] = g_param_spec_uint ("n-covered", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_N_URL_OFFERS] = g_param_spec_uint ("n-url-offers", NULL, NULL, 0, G_MAXUINT, 0,
                                                     flags);
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
 * purge_directory_list_change:
 * @self: a list
 * @position: where
 * @n_removed: how many entries go
 * @added: (element-type PurgeEntry): the entries that come instead
 *
 * Makes a change that can be undone, unless it changes nothing. For the files of the list alone.
 */
void
purge_directory_list_change (PurgeDirectoryList *self,
                             guint               position,
                             guint               n_removed,
                             GPtrArray          *added)
{
  const Summary before = summarize (self);
  g_autoptr (GPtrArray) removed = NULL;

  if (n_removed == 0 && added->len == 0)
    return;

  removed = purge_rows_dup_slice (self->rows, position, n_removed);
  remember (self, position, removed, added);
  make_change (self, position, removed, added);
  notify_changes (self, &before);
}

/**
 * purge_directory_list_fill:
 * @self: a list in which there is nothing
 * @rows: (transfer full): what there is to be
 *
 * Makes a change that can be undone, unless it changes nothing. However much it is, nothing of it has
 * to be looked at once more. For the files of the list alone.
 */
void
purge_directory_list_fill (PurgeDirectoryList *self,
                           PurgeRows          *rows)
{
  const Summary before = summarize (self);
  const guint length = purge_rows_get_length (rows);
  g_autoptr (GPtrArray) removed = purge_rows_new_entries ();
  g_autoptr (GPtrArray) added = purge_rows_dup_slice (rows, 0, length);

  purge_rows_free (self->rows);
  self->rows = rows;
  if (length == 0)
    return;

  remember (self, 0, removed, added);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, length);
  notify_changes (self, &before);
}

/**
 * purge_directory_list_begin_with:
 * @self: a list that was not changed yet
 * @added: (element-type PurgeEntry): entries
 *
 * Adds entries at the end; this is where undo ends. For the files of the list alone.
 */
void
purge_directory_list_begin_with (PurgeDirectoryList *self,
                                 GPtrArray          *added)
{
  g_autoptr (GPtrArray) none = purge_rows_new_entries ();
  const Summary before = summarize (self);

  make_change (self, get_length (self), none, added);
  notify_changes (self, &before);
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
 * purge_directory_list_get_n_sendable:
 * @self: a list
 *
 * Returns: how many directories and URLs can be sent
 */
guint
purge_directory_list_get_n_sendable (PurgeDirectoryList *self)
{
  g_return_val_if_fail (PURGE_IS_DIRECTORY_LIST (self), 0);

  return summarize (self).n_sendable;
}

/**
 * purge_directory_list_get_n_of_kind:
 * @self: a list
 * @kind: a kind
 *
 * Returns: how many of that kind can be sent
 */
guint
purge_directory_list_get_n_of_kind (PurgeDirectoryList *self,
                                    PurgeKind           kind)
{
  g_return_val_if_fail (PURGE_IS_DIRECTORY_LIST (self), 0);
  g_return_val_if_fail (kind < PURGE_N_KINDS, 0);

  return summarize (self).n_of_kind[kind];
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
 * Returns: how many directories and URLs another directory of the list includes, so that they waste
 *   quota
 */
guint
purge_directory_list_get_n_covered (PurgeDirectoryList *self)
{
  g_return_val_if_fail (PURGE_IS_DIRECTORY_LIST (self), 0);

  return summarize (self).n_covered;
}

/**
 * purge_directory_list_get_n_url_offers:
 * @self: a list
 *
 * Returns: how many entries are blocked as directories and could be sent as URLs
 */
guint
purge_directory_list_get_n_url_offers (PurgeDirectoryList *self)
{
  g_return_val_if_fail (PURGE_IS_DIRECTORY_LIST (self), 0);

  return summarize (self).n_url_offers;
}
