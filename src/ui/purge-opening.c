/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What a window has to load: the list, and, before anything can be sent, the database, the accounts, the
 * newest submission. Knows the order; keeps nothing. */

#define G_LOG_DOMAIN "purge-opening"

#include "config.h"

#include "purge-opening.h"

#include <gdk/gdk.h>

static void
on_job_loaded_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  PurgeJob *job = purge_job_load_finish (PURGE_WORKSPACE (source), result, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, job, g_object_unref);
}

static void
on_accounts_loaded_cb (GObject      *source,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PurgeWorkspace *workspace = g_task_get_source_object (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;

  if (!purge_accounts_load_finish (PURGE_ACCOUNTS (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  purge_job_load_async (workspace, 0, cancellable, on_job_loaded_cb, g_steal_pointer (&task));
}

static void
on_workspace_opened_cb (GObject      *source,
                        GAsyncResult *result,
                        gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PurgeAccounts *accounts = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;

  if (!purge_workspace_open_finish (PURGE_WORKSPACE (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  purge_accounts_load_async (accounts, cancellable, on_accounts_loaded_cb, g_steal_pointer (&task));
}

/* What waits to be drawn goes before it, and nothing else. */
static gboolean
on_list_shown_cb (gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  PurgeWorkspace *workspace = g_task_get_source_object (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  purge_workspace_open_async (workspace, cancellable, on_workspace_opened_cb,
                              g_steal_pointer (&task));
  return G_SOURCE_REMOVE;
}

/* Whatever keeps the list away keeps nothing else away: its keeper tells. */
static void
on_draft_loaded_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  purge_draft_keeper_load_finish (PURGE_DRAFT_KEEPER (source), result, NULL);
  g_idle_add_full (GDK_PRIORITY_REDRAW + 10, on_list_shown_cb, user_data, NULL);
}

/**
 * purge_opening_run_async:
 * @workspace: a workspace
 * @accounts: the accounts in it
 * @keeper: what keeps the list
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is ready
 * @user_data: for @callback
 *
 * Fills the list from its draft, and when that is on the screen opens the workspace, and loads the
 * accounts and the newest submission.
 */
void
purge_opening_run_async (PurgeWorkspace      *workspace,
                         PurgeAccounts       *accounts,
                         PurgeDraftKeeper    *keeper,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (PURGE_IS_WORKSPACE (workspace));
  g_return_if_fail (PURGE_IS_ACCOUNTS (accounts));
  g_return_if_fail (PURGE_IS_DRAFT_KEEPER (keeper));

  task = g_task_new (workspace, cancellable, callback, user_data);
  g_task_set_source_tag (task, purge_opening_run_async);
  g_task_set_task_data (task, g_object_ref (accounts), g_object_unref);
  purge_draft_keeper_load_async (keeper, cancellable, on_draft_loaded_cb, g_steal_pointer (&task));
}

/**
 * purge_opening_run_finish:
 * @workspace: the workspace
 * @result: what the callback was given
 * @error: return location for the errors of the database
 *
 * Returns: (transfer full) (nullable): the newest submission; %NULL without an error where there is
 *   none yet
 */
PurgeJob *
purge_opening_run_finish (PurgeWorkspace  *workspace,
                          GAsyncResult    *result,
                          GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, workspace), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, purge_opening_run_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
