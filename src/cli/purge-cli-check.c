/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* `check`: asks the server what became of what is unknown, and whether what was accepted is done. Sends
 * no purge. */

#define G_LOG_DOMAIN "purge-cli-check"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "purge-cli-output.h"
#include "purge-cli-submission.h"
#include "purge-cli-wait.h"

static void
say_open (PurgeJob *job)
{
  if (purge_job_count (job, PURGE_BATCH_UNKNOWN) > 0)
    purge_cli_output_say (_("Tencent’s log does not prove what became of what is unknown. It may "
                            "do so in some minutes.\n"));
  if (purge_job_count (job, PURGE_BATCH_ACCEPTED) > 0)
    purge_cli_output_say (_("What was accepted is not known to be done yet. It takes about five "
                            "minutes.\n"));
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
    purge_cli_report_warn_of (report, error,
                              _("The check was cancelled: nothing has changed. Check again when you "
                                "are ready."));
  else if (purge_job_get_warning (job) != NULL)
    purge_cli_report_warn (report, "look-up-failed", purge_job_get_warning (job));
  else
    say_open (job);
}

static void
check (PurgeCli           *cli,
       PurgeCliSubmission *submission,
       PurgeCliReport     *report)
{
  if (!purge_job_can_check (submission->job))
    purge_cli_output_say (_("Nothing of this submission is unknown or under way, so nothing was "
                            "asked.\n"));
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
  .summary = N_("Ask what became of what is unknown or accepted; sends nothing"),
  .description =
    N_("Looks every batch of the submission up in Tencent’s log, once, that is unknown, or\n"
       "accepted and not known to be done. What is found there whole, and is nobody else’s,\n"
       "is accepted, done or failed from then on; what is not found stays as it was, since\n"
       "it may appear later. The exit code is that of the submission afterwards: 3 as long\n"
       "as something is unknown, also where the server could not be asked."),
  .run = run,
};
