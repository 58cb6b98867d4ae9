/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PurgeCliWait:
 *
 * A place on the stack where the result of one asynchronous call arrives. Begins as `{ NULL }`.
 */
typedef struct {
  GAsyncResult *result;
} PurgeCliWait;

void          purge_cli_wait_cb     (GObject       *source,
                                     GAsyncResult  *result,
                                     gpointer       user_data);
GAsyncResult *purge_cli_wait_result (PurgeCliWait  *self);
void          purge_cli_wait_clear  (PurgeCliWait  *self);

gboolean      purge_cli_wait_for_fd (int            fd,
                                     GCancellable  *cancellable,
                                     GError       **error);
gboolean      purge_cli_wait_until  (gboolean     (*is_over) (gpointer user_data),
                                     gpointer       user_data,
                                     guint          seconds,
                                     GCancellable  *cancellable);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PurgeCliWait, purge_cli_wait_clear)

G_END_DECLS
