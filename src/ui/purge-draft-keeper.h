/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-directory-list.h"
#include "purge-draft.h"

G_BEGIN_DECLS

/**
 * PurgeDraftKeeper:
 *
 * Keeps a list and its draft alike: puts the draft into the list once, and saves the list a moment
 * after it has changed. Properties, all of which notify:
 *
 * - `damage` (string, nullable, read-only): what became of a damaged draft, until it was read
 * - `trouble` (string, nullable, read-only): why the list is not saved, while it is not
 * - `loaded` (boolean, read-only): whether the draft is in the list
 *
 * Main thread only.
 */
#define PURGE_TYPE_DRAFT_KEEPER (purge_draft_keeper_get_type ())

G_DECLARE_FINAL_TYPE (PurgeDraftKeeper, purge_draft_keeper, PURGE, DRAFT_KEEPER, GObject)

PurgeDraftKeeper *purge_draft_keeper_new          (PurgeDirectoryList   *list,
                                                   PurgeDraft           *draft);
void              purge_draft_keeper_load_async   (PurgeDraftKeeper     *self,
                                                   GCancellable         *cancellable,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);
gboolean          purge_draft_keeper_load_finish  (PurgeDraftKeeper     *self,
                                                   GAsyncResult         *result,
                                                   GError              **error);
void              purge_draft_keeper_flush_async  (PurgeDraftKeeper     *self,
                                                   GCancellable         *cancellable,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);
gboolean          purge_draft_keeper_flush_finish (PurgeDraftKeeper     *self,
                                                   GAsyncResult         *result,
                                                   GError              **error);
gboolean          purge_draft_keeper_get_loaded   (PurgeDraftKeeper     *self);
const char       *purge_draft_keeper_get_damage   (PurgeDraftKeeper     *self);
const char       *purge_draft_keeper_get_trouble  (PurgeDraftKeeper     *self);
void              purge_draft_keeper_dismiss      (PurgeDraftKeeper     *self);

G_END_DECLS
