/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What became of a submission, as a value: counted, and judged into one exit code. Does not know
 * how it is printed. */

#define G_LOG_DOMAIN "purge-cli-report"

#include "config.h"

#include "purge-cli-report.h"

#include "purge-cause.h"
#include "purge-error.h"

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
  g_free (self->warning_kind);
  g_free (self->warning);
  g_free (self);
}

static void
plan_kind (PurgeCliReport *self,
           PurgeKind       kind,
           guint           batch_limit)
{
  GPtrArray *urls = self->input->entries[kind];

  for (guint start = 0; start < urls->len; start += batch_limit)
    {
      guint n_urls = MIN (batch_limit, urls->len - start);
      PurgeCliBatch *batch = g_new0 (PurgeCliBatch, 1);

      batch->state = PURGE_BATCH_WAITING;
      batch->kind = kind;
      batch->urls = g_new0 (char *, n_urls + 1);
      for (guint i = 0; i < n_urls; i++)
        batch->urls[i] = g_strdup (urls->pdata[start + i]);
      g_ptr_array_add (self->batches, batch);
    }
}

/**
 * purge_cli_report_add_plan:
 * @self: a report with its input
 * @limits: how much a request may have
 *
 * Adds what would be sent.
 */
void
purge_cli_report_add_plan (PurgeCliReport    *self,
                           const PurgeLimits *limits)
{
  self->is_plan = TRUE;
  for (guint kind = 0; kind < PURGE_N_KINDS; kind++)
    plan_kind (self, kind, limits->of[kind].batch);
}

/* What was submitted again counts where it went. Whatever became of it before, for a script it is
 * superseded. */
static PurgeCliBatch *
batch_new (PurgeBatch *source)
{
  const PurgeBatchRecord *record = purge_batch_get_record (source);
  PurgeCliBatch *batch = g_new0 (PurgeCliBatch, 1);

  batch->state = record->successor != 0 ? PURGE_BATCH_SUPERSEDED : record->state;
  batch->kind = record->kind;
  batch->urls = g_strdupv (record->urls);
  batch->outcome = record->outcome != NULL ? purge_outcome_ref (record->outcome) : NULL;
  batch->explanation = purge_batch_dup_explanation (source);
  batch->successor = record->successor;
  batch->n_attempts = record->n_attempts;
  batch->sent_again = record->sent_again;
  batch->n_look_ups = record->n_look_ups;
  batch->looked_up = record->looked_up;

  return batch;
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
  self->area = purge_job_get_submission (job)->area;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (job)); i++)
    {
      g_autoptr (PurgeBatch) source = g_list_model_get_item (G_LIST_MODEL (job), i);

      g_ptr_array_add (self->batches, batch_new (source));
    }
}

/**
 * purge_cli_report_warn:
 * @self: a report
 * @kind: a stable name for scripts
 * @sentence: what went wrong and what to do next, translated
 *
 * Adds what went wrong beside the batches; the last one is kept. The exit code stays that of the
 * batches.
 */
void
purge_cli_report_warn (PurgeCliReport *self,
                       const char     *kind,
                       const char     *sentence)
{
  g_free (self->warning_kind);
  g_free (self->warning);
  self->warning_kind = g_strdup (kind);
  self->warning = g_strdup (sentence);
}

/**
 * purge_cli_report_warn_of:
 * @self: a report
 * @error: why the server could not be asked
 * @cancelled: what to say where that was cancelled, translated
 *
 * Adds that. The error of a purge would say of the submission that nothing was sent.
 */
void
purge_cli_report_warn_of (PurgeCliReport *self,
                          const GError   *error,
                          const char     *cancelled)
{
  gboolean is_cancelled = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  purge_cli_report_warn (self, purge_error_get_kind (error),
                         is_cancelled ? cancelled : error->message);
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

static gboolean
has_state (const PurgeCliReport *self,
           PurgeBatchState       state)
{
  for (guint i = 0; i < self->batches->len; i++)
    if (((const PurgeCliBatch *) self->batches->pdata[i])->state == state)
      return TRUE;

  return FALSE;
}

/**
 * purge_cli_report_is_under_way:
 * @self: a report
 *
 * Returns: whether something of it is being sent: a submission of before may be at work in another
 *   program
 */
gboolean
purge_cli_report_is_under_way (const PurgeCliReport *self)
{
  return has_state (self, PURGE_BATCH_SENDING);
}

/**
 * purge_cli_report_is_open:
 * @self: a report
 *
 * Returns: whether it was waited for something to be done that is not known to be
 */
gboolean
purge_cli_report_is_open (const PurgeCliReport *self)
{
  return self->is_followed && has_state (self, PURGE_BATCH_ACCEPTED);
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
  if (tally.n_unknown > 0 || purge_cli_report_is_under_way (self) ||
      purge_cli_report_is_open (self) || self->is_unrecorded)
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
 * Says why nothing was sent, or why something is unknown that need not be: by the error, by what went
 * wrong beside the batches, or by what the first batch that waits has to tell.
 *
 * Returns: whether there is something to say
 */
gboolean
purge_cli_report_find_failure (const PurgeCliReport  *self,
                               const char           **kind,
                               char                 **sentence)
{
  PurgeCliExit code = purge_cli_report_get_exit (self);
  const PurgeCliBatch *batch;
  guint i = 0;

  if (self->error != NULL)
    {
      *kind = purge_cli_error_get_kind (self->error);
      *sentence = purge_cli_error_dup_sentence (self->error);
      return TRUE;
    }

  if (code != PURGE_CLI_EXIT_UNKNOWN && code != PURGE_CLI_EXIT_NOTHING_SENT)
    return FALSE;

  if (self->warning != NULL)
    {
      *kind = self->warning_kind;
      *sentence = g_strdup (self->warning);
      return TRUE;
    }

  if (code == PURGE_CLI_EXIT_UNKNOWN)
    return FALSE;

  do
    batch = self->batches->pdata[i++];
  while (batch->state != PURGE_BATCH_WAITING);
  *kind = batch->outcome != NULL ? purge_cause_to_string (batch->outcome->cause) : "waiting";
  *sentence = g_strdup (batch->explanation);
  return TRUE;
}
