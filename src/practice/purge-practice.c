/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Practice. Knows how to put the simulator and a workspace that leaves nothing behind together; core
 * does not know the simulator, and the simulator does not know core. */

#define G_LOG_DOMAIN "purge-practice"

#include "config.h"

#include "purge-practice.h"

#include <glib/gi18n-lib.h>

#include "purge-simulator.h"

/* Long enough to see that something is under way, and to cancel it. */
#define LATENCY_MS 300

/* Long enough to see what is accepted, and short enough to see it done. */
#define TASK_TIME_MS 60000

typedef struct
{
  PurgeSimulator *simulator;
  PurgeWorkspace *workspace;
  PurgeAccounts  *accounts;
} Practice;

static void
practice_free (gpointer data)
{
  Practice *practice = data;

  g_clear_object (&practice->simulator);
  g_clear_object (&practice->accounts);
  g_clear_object (&practice->workspace);
  g_free (practice);
}

static void
on_workspace_gone_cb (gpointer  simulator,
                      GObject  *workspace)
{
  g_object_unref (simulator);
}

static void
on_account_put_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Practice *practice = g_task_get_task_data (task);
  GError *error = NULL;

  if (!purge_accounts_put_finish (PURGE_ACCOUNTS (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  g_object_weak_ref (G_OBJECT (practice->workspace), on_workspace_gone_cb,
                     g_steal_pointer (&practice->simulator));
  g_task_return_boolean (task, TRUE);
}

static void
on_workspace_opened_cb (GObject      *source,
                        GAsyncResult *result,
                        gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Practice *practice = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  /* Translators: the name of the account that is used for practice */
  g_autoptr (PurgeAccount) account = purge_account_new (NULL, _("Practice"));
  g_autoptr (PurgeSecret) key = purge_secret_new (PURGE_SIMULATOR_PRACTICE_KEY, -1);
  g_autoptr (PurgeCredentials) credentials =
    purge_credentials_new (PURGE_SIMULATOR_PRACTICE_ID, key, NULL);
  g_autoptr (PurgeEndpoint) endpoint = NULL;
  GError *error = NULL;

  if (!purge_workspace_open_finish (PURGE_WORKSPACE (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  endpoint = purge_endpoint_parse (purge_simulator_get_base_url (practice->simulator), &error);
  if (endpoint == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  g_object_set (account, "endpoint", endpoint, NULL);
  practice->accounts = purge_accounts_new (practice->workspace);
  purge_accounts_put_async (practice->accounts, account, credentials, cancellable,
                            on_account_put_cb, g_steal_pointer (&task));
}

/**
 * purge_practice_start_async:
 * @cancellable: (nullable): cancels it
 * @callback: called in the main context
 * @user_data: for @callback
 *
 * Starts the simulator and makes a workspace with one account that speaks to it. Main thread only.
 */
void
purge_practice_start_async (GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  PurgeSimulatorOptions options = { .latency_ms = LATENCY_MS, .task_time_ms = TASK_TIME_MS };
  Practice *practice = g_new0 (Practice, 1);
  GError *error = NULL;

  g_task_set_source_tag (task, purge_practice_start_async);
  g_task_set_task_data (task, practice, practice_free);

  practice->simulator = purge_simulator_new (&options, &error);
  if (practice->simulator == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  practice->workspace = purge_workspace_new_practice ();
  purge_workspace_open_async (practice->workspace, cancellable, on_workspace_opened_cb,
                              g_steal_pointer (&task));
}

/**
 * purge_practice_start_finish:
 * @result: what the callback was given
 * @accounts: (out) (transfer full): its accounts, loaded: the one of practice
 * @error: return location
 *
 * Returns: (transfer full) (nullable): an open workspace; the simulator ends with it
 */
PurgeWorkspace *
purge_practice_start_finish (GAsyncResult   *result,
                             PurgeAccounts **accounts,
                             GError        **error)
{
  Practice *practice;

  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, purge_practice_start_async), NULL);
  g_return_val_if_fail (accounts != NULL, NULL);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;

  practice = g_task_get_task_data (G_TASK (result));
  *accounts = g_steal_pointer (&practice->accounts);
  return g_steal_pointer (&practice->workspace);
}
