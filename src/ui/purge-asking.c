/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Asks before something is sent: puts a question into a dialog, and says how much was answered with
 * yes. When it is asked, and in which words, the question knows. */

#define G_LOG_DOMAIN "purge-asking"

#include "config.h"

#include "purge-asking.h"

#include <glib/gi18n-lib.h>

#include "purge-dialogs.h"

#define ANSWER_ALL "all"
#define ANSWER_FIRST "first"

typedef struct {
  guint n_directories;
  guint n_first;
} Asking;

static void
on_answered_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Asking *asking = g_task_get_task_data (task);
  g_autofree char *answer = purge_dialogs_ask_finish (GTK_WINDOW (source), result, NULL);

  if (g_strcmp0 (answer, ANSWER_ALL) == 0)
    g_task_return_int (task, asking->n_directories);
  else if (g_strcmp0 (answer, ANSWER_FIRST) == 0)
    g_task_return_int (task, asking->n_first);
  else
    g_task_return_int (task, 0);
}

/**
 * purge_asking_run_async:
 * @window: what the dialog stands before
 * @question: what to ask
 * @offer_first: whether it can be answered with as many as are left today
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Asks.
 */
void
purge_asking_run_async (GtkWindow           *window,
                        const PurgeQuestion *question,
                        gboolean             offer_first,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  gboolean too_many =
    offer_first && question->quota_left > 0 && question->n_directories > question->quota_left;
  gboolean whole_site = (question->reasons & PURGE_ASK_SITE_ROOT) != 0;
  g_autofree char *heading = purge_question_dup_heading (question);
  g_autofree char *body = purge_question_dup_body (question);
  g_autofree char *all = NULL;
  g_autofree char *first = NULL;
  PurgeDialogResponse responses[2];
  gsize n_responses = 0;
  GTask *task = g_task_new (window, NULL, callback, user_data);
  Asking *asking = g_new0 (Asking, 1);

  asking->n_directories = question->n_directories;
  asking->n_first = question->quota_left;
  g_task_set_source_tag (task, purge_asking_run_async);
  g_task_set_task_data (task, asking, g_free);

  if (too_many)
    {
      /* Translators: a button; %u is how many directories the quota allows today */
      first = g_strdup_printf (ngettext ("Purge _First %u", "Purge _First %u",
                                         question->quota_left), question->quota_left);
      responses[n_responses++] =
        (PurgeDialogResponse) { ANSWER_FIRST, first, ADW_RESPONSE_SUGGESTED };
      all = g_strdup (_("Purge _All"));
    }
  else
    {
      /* Translators: a button; %u is how many directories */
      all = g_strdup_printf (ngettext ("_Purge %u Directory", "_Purge %u Directories",
                                       question->n_directories), question->n_directories);
    }
  responses[n_responses++] =
    (PurgeDialogResponse) { ANSWER_ALL, all, whole_site ? ADW_RESPONSE_DESTRUCTIVE
                                             : too_many ? ADW_RESPONSE_DEFAULT
                                                        : ADW_RESPONSE_SUGGESTED };

  purge_dialogs_ask_async (window, &(PurgeDialogQuestion) {
                             .heading = heading,
                             .body = body,
                             .cancel_label = _("_Cancel"),
                             .responses = responses,
                             .n_responses = n_responses,
                             .default_id = whole_site ? PURGE_DIALOGS_CANCEL : responses[0].id,
                           }, NULL, on_answered_cb, task);
}

/**
 * purge_asking_run_finish:
 * @window: the window
 * @result: what the callback was given
 *
 * Returns: how many of the directories may be sent, from the first on; 0 where the answer was no
 */
guint
purge_asking_run_finish (GtkWindow    *window,
                         GAsyncResult *result)
{
  gssize n;

  g_return_val_if_fail (g_task_is_valid (result, window), 0);
  g_return_val_if_fail (g_async_result_is_tagged (result, purge_asking_run_async), 0);

  n = g_task_propagate_int (G_TASK (result), NULL);
  return n > 0 ? n : 0;
}
