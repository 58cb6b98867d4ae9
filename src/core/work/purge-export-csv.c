/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Submissions as a table with one line a directory. Scripts rely on its columns. */

#define G_LOG_DOMAIN "purge-export-csv"

#include "config.h"

#include "purge-export-csv.h"

#include <string.h>

#include "purge-csv.h"
#include "purge-time.h"
#include "purge-visible.h"

typedef enum {
  COLUMN_SUBMISSION,
  COLUMN_TIME,
  COLUMN_ACCOUNT,
  COLUMN_DIRECTORY,
  COLUMN_STATE,
  COLUMN_CODE,
  COLUMN_CODE_DESC,
  COLUMN_MESSAGE,
  COLUMN_TASK_ID,
  N_COLUMNS,
} Column;

static const char * const headings[N_COLUMNS] = {
  "submission", "time", "account", "directory", "state", "code", "codeDesc", "message", "taskId",
};

/* A line stays a line, and neither a terminal nor a reader obeys anything of it. */
static char *
dup_safe (const char *text)
{
  return text != NULL ? purge_visible_dup_text (text, -1, strlen (text)) : NULL;
}

static void
add_batch (GString                *csv,
           const char            **cells,
           const PurgeBatchRecord *batch,
           const char             *search)
{
  const PurgeAnswer *answer = batch->outcome != NULL ? &batch->outcome->answer : NULL;
  g_autofree char *code = dup_safe (answer != NULL ? answer->code : NULL);
  g_autofree char *code_desc = dup_safe (answer != NULL ? answer->code_desc : NULL);
  g_autofree char *message = dup_safe (answer != NULL ? answer->message : NULL);
  g_autofree char *task_id = dup_safe (answer != NULL ? answer->task_id : NULL);

  cells[COLUMN_STATE] = purge_batch_state_to_string (batch->state);
  cells[COLUMN_CODE] = code;
  cells[COLUMN_CODE_DESC] = code_desc;
  cells[COLUMN_MESSAGE] = message;
  cells[COLUMN_TASK_ID] = task_id;

  for (gsize i = 0; batch->urls[i] != NULL; i++)
    if (search == NULL || strstr (batch->urls[i], search) != NULL)
      {
        cells[COLUMN_DIRECTORY] = batch->urls[i];
        purge_csv_append_row (csv, cells, N_COLUMNS);
      }
}

/**
 * purge_export_csv_begin:
 * @csv: an empty text
 *
 * Writes the headings.
 */
void
purge_export_csv_begin (GString *csv)
{
  purge_csv_append_row (csv, headings, N_COLUMNS);
}

/**
 * purge_export_csv_add:
 * @csv: the table so far
 * @submission: a submission
 * @number: what `show` takes, or 0 where that cannot show it
 * @batches: (element-type PurgeBatchRecord): its batches, as they are now
 * @search: (nullable): what has to be in a directory to be listed
 *
 * Adds a line a directory; of directories that were submitted again, the last time only.
 */
void
purge_export_csv_add (GString               *csv,
                      const PurgeSubmission *submission,
                      gint64                 number,
                      GPtrArray             *batches,
                      const char            *search)
{
  g_autofree char *id = number != 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, number) : NULL;
  g_autofree char *time = purge_time_dup_rfc3339 (submission->created);
  g_autofree char *account = dup_safe (submission->account_name);
  const char *cells[N_COLUMNS] = {
    [COLUMN_SUBMISSION] = id, [COLUMN_TIME] = time, [COLUMN_ACCOUNT] = account,
  };

  for (guint i = 0; i < batches->len; i++)
    {
      const PurgeBatchRecord *batch = batches->pdata[i];

      if (batch->successor == 0)
        add_batch (csv, cells, batch, search);
    }
}
