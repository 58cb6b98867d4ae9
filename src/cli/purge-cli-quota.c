/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* `quota`: how much of today's quota is used, by this computer's count, and by the server's. */

#define G_LOG_DOMAIN "purge-cli-quota"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "purge-cli-finish.h"
#include "purge-cli-json.h"
#include "purge-cli-limits.h"
#include "purge-cli-text.h"

/* What the server says is not there where it cannot be asked; what was counted is all the same. */
static PurgeServerQuota *
ask (PurgeCli        *cli,
     PurgeCliSession *session,
     PurgeAccount    *account)
{
  g_autofree char *why_not = NULL;
  PurgeServerQuota *quota = purge_cli_limits_ask (session, account, cli->cancellable, &why_not);

  purge_cli_limits_complain (why_not);
  return quota;
}

static gboolean
find_out (PurgeCli          *cli,
          PurgeCliQuota     *quota,
          PurgeServerQuota **server,
          GError           **error)
{
  g_autoptr (PurgeCliSession) session = purge_cli_session_open (cli, FALSE, error);
  PurgeAccount *account;

  if (session == NULL)
    return FALSE;

  account = purge_cli_session_choose (session, cli->account, error);
  if (account == NULL ||
      !purge_cli_limits_count (session, account, PURGE_AREA_NONE, cli->cancellable, quota, error))
    return FALSE;

  *server = ask (cli, session, account);
  return TRUE;
}

static PurgeCliExit
run (PurgeCli               *cli,
     const PurgeCliCommand  *command,
     GStrv                  *arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PurgeServerQuota) server = NULL;
  g_autofree char *text = NULL;
  const GOptionEntry entries[] = { G_OPTION_ENTRY_NULL };
  PurgeCliParsed parsed = purge_cli_command_parse (cli, command, entries, arguments, &error);
  PurgeCliQuota quota = { 0 };

  if (parsed == PURGE_CLI_PARSED_HELP)
    return PURGE_CLI_EXIT_ACCEPTED;

  if (parsed != PURGE_CLI_PARSED_OPTIONS || !find_out (cli, &quota, &server, &error))
    return purge_cli_finish_with (cli, NULL, purge_cli_json_quota (NULL, NULL, error), error);

  text = purge_cli_text_quota (&quota, server);
  return purge_cli_finish_with (cli, text, purge_cli_json_quota (&quota, server, NULL), NULL);
}

const PurgeCliCommand purge_cli_command_quota = {
  .name = "quota",
  .arguments = NULL,
  .summary = N_("Show how much of today’s quota is used"),
  .description =
    N_("Counts what was sent from this computer today, which begins at midnight in UTC+8,\n"
       "against the daily quota of the account. What others sent with the same account is\n"
       "not in it; what is unknown is. With API 3.0 Tencent is asked as well, and its own\n"
       "count is shown by kind and area. Nothing is purged."),
  .uses_account = TRUE,
  .run = run,
};
