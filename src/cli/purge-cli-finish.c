/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The end of every command: what goes where. */

#define G_LOG_DOMAIN "purge-cli-finish"

#include "config.h"

#include "purge-cli-finish.h"

#include "purge-cli-json.h"
#include "purge-cli-output.h"
#include "purge-cli-text.h"

/**
 * purge_cli_finish:
 * @cli: the program
 * @report: what became of its command
 *
 * Prints the notes on the input and the error on standard error, the result on standard output.
 *
 * Returns: what to end with
 */
PurgeCliExit
purge_cli_finish (PurgeCli             *cli,
                  const PurgeCliReport *report)
{
  g_autofree char *notes =
    report->input != NULL ? purge_cli_text_notes (report->input) : g_strdup ("");
  g_autofree char *result =
    cli->json ? purge_cli_json_report (report) : purge_cli_text_report (report);

  purge_cli_output_say (notes);
  purge_cli_output_result (result, cli->json);
  if (report->error != NULL)
    purge_cli_command_complain (report->error);

  return purge_cli_report_get_exit (report);
}

/**
 * purge_cli_finish_with:
 * @cli: the program
 * @text: (nullable): the result for people
 * @json: (transfer full): the result for scripts
 * @error: (nullable): what kept the command from being done
 *
 * Ends a command that has nothing to do with a submission.
 *
 * Returns: what to end with
 */
PurgeCliExit
purge_cli_finish_with (PurgeCli     *cli,
                       const char   *text,
                       char         *json,
                       const GError *error)
{
  g_autofree char *owned = json;

  if (cli->json)
    purge_cli_output_result (owned, TRUE);
  else if (error == NULL)
    purge_cli_output_result (text, FALSE);

  if (error == NULL)
    return PURGE_CLI_EXIT_ACCEPTED;

  purge_cli_command_complain (error);
  return purge_cli_error_get_exit (error);
}
