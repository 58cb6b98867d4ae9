/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-cause.h"
#include "purge-clock.h"

G_BEGIN_DECLS

/**
 * PurgePatience:
 *
 * How long one request is waited for: until it should have begun, until it should be over, or until a
 * person gives it up.
 */
typedef struct _PurgePatience PurgePatience;

/**
 * PurgePatienceFunc:
 * @user_data: what it was made with
 * @cause: %PURGE_CAUSE_TIMEOUT or %PURGE_CAUSE_CANCELLED_AFTER
 *
 * Called when patience has come to an end, maybe more than once; it may not free the patience.
 */
typedef void (*PurgePatienceFunc) (gpointer   user_data,
                                   PurgeCause cause);

PurgePatience *purge_patience_new   (PurgeClock        *clock,
                                     guint              begin_ms,
                                     guint              whole_ms,
                                     GCancellable      *cancellable,
                                     PurgePatienceFunc  func,
                                     gpointer           user_data);
void           purge_patience_free  (PurgePatience     *self);
void           purge_patience_begin (PurgePatience     *self);

G_END_DECLS
