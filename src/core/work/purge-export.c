/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Results for other programs: the texts that the command line prints of a submission, and its requests
 * as commands. Knows what is told; how a cell or a member is written is next door. */

#define G_LOG_DOMAIN "purge-export"

#include "config.h"

#include "purge-export.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "purge-cause.h"
#include "purge-curl.h"
#include "purge-error.h"
#include "purge-export-csv.h"
#include "purge-export-json.h"
#include "purge-json.h"
#include "purge-tally.h"

static const char * const endings[] = {
  [PURGE_EXPORT_CSV] = ".csv",
  [PURGE_EXPORT_JSON] = ".json",
};

/* Those that were made of others are not in the submission that the job began with. */
static GPtrArray *
list_records (PurgeJob *job)
{
  GPtrArray *records = g_ptr_array_new ();

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (job)); i++)
    {
      g_autoptr (PurgeBatch) batch = g_list_model_get_item (G_LIST_MODEL (job), i);

      g_ptr_array_add (records, (gpointer) purge_batch_get_record (batch));
    }

  return records;
}

static char *
dup_csv (PurgeJob *job,
         gint64    number)
{
  g_autoptr (GPtrArray) records = list_records (job);
  GString *csv = g_string_new (NULL);

  purge_export_csv_begin (csv);
  purge_export_csv_add (csv, purge_job_get_submission (job), number, records, NULL);

  return g_string_free (csv, FALSE);
}

/* What was submitted again counts where it went. Whatever became of it before, for a script it is
 * superseded. */
static PurgeBatchState
get_state (const PurgeBatchRecord *record)
{
  return record->successor != 0 ? PURGE_BATCH_SUPERSEDED : record->state;
}

static PurgeTally
count (PurgeJob *job)
{
  g_autoptr (GPtrArray) records = list_records (job);
  PurgeTally tally = { 0 };

  for (guint i = 0; i < records->len; i++)
    {
      const PurgeBatchRecord *record = records->pdata[i];

      purge_tally_add (&tally, get_state (record), g_strv_length (record->urls));
    }

  return tally;
}

static void
add_batches (JsonBuilder *builder,
             PurgeJob    *job)
{
  json_builder_set_member_name (builder, "batches");
  json_builder_begin_array (builder);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (job)); i++)
    {
      g_autoptr (PurgeBatch) batch = g_list_model_get_item (G_LIST_MODEL (job), i);
      const PurgeBatchRecord *record = purge_batch_get_record (batch);
      g_autofree char *explanation = purge_batch_dup_explanation (batch);
      PurgeExportBatch told = {
        get_state (record), record->kind, (const char * const *) record->urls,
        record->outcome != NULL ? &record->outcome->answer : NULL, explanation,
      };

      purge_export_json_add_batch (builder, &told);
    }

  json_builder_end_array (builder);
}

/* Where nothing was sent, why the first batch waits. */
static void
add_failure (JsonBuilder      *builder,
             PurgeJob         *job,
             const PurgeTally *tally)
{
  g_autofree char *sentence = NULL;
  const PurgeBatchRecord *record;
  g_autoptr (PurgeBatch) batch = NULL;
  guint i = 0;

  if (tally->n_waiting == 0 || tally->n_accepted + tally->n_rejected + tally->n_unknown > 0 ||
      purge_job_count (job, PURGE_BATCH_SENDING) > 0)
    {
      purge_export_json_add_failure (builder, NULL, NULL);
      return;
    }

  do
    {
      g_clear_object (&batch);
      batch = g_list_model_get_item (G_LIST_MODEL (job), i++);
      record = purge_batch_get_record (batch);
    }
  while (get_state (record) != PURGE_BATCH_WAITING);

  sentence = purge_batch_dup_explanation (batch);
  purge_export_json_add_failure (builder, record->outcome != NULL
                                   ? purge_cause_to_string (record->outcome->cause) : "waiting",
                                 sentence);
}

static void
add_nothing (JsonBuilder *builder,
             const char  *name)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  json_builder_end_array (builder);
}

static char *
dup_json (PurgeJob *job,
          gint64    number)
{
  g_autoptr (JsonBuilder) builder = purge_json_begin ();
  PurgeTally tally = count (job);

  purge_export_json_add_head (builder, number, purge_job_get_submission (job)->area, &tally);
  add_batches (builder, job);
  /* They are of the list that it was made of, which is not known any more. */
  add_nothing (builder, "problems");
  add_nothing (builder, "changes");
  add_failure (builder, job, &tally);

  return purge_json_end (builder);
}

/**
 * purge_export_get_ending:
 * @format: a format
 *
 * Returns: (transfer none): how names of such files end, with the dot
 */
const char *
purge_export_get_ending (PurgeExportFormat format)
{
  return endings[format];
}

/**
 * purge_export_read_ending:
 * @name: the name of a file
 * @format: (out): what its ending says; left alone where it says nothing
 *
 * Returns: whether the ending says what is to be in it
 */
gboolean
purge_export_read_ending (const char        *name,
                          PurgeExportFormat *format)
{
  g_autofree char *lower = NULL;

  g_return_val_if_fail (name != NULL, FALSE);

  lower = g_ascii_strdown (name, -1);
  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (lower, endings[i]))
      {
        *format = i;
        return TRUE;
      }

  return FALSE;
}

/**
 * purge_export_dup_text:
 * @job: a submission
 * @number: what `show` takes, or 0 where that cannot show it, as in practice
 * @format: a format
 *
 * Writes what became of a submission: as CSV the lines of `history --format=csv`, as JSON the object of
 * `show --json`. Raw answers and what belongs to requests are not in it.
 *
 * Returns: (transfer full): the text, with a line end
 */
char *
purge_export_dup_text (PurgeJob          *job,
                       gint64             number,
                       PurgeExportFormat  format)
{
  g_return_val_if_fail (PURGE_IS_JOB (job), NULL);

  return format == PURGE_EXPORT_JSON ? dup_json (job, number) : dup_csv (job, number);
}

/* As it was sent last; what was not sent yet, as it would be. */
static PurgeApi *
new_api (PurgeJob   *job,
         PurgeBatch *batch)
{
  const PurgeAttempt *attempt = purge_batch_get_attempt (batch);
  g_autoptr (PurgeEndpoint) endpoint = NULL;

  if (attempt == NULL)
    return purge_api_new_for_account (purge_job_get_account (job));

  endpoint = purge_endpoint_parse (attempt->endpoint, NULL);
  return purge_api_new (attempt->api, endpoint, attempt->form, attempt->signature);
}

/**
 * purge_export_dup_curl:
 * @job: a submission
 * @batch: one of its batches
 * @error: return location for %PURGE_ERROR_INVALID_INPUT, or %PURGE_ERROR_NOT_FOUND where the account is
 *   gone, with a translated sentence
 *
 * Writes the request of a batch as a command, see purge_curl_dup_command(). No key is read for that.
 *
 * Returns: (transfer full) (nullable): the command, without a line end; %NULL with @error set
 */
char *
purge_export_dup_curl (PurgeJob    *job,
                       PurgeBatch  *batch,
                       GError     **error)
{
  g_autoptr (PurgeApi) api = NULL;
  PurgeCall call;

  g_return_val_if_fail (PURGE_IS_JOB (job), NULL);
  g_return_val_if_fail (PURGE_IS_BATCH (batch), NULL);

  if (purge_job_get_account (job) == NULL)
    {
      g_set_error_literal (error, PURGE_ERROR, PURGE_ERROR_NOT_FOUND,
                           _("The account of this submission is not there any more. Its "
                             "directories can be purged with another one as a new list."));
      return NULL;
    }

  api = new_api (job, batch);
  call = purge_batch_get_call (batch);
  return purge_curl_dup_command (api, &call, error);
}
