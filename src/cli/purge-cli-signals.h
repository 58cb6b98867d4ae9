/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PurgeCliSignals:
 *
 * What cancels a command from outside: Ctrl+C, `kill`, and the end of the terminal.
 */
typedef struct {
  GCancellable *cancellable;
  guint         sources[3];
} PurgeCliSignals;

void purge_cli_signals_watch   (PurgeCliSignals *self,
                                GCancellable    *cancellable);
void purge_cli_signals_unwatch (PurgeCliSignals *self);

G_END_DECLS
