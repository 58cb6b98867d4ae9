/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* `show`: a submission of before, as the journal holds it. */

#define G_LOG_DOMAIN "purge-cli-show"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "purge-cli-finish.h"
#include "purge-cli-session.h"
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
               _("“%s” is no ID. It is the number that “purge” printed."), given);
  return FALSE;
}

static void
show (PurgeCli       *cli,
      const char     *given,
      PurgeCliReport *report)
{
  g_auto (PurgeCliWait) wait = { NULL };
  g_autoptr (PurgeCliSession) session = NULL;
  g_autoptr (PurgeJob) job = NULL;
  gint64 id;

  if (!parse_id (given, &id, &report->error))
    return;

  session = purge_cli_session_open (cli, FALSE, &report->error);
  if (session == NULL)
    return;

  purge_job_load_async (session->workspace, id, cli->cancellable, purge_cli_wait_cb, &wait);
  job = purge_job_load_finish (session->workspace, purge_cli_wait_result (&wait), &report->error);
  if (job == NULL)
    return;

  report->submission = id;
  purge_cli_report_add_job (report, job);
}

static PurgeCliExit
run (PurgeCli               *cli,
     const PurgeCliCommand  *command,
     GStrv                  *arguments)
{
  g_autoptr (PurgeCliReport) report = purge_cli_report_new ();
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
    show (cli, operands[0], report);

  return purge_cli_finish (cli, report);
}

const PurgeCliCommand purge_cli_command_show = {
  .name = "show",
  .arguments = N_("ID"),
  .summary = N_("Show what became of a submission"),
  .description =
    N_("ID is the number that “purge” printed. The exit code is that of the submission\n"
       "as it is known on this computer; no server is asked."),
  .run = run,
};
