/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What all commands share: options, help, complaints. */

#define G_LOG_DOMAIN "purge-cli-command"

#include "config.h"

#include "purge-cli-command.h"

#include <glib/gi18n-lib.h>

#include "purge-cli-output.h"
#include "purge-enum.h"

/* What is given after a command instead of before it replaces it. */
static void
take_account (PurgeCli *cli,
              char     *account)
{
  if (account == NULL)
    return;

  g_free (cli->account);
  cli->account = account;
}

static GOptionContext *
make_context (const PurgeCliCommand *command,
              const GOptionEntry    *entries,
              const GOptionEntry    *common)
{
  GOptionContext *context = g_option_context_new (command->arguments);

  /* The usage line begins with the program's name, to which the command belongs. */
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_summary (context, command->summary);
  g_option_context_set_description (context, command->description);
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, common, GETTEXT_PACKAGE);

  return context;
}

/* What no option or operand took. */
static gboolean
refuse_rest (GStrv    arguments,
             GError **error)
{
  if (arguments[1] == NULL || g_str_equal (arguments[1], "--"))
    return TRUE;

  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               /* Translators: %s is a word that was typed after a command */
               _("“%s” is too much: nothing is expected there."), arguments[1]);
  return FALSE;
}

/**
 * purge_cli_command_parse:
 * @cli: the program; options that hold for every command are put into it
 * @command: a command
 * @entries: (array zero-terminated=1): its own options and operands
 * @arguments: (inout): the arguments, in the place of the program's name first
 * @error: return location for a #GOptionError
 *
 * Reads the arguments of a command, and prints its help where that is asked for.
 *
 * Returns: what became of them
 */
PurgeCliParsed
purge_cli_command_parse (PurgeCli               *cli,
                         const PurgeCliCommand  *command,
                         const GOptionEntry     *entries,
                         GStrv                  *arguments,
                         GError                **error)
{
  g_autoptr (GOptionContext) context = NULL;
  g_autofree char *usage = g_strconcat ("cdn-purge-cli ", command->name, NULL);
  g_autofree char *help = NULL;
  gboolean wants_help = FALSE;
  gboolean seen_already;
  char *account = NULL;
  const GOptionEntry common[] = {
    /* A name is taken as bytes: as a string it would have to be of the locale's encoding. */
    { "account", 0, command->uses_account ? 0 : G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_FILENAME,
      /* Translators: NAME stands for a value in a help text */
      &account, N_("Use the account NAME"), N_("NAME") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &seen_already,
      N_("Print one JSON object"), NULL },
    { "help", 'h', 0, G_OPTION_ARG_NONE, &wants_help,
      N_("Show this help"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  context = make_context (command, entries, common);
  if (!g_option_context_parse_strv (context, arguments, error))
    return PURGE_CLI_PARSED_ERROR;

  take_account (cli, account);
  if (!wants_help)
    return refuse_rest (*arguments, error) ? PURGE_CLI_PARSED_OPTIONS : PURGE_CLI_PARSED_ERROR;

  g_set_prgname (usage);
  help = g_option_context_get_help (context, TRUE, NULL);
  purge_cli_output_result (help, FALSE);
  return PURGE_CLI_PARSED_HELP;
}

/* What an enumeration calls so is what is meant where nothing is given, and no choice. */
static gboolean
is_choice (const char *nick)
{
  return !g_str_equal (nick, "none");
}

static char *
list_choices (GType type)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) nicks = NULL;
  GEnumClass *class = g_type_class_ref (type);

  for (guint i = 0; i < class->n_values; i++)
    if (is_choice (class->values[i].value_nick))
      g_strv_builder_add (builder, class->values[i].value_nick);
  g_type_class_unref (class);

  nicks = g_strv_builder_end (builder);
  /* Translators: stands between the items of a list, “updated, all” */
  return g_strjoinv (_(", "), nicks);
}

/**
 * purge_cli_command_choose:
 * @type: an enumeration
 * @option: the option that chooses from it
 * @given: (nullable): what was given; %NULL leaves @value as it is
 * @value: (inout): the choice
 * @error: return location for %G_OPTION_ERROR_BAD_VALUE
 *
 * Returns: whether what was given is one of the choices
 */
gboolean
purge_cli_command_choose (GType         type,
                          const char   *option,
                          const char   *given,
                          int          *value,
                          GError      **error)
{
  g_autofree char *choices = NULL;
  int chosen;

  if (given == NULL)
    return TRUE;

  if (is_choice (given) && purge_enum_from_nick (type, given, &chosen))
    {
      *value = chosen;
      return TRUE;
    }

  choices = list_choices (type);
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               /* Translators: “--mode=some” has no such choice; the last %s is a list of them */
               _("--%s=%s is not supported by this version. Choose one of: %s."),
               option, given, choices);
  return FALSE;
}

/**
 * purge_cli_command_take_one:
 * @operands: (nullable) (array zero-terminated=1): what was given besides options
 * @what: what is expected, as in the usage line
 * @error: return location for %G_OPTION_ERROR_BAD_VALUE
 *
 * Returns: whether exactly one was given
 */
gboolean
purge_cli_command_take_one (GStrv        operands,
                            const char  *what,
                            GError     **error)
{
  if (operands != NULL && g_strv_length (operands) == 1)
    return TRUE;

  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               /* Translators: %s is the name of an argument, “NAME” or “ID” */
               _("Exactly one %s is needed."), what);
  return FALSE;
}

/**
 * purge_cli_command_complain:
 * @error: what kept a command from being done
 *
 * Says it on standard error.
 */
void
purge_cli_command_complain (const GError *error)
{
  g_autofree char *sentence = purge_cli_error_dup_sentence (error);
  g_autofree char *safe = purge_cli_output_safe (sentence);
  g_autofree char *line = g_strdup_printf ("cdn-purge-cli: %s\n", safe);

  purge_cli_output_say (line);
  if (error->domain == G_OPTION_ERROR)
    purge_cli_output_say (_("Read more with --help.\n"));
}
