/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Results as plain text, for a message to somebody: the words that the pane shows. What a server said is
 * in it, with nothing of it hidden. Pure functions; knows no widget. */

#define G_LOG_DOMAIN "purge-result-text"

#include "config.h"

#include "purge-result-text.h"

#include <glib/gi18n-lib.h>

#include "purge-format.h"
#include "purge-reading.h"

/* Why something was not accepted, in the server's words. */
static char *
dup_reason (const PurgeBatchRecord *record)
{
  const PurgeAnswer *answer = record->outcome != NULL ? &record->outcome->answer : NULL;
  g_autofree char *code = NULL;
  g_autofree char *message = NULL;

  if (answer == NULL || record->state == PURGE_BATCH_ACCEPTED || record->state == PURGE_BATCH_DONE)
    return g_strdup ("");

  code = purge_format_code_line (answer->code, answer->code_desc, NULL);
  message = purge_format_server_text (answer->message, PURGE_FORMAT_SERVER_TEXT_MAX);

  return g_strconcat (*code != '\0' ? " · " : "", code, *message != '\0' ? " · " : "", message, NULL);
}

/* A tab stands between, so that a spreadsheet makes two columns of it, and the directory can be selected
 * by itself. */
static void
append_batch (GString    *text,
              PurgeBatch *batch)
{
  const PurgeBatchRecord *record = purge_batch_get_record (batch);
  g_autofree char *reason = dup_reason (record);

  for (gsize i = 0; record->urls[i] != NULL; i++)
    {
      g_autofree char *url = purge_format_server_text (record->urls[i], PURGE_LINE_MAX_BYTES);

      g_string_append_printf (text, "%s\t%s%s\n", url, purge_format_state_word (record->state),
                              reason);
    }
}

static void
append_line (GString    *text,
             const char *line)
{
  if (line != NULL && *line != '\0')
    g_string_append_printf (text, "%s\n", line);
}

/**
 * purge_result_text_dup_subtitle:
 * @submission: a submission
 *
 * Returns: (transfer full): when, by whom, what of it and where: "11/24/26 14:05 · Production · updated
 *   resources · Mainland China"
 */
char *
purge_result_text_dup_subtitle (PurgeSubmission *submission)
{
  g_autofree char *time = purge_format_time (submission->created);
  g_autofree char *account = purge_format_server_text (submission->account_name, 80);

  const char *mode = submission->mode == PURGE_MODE_ALL ? _("all resources")
                                                        : _("updated resources");

  if (submission->area != PURGE_AREA_NONE)
    /* Translators: the same, and where:
     * "11/24/26 14:05 · Production · updated resources · Mainland China" */
    return g_strdup_printf (_("%s · %s · %s · %s"), time, account, mode,
                            purge_format_area (submission->area));

  /* Translators: when and with which account something was sent, and what of it was purged:
   * "11/24/26 14:05 · Production · updated resources" */
  return g_strdup_printf (_("%s · %s · %s"), time, account, mode);
}

/**
 * purge_result_text_dup:
 * @job: a submission
 *
 * Returns: (transfer full): what became of it: a summary, and a line an entry, each where it went last
 */
char *
purge_result_text_dup (PurgeJob *job)
{
  g_autofree char *subtitle = purge_result_text_dup_subtitle (purge_job_get_submission (job));
  g_autofree char *summary = NULL;
  GString *text = g_string_new (NULL);

  g_object_get (job, "summary", &summary, NULL);
  append_line (text, summary);
  append_line (text, subtitle);
  append_line (text, purge_job_get_warning (job));
  g_string_append_c (text, '\n');

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (job)); i++)
    {
      g_autoptr (PurgeBatch) batch = g_list_model_get_item (G_LIST_MODEL (job), i);

      if (purge_batch_get_successor (batch) == 0)
        append_batch (text, batch);
    }

  return g_string_free (text, FALSE);
}
