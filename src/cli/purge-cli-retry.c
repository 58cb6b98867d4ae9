/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* `retry`: sends again what was refused, and what waits. What may have been executed is no part of
 * that unless a person says so. */

#define G_LOG_DOMAIN "purge-cli-retry"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "purge-cli-confirm.h"
#include "purge-cli-finish.h"
#include "purge-cli-output.h"
#include "purge-cli-send.h"
#include "purge-cli-submission.h"
#include "purge-error.h"
#include "purge-warm-up.h"

typedef struct {
  gboolean yes;
  gboolean unknown;
  GStrv    operands;
} RetryOptions;

static void
retry_options_clear (RetryOptions *self)
{
  g_strfreev (self->operands);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RetryOptions, retry_options_clear)

static PurgeCliParsed
parse (PurgeCli               *cli,
       const PurgeCliCommand  *command,
       GStrv                  *arguments,
       RetryOptions           *options,
       GError                **error)
{
  const GOptionEntry entries[] = {
    { "unknown", 0, 0, G_OPTION_ARG_NONE, &options->unknown,
      N_("Send what is unknown as new, too; it may be purged and counted twice"), NULL },
    { "yes", 0, 0, G_OPTION_ARG_NONE, &options->yes,
      N_("Do not ask"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->operands, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };

  return purge_cli_command_parse (cli, command, entries, arguments, error);
}

static PurgeJobPart
find_part (PurgeJob *job,
           gboolean  with_unknown)
{
  PurgeJobPart part = 0;

  if (purge_job_count (job, PURGE_BATCH_REJECTED) + purge_job_count (job, PURGE_BATCH_FAILED) > 0)
    part |= PURGE_JOB_REFUSED;
  if (with_unknown && purge_job_count (job, PURGE_BATCH_UNKNOWN) > 0)
    part |= PURGE_JOB_UNKNOWN;

  return part;
}

static gboolean
is_sent (PurgeBatch   *batch,
         PurgeJobPart  part)
{
  PurgeBatchState state = purge_batch_get_state (batch);

  if (purge_batch_get_successor (batch) != 0)
    return FALSE;

  return state == PURGE_BATCH_WAITING ||
         ((part & PURGE_JOB_REFUSED) != 0 &&
          (state == PURGE_BATCH_REJECTED || state == PURGE_BATCH_FAILED)) ||
         ((part & PURGE_JOB_UNKNOWN) != 0 && state == PURGE_BATCH_UNKNOWN);
}

static GStrv
list_entries (PurgeJob     *job,
              PurgeJobPart  part,
              PurgeKind     kind)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (job)); i++)
    {
      g_autoptr (PurgeBatch) batch = g_list_model_get_item (G_LIST_MODEL (job), i);

      if (purge_batch_get_kind (batch) == kind && is_sent (batch, part))
        g_strv_builder_addv (builder, (const char **) purge_batch_get_directories (batch));
    }

  return g_strv_builder_end (builder);
}

/* All that would be sent. */
static PurgeOrder *
make_order (PurgeJob     *job,
            PurgeJobPart  part)
{
  const PurgeSubmission *submission = purge_job_get_submission (job);
  g_auto (GStrv) directories = list_entries (job, part, PURGE_KIND_DIRECTORY);
  g_auto (GStrv) urls = list_entries (job, part, PURGE_KIND_URL);

  return purge_order_new (submission->mode, submission->area, (const char * const *) directories,
                          (const char * const *) urls);
}

static char *
dup_cost (PurgeJob *job)
{
  guint n = purge_job_count (job, PURGE_BATCH_UNKNOWN);

  return g_strdup_printf (ngettext ("What became of %u directory is unknown: sent as new, it may be "
                                    "purged a second time and spend quota a second time.",
                                    "What became of %u directories is unknown: sent as new, they "
                                    "may be purged a second time and spend quota a second time.",
                                    n), n);
}

static gboolean
confirm (PurgeCli            *cli,
         PurgeCliSubmission  *submission,
         PurgeAccount        *account,
         PurgeJobPart         part,
         GError             **error)
{
  g_autoptr (PurgeOrder) order = make_order (submission->job, part);
  g_autofree char *cost = (part & PURGE_JOB_UNKNOWN) != 0 ? dup_cost (submission->job) : NULL;

  return purge_cli_confirm (cli, submission->session, account, order, NULL, cost, error);
}

/* Another instance of the program was faster: then it is sent, and not by this one. */
static gboolean
is_done_elsewhere (const GError *error)
{
  return g_error_matches (error, PURGE_ERROR, PURGE_ERROR_EXISTS) ||
         g_error_matches (error, PURGE_ERROR, PURGE_ERROR_NOT_FOUND);
}

static void
send_again (PurgeCli           *cli,
            PurgeCliSubmission *submission,
            PurgeJobPart        part,
            PurgeCliReport     *report)
{
  gboolean sent = purge_cli_send (cli, submission->session, submission->job, part, report);
  gboolean is_stale = sent && purge_job_get_warning (submission->job) != NULL;

  if (!sent && is_done_elsewhere (report->error))
    {
      purge_cli_report_warn (report, purge_error_get_kind (report->error),
                             report->error->message);
      g_clear_error (&report->error);
      is_stale = TRUE;
    }

  if (is_stale && !report->is_unrecorded)
    purge_cli_submission_reload (submission, &report->error);
}

static void
retry (PurgeCli           *cli,
       const RetryOptions *options,
       PurgeCliReport     *report)
{
  g_autoptr (PurgeCliSubmission) submission =
    purge_cli_submission_open (cli, options->operands[0], &report->error);
  g_autoptr (PurgeWarmUp) warm_up = NULL;
  PurgeAccount *account;
  PurgeJobPart part;

  if (submission == NULL)
    return;

  report->submission = submission->id;
  part = find_part (submission->job, options->unknown);
  if (part == 0 && purge_job_count (submission->job, PURGE_BATCH_WAITING) == 0)
    {
      purge_cli_output_say (_("Nothing of this submission was refused or waits, so nothing was "
                              "sent.\n"));
    }
  else
    {
      warm_up = purge_warm_up_begin ();
      account = purge_cli_submission_take_account (submission, cli, &report->error);
      if (account != NULL &&
          (options->yes || confirm (cli, submission, account, part, &report->error)))
        send_again (cli, submission, part, report);
    }

  purge_cli_report_add_job (report, submission->job);
}

static PurgeCliExit
run (PurgeCli               *cli,
     const PurgeCliCommand  *command,
     GStrv                  *arguments)
{
  g_autoptr (PurgeCliReport) report = purge_cli_report_new ();
  g_auto (RetryOptions) options = { 0 };
  PurgeCliParsed parsed = parse (cli, command, arguments, &options, &report->error);

  if (parsed == PURGE_CLI_PARSED_HELP)
    return PURGE_CLI_EXIT_ACCEPTED;

  if (parsed == PURGE_CLI_PARSED_OPTIONS &&
      purge_cli_command_take_one (options.operands, _("ID"), &report->error))
    retry (cli, &options, report);

  return purge_cli_finish (cli, report);
}

const PurgeCliCommand purge_cli_command_retry = {
  .name = "retry",
  .arguments = N_("ID"),
  .summary = N_("Send again what was refused of a submission, and what waits"),
  .description =
    N_("Sends what was rejected, what failed later, and what is still waiting; never what\n"
       "was accepted. What is unknown may have been purged: it is left alone, and “check”\n"
       "asks about it. With --unknown it is sent as new and no longer looked up, and the\n"
       "quota may be spent for it a second time.\n"
       "\n"
       "It asks in the same cases as “purge”, and needs --yes where there is no terminal.\n"
       "The exit code is that of the submission afterwards. Where there is nothing to send\n"
       "again, nothing is sent, and it is that of the submission as it stands."),
  .run = run,
};
