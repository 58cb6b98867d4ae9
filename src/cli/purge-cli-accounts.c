/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* `accounts list` and `accounts remove`. */

#define G_LOG_DOMAIN "purge-cli-accounts"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "purge-cli-finish.h"
#include "purge-cli-json.h"
#include "purge-cli-output.h"
#include "purge-cli-session.h"
#include "purge-cli-text.h"
#include "purge-cli-wait.h"

static gboolean
check_key (PurgeCli         *cli,
           PurgeCliSession  *session,
           PurgeCliAccount  *listed,
           GError          **error)
{
  g_auto (PurgeCliWait) wait = { NULL };
  PurgeKeyring *keyring = purge_workspace_get_keyring (session->workspace);

  purge_keyring_check_async (keyring, purge_account_get_uuid (listed->account), cli->cancellable,
                             purge_cli_wait_cb, &wait);
  listed->is_known =
    purge_keyring_check_finish (keyring, purge_cli_wait_result (&wait), &listed->state, error);

  return listed->is_known;
}

/* The accounts are known without the keyring, so a keyring that fails only leaves a gap; it is
 * asked no second time, since each time may take its ten seconds. */
static gboolean
list (PurgeCli         *cli,
      PurgeCliSession  *session,
      GArray           *accounts,
      GError          **error)
{
  GListModel *model = G_LIST_MODEL (session->accounts);
  g_autoptr (GError) silence = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (PurgeAccount) account = g_list_model_get_item (model, i);
      PurgeCliAccount listed = { .account = account };

      if (silence == NULL)
        check_key (cli, session, &listed, &silence);
      g_array_append_val (accounts, listed);
    }

  if (g_error_matches (silence, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&silence));
      return FALSE;
    }

  if (silence != NULL)
    purge_cli_command_complain (silence);
  return TRUE;
}

static PurgeCliExit
run_list (PurgeCli               *cli,
          const PurgeCliCommand  *command,
          GStrv                  *arguments)
{
  g_autoptr (GArray) accounts = g_array_new (FALSE, FALSE, sizeof (PurgeCliAccount));
  g_autoptr (PurgeCliSession) session = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  const GOptionEntry entries[] = { G_OPTION_ENTRY_NULL };
  PurgeCliParsed parsed = purge_cli_command_parse (cli, command, entries, arguments, &error);

  if (parsed == PURGE_CLI_PARSED_HELP)
    return PURGE_CLI_EXIT_ACCEPTED;

  if (parsed == PURGE_CLI_PARSED_OPTIONS)
    session = purge_cli_session_open (cli, FALSE, &error);
  if (session != NULL)
    list (cli, session, accounts, &error);

  text = purge_cli_text_accounts (accounts);
  return purge_cli_finish_with (cli, text, purge_cli_json_accounts (accounts, error), error);
}

static PurgeAccount *
take_away (PurgeCli    *cli,
           GStrv        operands,
           GError     **error)
{
  g_auto (PurgeCliWait) wait = { NULL };
  g_autoptr (PurgeCliSession) session = NULL;
  g_autoptr (PurgeAccount) account = NULL;

  if (!purge_cli_command_take_one (operands, _("NAME"), error))
    return NULL;

  session = purge_cli_session_open (cli, FALSE, error);
  if (session == NULL)
    return NULL;

  account = purge_cli_session_choose (session, operands[0], error);
  if (account == NULL)
    return NULL;

  g_object_ref (account);
  purge_accounts_remove_async (session->accounts, account, cli->cancellable, purge_cli_wait_cb,
                               &wait);
  if (!purge_accounts_remove_finish (session->accounts, purge_cli_wait_result (&wait), error))
    return NULL;

  return g_steal_pointer (&account);
}

static PurgeCliExit
run_remove (PurgeCli               *cli,
            const PurgeCliCommand  *command,
            GStrv                  *arguments)
{
  g_auto (GStrv) operands = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (PurgeAccount) account = NULL;
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;
  PurgeCliAccount listed = { .state = PURGE_KEY_ABSENT, .is_known = TRUE };
  const GOptionEntry entries[] = {
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &operands, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  PurgeCliParsed parsed = purge_cli_command_parse (cli, command, entries, arguments, &error);

  if (parsed == PURGE_CLI_PARSED_HELP)
    return PURGE_CLI_EXIT_ACCEPTED;

  if (parsed == PURGE_CLI_PARSED_OPTIONS)
    account = take_away (cli, operands, &error);

  if (account == NULL)
    return purge_cli_finish_with (cli, NULL, purge_cli_json_account (NULL, error), error);

  listed.account = account;
  name = purge_cli_output_safe (purge_account_get_name (account));
  text = g_strdup_printf (_("The account “%s” was removed; its key is no longer in the keyring.\n"),
                          name);
  return purge_cli_finish_with (cli, text, purge_cli_json_account (&listed, NULL), NULL);
}

const PurgeCliCommand purge_cli_command_accounts_list = {
  .name = "accounts list",
  .arguments = NULL,
  .summary = N_("List the accounts"),
  .run = run_list,
};

const PurgeCliCommand purge_cli_command_accounts_remove = {
  .name = "accounts remove",
  .arguments = N_("NAME"),
  .summary = N_("Remove an account, and its key from the keyring"),
  .run = run_remove,
};
