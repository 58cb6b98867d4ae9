/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-job.h"

G_BEGIN_DECLS

/**
 * PurgeWatcher:
 *
 * Keeps the submission that is shown true: asks the server after a run what became of what is unknown
 * and whether what was accepted is done, and looks every two seconds at what another instance of the program is sending. Sends no
 * purge. Main thread only.
 */
#define PURGE_TYPE_WATCHER (purge_watcher_get_type ())

G_DECLARE_FINAL_TYPE (PurgeWatcher, purge_watcher, PURGE, WATCHER, GObject)

PurgeWatcher *purge_watcher_new          (PurgeClock           *clock);
void          purge_watcher_set_job      (PurgeWatcher         *self,
                                          PurgeJob             *job);
void          purge_watcher_set_asking   (PurgeWatcher         *self,
                                          gboolean              asking);
void          purge_watcher_watch        (PurgeWatcher         *self);
void          purge_watcher_look         (PurgeWatcher         *self);
void          purge_watcher_stop         (PurgeWatcher         *self);
void          purge_watcher_check_async  (PurgeWatcher         *self,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
gboolean      purge_watcher_check_finish (PurgeWatcher         *self,
                                          GAsyncResult         *result,
                                          GError              **error);

G_END_DECLS
