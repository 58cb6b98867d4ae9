/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The end of every command: what goes where. */

#define G_LOG_DOMAIN "purge-cli-finish"

#include "config.h"

#include "purge-cli-finish.h"

#include <glib/gi18n-lib.h>

#include "purge-cli-json.h"
#include "purge-cli-output.h"
#include "purge-cli-text.h"

static void
say_how (const char *sentence,
         const char *command,
         gint64      submission)
{
  g_autofree char *line = g_strdup_printf ("%s cdn-purge-cli %s %" G_GINT64_FORMAT "\n", sentence,
                                           command, submission);

  purge_cli_output_say (line);
}

/* What can be done next, as something to copy. */
static void
suggest (const PurgeCliReport *report)
{
  PurgeTally tally = purge_cli_report_count (report);

  if (report->submission == 0 || report->error != NULL || purge_cli_report_is_under_way (report))
    return;

  if (tally.n_unknown > 0)
    /* Translators: a command follows */
    say_how (_("To check what is unknown, which sends nothing:"), "check", report->submission);
  else if (purge_cli_report_is_open (report))
    /* Translators: a command follows */
    say_how (_("To check what is not done yet, which sends nothing:"), "check",
             report->submission);
  if (tally.n_waiting > 0 || tally.n_rejected > 0)
    /* Translators: a command follows */
    say_how (_("To send again what was refused, and what waits:"), "retry", report->submission);
}

static void
warn (const PurgeCliReport *report)
{
  g_autofree char *safe = NULL;
  g_autofree char *line = NULL;

  if (report->warning == NULL)
    return;

  safe = purge_cli_output_safe (report->warning);
  line = g_strdup_printf ("cdn-purge-cli: %s\n", safe);
  purge_cli_output_say (line);
}

/**
 * purge_cli_finish:
 * @cli: the program
 * @report: what became of its command
 *
 * Prints the notes on the input, the error and what to do next on standard error, the result on
 * standard output; for people an error is all there is to read.
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
  if (cli->json || report->error == NULL)
    purge_cli_output_result (result, cli->json);
  if (report->error != NULL)
    purge_cli_command_complain (report->error);
  warn (report);
  suggest (report);

  return purge_cli_report_get_exit (report);
}

/**
 * purge_cli_finish_with:
 * @cli: the program
 * @text: (nullable): the result for people
 * @json: (transfer full) (nullable): the result for scripts, where they may ask for it
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
