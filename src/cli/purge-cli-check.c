/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* `check`: asks the server what became of what is unknown. Sends no purge. */

#define G_LOG_DOMAIN "purge-cli-check"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "purge-cli-output.h"
#include "purge-cli-submission.h"
#include "purge-cli-wait.h"
#include "purge-error.h"

/* Why it could not be asked; the error of a purge would say of the submission that nothing was
 * sent. */
static void
warn_of_error (PurgeCliReport *report,
               const GError   *error)
{
  if (error->domain == PURGE_ERROR)
    purge_cli_report_warn (report, purge_error_get_kind (error), error->message);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    purge_cli_report_warn (report, purge_error_get_kind (error),
                           _("The check was cancelled: nothing has changed. Check again when you "
                             "are ready."));
  else
    purge_cli_report_warn (report, purge_error_get_kind (error), error->message);
}

static void
look_up (PurgeCli       *cli,
         PurgeJob       *job,
         PurgeCliReport *report)
{
  g_auto (PurgeCliWait) wait = { NULL };
  g_autoptr (GError) error = NULL;

  purge_job_check_async (job, cli->cancellable, purge_cli_wait_cb, &wait);
  if (!purge_job_check_finish (job, purge_cli_wait_result (&wait), NULL, &error))
    warn_of_error (report, error);
  else if (purge_job_get_warning (job) != NULL)
    purge_cli_report_warn (report, "look-up-failed", purge_job_get_warning (job));
  else if (purge_job_count (job, PURGE_BATCH_UNKNOWN) > 0)
    purge_cli_output_say (_("Tencent’s log does not prove what became of what is unknown. It may "
                            "do so in some minutes.\n"));
}

static void
check (PurgeCli           *cli,
       PurgeCliSubmission *submission,
       PurgeCliReport     *report)
{
  if (purge_job_count (submission->job, PURGE_BATCH_UNKNOWN) == 0)
    purge_cli_output_say (_("Nothing of this submission is unknown, so nothing was asked.\n"));
  else if (purge_cli_submission_take_account (submission, cli, &report->error) != NULL)
    look_up (cli, submission->job, report);

  if (report->error == NULL)
    purge_cli_submission_reload (submission, &report->error);
}

static PurgeCliExit
run (PurgeCli               *cli,
     const PurgeCliCommand  *command,
     GStrv                  *arguments)
{
  return purge_cli_submission_run (cli, command, arguments, check);
}

const PurgeCliCommand purge_cli_command_check = {
  .name = "check",
  .arguments = N_("ID"),
  .summary = N_("Ask what became of what is unknown of a submission; sends nothing"),
  .description =
    N_("Looks every unknown batch of the submission up in Tencent’s log, once. What is\n"
       "found there whole, and is nobody else’s, is known from then on; what is not found\n"
       "stays unknown, since it may appear later. The exit code is that of the submission\n"
       "afterwards: 3 as long as something is unknown, also where the server could not be\n"
       "asked."),
  .run = run,
};
