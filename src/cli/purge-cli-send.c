/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* A job, sent: with progress, with what went wrong beside it, and with patience for a disk that does
 * not take what became of it. */

#define G_LOG_DOMAIN "purge-cli-send"

#include "config.h"

#include "purge-cli-send.h"

#include <glib/gi18n-lib.h>

#include "purge-cli-output.h"
#include "purge-cli-progress.h"
#include "purge-cli-wait.h"

/* As long as somebody makes room who sees that it waits. */
#define PATIENCE_S 30

static gboolean
send_part (PurgeCli      *cli,
           PurgeJob      *job,
           PurgeJobPart   part,
           GError       **error)
{
  g_auto (PurgeCliWait) wait = { NULL };

  if (part == 0)
    {
      purge_job_run_async (job, cli->cancellable, purge_cli_wait_cb, &wait);
      return purge_job_run_finish (job, purge_cli_wait_result (&wait), error);
    }

  purge_job_retry_async (job, part, cli->cancellable, purge_cli_wait_cb, &wait);
  return purge_job_retry_finish (job, purge_cli_wait_result (&wait), error);
}

static gboolean
is_recorded (gpointer user_data)
{
  return purge_recorder_get_n_pending (user_data) == 0;
}

/* What the disk has not taken when the program ends is unknown from then on, whatever the server
 * said. */
static void
wait_for_disk (PurgeCli         *cli,
               PurgeCliSession  *session,
               PurgeCliReport   *report)
{
  PurgeRecorder *recorder = purge_workspace_get_recorder (session->workspace);
  g_autofree char *waiting = NULL;

  if (is_recorded (recorder))
    return;

  waiting = g_strdup_printf (_("Waiting up to %u seconds for the disk to take what became of it. "
                               "Ctrl+C gives up.\n"), PATIENCE_S);
  purge_cli_output_say (waiting);
  if (purge_cli_wait_until (is_recorded, recorder, PATIENCE_S, cli->cancellable))
    {
      purge_cli_output_say (_("It is on the disk now.\n"));
      return;
    }

  report->is_unrecorded = TRUE;
  purge_cli_report_warn (report, "storage",
                         _("What became of a request is not on the disk, so it will be unknown when "
                           "this program is started next. Make room on the disk or mend it, then "
                           "check the submission."));
}

/**
 * purge_cli_send:
 * @cli: the program
 * @session: a session
 * @job: a job, new or of before
 * @part: what to make new batches of before what waits is sent, by #PurgeJobPart; 0 for nothing
 * @report: where the error goes
 *
 * Sends.
 *
 * Returns: whether there is a submission in the journal, whatever became of it; else the error of
 *   @report is set
 */
gboolean
purge_cli_send (PurgeCli         *cli,
                PurgeCliSession  *session,
                PurgeJob         *job,
                PurgeJobPart      part,
                PurgeCliReport   *report)
{
  const char *warning;
  gboolean sent;

  purge_cli_progress_watch (job);
  sent = send_part (cli, job, part, &report->error);
  purge_cli_progress_unwatch (job);
  if (!sent)
    return FALSE;

  warning = purge_job_get_warning (job);
  if (warning != NULL)
    {
      purge_cli_output_say (warning);
      purge_cli_output_say ("\n");
    }

  wait_for_disk (cli, session, report);
  return TRUE;
}
