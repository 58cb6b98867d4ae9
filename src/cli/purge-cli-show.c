/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* `show`: a submission of before, as the journal holds it. */

#define G_LOG_DOMAIN "purge-cli-show"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "purge-cli-submission.h"

static PurgeCliExit
run (PurgeCli               *cli,
     const PurgeCliCommand  *command,
     GStrv                  *arguments)
{
  return purge_cli_submission_run (cli, command, arguments, NULL);
}

const PurgeCliCommand purge_cli_command_show = {
  .name = "show",
  .arguments = N_("ID"),
  .summary = N_("Show what became of a submission"),
  .description =
    N_("ID is the number that “purge” printed, and “history” shows. The exit code is\n"
       "that of the submission as it is known on this computer; no server is asked."),
  .run = run,
};
