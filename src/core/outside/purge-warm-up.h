/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PurgeWarmUp:
 *
 * What the first connection of a process needs, being read by a thread.
 */
typedef struct _PurgeWarmUp PurgeWarmUp;

PurgeWarmUp *purge_warm_up_begin  (void);
void         purge_warm_up_end    (PurgeWarmUp         *self);
void         purge_warm_up_async  (GAsyncReadyCallback  callback,
                                   gpointer             user_data);
void         purge_warm_up_finish (GAsyncResult        *result);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PurgeWarmUp, purge_warm_up_end)

G_END_DECLS
