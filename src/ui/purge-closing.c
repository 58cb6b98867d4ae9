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
  PurgeSession     *session;
  PurgeDraftKeeper *keeper;
} Closing;

static void
closing_free (gpointer data)
{
  Closing *closing = data;

  g_clear_object (&closing->session);
  g_clear_object (&closing->keeper);
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
on_draft_saved_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GtkWindow *window = g_task_get_source_object (task);
  PurgeDialogResponse close = { ANSWER_CLOSE, _("_Close Anyway"), ADW_RESPONSE_DESTRUCTIVE };
  g_autoptr (GError) error = NULL;

  if (purge_draft_keeper_flush_finish (PURGE_DRAFT_KEEPER (source), result, &error))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  purge_dialogs_ask_async (window, &(PurgeDialogQuestion) {
                             .heading = _("Close and Lose the List?"),
                             .body = error->message,
                             .cancel_label = _("_Keep Open"),
                             .responses = &close,
                             .n_responses = 1,
                             .default_id = PURGE_DIALOGS_CANCEL,
                           }, NULL, on_close_answered_cb, g_steal_pointer (&task));
}

static void
save_draft (GTask *task)
{
  Closing *closing = g_task_get_task_data (task);

  if (closing->keeper != NULL)
    {
      purge_draft_keeper_flush_async (closing->keeper, NULL, on_draft_saved_cb, task);
      return;
    }

  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

/* The verdict of what was under way is on the disk. */
static void
on_sending_ended_cb (PurgeSession *session,
                     GParamSpec   *pspec,
                     gpointer      user_data)
{
  g_signal_handlers_disconnect_by_func (session, on_sending_ended_cb, user_data);
  save_draft (user_data);
}

static void
on_stop_answered_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Closing *closing = g_task_get_task_data (task);
  g_autofree char *answer = purge_dialogs_ask_finish (GTK_WINDOW (source), result, NULL);

  if (g_strcmp0 (answer, ANSWER_STOP) != 0)
    {
      g_task_return_boolean (task, FALSE);
      return;
    }
  if (!purge_session_get_sending (closing->session))
    {
      save_draft (g_steal_pointer (&task));
      return;
    }

  g_signal_connect (closing->session, "notify::sending", G_CALLBACK (on_sending_ended_cb),
                    g_steal_pointer (&task));
  purge_session_cancel (closing->session);
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

/**
 * purge_closing_ask_async:
 * @window: a window
 * @session: (nullable): what it works on
 * @keeper: (nullable): what keeps a list that has to be saved, which may be another session's
 * @callback: called when it is decided
 * @user_data: for @callback
 *
 * Asks whether a submission that is under way shall be stopped, and waits for its end; then saves the
 * list, and asks where it cannot be saved.
 */
void
purge_closing_ask_async (GtkWindow           *window,
                         PurgeSession        *session,
                         PurgeDraftKeeper    *keeper,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  GTask *task;
  Closing *closing;

  g_return_if_fail (GTK_IS_WINDOW (window));
  g_return_if_fail (session == NULL || PURGE_IS_SESSION (session));
  g_return_if_fail (keeper == NULL || PURGE_IS_DRAFT_KEEPER (keeper));

  closing = g_new0 (Closing, 1);
  g_set_object (&closing->session, session);
  g_set_object (&closing->keeper, keeper);

  task = g_task_new (window, NULL, callback, user_data);
  g_task_set_source_tag (task, purge_closing_ask_async);
  g_task_set_task_data (task, closing, closing_free);
  if (session != NULL && purge_session_get_sending (session))
    ask_whether_to_stop (task);
  else
    save_draft (task);
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
