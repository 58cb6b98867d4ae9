/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-accounts.h"
#include "purge-directory-list.h"
#include "purge-draft-keeper.h"
#include "purge-job.h"
#include "purge-quotas.h"
#include "purge-readiness.h"
#include "purge-watcher.h"
#include "purge-workspace.h"

G_BEGIN_DECLS

/**
 * PurgeSessionState:
 * @PURGE_SESSION_CLOSED: the accounts are not known: nobody asked for them, or they could not be read
 * @PURGE_SESSION_READING: the accounts are being read, and the newest submission
 * @PURGE_SESSION_OPEN: they are known; a session of practice is open from the start
 *
 * What a session knows of what is on the disk.
 */
typedef enum {
  PURGE_SESSION_CLOSED,
  PURGE_SESSION_READING,
  PURGE_SESSION_OPEN,
} PurgeSessionState;

#define PURGE_TYPE_SESSION_STATE (purge_session_state_get_type ())

GType purge_session_state_get_type (void);

/**
 * PurgeFollowUp:
 * @PURGE_FOLLOW_UP_RESUME: send what waits
 * @PURGE_FOLLOW_UP_RETRY: send what was rejected or failed as new batches, and what waits
 * @PURGE_FOLLOW_UP_SEND_AGAIN: send the request of an unknown batch once more, byte for byte
 * @PURGE_FOLLOW_UP_SEND_AS_NEW: send an unknown batch as a new one, and what waits
 *
 * What a person can do about a submission of before.
 */
typedef enum {
  PURGE_FOLLOW_UP_RESUME,
  PURGE_FOLLOW_UP_RETRY,
  PURGE_FOLLOW_UP_SEND_AGAIN,
  PURGE_FOLLOW_UP_SEND_AS_NEW,
} PurgeFollowUp;

/**
 * PurgeSession:
 *
 * What one window works on, for its widgets to bind to: a workspace and its accounts, the chosen
 * account, the list, the mode, the submission that is shown. Properties, all of which notify:
 *
 * - `state` (#PurgeSessionState, read-only): before it is open there is no `account`
 * - `account` (#PurgeAccount, nullable): the chosen one
 * - `mode` (#PurgeMode): what will be purged
 * - `area` (#PurgeArea): where, for accounts of an API that has a choice of it
 * - `job` (#PurgeJob, nullable, read-only): the submission that is shown: the one under way, or one of
 *   before
 * - `sending` (boolean, read-only): something of it is being sent
 * - `checking` (boolean, read-only): the server is being asked what became of it
 * - `knows-newest` (boolean, read-only): the newest submission of before was read, or there is none
 *
 * The signal `forgotten` tells that submissions of before were deleted.
 *
 * Main thread only.
 */
#define PURGE_TYPE_SESSION (purge_session_get_type ())

G_DECLARE_FINAL_TYPE (PurgeSession, purge_session, PURGE, SESSION, GObject)

PurgeSession       *purge_session_new             (PurgeWorkspace       *workspace,
                                                   PurgeAccounts        *accounts);
PurgeSession       *purge_session_new_real        (void);
void                purge_session_open_async      (PurgeSession         *self,
                                                   GCancellable         *cancellable,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);
gboolean            purge_session_open_finish     (PurgeSession         *self,
                                                   GAsyncResult         *result,
                                                   GError              **error);
void                purge_session_send_async      (PurgeSession         *self,
                                                   PurgeOrder           *order,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);
gboolean            purge_session_send_finish     (PurgeSession         *self,
                                                   GAsyncResult         *result,
                                                   GError              **error);
void                purge_session_follow_up_async (PurgeSession         *self,
                                                   PurgeFollowUp         what,
                                                   PurgeBatch           *batch,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);
gboolean            purge_session_follow_up_finish (PurgeSession         *self,
                                                   GAsyncResult         *result,
                                                   GError              **error);
void                purge_session_begin           (PurgeSession         *self);
void                purge_session_end             (PurgeSession         *self);
void                purge_session_cancel          (PurgeSession         *self);
void                purge_session_show_job        (PurgeSession         *self,
                                                   PurgeJob             *job);
void                purge_session_forget_before   (PurgeSession         *self,
                                                   gint64                time);
void                purge_session_update_quota    (PurgeSession         *self);

PurgeSessionState   purge_session_get_state       (PurgeSession         *self);
gboolean            purge_session_knows_newest    (PurgeSession         *self);
void                purge_session_set_account     (PurgeSession         *self,
                                                   PurgeAccount         *account);
void                purge_session_prefer_account  (PurgeSession         *self,
                                                   const char           *uuid);
PurgeAccount       *purge_session_get_account     (PurgeSession         *self);
PurgeAccounts      *purge_session_get_accounts    (PurgeSession         *self);
PurgeWorkspace     *purge_session_get_workspace   (PurgeSession         *self);
PurgeDirectoryList *purge_session_get_list        (PurgeSession         *self);
PurgeJob           *purge_session_get_job         (PurgeSession         *self);
PurgeMode           purge_session_get_mode        (PurgeSession         *self);
PurgeArea           purge_session_get_area        (PurgeSession         *self);
gboolean            purge_session_get_sending     (PurgeSession         *self);
GCancellable       *purge_session_get_cancellable (PurgeSession         *self);
gboolean            purge_session_get_checking    (PurgeSession         *self);
gboolean            purge_session_is_practice     (PurgeSession         *self);
PurgeQuotas        *purge_session_get_quotas      (PurgeSession         *self);
PurgeWatcher       *purge_session_get_watcher     (PurgeSession         *self);
PurgeReadiness     *purge_session_get_readiness   (PurgeSession         *self);
PurgeDraftKeeper   *purge_session_get_keeper      (PurgeSession         *self);

G_END_DECLS
