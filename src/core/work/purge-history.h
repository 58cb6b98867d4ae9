/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-history-entry.h"
#include "purge-workspace.h"

G_BEGIN_DECLS

/* How many submissions are loaded at a time. */
#define PURGE_HISTORY_PAGE 30

/**
 * PurgeHistory:
 *
 * The submissions of the past, the newest first: a #GListModel of #PurgeHistoryEntry that is loaded
 * page by page, and that has only what was searched for, of the period that was set. Properties, all
 * of which notify: `loading` (boolean, read-only), `failure` (string, nullable, read-only, translated:
 * why the last page could not be loaded). Main thread only.
 */
#define PURGE_TYPE_HISTORY (purge_history_get_type ())

G_DECLARE_FINAL_TYPE (PurgeHistory, purge_history, PURGE, HISTORY, GObject)

PurgeHistory *purge_history_new           (PurgeWorkspace       *workspace);
void          purge_history_reload        (PurgeHistory         *self);
void          purge_history_load_more     (PurgeHistory         *self);
void          purge_history_set_search    (PurgeHistory         *self,
                                           const char           *text);
void          purge_history_set_period    (PurgeHistory         *self,
                                           gint64                since,
                                           gint64                until);
const char   *purge_history_get_search    (PurgeHistory         *self);
gboolean      purge_history_get_loading   (PurgeHistory         *self);
const char   *purge_history_get_failure   (PurgeHistory         *self);

/* Deletes one, or all that are older than a time; what is being sent stays. */
void          purge_history_remove_async  (PurgeHistory         *self,
                                           gint64                submission_id,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
void          purge_history_remove_before_async (PurgeHistory        *self,
                                                 gint64               time,
                                                 GAsyncReadyCallback  callback,
                                                 gpointer             user_data);
gboolean      purge_history_remove_finish (PurgeHistory         *self,
                                           GAsyncResult         *result,
                                           GError              **error);

G_END_DECLS
