/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* A submission of before, found by what a person typed. Knows its number and its account; what is
 * done with it is the commands' business. */

#define G_LOG_DOMAIN "purge-cli-submission"

#include "config.h"

#include "purge-cli-submission.h"

#include <glib/gi18n-lib.h>

#include "purge-cli-finish.h"
#include "purge-cli-wait.h"
#include "purge-error.h"

static gboolean
parse_id (const char  *given,
          gint64      *id,
          GError     **error)
{
  guint64 number;

  if (g_ascii_string_to_unsigned (given, 10, 1, G_MAXINT64, &number, NULL))
    {
      *id = number;
      return TRUE;
    }

  g_set_error (error, PURGE_ERROR, PURGE_ERROR_NOT_FOUND,
               _("“%s” is no ID. It is the number that “purge” printed, and “history” shows."),
               given);
  return FALSE;
}

static gboolean
load (PurgeCliSubmission  *self,
      GCancellable        *cancellable,
      GError             **error)
{
  g_auto (PurgeCliWait) wait = { NULL };
  PurgeWorkspace *workspace = self->session->workspace;
  PurgeJob *job;

  purge_job_load_async (workspace, self->id, cancellable, purge_cli_wait_cb, &wait);
  job = purge_job_load_finish (workspace, purge_cli_wait_result (&wait), error);
  if (job == NULL)
    return FALSE;

  g_clear_object (&self->job);
  self->job = job;
  return TRUE;
}

/**
 * purge_cli_submission_open:
 * @cli: the program
 * @given: what was given as an ID
 * @error: return location for %PURGE_ERROR_NOT_FOUND, or what keeps the session from opening
 *
 * Returns: (transfer full) (nullable): the submission in a session of its own, or %NULL with @error
 *   set
 */
PurgeCliSubmission *
purge_cli_submission_open (PurgeCli    *cli,
                           const char  *given,
                           GError     **error)
{
  g_autoptr (PurgeCliSubmission) self = g_new0 (PurgeCliSubmission, 1);

  if (!parse_id (given, &self->id, error))
    return NULL;

  self->session = purge_cli_session_open (cli, FALSE, error);
  if (self->session == NULL || !load (self, cli->cancellable, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * purge_cli_submission_close:
 * @self: (transfer full): a submission
 *
 * Closes its session.
 */
void
purge_cli_submission_close (PurgeCliSubmission *self)
{
  g_clear_object (&self->job);
  g_clear_pointer (&self->session, purge_cli_session_close);
  g_free (self);
}

/**
 * purge_cli_submission_reload:
 * @self: a submission
 * @error: return location for %PURGE_ERROR_STORAGE, or %PURGE_ERROR_NOT_FOUND where it was deleted
 *
 * Reads anew what the journal has; it is not kept from that by what cancelled the command.
 *
 * Returns: whether it was read
 */
gboolean
purge_cli_submission_reload (PurgeCliSubmission  *self,
                             GError             **error)
{
  return load (self, NULL, error);
}

/**
 * purge_cli_submission_take_account:
 * @self: a submission
 * @cli: the program
 * @error: return location for %PURGE_ERROR_NOT_FOUND
 *
 * Finds the account that the submission belongs to, with which alone it can be gone on with.
 *
 * Returns: (transfer none) (nullable): the account; %NULL with @error set where it is gone, or where
 *   another one was named
 */
PurgeAccount *
purge_cli_submission_take_account (PurgeCliSubmission  *self,
                                   PurgeCli            *cli,
                                   GError             **error)
{
  PurgeSubmission *submission = purge_job_get_submission (self->job);
  PurgeAccount *account =
    purge_accounts_find_uuid (self->session->accounts, submission->account_uuid);

  if (account == NULL)
    {
      g_set_error (error, PURGE_ERROR, PURGE_ERROR_NOT_FOUND,
                   _("The account “%s” of this submission is not there any more. Its directories "
                     "can be purged with another one as a new list."), submission->account_name);
      return NULL;
    }

  if (cli->account != NULL && !g_str_equal (cli->account, purge_account_get_name (account)))
    {
      g_set_error (error, PURGE_ERROR, PURGE_ERROR_NOT_FOUND,
                   _("This submission belongs to the account “%s”. Leave --account out, or purge "
                     "its directories as a new list."), purge_account_get_name (account));
      return NULL;
    }

  purge_job_set_account (self->job, account);
  return account;
}

/**
 * purge_cli_submission_run:
 * @cli: the program
 * @command: a command that takes one ID, and no options of its own
 * @arguments: its arguments
 * @func: (nullable): what it does, beside showing
 *
 * Runs a command that deals with one submission.
 *
 * Returns: what to end with
 */
PurgeCliExit
purge_cli_submission_run (PurgeCli               *cli,
                          const PurgeCliCommand  *command,
                          GStrv                  *arguments,
                          PurgeCliSubmissionFunc  func)
{
  g_autoptr (PurgeCliReport) report = purge_cli_report_new ();
  g_autoptr (PurgeCliSubmission) submission = NULL;
  g_auto (GStrv) operands = NULL;
  const GOptionEntry entries[] = {
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &operands, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  PurgeCliParsed parsed =
    purge_cli_command_parse (cli, command, entries, arguments, &report->error);

  if (parsed == PURGE_CLI_PARSED_HELP)
    return PURGE_CLI_EXIT_ACCEPTED;

  if (parsed == PURGE_CLI_PARSED_OPTIONS &&
      purge_cli_command_take_one (operands, _("ID"), &report->error))
    submission = purge_cli_submission_open (cli, operands[0], &report->error);

  if (submission != NULL)
    {
      report->submission = submission->id;
      if (func != NULL)
        func (cli, submission, report);
      purge_cli_report_add_job (report, submission->job);
    }

  return purge_cli_finish (cli, report);
}
