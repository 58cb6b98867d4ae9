/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PurgeWait:
 *
 * A call of somebody else's may take for ever and must not be cancelled. A task waits for it, and
 * stops to wait at a deadline, or when its cancellable is cancelled (unless the task was told not to
 * check that). The call itself goes on, and what it brings in the end is thrown away. Of one thread.
 */
typedef struct _PurgeWait PurgeWait;

/**
 * PurgeWaitEnded:
 * @task: (transfer full): the task that waited
 * @source: (nullable): what was called
 * @result: its result, to be given to its finish function
 *
 * How a task goes on when the call has ended.
 */
typedef void (*PurgeWaitEnded) (GTask *task, GObject *source, GAsyncResult *result);

/**
 * PurgeWaitGivenUp:
 * @task: (transfer full): the task that waited
 *
 * What a task does that does not wait any longer: its cancellable was cancelled, or it was the
 * deadline.
 */
typedef void (*PurgeWaitGivenUp) (GTask *task);

PurgeWait *purge_wait_new      (GTask            *task,
                                guint             deadline_ms,
                                PurgeWaitEnded    ended,
                                PurgeWaitGivenUp  given_up);
GTask     *purge_wait_end      (PurgeWait        *self);
void       purge_wait_ready_cb (GObject          *source,
                                GAsyncResult     *result,
                                gpointer          call);

G_END_DECLS
