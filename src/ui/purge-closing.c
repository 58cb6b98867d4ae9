/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* From the wish to close to the moment when nothing would be lost by it. Knows what to wait for, and
 * what to ask; closes nothing itself. */

#define G_LOG_DOMAIN "purge-closing"

#include "config.h"

#include "purge-closing.h"

#include <glib/gi18n-lib.h>

#include "purge-dialogs.h"

#define ANSWER_STOP "stop"
#define ANSWER_CLOSE "close"

typedef struct {
  PurgeSession *session;
  PurgeSession *kept;
  gboolean      asks;
} Closing;

static void
closing_free (gpointer data)
{
  Closing *closing = data;

  g_clear_object (&closing->session);
  g_clear_object (&closing->kept);
  g_free (closing);
}

static void
on_close_answered_cb (GObject      *source,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autofree char *answer = purge_dialogs_ask_finish (GTK_WINDOW (source), result, NULL);

  g_task_return_boolean (task, g_strcmp0 (answer, ANSWER_CLOSE) == 0);
}

static void
ask_whether_to_close (GTask               *task,
                      const char          *heading,
                      const char          *body,
                      GAsyncReadyCallback  callback)
{
  PurgeDialogResponse close = { ANSWER_CLOSE, _("_Close Anyway"), ADW_RESPONSE_DESTRUCTIVE };

  purge_dialogs_ask_async (g_task_get_source_object (task), &(PurgeDialogQuestion) {
                             .heading = heading,
                             .body = body,
                             .cancel_label = _("_Keep Open"),
                             .responses = &close,
                             .n_responses = 1,
                             .default_id = PURGE_DIALOGS_CANCEL,
                           }, NULL, callback, task);
}

static void
on_draft_saved_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Closing *closing = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (purge_draft_keeper_flush_finish (PURGE_DRAFT_KEEPER (source), result, &error) ||
      !closing->asks)
    g_task_return_boolean (task, TRUE);
  else
    ask_whether_to_close (g_steal_pointer (&task), _("Close and Lose the List?"), error->message,
                          on_close_answered_cb);
}

static void
save_draft (GTask *task)
{
  Closing *closing = g_task_get_task_data (task);

  if (closing->kept != NULL)
    {
      purge_draft_keeper_flush_async (purge_session_get_keeper (closing->kept), NULL,
                                      on_draft_saved_cb, task);
      return;
    }

  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

static void
on_loss_answered_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autofree char *answer = purge_dialogs_ask_finish (GTK_WINDOW (source), result, NULL);

  if (g_strcmp0 (answer, ANSWER_CLOSE) == 0)
    save_draft (g_steal_pointer (&task));
  else
    g_task_return_boolean (task, FALSE);
}

/* What the disk did not take is known to this program alone. */
static void
look_after_results (GTask *task)
{
  Closing *closing = g_task_get_task_data (task);
  PurgeWorkspace *workspace =
    closing->kept != NULL ? purge_session_get_workspace (closing->kept) : NULL;

  if (closing->asks && workspace != NULL &&
      purge_recorder_get_n_pending (purge_workspace_get_recorder (workspace)) > 0)
    ask_whether_to_close (task, _("Close and Lose Results?"),
                          _("The disk has not taken what became of some batches. They would be "
                            "unknown, and would have to be looked up."), on_loss_answered_cb);
  else
    save_draft (task);
}

static void
on_sending_ended_cb (PurgeSession *session,
                     GParamSpec   *pspec,
                     gpointer      user_data)
{
  g_signal_handlers_disconnect_by_func (session, on_sending_ended_cb, user_data);
  look_after_results (user_data);
}

static void
stop (GTask *task)
{
  Closing *closing = g_task_get_task_data (task);

  if (closing->session == NULL || !purge_session_get_sending (closing->session))
    {
      look_after_results (task);
      return;
    }

  g_signal_connect (closing->session, "notify::sending", G_CALLBACK (on_sending_ended_cb), task);
  purge_session_cancel (closing->session);
}

static void
on_stop_answered_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autofree char *answer = purge_dialogs_ask_finish (GTK_WINDOW (source), result, NULL);

  if (g_strcmp0 (answer, ANSWER_STOP) != 0)
    {
      g_task_return_boolean (task, FALSE);
      return;
    }
  stop (g_steal_pointer (&task));
}

static void
ask_whether_to_stop (GTask *task)
{
  PurgeDialogResponse stop = { ANSWER_STOP, _("_Stop and Close"), ADW_RESPONSE_DESTRUCTIVE };

  purge_dialogs_ask_async (g_task_get_source_object (task), &(PurgeDialogQuestion) {
                             .heading = _("Stop Sending?"),
                             .body = _("A submission is under way. What is not sent yet would not be "
                                       "sent; the result of the request under way would be unknown."),
                             .cancel_label = _("_Keep Open"),
                             .responses = &stop,
                             .n_responses = 1,
                             .default_id = PURGE_DIALOGS_CANCEL,
                           }, NULL, on_stop_answered_cb, task);
}

static GTask *
task_new (GtkWindow           *window,
          PurgeSession        *session,
          PurgeSession        *kept,
          gboolean             asks,
          GAsyncReadyCallback  callback,
          gpointer             user_data)
{
  GTask *task = g_task_new (window, NULL, callback, user_data);
  Closing *closing = g_new0 (Closing, 1);

  g_set_object (&closing->session, session);
  g_set_object (&closing->kept, kept);
  closing->asks = asks;
  g_task_set_source_tag (task, purge_closing_ask_async);
  g_task_set_task_data (task, closing, closing_free);
  return task;
}

/**
 * purge_closing_ask_async:
 * @window: a window that is to close
 * @session: (nullable): what it works on
 * @kept: (nullable): the session whose list and results have to outlive the window
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Stops what is under way, waits until its results are on the disk, saves the list; asks where that
 * would lose anything. purge_closing_ask_finish() says whether the window may close.
 */
void
purge_closing_ask_async (GtkWindow           *window,
                         PurgeSession        *session,
                         PurgeSession        *kept,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (GTK_IS_WINDOW (window));
  g_return_if_fail (session == NULL || PURGE_IS_SESSION (session));
  g_return_if_fail (kept == NULL || PURGE_IS_SESSION (kept));

  task = task_new (window, session, kept, TRUE, callback, user_data);
  if (session != NULL && purge_session_get_sending (session))
    ask_whether_to_stop (task);
  else
    look_after_results (task);
}

/**
 * purge_closing_hurry_async:
 * @window: a window that has to close
 * @session: (nullable): what it works on
 * @kept: (nullable): the session whose list has to outlive the window
 * @callback: called when it may close
 * @user_data: for @callback
 *
 * The same without a question; to be finished with purge_closing_ask_finish().
 */
void
purge_closing_hurry_async (GtkWindow           *window,
                           PurgeSession        *session,
                           PurgeSession        *kept,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_return_if_fail (GTK_IS_WINDOW (window));
  g_return_if_fail (session == NULL || PURGE_IS_SESSION (session));
  g_return_if_fail (kept == NULL || PURGE_IS_SESSION (kept));

  stop (task_new (window, session, kept, FALSE, callback, user_data));
}

/**
 * purge_closing_ask_finish:
 * @window: the window
 * @result: what the callback was given
 *
 * Returns: whether the window may close
 */
gboolean
purge_closing_ask_finish (GtkWindow    *window,
                          GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, window), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, purge_closing_ask_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), NULL);
}
