/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* `accounts add`. The secrets come in line by line, and leave this file for the keyring only. */

#define G_LOG_DOMAIN "purge-cli-accounts-add"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "purge-cli-finish.h"
#include "purge-cli-json.h"
#include "purge-cli-output.h"
#include "purge-cli-session.h"
#include "purge-cli-terminal.h"
#include "purge-cli-wait.h"
#include "purge-error.h"

typedef struct {
  char     *api_name;
  char     *endpoint_uri;
  char     *form_name;
  char     *signature_name;
  char     *secret_id;
  int       quota;
  gboolean  with_token;
  GStrv     operands;
} AddOptions;

static void
add_options_clear (AddOptions *self)
{
  g_free (self->api_name);
  g_free (self->endpoint_uri);
  g_free (self->form_name);
  g_free (self->signature_name);
  g_free (self->secret_id);
  g_strfreev (self->operands);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AddOptions, add_options_clear)

static PurgeCliParsed
parse (PurgeCli               *cli,
           const PurgeCliCommand  *command,
           GStrv                  *arguments,
           AddOptions             *options,
           GError                **error)
{
  const GOptionEntry entries[] = {
    { "secret-id", 0, 0, G_OPTION_ARG_STRING, &options->secret_id,
      /* Translators: what stands in capitals is a value in a help text */
      N_("The SecretId of the key; needed"), N_("ID") },
    { "api", 0, 0, G_OPTION_ARG_STRING, &options->api_name,
      N_("The API it speaks (default: 2.0)"), "2.0|3.0|3.0-intl" },
    { "endpoint", 0, 0, G_OPTION_ARG_STRING, &options->endpoint_uri,
      N_("Another server than the API’s own: scheme, host and port"), N_("URL") },
    { "form", 0, 0, G_OPTION_ARG_STRING, &options->form_name,
      N_("How requests of API 2.0 are made (default: post)"), "post|multipart|get" },
    { "signature", 0, 0, G_OPTION_ARG_STRING, &options->signature_name,
      N_("How requests of API 2.0 are signed (default: HmacSHA256)"), "HmacSHA256|HmacSHA1" },
    { "quota", 0, 0, G_OPTION_ARG_INT, &options->quota,
      /* Translators: what stands in capitals is a number in a help text */
      N_("Directories a day, where it is not 100"), N_("N") },
    { "token", 0, 0, G_OPTION_ARG_NONE, &options->with_token,
      N_("The key is temporary; its token is read after it"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->operands, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };

  options->quota = PURGE_DEFAULT_DAILY_QUOTA;
  return purge_cli_command_parse (cli, command, entries, arguments, error);
}

/* What would change nothing is refused, lest a script believe that it did. */
static gboolean
refuse_meaningless (PurgeApiKind           api,
                    PurgeForm              form,
                    PurgeSignatureMethod   signature,
                    GError               **error)
{
  if (purge_api_kind_has_forms (api) ||
      (form == PURGE_FORM_POST && signature == PURGE_SIGNATURE_HMAC_SHA256))
    return TRUE;

  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                       _("--form and --signature are for API 2.0: API 3.0 has one form and one "
                         "signature method. Leave them out."));
  return FALSE;
}

/* The account as the options want it, all checked before anybody is asked for a key. */
static PurgeAccount *
make_account (const AddOptions  *options,
              GError           **error)
{
  g_autoptr (PurgeAccount) account = NULL;
  g_autoptr (PurgeEndpoint) endpoint = NULL;
  g_autofree char *name = NULL;
  int api = PURGE_API_KIND_2_0;
  int form = PURGE_FORM_POST;
  int signature = PURGE_SIGNATURE_HMAC_SHA256;

  if (!purge_cli_command_take_one (options->operands, _("NAME"), error) ||
      !purge_cli_command_choose (PURGE_TYPE_API_KIND, "api", options->api_name, &api, error) ||
      !purge_cli_command_choose (PURGE_TYPE_FORM, "form", options->form_name, &form, error) ||
      !purge_cli_command_choose (PURGE_TYPE_SIGNATURE_METHOD, "signature", options->signature_name,
                                 &signature, error) ||
      !refuse_meaningless (api, form, signature, error))
    return NULL;

  if (options->quota < 1)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           _("--quota is a number of directories, at least 1."));
      return NULL;
    }

  name = purge_account_clean_name (options->operands[0], error);
  if (name == NULL)
    return NULL;

  if (options->endpoint_uri != NULL)
    {
      endpoint = purge_endpoint_parse (options->endpoint_uri, error);
      if (endpoint == NULL)
        return NULL;
    }

  account = purge_account_new (NULL, name);
  g_object_set (account, "api", api, "form", form, "signature", signature, "endpoint", endpoint,
                "daily-quota", options->quota, NULL);
  return g_steal_pointer (&account);
}

static gboolean
is_free (PurgeCliSession  *session,
         PurgeAccount     *account,
         GError          **error)
{
  g_autofree char *safe = NULL;

  if (purge_accounts_find_name (session->accounts, purge_account_get_name (account)) == NULL)
    return TRUE;

  safe = purge_cli_output_safe (purge_account_get_name (account));
  g_set_error (error, PURGE_ERROR, PURGE_ERROR_EXISTS,
               _("There is an account “%s” already. Choose another name, or remove that one "
                 "first."), safe);
  return FALSE;
}

static void
say_trimmed (gboolean    trimmed,
             const char *sentence)
{
  if (trimmed)
    purge_cli_output_say (sentence);
}

static PurgeCredentials *
read_credentials (PurgeCli          *cli,
                  const AddOptions  *options,
                  GError           **error)
{
  g_autoptr (PurgeCliHidden) hidden = NULL;
  g_autoptr (PurgeSecret) id = NULL;
  g_autoptr (PurgeSecret) key = NULL;
  g_autoptr (PurgeSecret) token = NULL;
  gboolean id_trimmed = FALSE;
  gboolean key_trimmed = FALSE;
  gboolean token_trimmed = FALSE;

  id = purge_credentials_read_part (PURGE_KEY_PART_ID,
                                    options->secret_id != NULL ? options->secret_id : "", -1,
                                    &id_trimmed, error);
  if (id == NULL)
    return NULL;

  hidden = purge_cli_hidden_begin (error);
  if (hidden == NULL)
    return NULL;

  key = purge_cli_hidden_read_part (hidden, PURGE_KEY_PART_KEY, _("SecretKey: "), &key_trimmed,
                                    cli->cancellable, error);
  if (key == NULL)
    return NULL;

  if (options->with_token)
    {
      token = purge_cli_hidden_read_part (hidden, PURGE_KEY_PART_TOKEN, _("Token: "),
                                          &token_trimmed, cli->cancellable, error);
      if (token == NULL)
        return NULL;
    }

  say_trimmed (id_trimmed, _("Blanks around the SecretId were cut off.\n"));
  say_trimmed (key_trimmed, _("Blanks around the SecretKey were cut off.\n"));
  say_trimmed (token_trimmed, _("Blanks around the token were cut off.\n"));

  return purge_credentials_new (purge_secret_peek (id), key, token);
}

static gboolean
put (PurgeCli          *cli,
     PurgeCliSession   *session,
     PurgeAccount      *account,
     PurgeCredentials  *credentials,
     GError           **error)
{
  g_auto (PurgeCliWait) wait = { NULL };

  purge_accounts_put_async (session->accounts, account, credentials, cli->cancellable,
                            purge_cli_wait_cb, &wait);
  return purge_accounts_put_finish (session->accounts, purge_cli_wait_result (&wait), error);
}

static PurgeAccount *
add (PurgeCli          *cli,
     const AddOptions  *options,
     GError           **error)
{
  g_autoptr (PurgeAccount) account = make_account (options, error);
  g_autoptr (PurgeCliSession) session = NULL;
  g_autoptr (PurgeCredentials) credentials = NULL;

  if (account == NULL)
    return NULL;

  session = purge_cli_session_open (cli, FALSE, error);
  if (session == NULL || !is_free (session, account, error))
    return NULL;

  credentials = read_credentials (cli, options, error);
  if (credentials == NULL || !put (cli, session, account, credentials, error))
    return NULL;

  return g_steal_pointer (&account);
}

static PurgeCliExit
run (PurgeCli               *cli,
         const PurgeCliCommand  *command,
         GStrv                  *arguments)
{
  g_auto (AddOptions) options = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (PurgeAccount) account = NULL;
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;
  PurgeCliAccount listed = { .state = PURGE_KEY_PRESENT, .is_known = TRUE };
  PurgeCliParsed parsed = parse (cli, command, arguments, &options, &error);

  if (parsed == PURGE_CLI_PARSED_HELP)
    return PURGE_CLI_EXIT_ACCEPTED;

  if (parsed == PURGE_CLI_PARSED_OPTIONS)
    account = add (cli, &options, &error);

  if (account == NULL)
    return purge_cli_finish_with (cli, NULL, purge_cli_json_account (NULL, error), error);

  listed.account = account;
  name = purge_cli_output_safe (purge_account_get_name (account));
  text = g_strdup_printf (_("The account “%s” was added; its key is in the keyring.\n"), name);
  return purge_cli_finish_with (cli, text, purge_cli_json_account (&listed, NULL), NULL);
}

const PurgeCliCommand purge_cli_command_accounts_add = {
  .name = "accounts add",
  .arguments = N_("NAME"),
  .summary = N_("Add an account; its SecretKey is read from standard input"),
  .description =
    N_("API 3.0 is for keys of Tencent’s site for China, 3.0-intl for keys of its\n"
       "international site. Tencent announced the end of API 2.0 for 30 November 2022.\n"
       "\n"
       "The SecretKey, then the token with --token, are lines of standard input.\n"
       "On a terminal they are asked for and not shown. They are kept in the\n"
       "system keyring and nowhere else, and can be given in no other way.\n"
       "\n"
       "Example:\n"
       "  cdn-purge-cli accounts add shop --secret-id=AKID… --api=3.0"),
  .run = run,
};
