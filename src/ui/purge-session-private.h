/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-session.h"

G_BEGIN_DECLS

/* What the files of #PurgeSession share: what a session holds, and what one asks of the other. */

struct _PurgeSession
{
  GObject             parent_instance;

  PurgeWorkspace     *workspace;
  PurgeAccounts      *accounts;
  PurgeDirectoryList *list;
  PurgeDraftKeeper   *keeper;
  PurgeQuotas        *quotas;
  PurgeWatcher       *watcher;
  PurgeReadiness     *readiness;

  PurgeSessionState   state;
  gboolean            knows_newest;
  PurgeAccount       *account;
  char               *preferred;
  PurgeMode           mode;
  PurgeArea           area;
  PurgeJob           *job;
  GSignalGroup       *job_signals;
  GCancellable       *sending;
};

void purge_session_set_knows_newest   (PurgeSession *self,
                                       gboolean      knows_newest);
void purge_session_init_job           (PurgeSession *self);
void purge_session_dispose_job        (PurgeSession *self);
void purge_session_update_job_account (PurgeSession *self);

G_END_DECLS
