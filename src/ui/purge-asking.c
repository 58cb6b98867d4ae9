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

static void
on_answered_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autofree char *answer = purge_dialogs_ask_finish (GTK_WINDOW (source), result, NULL);

  if (g_strcmp0 (answer, ANSWER_ALL) == 0)
    g_task_return_int (task, PURGE_ASKING_ALL);
  else if (g_strcmp0 (answer, ANSWER_FIRST) == 0)
    g_task_return_int (task, PURGE_ASKING_FIRST);
  else
    g_task_return_int (task, PURGE_ASKING_NO);
}

/* How many would be sent of what is left today. */
static guint
count_first (const PurgeQuestion *question)
{
  guint n = 0;

  for (guint kind = 0; kind < PURGE_N_KINDS; kind++)
    n += MIN (question->n[kind], question->limits.of[kind].left);

  return n;
}

static char *
dup_all_label (const PurgeQuestion *question)
{
  guint n = question->n[PURGE_KIND_DIRECTORY];
  guint n_urls = question->n[PURGE_KIND_URL];

  if (n > 0 && n_urls > 0)
    return g_strdup (_("Purge _All"));
  if (n_urls > 0)
    /* Translators: a button; %u is how many URLs */
    return g_strdup_printf (ngettext ("_Purge %u URL", "_Purge %u URLs", n_urls), n_urls);

  /* Translators: a button; %u is how many directories */
  return g_strdup_printf (ngettext ("_Purge %u Directory", "_Purge %u Directories", n), n);
}

/**
 * purge_asking_run_async:
 * @window: what the dialog stands before
 * @question: what to ask
 * @offer_first: whether it can be answered with as many as are left today, of each kind
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
  guint n_first = count_first (question);
  gboolean too_many = offer_first && n_first > 0 && purge_question_is_too_much (question);
  gboolean whole_site = (question->reasons & PURGE_ASK_SITE_ROOT) != 0;
  g_autofree char *heading = purge_question_dup_heading (question);
  g_autofree char *body = purge_question_dup_body (question);
  g_autofree char *all = NULL;
  g_autofree char *first = NULL;
  PurgeDialogResponse responses[2];
  gsize n_responses = 0;
  GTask *task = g_task_new (window, NULL, callback, user_data);

  g_task_set_source_tag (task, purge_asking_run_async);
  if (too_many)
    {
      /* Translators: a button; %u is how many the quota allows today */
      first = g_strdup_printf (ngettext ("Purge _First %u", "Purge _First %u", n_first), n_first);
      responses[n_responses++] =
        (PurgeDialogResponse) { ANSWER_FIRST, first, ADW_RESPONSE_SUGGESTED };
      all = g_strdup (_("Purge _All"));
    }
  else
    {
      all = dup_all_label (question);
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
 * Returns: what was answered
 */
PurgeAskingAnswer
purge_asking_run_finish (GtkWindow    *window,
                         GAsyncResult *result)
{
  gssize answer;

  g_return_val_if_fail (g_task_is_valid (result, window), PURGE_ASKING_NO);
  g_return_val_if_fail (g_async_result_is_tagged (result, purge_asking_run_async), PURGE_ASKING_NO);

  answer = g_task_propagate_int (G_TASK (result), NULL);
  return answer > 0 ? (PurgeAskingAnswer) answer : PURGE_ASKING_NO;
}
