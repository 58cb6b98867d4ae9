/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-directory-list.h"
#include "purge-workspace.h"

G_BEGIN_DECLS

/**
 * PurgeReadiness:
 *
 * When connections are made ready: where there is an account and something to send, at most once a
 * minute while a person is at the list, and when the button that sends is about to be pressed. Sends
 * nothing. Main thread only.
 */
#define PURGE_TYPE_READINESS (purge_readiness_get_type ())

G_DECLARE_FINAL_TYPE (PurgeReadiness, purge_readiness, PURGE, READINESS, GObject)

PurgeReadiness *purge_readiness_new    (PurgeWorkspace     *workspace,
                                        PurgeDirectoryList *list);
void            purge_readiness_touch  (PurgeReadiness     *self,
                                        PurgeAccount       *account);
void            purge_readiness_expect (PurgeReadiness     *self,
                                        PurgeAccount       *account);

G_END_DECLS
