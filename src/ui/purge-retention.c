/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Keeps the history as long as the person wants it kept. Knows the setting; the journal deletes. */

#define G_LOG_DOMAIN "purge-retention"

#include "config.h"

#include "purge-retention.h"

#include "purge-journal-history.h"

#define DAY_S (24 * 60 * 60)

static void
on_removed_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PurgeSession *session = g_task_get_source_object (task);
  const gint64 *limit = g_task_get_task_data (task);
  GError *error = NULL;
  guint n_removed;

  if (!purge_journal_remove_before_finish (PURGE_JOURNAL (source), result, &n_removed, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  g_debug ("%u submissions were older than the history is kept", n_removed);
  purge_session_forget_before (session, *limit);
  g_task_return_boolean (task, TRUE);
}

/**
 * purge_retention_get_days:
 * @settings: (nullable): the settings of the window
 *
 * Returns: for how many days a submission is kept, 0 for ever
 */
guint
purge_retention_get_days (GSettings *settings)
{
  return settings != NULL ? MAX (g_settings_get_int (settings, "history-days"), 0) : 0;
}

/**
 * purge_retention_apply_async:
 * @session: an open session
 * @settings: (nullable): the settings of the window
 * @callback: called in the main context
 * @user_data: for @callback
 *
 * Deletes what is older than the settings say, if they say anything.
 */
void
purge_retention_apply_async (PurgeSession        *session,
                             GSettings           *settings,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  guint days = purge_retention_get_days (settings);
  PurgeWorkspace *workspace;
  PurgeClock *clock;
  g_autoptr (GTask) task = NULL;
  gint64 limit;

  g_return_if_fail (PURGE_IS_SESSION (session));

  task = g_task_new (session, NULL, callback, user_data);
  g_task_set_source_tag (task, purge_retention_apply_async);
  if (days == 0)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  workspace = purge_session_get_workspace (session);
  clock = purge_workspace_get_clock (workspace);
  limit = purge_clock_get_unix_time (clock) - days * (gint64) DAY_S;
  g_task_set_task_data (task, g_memdup2 (&limit, sizeof limit), g_free);
  purge_journal_remove_before_async (purge_workspace_get_journal (workspace), limit,
                                     purge_clock_get_unix_time (clock), NULL, on_removed_cb,
                                     g_steal_pointer (&task));
}

/**
 * purge_retention_apply_finish:
 * @session: the session
 * @result: what the callback was given
 * @error: return location for %PURGE_ERROR_STORAGE or %PURGE_ERROR_STORAGE_DAMAGED
 *
 * Returns: whether nothing is left that is older
 */
gboolean
purge_retention_apply_finish (PurgeSession  *session,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, session), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, purge_retention_apply_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

typedef struct {
  PurgeSession *session;
  GSettings    *settings;
} Start;

static void
start_free (gpointer data)
{
  Start *start = data;

  g_object_unref (start->session);
  g_object_unref (start->settings);
  g_free (start);
}

/* What could not be deleted is tried again at the next start. */
static void
on_applied_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (!purge_retention_apply_finish (PURGE_SESSION (source), result, &error))
    g_message ("The history is kept longer than it should be: %s", error->message);
}

static gboolean
on_idle_cb (gpointer user_data)
{
  Start *start = user_data;

  purge_retention_apply_async (start->session, start->settings, on_applied_cb, NULL);
  return G_SOURCE_REMOVE;
}

/**
 * purge_retention_begin:
 * @session: a session that was just opened
 * @settings: (nullable): the settings of the window
 *
 * The same, when the window is there to be seen.
 */
void
purge_retention_begin (PurgeSession *session,
                       GSettings    *settings)
{
  Start *start;

  g_return_if_fail (PURGE_IS_SESSION (session));

  if (settings == NULL)
    return;

  start = g_new0 (Start, 1);
  start->session = g_object_ref (session);
  start->settings = g_object_ref (settings);
  g_idle_add_full (G_PRIORITY_LOW, on_idle_cb, start, start_free);
}
