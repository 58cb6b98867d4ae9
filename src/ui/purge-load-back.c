/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Puts directories and URLs of a submission into the list, each as what it was. Sends nothing. */

#define G_LOG_DOMAIN "purge-load-back"

#include "config.h"

#include "purge-load-back.h"

#include <glib/gi18n-lib.h>

#include "purge-notation.h"

static void
append_urls (GString            *text,
             PurgeKind           kind,
             const char * const *urls)
{
  for (guint i = 0; urls[i] != NULL; i++)
    {
      g_autofree char *line = purge_notation_write (kind, urls[i]);

      g_string_append_printf (text, "%s\n", line);
    }
}

static void
append_state (GString         *text,
              PurgeJob        *job,
              PurgeBatchState  state)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (job)); i++)
    {
      g_autoptr (PurgeBatch) batch = g_list_model_get_item (G_LIST_MODEL (job), i);

      if (purge_batch_get_state (batch) == state && purge_batch_get_successor (batch) == 0)
        append_urls (text, purge_batch_get_kind (batch), purge_batch_get_directories (batch));
    }
}

static void
load (PurgeListEditor *editor,
      PurgeSession    *session,
      GString         *text,
      const char      *said)
{
  g_autoptr (GError) error = NULL;
  PurgeAddReport report = { 0 };

  if (purge_directory_list_set_all_text (purge_session_get_list (session), text->str, text->len,
                                         &report, &error))
    purge_list_editor_toast (editor, said, TRUE);
  else
    purge_list_editor_toast (editor, error->message, FALSE);
}

static void
append_unserved (GString  *text,
                 PurgeJob *job)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (job)); i++)
    {
      g_autoptr (PurgeBatch) batch = g_list_model_get_item (G_LIST_MODEL (job), i);

      if (purge_batch_get_state (batch) == PURGE_BATCH_UNKNOWN &&
          purge_batch_get_successor (batch) == 0 && purge_batch_looks_retired (batch))
        append_urls (text, purge_batch_get_kind (batch), purge_batch_get_directories (batch));
    }
}

static void
load_failed (PurgeListEditor *editor,
             PurgeSession    *session,
             gboolean         unserved)
{
  PurgeJob *job = purge_session_get_job (session);
  g_autoptr (GString) text = g_string_new (NULL);

  if (job == NULL)
    return;

  append_state (text, job, PURGE_BATCH_REJECTED);
  append_state (text, job, PURGE_BATCH_WAITING);
  append_state (text, job, PURGE_BATCH_FAILED);
  if (unserved)
    append_unserved (text, job);
  load (editor, session, text, _("The list holds what failed"));
}

/**
 * purge_load_back_failed:
 * @editor: the editor of the list
 * @session: a session that shows a submission
 *
 * Puts what was rejected, failed or not sent into the list, in place of what is there. Never what is
 * unknown: it may have been executed, and is to be looked up.
 */
void
purge_load_back_failed (PurgeListEditor *editor,
                        PurgeSession    *session)
{
  g_return_if_fail (PURGE_IS_LIST_EDITOR (editor));
  g_return_if_fail (PURGE_IS_SESSION (session));

  load_failed (editor, session, FALSE);
}

/**
 * purge_load_back_unserved:
 * @editor: the editor of the list
 * @session: a session that shows a submission for which API 2.0 may have ended
 *
 * Puts what was rejected, failed or not sent into the list, in place of what is there, and what a
 * server answered that says it does not serve the interface any more: that is unknown by the letter of
 * the answer, and there is no interface left to look it up with.
 */
void
purge_load_back_unserved (PurgeListEditor *editor,
                          PurgeSession    *session)
{
  g_return_if_fail (PURGE_IS_LIST_EDITOR (editor));
  g_return_if_fail (PURGE_IS_SESSION (session));

  load_failed (editor, session, TRUE);
}

/**
 * purge_load_back_all:
 * @editor: the editor of the list
 * @session: whose list it is
 * @submission: a submission
 *
 * Puts all directories and URLs of a submission into the list, each once, whatever became of them.
 */
void
purge_load_back_all (PurgeListEditor *editor,
                     PurgeSession    *session,
                     PurgeSubmission *submission)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_if_fail (PURGE_IS_LIST_EDITOR (editor));
  g_return_if_fail (PURGE_IS_SESSION (session));
  g_return_if_fail (submission != NULL);

  for (guint i = 0; i < submission->batches->len; i++)
    {
      PurgeBatchRecord *batch = g_ptr_array_index (submission->batches, i);

      /* The others have directories of these. */
      if (batch->parent == 0)
        append_urls (text, batch->kind, (const char * const *) batch->urls);
    }
  load (editor, session, text, _("The list holds the submission"));
}
