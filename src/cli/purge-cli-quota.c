/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* `quota`: how much of today's quota is used, by this computer's count. */

#define G_LOG_DOMAIN "purge-cli-quota"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "purge-cli-finish.h"
#include "purge-cli-json.h"
#include "purge-cli-session.h"
#include "purge-cli-text.h"

static gboolean
count (PurgeCli       *cli,
       PurgeCliQuota  *quota,
       GError        **error)
{
  g_autoptr (PurgeCliSession) session = purge_cli_session_open (cli, FALSE, error);
  PurgeAccount *account;

  if (session == NULL)
    return FALSE;

  account = purge_cli_session_choose (session, cli->account, error);
  return account != NULL &&
         purge_cli_session_count (session, account, cli->cancellable, quota, error);
}

static PurgeCliExit
run (PurgeCli               *cli,
     const PurgeCliCommand  *command,
     GStrv                  *arguments)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  const GOptionEntry entries[] = { G_OPTION_ENTRY_NULL };
  PurgeCliParsed parsed = purge_cli_command_parse (cli, command, entries, arguments, &error);
  PurgeCliQuota quota;

  if (parsed == PURGE_CLI_PARSED_HELP)
    return PURGE_CLI_EXIT_ACCEPTED;

  if (parsed != PURGE_CLI_PARSED_OPTIONS || !count (cli, &quota, &error))
    return purge_cli_finish_with (cli, NULL, purge_cli_json_quota (NULL, error), error);

  text = purge_cli_text_quota (&quota);
  return purge_cli_finish_with (cli, text, purge_cli_json_quota (&quota, NULL), NULL);
}

const PurgeCliCommand purge_cli_command_quota = {
  .name = "quota",
  .arguments = NULL,
  .summary = N_("Show how much of today’s quota is used"),
  .description =
    N_("Counts what was sent from this computer today, which begins at midnight in UTC+8,\n"
       "against the daily quota of the account. What others sent with the same account is\n"
       "not in it; what is unknown is."),
  .uses_account = TRUE,
  .run = run,
};
