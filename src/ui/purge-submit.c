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

#define ANSWER_AGAIN "again"

/* What a person is about to send; it does not change while the question is open. */
typedef struct {
  PurgeListEditor *editor;
  PurgeSession    *session;
  GStrv            entries[PURGE_N_KINDS];
} Submission;

static void
submission_free (Submission *self)
{
  g_object_unref (self->editor);
  g_object_unref (self->session);
  for (guint kind = 0; kind < PURGE_N_KINDS; kind++)
    g_strfreev (self->entries[kind]);
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

  if (purge_session_send_finish (PURGE_SESSION (source), result, &error))
    return;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    purge_list_editor_toast (submission->editor, _("Cancelled. Nothing was sent."), FALSE);
  else
    tell_failure (g_steal_pointer (&submission), error);
}

static void
send (Submission *submission)
{
  g_autoptr (PurgeOrder) order =
    purge_order_new (purge_session_get_mode (submission->session), PURGE_AREA_NONE,
                     (const char * const *) submission->entries[PURGE_KIND_DIRECTORY],
                     (const char * const *) submission->entries[PURGE_KIND_URL]);

  purge_session_send_async (submission->session, order, on_sent_cb, submission);
}

static void
on_asked_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (Submission) submission = user_data;
  GStrv directories = submission->entries[PURGE_KIND_DIRECTORY];
  guint n_directories = g_strv_length (directories);
  guint n_kept = purge_asking_run_finish (GTK_WINDOW (source), result);

  if (n_kept == 0 || purge_session_get_sending (submission->session) ||
      purge_session_get_account (submission->session) == NULL)
    return;

  for (guint i = n_kept; i < n_directories; i++)
    g_clear_pointer (&directories[i], g_free);
  send (g_steal_pointer (&submission));
}

/**
 * purge_submit:
 * @editor: the editor of the list, in a window
 * @session: a session with an account and something to send
 *
 * Sends the list, after a question where one should be asked.
 */
void
purge_submit (PurgeListEditor *editor,
              PurgeSession    *session)
{
  g_autoptr (PurgeQuestion) question = NULL;
  Submission *submission;
  guint left, total;

  g_return_if_fail (PURGE_IS_LIST_EDITOR (editor));
  g_return_if_fail (PURGE_IS_SESSION (session));

  submission = g_new0 (Submission, 1);
  submission->editor = g_object_ref (editor);
  submission->session = g_object_ref (session);
  for (PurgeKind kind = 0; kind < PURGE_N_KINDS; kind++)
    submission->entries[kind] = purge_directory_list_dup_urls (purge_session_get_list (session),
                                                               kind);
  if (!purge_quota_meter_read (purge_session_get_meter (session), &left, &total))
    left = G_MAXUINT;

  question = purge_question_new ((const char * const *) submission->entries[PURGE_KIND_DIRECTORY],
                                 purge_session_get_mode (session),
                                 purge_session_get_batch_limit (session), left);
  /* All that is asked about is what only directories can be. */
  if (question->reasons == PURGE_ASK_NOT || submission->entries[PURGE_KIND_DIRECTORY][0] == NULL)
    send (submission);
  else
    purge_asking_run_async (get_window (submission), question, TRUE, on_asked_cb, submission);
}
