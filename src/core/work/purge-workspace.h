/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-clock.h"
#include "purge-database.h"
#include "purge-draft.h"
#include "purge-journal.h"
#include "purge-keyring.h"
#include "purge-recorder.h"
#include "purge-transport.h"

G_BEGIN_DECLS

/**
 * PurgeWorkspace:
 *
 * The outside world that the work is done with, put together in one place: database, journal,
 * keyring, transport, clock, draft. There is the real one, one for practice that leaves nothing behind, and
 * those that tests make of parts of their own. Main thread only.
 */
#define PURGE_TYPE_WORKSPACE (purge_workspace_get_type ())

G_DECLARE_FINAL_TYPE (PurgeWorkspace, purge_workspace, PURGE, WORKSPACE, GObject)

PurgeWorkspace *purge_workspace_new           (const char           *database_path,
                                               PurgeKeyring         *keyring,
                                               PurgeTransport       *transport,
                                               PurgeClock           *clock);
PurgeWorkspace *purge_workspace_new_real      (void);
PurgeWorkspace *purge_workspace_new_practice  (void);

/* Opens the database and turns what was under way into unknown. */
void            purge_workspace_open_async    (PurgeWorkspace       *self,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
gboolean        purge_workspace_open_finish   (PurgeWorkspace       *self,
                                               GAsyncResult         *result,
                                               GError              **error);
void            purge_workspace_close         (PurgeWorkspace       *self);
gboolean        purge_workspace_is_practice   (PurgeWorkspace       *self);
PurgeDatabase  *purge_workspace_get_database  (PurgeWorkspace       *self);
PurgeJournal   *purge_workspace_get_journal   (PurgeWorkspace       *self);
PurgeRecorder  *purge_workspace_get_recorder  (PurgeWorkspace       *self);
PurgeKeyring   *purge_workspace_get_keyring   (PurgeWorkspace       *self);
PurgeTransport *purge_workspace_get_transport (PurgeWorkspace       *self);
PurgeClock     *purge_workspace_get_clock     (PurgeWorkspace       *self);
PurgeDraft     *purge_workspace_get_draft     (PurgeWorkspace       *self);

G_END_DECLS
