/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-simulator-call.h"
#include "purge-simulator-state.h"

G_BEGIN_DECLS

#define PURGE_SIMULATOR_V3_PATH "/"

PurgeSimulatorAnswer *purge_simulator_v3_answer      (PurgeSimulatorState      *state,
                                                      const PurgeSimulatorCall *call);
gboolean              purge_simulator_v3_knows_error (const char               *code);

G_END_DECLS
