/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Everything the simulator remembers. Knows the defaults; the rules are those of each API. */

#define G_LOG_DOMAIN "purge-simulator-state"

#include "config.h"

#include "purge-simulator-state.h"

#define DEFAULT_QUOTA 100
#define DEFAULT_CLOCK_WINDOW 300

/**
 * purge_simulator_state_new:
 * @options: how to behave; everything is copied
 *
 * Returns: (transfer full): the state of a server to which nobody has spoken yet
 */
PurgeSimulatorState *
purge_simulator_state_new (const PurgeSimulatorOptions *options)
{
  PurgeSimulatorState *self = g_new0 (PurgeSimulatorState, 1);
  gboolean practice = options->secret_id == NULL;

  self->secret_id = g_strdup (practice ? PURGE_SIMULATOR_PRACTICE_ID : options->secret_id);
  self->secret_key = g_strdup (practice ? PURGE_SIMULATOR_PRACTICE_KEY : options->secret_key);
  self->token = g_strdup (options->token);
  self->quota = options->quota != 0 ? options->quota : DEFAULT_QUOTA;
  self->batch = options->batch;
  self->hosts = g_strdupv ((GStrv) options->hosts);
  self->area = g_strdup (options->area);
  self->https_only = options->require_https;
  self->clock_window = options->clock_window != 0 ? options->clock_window : DEFAULT_CLOCK_WINDOW;
  self->task_time = (gint64) options->task_time_ms * 1000;
  self->fail_code = g_strdup (options->fail_code);
  self->fail_nth = options->fail_nth;
  self->ledger = purge_simulator_ledger_new ();
  self->nonces = purge_simulator_nonces_new ();
  self->tasks = purge_simulator_tasks_new ();

  return self;
}

/**
 * purge_simulator_state_free:
 * @self: (transfer full): a state
 */
void
purge_simulator_state_free (PurgeSimulatorState *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->secret_id);
  g_free (self->secret_key);
  g_free (self->token);
  g_strfreev (self->hosts);
  g_free (self->area);
  g_free (self->fail_code);
  purge_simulator_ledger_free (self->ledger);
  purge_simulator_nonces_free (self->nonces);
  purge_simulator_tasks_free (self->tasks);
  g_free (self);
}

/**
 * purge_simulator_state_take_error:
 * @self: a state
 *
 * Counts a request.
 *
 * Returns: (transfer none) (nullable): the error that it was told to answer to this one
 */
const char *
purge_simulator_state_take_error (PurgeSimulatorState *self)
{
  self->n_requests++;

  return self->fail_nth == 0 || self->fail_nth == self->n_requests ? self->fail_code : NULL;
}
