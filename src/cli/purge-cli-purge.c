/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* `purge`: reads a list, asks where it should, sends, and tells what became of it. Knows the
 * order of these things; each of them is somebody else's. */

#define G_LOG_DOMAIN "purge-cli-purge"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "purge-api.h"
#include "purge-cli-confirm.h"
#include "purge-cli-finish.h"
#include "purge-cli-output.h"
#include "purge-cli-send.h"
#include "purge-error.h"

#define TYPE_DIRECTORY "directory"

typedef struct {
  PurgeMode  mode;
  char      *mode_name;
  char      *type_name;
  gboolean   dry_run;
  gboolean   yes;
  gboolean   skip_invalid;
  gboolean   practice;
  GStrv      files;
} PurgeOptions;

static void
purge_options_clear (PurgeOptions *self)
{
  g_free (self->mode_name);
  g_free (self->type_name);
  g_strfreev (self->files);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PurgeOptions, purge_options_clear)

static PurgeCliParsed
parse (PurgeCli               *cli,
       const PurgeCliCommand  *command,
       GStrv                  *arguments,
       PurgeOptions           *options,
       GError                **error)
{
  const GOptionEntry entries[] = {
    { "mode", 0, 0, G_OPTION_ARG_STRING, &options->mode_name,
      N_("What to purge: updated resources (the default) or all of them"), N_("updated|all") },
    { "type", 0, 0, G_OPTION_ARG_STRING, &options->type_name,
      N_("What the entries are; this version knows directories only"), TYPE_DIRECTORY },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &options->dry_run,
      N_("Say what would be sent, and send nothing; needs no account"), NULL },
    { "yes", 0, 0, G_OPTION_ARG_NONE, &options->yes,
      N_("Do not ask"), NULL },
    { "skip-invalid", 0, 0, G_OPTION_ARG_NONE, &options->skip_invalid,
      N_("Leave out lines that cannot be sent, instead of sending nothing"), NULL },
    { "practice", 0, 0, G_OPTION_ARG_NONE, &options->practice,
      N_("Send to the built-in simulator; nothing leaves this computer"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->files, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  PurgeCliParsed parsed = purge_cli_command_parse (cli, command, entries, arguments, error);
  int mode = PURGE_MODE_UPDATED;

  if (parsed != PURGE_CLI_PARSED_OPTIONS)
    return parsed;

  if (!purge_cli_command_choose (PURGE_TYPE_MODE, "mode", options->mode_name, &mode, error))
    return PURGE_CLI_PARSED_ERROR;
  options->mode = mode;

  if (options->type_name != NULL && !g_str_equal (options->type_name, TYPE_DIRECTORY))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _("--%s=%s is not supported by this version. Choose one of: %s."),
                   "type", options->type_name, TYPE_DIRECTORY);
      return PURGE_CLI_PARSED_ERROR;
    }

  return PURGE_CLI_PARSED_OPTIONS;
}

static gboolean
read_list (PurgeCli            *cli,
           const PurgeOptions  *options,
           PurgeCliReport      *report)
{
  guint n_problems;

  report->input = purge_cli_input_read ((const char * const *) options->files, cli->cancellable,
                                        &report->error);
  if (report->input == NULL)
    return FALSE;

  n_problems = report->input->problems->len;
  if (n_problems > 0 && !options->skip_invalid)
    {
      g_set_error (&report->error, PURGE_ERROR, PURGE_ERROR_INVALID_INPUT,
                   ngettext ("%u entry cannot be sent, so nothing was sent. Mend it, or leave it "
                             "out with --skip-invalid.",
                             "%u entries cannot be sent, so nothing was sent. Mend them, or leave "
                             "them out with --skip-invalid.", n_problems), n_problems);
      return FALSE;
    }

  if (report->input->urls->len == 0)
    {
      g_set_error_literal (&report->error, PURGE_ERROR, PURGE_ERROR_INVALID_INPUT,
                           _("There is no directory to send in the list. Give one a line."));
      return FALSE;
    }

  return TRUE;
}

/* Without an account the limit is that of a new one. */
static guint
get_batch_limit (void)
{
  g_autoptr (PurgeAccount) account = purge_account_new (NULL, "");
  g_autoptr (PurgeApi) api = purge_api_new_for_account (account);

  return purge_api_get_batch_limit (api, PURGE_KIND_DIRECTORY, PURGE_AREA_NONE, NULL);
}

static void
send_list (PurgeCli            *cli,
           PurgeCliSession     *session,
           PurgeAccount        *account,
           PurgeMode            mode,
           const char * const  *urls,
           PurgeCliReport      *report)
{
  g_autoptr (PurgeOrder) order = purge_order_new (mode, PURGE_AREA_NONE, urls, NULL);
  g_autoptr (PurgeJob) job = purge_job_new (session->workspace, account, order, NULL);

  if (!purge_cli_send (cli, session, job, 0, report))
    return;

  /* What was practised cannot be shown again. */
  if (!purge_workspace_is_practice (session->workspace))
    report->submission = purge_job_get_submission (job)->id;
  purge_cli_report_add_job (report, job);
}

static void
purge (PurgeCli            *cli,
       const PurgeOptions  *options,
       PurgeCliReport      *report)
{
  g_autoptr (PurgeCliSession) session = NULL;
  g_autofree const char **urls = NULL;
  PurgeAccount *account;

  if (!read_list (cli, options, report))
    return;

  if (options->dry_run)
    {
      purge_cli_report_add_plan (report, get_batch_limit ());
      return;
    }

  if (options->practice)
    purge_cli_output_say (_("Practice: nothing leaves this computer.\n"));

  session = purge_cli_session_open (cli, options->practice, &report->error);
  if (session == NULL)
    return;

  account = purge_cli_session_choose (session, cli->account, &report->error);
  if (account == NULL)
    return;

  urls = purge_cli_input_dup_urls (report->input);
  if (!options->yes &&
      !purge_cli_confirm (cli, session, account, options->mode, urls, NULL, &report->error))
    return;

  send_list (cli, session, account, options->mode, urls, report);
}

static PurgeCliExit
run (PurgeCli               *cli,
     const PurgeCliCommand  *command,
     GStrv                  *arguments)
{
  g_autoptr (PurgeCliReport) report = purge_cli_report_new ();
  g_auto (PurgeOptions) options = { 0 };
  PurgeCliParsed parsed = parse (cli, command, arguments, &options, &report->error);

  if (parsed == PURGE_CLI_PARSED_HELP)
    return PURGE_CLI_EXIT_ACCEPTED;

  if (parsed == PURGE_CLI_PARSED_OPTIONS)
    purge (cli, &options, report);

  return purge_cli_finish (cli, report);
}

const PurgeCliCommand purge_cli_command_purge = {
  .name = "purge",
  .arguments = N_("[FILE…|-]"),
  .summary = N_("Purge the directories in files or on standard input"),
  .description =
    N_("One entry a line; - or no FILE is standard input. What can be mended safely is\n"
       "mended and said; a line that cannot be sent keeps everything from being sent,\n"
       "unless --skip-invalid is given. Directories go out in requests of at most 20.\n"
       "\n"
       "It asks on the terminal before it sends all resources, the root of a site,\n"
       "more than half of what is left of today’s quota, or more than 20 directories;\n"
       "where there is no terminal, --yes is needed.\n"
       "\n"
       "Example:\n"
       "  echo https://www.example.com/news/ | cdn-purge-cli purge"),
  .uses_account = TRUE,
  .run = run,
};
