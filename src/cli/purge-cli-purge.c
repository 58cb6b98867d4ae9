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
#include "purge-cli-follow.h"
#include "purge-cli-limits.h"
#include "purge-cli-output.h"
#include "purge-cli-send.h"
#include "purge-error.h"
#include "purge-warm-up.h"

typedef struct {
  int       mode;
  int       kind;
  int       area;
  char     *mode_name;
  char     *type_name;
  char     *area_name;
  gboolean  wait;
  gboolean  dry_run;
  gboolean  yes;
  gboolean  skip_invalid;
  gboolean  practice;
  GStrv     files;
} PurgeOptions;

static void
purge_options_clear (PurgeOptions *self)
{
  g_free (self->mode_name);
  g_free (self->type_name);
  g_free (self->area_name);
  g_strfreev (self->files);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PurgeOptions, purge_options_clear)

static gboolean
choose (PurgeOptions  *options,
        GError       **error)
{
  options->mode = PURGE_MODE_UPDATED;
  options->kind = PURGE_KIND_DIRECTORY;
  options->area = PURGE_AREA_NONE;

  return purge_cli_command_choose (PURGE_TYPE_MODE, "mode", options->mode_name, &options->mode,
                                   error) &&
         purge_cli_command_choose (PURGE_TYPE_KIND, "type", options->type_name, &options->kind,
                                   error) &&
         purge_cli_command_choose (PURGE_TYPE_AREA, "area", options->area_name, &options->area,
                                   error);
}

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
      N_("What lines are that do not say it: directories (the default) or URLs"),
      N_("directory|url") },
    { "area", 0, 0, G_OPTION_ARG_STRING, &options->area_name,
      N_("Where to purge, with API 3.0; wherever the domain is served without it"),
      N_("mainland|overseas") },
    { "wait", 0, 0, G_OPTION_ARG_NONE, &options->wait,
      N_("Wait until all that was accepted is done, for half an hour at most"), NULL },
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

  if (parsed == PURGE_CLI_PARSED_OPTIONS && !choose (options, error))
    return PURGE_CLI_PARSED_ERROR;

  return parsed;
}

static gboolean
read_list (PurgeCli            *cli,
           const PurgeOptions  *options,
           PurgeCliReport      *report)
{
  guint n_problems;

  report->input = purge_cli_input_read ((const char * const *) options->files, options->kind,
                                        cli->cancellable, &report->error);
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

  if (purge_cli_input_is_empty (report->input))
    {
      g_set_error_literal (&report->error, PURGE_ERROR, PURGE_ERROR_INVALID_INPUT,
                           _("There is nothing to send in the list. Give one directory or URL a "
                             "line."));
      return FALSE;
    }

  return TRUE;
}

/* Without an account the limits are those of a new one. */
static void
plan (PurgeCliReport *report)
{
  g_autoptr (PurgeAccount) account = purge_account_new (NULL, "");
  const PurgeCliQuota quota = { 0 };
  PurgeLimits limits;

  purge_cli_limits_fill (&limits, account, PURGE_AREA_NONE, &quota, NULL);
  purge_cli_report_add_plan (report, &limits);
}

static PurgeOrder *
make_order (const PurgeOptions  *options,
            const PurgeCliInput *input)
{
  g_autofree const char **directories = purge_cli_input_dup_entries (input, PURGE_KIND_DIRECTORY);
  g_autofree const char **urls = purge_cli_input_dup_entries (input, PURGE_KIND_URL);

  return purge_order_new (options->mode, options->area, directories, urls);
}

/* An option that changed nothing would be believed. */
static gboolean
check_area (const PurgeOptions  *options,
            PurgeAccount        *account,
            GError             **error)
{
  if (options->area == PURGE_AREA_NONE || purge_api_kind_has_areas (purge_account_get_api (account)))
    return TRUE;

  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               /* Translators: the name of an option, and of an account */
               _("--%s is for API 3.0, and the account “%s” speaks API 2.0. Leave it out."), "area",
               purge_account_get_name (account));
  return FALSE;
}

/* Asked where there is more than one request’s worth of a kind: then it matters how much one may
 * hold. */
static PurgeServerQuota *
ask_limits (PurgeCli        *cli,
            PurgeCliSession *session,
            PurgeAccount    *account,
            PurgeOrder      *order)
{
  g_autoptr (PurgeApi) api = purge_api_new_for_account (account);
  PurgeServerQuota *quota = NULL;
  gboolean matters = FALSE;
  g_autofree char *why_not = NULL;

  for (guint kind = 0; kind < PURGE_N_KINDS; kind++)
    matters |= purge_order_count (order, kind) >
               purge_api_get_batch_limit (api, kind, purge_order_get_area (order), NULL);
  if (!matters)
    return NULL;

  quota = purge_cli_limits_ask (session, account, cli->cancellable, &why_not);
  purge_cli_limits_complain (why_not);
  return quota;
}

static void
send_order (PurgeCli           *cli,
            const PurgeOptions *options,
            PurgeCliSession    *session,
            PurgeAccount       *account,
            PurgeOrder         *order,
            PurgeServerQuota   *quota,
            PurgeCliReport     *report)
{
  g_autoptr (PurgeJob) job = purge_job_new (session->workspace, account, order, quota);

  if (!purge_cli_send (cli, session, job, 0, report))
    return;

  if (options->wait)
    purge_cli_follow (cli, job, report);

  /* What was practised cannot be shown again. */
  if (!purge_workspace_is_practice (session->workspace))
    report->submission = purge_job_get_submission (job)->id;
  purge_cli_report_add_job (report, job);
}

static void
confirm_and_send (PurgeCli           *cli,
                  const PurgeOptions *options,
                  PurgeCliSession    *session,
                  PurgeAccount       *account,
                  PurgeCliReport     *report)
{
  g_autoptr (PurgeOrder) order = make_order (options, report->input);
  g_autoptr (PurgeServerQuota) quota = ask_limits (cli, session, account, order);

  if (options->yes ||
      purge_cli_confirm (cli, session, account, order, quota, NULL, &report->error))
    send_order (cli, options, session, account, order, quota, report);
}

static void
purge (PurgeCli           *cli,
       const PurgeOptions *options,
       PurgeCliReport     *report)
{
  g_autoptr (PurgeWarmUp) warm_up = NULL;
  g_autoptr (PurgeCliSession) session = NULL;
  PurgeAccount *account;

  if (!read_list (cli, options, report))
    return;

  report->area = options->area;
  if (options->dry_run)
    {
      plan (report);
      return;
    }

  if (options->practice)
    purge_cli_output_say (_("Practice: nothing leaves this computer.\n"));
  else
    warm_up = purge_warm_up_begin ();

  session = purge_cli_session_open (cli, options->practice, &report->error);
  if (session == NULL)
    return;

  account = purge_cli_session_choose (session, cli->account, &report->error);
  if (account != NULL && check_area (options, account, &report->error))
    confirm_and_send (cli, options, session, account, report);
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
  .summary = N_("Purge the directories and URLs in files or on standard input"),
  .description =
    N_("One entry a line; - or no FILE is standard input. What can be mended safely is\n"
       "mended and said; a line that cannot be sent keeps everything from being sent,\n"
       "unless --skip-invalid is given. A line that begins with the word url and a blank\n"
       "is a URL, and with --type=url every line is; all others are directories, which are\n"
       "purged with all that is in them. Directories go out in requests of at most 20, URLs\n"
       "in larger ones; with API 3.0 the server is asked how many it takes where there are\n"
       "more than that.\n"
       "\n"
       "It asks on the terminal before it sends all resources, the root of a site,\n"
       "more than half of what is left of today’s quota, or more than 20 directories;\n"
       "where there is no terminal, --yes is needed.\n"
       "\n"
       "With --wait it is asked ever more seldom, for half an hour at most, whether what was\n"
       "accepted is done. Then 0 means that everything is done, 1 that something was rejected\n"
       "or failed, and 3 that of something it is not known. Ctrl+C ends the waiting only.\n"
       "\n"
       "Example:\n"
       "  echo https://www.example.com/news/ | cdn-purge-cli purge"),
  .uses_account = TRUE,
  .run = run,
};
