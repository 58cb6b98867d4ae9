/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* From the button to the submission: asks where it should be asked, sends, and says why where nothing
 * could be sent. Knows when to ask only by what the question says. */

#define G_LOG_DOMAIN "purge-submit"

#include "config.h"

#include "purge-submit.h"

#include <glib/gi18n-lib.h>

#include "purge-asking.h"
#include "purge-dialogs.h"
#include "purge-explanation.h"
#include "purge-obstacle.h"
#include "purge-press.h"

#define ANSWER_AGAIN "again"

/* What a person is about to send; it does not change while the question is open. */
typedef struct {
  PurgeListEditor *editor;
  PurgeSession    *session;
  PurgeOrder      *order;
  PurgeLimits      limits;
} Submission;

static void
submission_free (Submission *self)
{
  g_object_unref (self->editor);
  g_object_unref (self->session);
  purge_order_unref (self->order);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Submission, submission_free)

static void send (Submission *submission);

static GtkWindow *
get_window (Submission *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self->editor));

  return root != NULL ? GTK_WINDOW (root) : NULL;
}

static void
on_failure_answered_cb (GObject      *source,
                        GAsyncResult *result,
                        gpointer      user_data)
{
  g_autoptr (Submission) submission = user_data;
  g_autofree char *answer = purge_dialogs_ask_finish (GTK_WINDOW (source), result, NULL);

  if (g_strcmp0 (answer, ANSWER_AGAIN) == 0 && !purge_session_get_sending (submission->session))
    send (g_steal_pointer (&submission));
}

/* Nothing was sent: the list is as it was, and the person may try again. */
static void
tell_failure (Submission   *submission,
              const GError *error)
{
  PurgeDialogResponse again = { ANSWER_AGAIN, _("_Try Again"), ADW_RESPONSE_SUGGESTED };
  g_autofree char *sentence = purge_explanation_for_error (error);
  GtkWindow *window = get_window (submission);

  if (window == NULL)
    {
      submission_free (submission);
      return;
    }

  purge_dialogs_ask_async (window, &(PurgeDialogQuestion) {
                             .heading = _("Nothing Was Sent"),
                             .body = sentence,
                             .cancel_label = _("_Close"),
                             .responses = &again,
                             .n_responses = 1,
                             .default_id = ANSWER_AGAIN,
                           }, NULL, on_failure_answered_cb, submission);
}

static void
on_sent_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (Submission) submission = user_data;
  g_autoptr (GError) error = NULL;

  purge_press_note (submission->session, submission->order);
  if (purge_session_send_finish (PURGE_SESSION (source), result, &error))
    return;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    purge_list_editor_toast (submission->editor, _("Cancelled. Nothing was sent."), FALSE);
  else
    tell_failure (g_steal_pointer (&submission), error);
}

/* While it is asked, and again while journal and keyring are waited for. */
static void
expect (PurgeSession *session)
{
  purge_readiness_expect (purge_session_get_readiness (session),
                          purge_session_get_account (session));
}

static void
send (Submission *submission)
{
  expect (submission->session);
  purge_press_note (submission->session, submission->order);
  purge_session_send_async (submission->session, submission->order, on_sent_cb, submission);
}

static GStrv
dup_first (Submission *self,
           PurgeKind   kind)
{
  const char * const *entries = purge_order_get (self->order, kind);
  guint n = MIN (purge_order_count (self->order, kind), self->limits.of[kind].left);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < n; i++)
    g_strv_builder_add (builder, entries[i]);

  return g_strv_builder_end (builder);
}

/* Of each kind as many as the question said are left today. */
static void
keep_first (Submission *self)
{
  g_autoptr (PurgeOrder) whole = self->order;
  g_auto (GStrv) directories = dup_first (self, PURGE_KIND_DIRECTORY);
  g_auto (GStrv) urls = dup_first (self, PURGE_KIND_URL);

  self->order = purge_order_new (purge_order_get_mode (whole), purge_order_get_area (whole),
                                 (const char * const *) directories, (const char * const *) urls);
}

static void
on_asked_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (Submission) submission = user_data;
  PurgeAskingAnswer answer = purge_asking_run_finish (GTK_WINDOW (source), result);

  if (answer == PURGE_ASKING_NO || purge_session_get_sending (submission->session) ||
      purge_session_get_account (submission->session) == NULL)
    return;

  if (answer == PURGE_ASKING_FIRST)
    keep_first (submission);
  send (g_steal_pointer (&submission));
}

static PurgeOrder *
new_order (PurgeSession *session)
{
  PurgeDirectoryList *list = purge_session_get_list (session);
  g_auto (GStrv) directories = purge_directory_list_dup_urls (list, PURGE_KIND_DIRECTORY);
  g_auto (GStrv) urls = purge_directory_list_dup_urls (list, PURGE_KIND_URL);

  return purge_order_new (purge_session_get_mode (session), purge_session_get_area (session),
                          (const char * const *) directories, (const char * const *) urls);
}

/**
 * purge_submit:
 * @editor: the editor of the list, in a window
 * @session: a session
 *
 * Sends the list, after a question where one should be asked; but not for what is still the press
 * that sent it last. Where nothing is sent, the editor says why.
 */
void
purge_submit (PurgeListEditor *editor,
              PurgeSession    *session)
{
  g_autoptr (PurgeOrder) order = NULL;
  g_autoptr (PurgeQuestion) question = NULL;
  const char *obstacle;
  Submission *submission;

  g_return_if_fail (PURGE_IS_LIST_EDITOR (editor));
  g_return_if_fail (PURGE_IS_SESSION (session));

  obstacle = purge_obstacle_find (session);
  if (obstacle != NULL)
    {
      purge_list_editor_toast (editor, obstacle, FALSE);
      return;
    }

  order = new_order (session);
  if (purge_press_is_same (session, order))
    {
      purge_list_editor_toast (editor, _("Not sent again: just sent"), FALSE);
      return;
    }

  submission = g_new0 (Submission, 1);
  submission->editor = g_object_ref (editor);
  submission->session = g_object_ref (session);
  submission->order = g_steal_pointer (&order);
  purge_quota_meter_get_limits (purge_quotas_get_meter (purge_session_get_quotas (session)),
                                &submission->limits);

  expect (session);
  question = purge_question_new (submission->order, &submission->limits);
  if (question->reasons == PURGE_ASK_NOT)
    send (submission);
  else
    purge_asking_run_async (get_window (submission), question, TRUE, on_asked_cb, submission);
}
