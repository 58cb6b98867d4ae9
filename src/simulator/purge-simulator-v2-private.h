/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-simulator-v2.h"
#include "purge-simulator-v2-codes.h"

G_BEGIN_DECLS

/**
 * PurgeSimulatorV2Turn:
 * @state: what the server knows
 * @call: what came
 * @parameters: its parameters
 * @answer: what will be answered
 * @data: (nullable): what a success brings
 * @detail: (nullable): what exactly is wrong
 *
 * One request of API 2.0 while it is being judged.
 */
typedef struct {
  PurgeSimulatorState      *state;
  const PurgeSimulatorCall *call;
  GTree                    *parameters;
  PurgeSimulatorAnswer     *answer;
  JsonNode                 *data;
  char                     *detail;
} PurgeSimulatorV2Turn;

const char *purge_simulator_v2_turn_get       (PurgeSimulatorV2Turn *turn,
                                               const char           *name);
int         purge_simulator_v2_turn_refuse    (PurgeSimulatorV2Turn *turn,
                                               int                   code,
                                               const char           *detail);

void        purge_simulator_v2_read_purge     (PurgeSimulatorV2Turn *turn);
int         purge_simulator_v2_purge          (PurgeSimulatorV2Turn *turn);
int         purge_simulator_v2_look_up        (PurgeSimulatorV2Turn *turn);
int         purge_simulator_v2_authenticate   (PurgeSimulatorV2Turn *turn);

G_END_DECLS
