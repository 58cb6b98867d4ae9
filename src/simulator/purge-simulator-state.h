/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-simulator.h"
#include "purge-simulator-ledger.h"
#include "purge-simulator-nonces.h"
#include "purge-simulator-tasks.h"

G_BEGIN_DECLS

/* The limits of URLs are the same in both APIs. */
#define PURGE_SIMULATOR_URLS_A_REQUEST 1000
#define PURGE_SIMULATOR_URLS_A_DAY 10000

/**
 * PurgeSimulatorState:
 * @secret_id: the SecretId it knows
 * @secret_key: its SecretKey
 * @token: (nullable): the token that must come with them
 * @quota: directories a day, in each area
 * @batch: directories a request, or 0 for what each API documents
 * @hosts: (nullable): the accelerated domains
 * @area: (nullable): where they are deployed
 * @https_only: whether plain http is refused
 * @clock_window: how far a timestamp may be off, in seconds
 * @task_time: how long a task runs, in microseconds
 * @fail_code: (nullable): the error to answer
 * @fail_nth: to which request, or 0 for every one
 * @n_requests: how many requests have come
 * @ledger: what is spent today
 * @nonces: what may not come again
 * @tasks: what was accepted
 *
 * What the vendor knows of its one customer, and how the simulator is to behave. Every API of the
 * simulator shares it: a quota spent in one is spent in the other.
 */
typedef struct {
  char                 *secret_id;
  char                 *secret_key;
  char                 *token;
  guint                 quota;
  guint                 batch;
  GStrv                 hosts;
  char                 *area;
  gboolean              https_only;
  guint                 clock_window;
  gint64                task_time;
  char                 *fail_code;
  guint                 fail_nth;
  guint                 n_requests;
  PurgeSimulatorLedger *ledger;
  PurgeSimulatorNonces *nonces;
  PurgeSimulatorTasks  *tasks;
} PurgeSimulatorState;

PurgeSimulatorState *purge_simulator_state_new        (const PurgeSimulatorOptions *options);
void                 purge_simulator_state_free       (PurgeSimulatorState         *self);
const char          *purge_simulator_state_take_error (PurgeSimulatorState         *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PurgeSimulatorState, purge_simulator_state_free)

G_END_DECLS
