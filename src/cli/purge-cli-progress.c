/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* How far a run is, in one line on standard error that is written over. Says nothing where that is no
 * terminal. */

#define G_LOG_DOMAIN "purge-cli-progress"

#include "config.h"

#include "purge-cli-progress.h"

#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "purge-cli-output.h"

/* Back to the start of the line, and what stands there is erased. */
#define WIPE "\r\033[K"

/* In how many seconds the next batch is tried again by itself; 0 where none is. */
static guint
find_retry (PurgeJob *job)
{
  guint next = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (job)); i++)
    {
      g_autoptr (PurgeBatch) batch = g_list_model_get_item (G_LIST_MODEL (job), i);
      guint seconds;

      g_object_get (batch, "retry-in", &seconds, NULL);
      if (seconds > 0 && (next == 0 || seconds < next))
        next = seconds;
    }

  return next;
}

static void
draw (PurgeJob *job)
{
  g_autofree char *line = NULL;
  guint retry = find_retry (job);
  guint n_done;
  guint n_batches;

  g_object_get (job, "n-batches-done", &n_done, "n-batches", &n_batches, NULL);
  if (n_done == n_batches)
    line = g_strdup ("");
  else if (retry == 0)
    line = g_strdup_printf (_("%u of %u batches done"), n_done, n_batches);
  else
    line = g_strdup_printf (_("%u of %u batches done. Trying again in %u s."), n_done, n_batches,
                            retry);

  purge_cli_output_say (WIPE);
  purge_cli_output_say (line);
}

static void
on_changed_cb (GObject    *source,
               GParamSpec *pspec,
               PurgeJob   *job)
{
  draw (job);
}

static void
on_items_changed_cb (GListModel *model,
                     guint       position,
                     guint       n_removed,
                     guint       n_added,
                     PurgeJob   *job)
{
  for (guint i = position; i < position + n_added; i++)
    {
      g_autoptr (PurgeBatch) batch = g_list_model_get_item (model, i);

      g_signal_connect_object (batch, "notify::retry-in", G_CALLBACK (on_changed_cb), job, 0);
    }
}

/**
 * purge_cli_progress_watch:
 * @job: a job that is about to send
 *
 * Shows how far it is from now on.
 */
void
purge_cli_progress_watch (PurgeJob *job)
{
  GListModel *model = G_LIST_MODEL (job);

  if (!isatty (STDERR_FILENO))
    return;

  g_signal_connect (job, "notify::n-batches-done", G_CALLBACK (on_changed_cb), job);
  g_signal_connect (job, "items-changed", G_CALLBACK (on_items_changed_cb), job);
  on_items_changed_cb (model, 0, 0, g_list_model_get_n_items (model), job);
}

/**
 * purge_cli_progress_unwatch:
 * @job: a job that purge_cli_progress_watch() was called with
 *
 * Shows nothing more, and leaves the line empty.
 */
void
purge_cli_progress_unwatch (PurgeJob *job)
{
  GListModel *model = G_LIST_MODEL (job);

  if (!isatty (STDERR_FILENO))
    return;

  g_signal_handlers_disconnect_by_data (job, job);
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (PurgeBatch) batch = g_list_model_get_item (model, i);

      g_signal_handlers_disconnect_by_data (batch, job);
    }

  purge_cli_output_say (WIPE);
}
