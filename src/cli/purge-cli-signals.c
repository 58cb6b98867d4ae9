/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Signals to a cancellable. The first one cancels, so that the command can still tell what was sent
 * and what was not; then all of them do again what they do to every program, so that a second one
 * ends this one at once. */

#define G_LOG_DOMAIN "purge-cli-signals"

#include "config.h"

#include "purge-cli-signals.h"

#include <signal.h>

#include <glib-unix.h>

static const int numbers[] = { SIGINT, SIGTERM, SIGHUP };

G_STATIC_ASSERT (G_N_ELEMENTS (numbers) == G_N_ELEMENTS (((PurgeCliSignals *) NULL)->sources));

static gboolean
on_signal_cb (gpointer user_data)
{
  PurgeCliSignals *self = user_data;

  g_cancellable_cancel (self->cancellable);
  purge_cli_signals_unwatch (self);

  return G_SOURCE_REMOVE;
}

/* nohup, and shells that put a command into the background, have signals ignored on purpose. */
static gboolean
is_ignored (int number)
{
  struct sigaction action;

  return sigaction (number, NULL, &action) == 0 && action.sa_handler == SIG_IGN;
}

/**
 * purge_cli_signals_watch:
 * @self: zeroed memory that stays where it is until purge_cli_signals_unwatch()
 * @cancellable: what to cancel
 *
 * From now on SIGINT, SIGTERM and SIGHUP cancel @cancellable when the main loop runs next.
 */
void
purge_cli_signals_watch (PurgeCliSignals *self,
                         GCancellable    *cancellable)
{
  self->cancellable = g_object_ref (cancellable);

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (!is_ignored (numbers[i]))
      self->sources[i] = g_unix_signal_add (numbers[i], on_signal_cb, self);
}

/**
 * purge_cli_signals_unwatch:
 * @self: signals that are watched
 *
 * Gives every signal its ordinary effect back.
 */
void
purge_cli_signals_unwatch (PurgeCliSignals *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (self->sources); i++)
    g_clear_handle_id (&self->sources[i], g_source_remove);

  g_clear_object (&self->cancellable);
}
