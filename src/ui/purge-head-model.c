/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The first items of a list, until all of them are asked for; from then on the list as it is. Knows no
 * item.
 *
 * GTK's own model for a part of a list says of each item that comes or goes that all behind it are others,
 * which would take the selection along. */

#define G_LOG_DOMAIN "purge-head-model"

#include "config.h"

#include "purge-head-model.h"

struct _PurgeHeadModel
{
  GObject     parent_instance;

  GListModel *model; /* nullable */
  guint       limit;
};

static void purge_head_model_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PurgeHeadModel, purge_head_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      purge_head_model_list_model_init))

static guint
count_all (PurgeHeadModel *self)
{
  return self->model != NULL ? g_list_model_get_n_items (self->model) : 0;
}

static GType
purge_head_model_get_item_type (GListModel *list)
{
  PurgeHeadModel *self = PURGE_HEAD_MODEL (list);

  return self->model != NULL ? g_list_model_get_item_type (self->model) : G_TYPE_OBJECT;
}

static guint
purge_head_model_get_n_items (GListModel *list)
{
  PurgeHeadModel *self = PURGE_HEAD_MODEL (list);

  return MIN (count_all (self), self->limit);
}

static gpointer
purge_head_model_get_item (GListModel *list,
                           guint       position)
{
  PurgeHeadModel *self = PURGE_HEAD_MODEL (list);

  return position < purge_head_model_get_n_items (list) ? g_list_model_get_item (self->model, position)
                                                        : NULL;
}

static void
purge_head_model_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = purge_head_model_get_item_type;
  iface->get_n_items = purge_head_model_get_n_items;
  iface->get_item = purge_head_model_get_item;
}

/* What comes or goes among the first moves others over the limit. */
static void
on_items_changed_cb (PurgeHeadModel *self,
                     guint           position,
                     guint           n_removed,
                     guint           n_added)
{
  const guint n = count_all (self);
  const guint n_before = n - n_added + n_removed;

  if (position >= self->limit)
    return;

  if (n_added == n_removed)
    n_added = n_removed = MIN (n_added, self->limit - position);
  else if (MAX (n, n_before) > self->limit)
    {
      n_removed = MIN (n_before, self->limit) - position;
      n_added = MIN (n, self->limit) - position;
    }

  g_list_model_items_changed (G_LIST_MODEL (self), position, n_removed, n_added);
}

static void
purge_head_model_dispose (GObject *object)
{
  g_clear_object (&PURGE_HEAD_MODEL (object)->model);

  G_OBJECT_CLASS (purge_head_model_parent_class)->dispose (object);
}

static void
purge_head_model_class_init (PurgeHeadModelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = purge_head_model_dispose;
}

static void
purge_head_model_init (PurgeHeadModel *self)
{
}

/**
 * purge_head_model_new:
 * @limit: how many items it has at most, until that is lifted
 *
 * Returns: (transfer full): the first items of no list yet
 */
PurgeHeadModel *
purge_head_model_new (guint limit)
{
  PurgeHeadModel *self = g_object_new (PURGE_TYPE_HEAD_MODEL, NULL);

  self->limit = limit;
  return self;
}

/**
 * purge_head_model_set_model:
 * @self: the first items of a list
 * @model: (nullable): another list
 *
 * Has the items of another list.
 */
void
purge_head_model_set_model (PurgeHeadModel *self,
                            GListModel     *model)
{
  guint n_before;

  g_return_if_fail (PURGE_IS_HEAD_MODEL (self));
  g_return_if_fail (model == NULL || G_IS_LIST_MODEL (model));

  if (self->model == model)
    return;

  n_before = purge_head_model_get_n_items (G_LIST_MODEL (self));
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  g_set_object (&self->model, model);
  if (model != NULL)
    g_signal_connect_object (model, "items-changed", G_CALLBACK (on_items_changed_cb), self,
                             G_CONNECT_SWAPPED);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before,
                              purge_head_model_get_n_items (G_LIST_MODEL (self)));
}

/**
 * purge_head_model_lift:
 * @self: the first items of a list
 *
 * Has all of them from now on.
 */
void
purge_head_model_lift (PurgeHeadModel *self)
{
  guint n_before;

  g_return_if_fail (PURGE_IS_HEAD_MODEL (self));

  n_before = purge_head_model_get_n_items (G_LIST_MODEL (self));
  self->limit = G_MAXUINT;
  if (count_all (self) > n_before)
    g_list_model_items_changed (G_LIST_MODEL (self), n_before, 0, count_all (self) - n_before);
}
