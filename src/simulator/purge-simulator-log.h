/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-simulator-call.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PurgeSimulatorLog:
 *
 * A file that gets one line of JSON a request, which is on disk when the function that writes it
 * returns: who finds a line missing may be sure that nobody got the answer.
 */
typedef struct _PurgeSimulatorLog PurgeSimulatorLog;

PurgeSimulatorLog *purge_simulator_log_open  (const char                  *path,
                                              GError                     **error);
void               purge_simulator_log_close (PurgeSimulatorLog           *self);
gboolean           purge_simulator_log_write (PurgeSimulatorLog           *self,
                                              const PurgeSimulatorCall    *call,
                                              const PurgeSimulatorAnswer  *answer,
                                              GError                     **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PurgeSimulatorLog, purge_simulator_log_close)

G_END_DECLS
