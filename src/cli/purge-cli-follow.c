/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What was accepted, followed until it is done. When the server is asked is the job's business; here
 * it is said how far it is, and what is left open at the end. Sends no purge. */

#define G_LOG_DOMAIN "purge-cli-follow"

#include "config.h"

#include "purge-cli-follow.h"

#include <glib/gi18n-lib.h>

#include "purge-cli-output.h"
#include "purge-cli-wait.h"

/* For a log as for a terminal: it changes a few times in half an hour. */
static void
on_changed_cb (PurgeJob   *job,
               GParamSpec *pspec,
               guint      *n_said)
{
  g_autofree char *line = NULL;
  guint n_done;
  guint n_failed;
  guint n_accepted;

  g_object_get (job, "n-done", &n_done, "n-failed", &n_failed, "n-accepted", &n_accepted, NULL);
  if (n_done + n_failed == *n_said)
    return;

  *n_said = n_done + n_failed;
  /* Translators: counts of directories and URLs; the last one is of all that were accepted */
  line = g_strdup_printf (_("%u done, %u failed, of %u\n"), n_done, n_failed,
                          n_accepted + n_failed);
  purge_cli_output_say (line);
}

static gboolean
watch (PurgeCli  *cli,
       PurgeJob  *job,
       GError   **error)
{
  g_auto (PurgeCliWait) wait = { NULL };
  guint n_said = 0;
  gulong done = g_signal_connect (job, "notify::n-done", G_CALLBACK (on_changed_cb), &n_said);
  gulong failed = g_signal_connect (job, "notify::n-failed", G_CALLBACK (on_changed_cb), &n_said);
  gboolean watched;

  purge_job_watch_async (job, cli->cancellable, purge_cli_wait_cb, &wait);
  watched = purge_job_watch_finish (job, purge_cli_wait_result (&wait), error);
  g_signal_handler_disconnect (job, done);
  g_signal_handler_disconnect (job, failed);
  return watched;
}

/**
 * purge_cli_follow:
 * @cli: the program
 * @job: a job that was sent
 * @report: where it goes what is left open; it counts as unknown from here on
 *
 * Waits until all that was accepted is done or has failed, for about half an hour at most. What
 * cancels @cli ends the waiting, and nothing else.
 */
void
purge_cli_follow (PurgeCli       *cli,
                  PurgeJob       *job,
                  PurgeCliReport *report)
{
  g_autoptr (GError) error = NULL;

  report->is_followed = TRUE;
  if (!purge_job_can_check (job))
    return;

  purge_cli_output_say (_("Waiting until it is done, for half an hour at most. Ctrl+C ends the "
                          "waiting, and not the purge.\n"));
  if (!watch (cli, job, &error))
    purge_cli_report_warn_of (report, error,
                              _("The waiting was ended, and the purge was not. Check the submission "
                                "to know what became of it."));
  else if (purge_job_get_warning (job) != NULL)
    purge_cli_report_warn (report, "look-up-failed", purge_job_get_warning (job));
  else if (purge_job_count (job, PURGE_BATCH_ACCEPTED) > 0)
    purge_cli_report_warn (report, "not-done",
                           _("What was accepted was not done within half an hour. Check the "
                             "submission later."));
}
