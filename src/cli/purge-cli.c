/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The program: the table of its commands, the options that hold for all of them, and the choice of
 * one. */

#define G_LOG_DOMAIN "purge-cli"

#include "config.h"

#include "purge-cli.h"

#include <glib/gi18n-lib.h>

#include "purge-cli-command.h"
#include "purge-cli-finish.h"
#include "purge-cli-json.h"
#include "purge-cli-output.h"
#include "purge-cli-signals.h"

#define COMMAND_COLUMN 18

static const PurgeCliCommand * const commands[] = {
  &purge_cli_command_purge,
  &purge_cli_command_accounts_list,
  &purge_cli_command_accounts_add,
  &purge_cli_command_accounts_remove,
  &purge_cli_command_history,
  &purge_cli_command_show,
  &purge_cli_command_check,
  &purge_cli_command_retry,
  &purge_cli_command_quota,
};

/* How many words of the arguments name the command: none where they name another. */
static guint
match (const PurgeCliCommand *command,
       char                 **words)
{
  g_auto (GStrv) name = g_strsplit (command->name, " ", -1);
  guint n = 0;

  for (; name[n] != NULL; n++)
    if (words[n] == NULL || !g_str_equal (words[n], name[n]))
      return 0;

  return n;
}

static const PurgeCliCommand *
find_command (char  **words,
              guint  *n_words)
{
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if ((*n_words = match (commands[i], words)) > 0)
      return commands[i];

  return NULL;
}

/* The overview: all that is needed to begin. */
static char *
make_overview (GOptionContext *context)
{
  g_autofree char *help = g_option_context_get_help (context, TRUE, NULL);
  GString *text = g_string_new (help);

  g_string_append_printf (text, "%s\n", _("Commands:"));
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    g_string_append_printf (text, "  %-*s%s\n", COMMAND_COLUMN, commands[i]->name,
                            _(commands[i]->summary));
  g_string_append (text, _("\nMore about a command: cdn-purge-cli COMMAND --help\n"));

  g_string_append (text, _("\nExit codes:\n"
                           "  0  everything was accepted, or done\n"
                           "  1  something was rejected\n"
                           "  2  nothing was sent: usage, input, unknown account or ID, not confirmed\n"
                           "  3  the outcome of something is unknown\n"
                           "  4  nothing was sent: network, keyring, disk, cancelled\n"
                           "  5  a part was accepted, the rest waits\n"));

  return g_string_free (text, FALSE);
}

static void
set_no_command (const char  *given,
                GError     **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) names = NULL;
  g_autofree char *list = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    g_strv_builder_add (builder, commands[i]->name);
  names = g_strv_builder_end (builder);
  /* Translators: stands between the items of a list, “updated, all” */
  list = g_strjoinv (_(", "), names);

  if (given == NULL)
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                 /* Translators: %s is a list of commands */
                 _("A command is missing. There are: %s."), list);
  else
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                 _("There is no command “%s” in this version. There are: %s."), given, list);
}

static PurgeCliExit
run_command (PurgeCli  *cli,
             GStrv     *arguments)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) rest = NULL;
  guint n_words;
  const PurgeCliCommand *command = find_command (*arguments + 1, &n_words);

  if (command == NULL)
    {
      set_no_command ((*arguments)[1], &error);
      return purge_cli_finish_with (cli, NULL, purge_cli_json_error (error), error);
    }

  /* The last word of the command stands where the program's name would. */
  rest = g_strdupv (*arguments + n_words);
  return command->run (cli, command, &rest);
}

static gboolean
wants_help_without_command (GStrv arguments)
{
  guint n_words;

  return find_command (arguments + 1, &n_words) == NULL &&
         (g_strv_contains ((const char * const *) arguments, "--help") ||
          g_strv_contains ((const char * const *) arguments, "-h"));
}

/* Found before the arguments are parsed: where that fails, a script still gets its object. */
static gboolean
wants_json (GStrv arguments)
{
  for (gsize i = 0; arguments[i] != NULL && !g_str_equal (arguments[i], "--"); i++)
    if (g_str_equal (arguments[i], "--json"))
      return TRUE;

  return FALSE;
}

static PurgeCliExit
run (PurgeCli  *cli,
     GStrv     *arguments)
{
  g_autoptr (GOptionContext) context = g_option_context_new (_("COMMAND"));
  g_autoptr (GError) error = NULL;
  gboolean seen_already;
  gboolean wants_version = FALSE;
  gboolean wants_help = FALSE;
  const GOptionEntry entries[] = {
    { "account", 0, 0, G_OPTION_ARG_FILENAME, &cli->account,
      N_("Use the account NAME; not needed where there is only one"), N_("NAME") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &seen_already,
      N_("Print one JSON object; messages go to standard error"), NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &wants_version,
      N_("Show the version"), NULL },
    { "help", 'h', 0, G_OPTION_ARG_NONE, &wants_help,
      N_("Show this help"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  g_option_context_set_strict_posix (context, TRUE);
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_summary (context, _("Tells a content delivery network that everything under "
                                           "some directories is stale."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);

  if (!g_option_context_parse_strv (context, arguments, &error))
    return purge_cli_finish_with (cli, NULL, purge_cli_json_error (error), error);

  if (wants_version)
    {
      purge_cli_output_result ("cdn-purge-cli " VERSION "\n", FALSE);
      return PURGE_CLI_EXIT_ACCEPTED;
    }

  if (wants_help || wants_help_without_command (*arguments))
    {
      g_autofree char *overview = make_overview (context);

      purge_cli_output_result (overview, FALSE);
      return PURGE_CLI_EXIT_ACCEPTED;
    }

  return run_command (cli, arguments);
}

/**
 * purge_cli_main:
 * @arguments: (inout): the arguments of the program, its name first
 *
 * Does what the arguments say. Signals cancel it.
 *
 * Returns: what the program ends with, a #PurgeCliExit
 */
int
purge_cli_main (GStrv *arguments)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  PurgeCli cli = { .cancellable = cancellable, .json = wants_json (*arguments) };
  PurgeCliSignals signals = { NULL };
  PurgeCliExit code;

  /* GLib would put its debug messages between the lines of the result. */
  g_log_writer_default_set_use_stderr (TRUE);
  purge_cli_signals_watch (&signals, cancellable);
  code = run (&cli, arguments);
  purge_cli_signals_unwatch (&signals);
  g_free (cli.account);

  return code;
}
