/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define PURGE_TYPE_HEAD_MODEL (purge_head_model_get_type ())
G_DECLARE_FINAL_TYPE (PurgeHeadModel, purge_head_model, PURGE, HEAD_MODEL, GObject)

PurgeHeadModel *purge_head_model_new       (guint           limit);
void            purge_head_model_set_model (PurgeHeadModel *self,
                                            GListModel     *model);
void            purge_head_model_lift      (PurgeHeadModel *self);

G_END_DECLS
