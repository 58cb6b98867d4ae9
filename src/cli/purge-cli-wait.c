/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The one place where the main loop runs. A command line does one thing after the other, so
 * commands start an asynchronous call, wait for it here, and go on in the next line; signals,
 * timeouts and the keyring's questions are served meanwhile. */

#define G_LOG_DOMAIN "purge-cli-wait"

#include "config.h"

#include "purge-cli-wait.h"

#include <glib-unix.h>

/**
 * purge_cli_wait_cb:
 * @source: (nullable): who was called
 * @result: what became of it
 * @user_data: the #PurgeCliWait
 *
 * To be given as the callback of the call that is waited for.
 */
void
purge_cli_wait_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  PurgeCliWait *self = user_data;

  g_set_object (&self->result, result);
}

/**
 * purge_cli_wait_result:
 * @self: a wait that was given to a call with purge_cli_wait_cb()
 *
 * Runs the default main context until the call has ended. It takes no cancellable: a cancelled call
 * ends, too.
 *
 * Returns: (transfer none): the result, for the finish function
 */
GAsyncResult *
purge_cli_wait_result (PurgeCliWait *self)
{
  while (self->result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return self->result;
}

/**
 * purge_cli_wait_clear:
 * @self: a wait
 *
 * Drops the result.
 */
void
purge_cli_wait_clear (PurgeCliWait *self)
{
  g_clear_object (&self->result);
}

static gboolean
on_fd_ready_cb (int          fd,
                GIOCondition condition,
                gpointer     user_data)
{
  gboolean *ready = user_data;

  *ready = TRUE;
  return G_SOURCE_REMOVE;
}

/**
 * purge_cli_wait_for_fd:
 * @fd: a file descriptor
 * @cancellable: what ends the waiting
 * @error: return location for %G_IO_ERROR_CANCELLED
 *
 * Waits until @fd can be read without blocking, or has ended, while signals are served.
 *
 * Returns: whether it can be read; %FALSE with @error set where the waiting was cancelled
 */
gboolean
purge_cli_wait_for_fd (int            fd,
                       GCancellable  *cancellable,
                       GError       **error)
{
  gboolean ready = FALSE;
  GIOCondition any = G_IO_IN | G_IO_HUP | G_IO_ERR | G_IO_NVAL;
  guint source = g_unix_fd_add (fd, any, on_fd_ready_cb, &ready);

  /* What cancels runs in this main context, too, so that it ends an iteration by itself. */
  while (!ready && !g_cancellable_is_cancelled (cancellable))
    g_main_context_iteration (NULL, TRUE);

  if (!ready)
    g_source_remove (source);

  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

static gboolean
on_late_cb (gpointer user_data)
{
  gboolean *late = user_data;

  *late = TRUE;
  return G_SOURCE_REMOVE;
}

/**
 * purge_cli_wait_until:
 * @is_over: what to wait for; changes in the default main context
 * @user_data: for @is_over
 * @seconds: how long to wait at most
 * @cancellable: what ends the waiting
 *
 * Returns: whether it is over; %FALSE where it was too late or cancelled
 */
gboolean
purge_cli_wait_until (gboolean     (*is_over) (gpointer user_data),
                      gpointer       user_data,
                      guint          seconds,
                      GCancellable  *cancellable)
{
  gboolean late = FALSE;
  guint source = g_timeout_add_seconds (seconds, on_late_cb, &late);

  while (!is_over (user_data) && !late && !g_cancellable_is_cancelled (cancellable))
    g_main_context_iteration (NULL, TRUE);

  if (!late)
    g_source_remove (source);

  return is_over (user_data);
}
