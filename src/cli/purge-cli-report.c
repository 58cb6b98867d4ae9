/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What became of a submission, as a value: counted, and judged into one exit code. Does not know
 * how it is printed. */

#define G_LOG_DOMAIN "purge-cli-report"

#include "config.h"

#include "purge-cli-report.h"

#include "purge-cause.h"

static void
batch_free (gpointer data)
{
  PurgeCliBatch *batch = data;

  g_strfreev (batch->urls);
  g_clear_pointer (&batch->outcome, purge_outcome_unref);
  g_free (batch->explanation);
  g_free (batch);
}

/**
 * purge_cli_report_new:
 *
 * Returns: (transfer full): a report of nothing
 */
PurgeCliReport *
purge_cli_report_new (void)
{
  PurgeCliReport *self = g_new0 (PurgeCliReport, 1);

  self->batches = g_ptr_array_new_with_free_func (batch_free);

  return self;
}

/**
 * purge_cli_report_free:
 * @self: (transfer full): a report
 *
 * Frees a report with all that is in it.
 */
void
purge_cli_report_free (PurgeCliReport *self)
{
  g_ptr_array_unref (self->batches);
  g_clear_pointer (&self->input, purge_cli_input_free);
  g_clear_error (&self->error);
  g_free (self);
}

/**
 * purge_cli_report_add_plan:
 * @self: a report with its input
 * @batch_limit: how many directories a request may have
 *
 * Adds what would be sent.
 */
void
purge_cli_report_add_plan (PurgeCliReport *self,
                           guint           batch_limit)
{
  GPtrArray *urls = self->input->urls;

  self->is_plan = TRUE;

  for (guint start = 0; start < urls->len; start += batch_limit)
    {
      guint n_urls = MIN (batch_limit, urls->len - start);
      PurgeCliBatch *batch = g_new0 (PurgeCliBatch, 1);

      batch->state = PURGE_BATCH_WAITING;
      batch->urls = g_new0 (char *, n_urls + 1);
      for (guint i = 0; i < n_urls; i++)
        batch->urls[i] = g_strdup (urls->pdata[start + i]);
      g_ptr_array_add (self->batches, batch);
    }
}

/**
 * purge_cli_report_add_job:
 * @self: a report
 * @job: a job that does not run, or runs no longer
 *
 * Adds what became of a job.
 */
void
purge_cli_report_add_job (PurgeCliReport *self,
                          PurgeJob       *job)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (job)); i++)
    {
      g_autoptr (PurgeBatch) source = g_list_model_get_item (G_LIST_MODEL (job), i);
      PurgeOutcome *outcome = purge_batch_get_outcome (source);
      PurgeCliBatch *batch = g_new0 (PurgeCliBatch, 1);

      batch->state = purge_batch_get_state (source);
      batch->urls = g_strdupv ((GStrv) purge_batch_get_directories (source));
      batch->outcome = outcome != NULL ? purge_outcome_ref (outcome) : NULL;
      batch->explanation = purge_batch_dup_explanation (source);
      g_ptr_array_add (self->batches, batch);
    }
}

/**
 * purge_cli_report_count:
 * @self: a report
 *
 * Returns: its directories, counted
 */
PurgeTally
purge_cli_report_count (const PurgeCliReport *self)
{
  PurgeTally tally = { 0 };

  for (guint i = 0; i < self->batches->len; i++)
    {
      const PurgeCliBatch *batch = self->batches->pdata[i];

      purge_tally_add (&tally, batch->state, g_strv_length (batch->urls));
    }

  return tally;
}

/* A submission of before may be at work in another program. */
static gboolean
is_under_way (const PurgeCliReport *self)
{
  for (guint i = 0; i < self->batches->len; i++)
    if (((const PurgeCliBatch *) self->batches->pdata[i])->state == PURGE_BATCH_SENDING)
      return TRUE;

  return FALSE;
}

/**
 * purge_cli_report_get_exit:
 * @self: a report
 *
 * Judges a report: unknown outweighs rejected, and rejected outweighs waiting, since that is the
 * order in which somebody has to look.
 *
 * Returns: what to end with
 */
PurgeCliExit
purge_cli_report_get_exit (const PurgeCliReport *self)
{
  PurgeTally tally = purge_cli_report_count (self);

  if (self->error != NULL)
    return purge_cli_error_get_exit (self->error);
  if (self->is_plan)
    return PURGE_CLI_EXIT_ACCEPTED;
  if (tally.n_unknown > 0 || is_under_way (self))
    return PURGE_CLI_EXIT_UNKNOWN;
  if (tally.n_rejected > 0)
    return PURGE_CLI_EXIT_REJECTED;
  if (tally.n_waiting > 0)
    return tally.n_accepted > 0 ? PURGE_CLI_EXIT_PARTLY : PURGE_CLI_EXIT_NOTHING_SENT;

  return PURGE_CLI_EXIT_ACCEPTED;
}

/**
 * purge_cli_report_find_failure:
 * @self: a report
 * @kind: (out) (transfer none): a stable name for scripts
 * @sentence: (out) (transfer full): what happened and what to do next, translated
 *
 * Says why nothing was sent: by the error, or by what the first batch has to tell.
 *
 * Returns: whether nothing was sent
 */
gboolean
purge_cli_report_find_failure (const PurgeCliReport  *self,
                               const char           **kind,
                               char                 **sentence)
{
  const PurgeCliBatch *first;

  if (self->error != NULL)
    {
      *kind = purge_cli_error_get_kind (self->error);
      *sentence = purge_cli_error_dup_sentence (self->error);
      return TRUE;
    }

  if (purge_cli_report_get_exit (self) != PURGE_CLI_EXIT_NOTHING_SENT)
    return FALSE;

  first = self->batches->pdata[0];
  *kind = first->outcome != NULL ? purge_cause_to_string (first->outcome->cause) : "waiting";
  *sentence = g_strdup (first->explanation);
  return TRUE;
}
