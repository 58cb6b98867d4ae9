/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* `history`: the submissions of before, listed and searched. */

#define G_LOG_DOMAIN "purge-cli-history"

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "purge-cli-finish.h"
#include "purge-cli-json.h"
#include "purge-cli-output.h"
#include "purge-cli-session.h"
#include "purge-cli-text.h"
#include "purge-cli-wait.h"
#include "purge-error.h"
#include "purge-export-csv.h"
#include "purge-journal-history.h"

typedef enum {
  FORMAT_TABLE,
  FORMAT_CSV,
  FORMAT_JSON,
} Format;

#define TYPE_FORMAT (format_get_type ())

static GType format_get_type (void);

G_DEFINE_ENUM_TYPE (Format, format,
  G_DEFINE_ENUM_VALUE (FORMAT_TABLE, "table"),
  G_DEFINE_ENUM_VALUE (FORMAT_CSV, "csv"),
  G_DEFINE_ENUM_VALUE (FORMAT_JSON, "json"))

typedef struct {
  char   *search;
  char   *limit_given;
  char   *format_given;
  guint   limit;
  Format  format;
} HistoryOptions;

static void
history_options_clear (HistoryOptions *self)
{
  g_free (self->search);
  g_free (self->limit_given);
  g_free (self->format_given);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HistoryOptions, history_options_clear)

/* Directories are kept as they are sent, in which what is not ASCII is percent-encoded. */
static void
encode_search (HistoryOptions *options)
{
  GString *encoded;

  if (options->search == NULL)
    return;

  encoded = g_string_new (NULL);
  for (const char *c = options->search; *c != '\0'; c++)
    if ((guchar) *c < 0x80)
      g_string_append_c (encoded, *c);
    else
      g_string_append_printf (encoded, "%%%02X", (guchar) *c);

  g_free (options->search);
  options->search = g_string_free (encoded, FALSE);
}

static gboolean
check_limit (HistoryOptions  *options,
             GError         **error)
{
  guint64 limit;

  if (options->limit_given == NULL)
    return TRUE;

  if (!g_ascii_string_to_unsigned (options->limit_given, 10, 1, G_MAXUINT, &limit, NULL))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   /* Translators: an option and what was given for it, “--limit=0” */
                   _("--%s=%s is no number from 1 on."), "limit", options->limit_given);
      return FALSE;
    }

  options->limit = limit;
  return TRUE;
}

static gboolean
check_format (PurgeCli        *cli,
              HistoryOptions  *options,
              GError         **error)
{
  int format = cli->json ? FORMAT_JSON : FORMAT_TABLE;

  if (!purge_cli_command_choose (TYPE_FORMAT, "format", options->format_given, &format, error))
    return FALSE;

  if (cli->json && format != FORMAT_JSON)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           _("--json and another format exclude each other. Leave one out."));
      return FALSE;
    }

  options->format = format;
  cli->json = format == FORMAT_JSON;
  return TRUE;
}

static PurgeCliParsed
parse (PurgeCli               *cli,
       const PurgeCliCommand  *command,
       GStrv                  *arguments,
       HistoryOptions         *options,
       GError                **error)
{
  const GOptionEntry entries[] = {
    { "search", 0, 0, G_OPTION_ARG_FILENAME, &options->search,
      /* Translators: what stands in capitals is a value in a help text */
      N_("Only submissions that have TEXT in a directory or URL"), N_("TEXT") },
    { "limit", 0, 0, G_OPTION_ARG_STRING, &options->limit_given,
      N_("Only the newest N submissions"), N_("N") },
    { "format", 0, 0, G_OPTION_ARG_STRING, &options->format_given,
      /* Translators: table, csv and json are typed as they are */
      N_("How to print it: as a table (the default), CSV or JSON"), N_("table|csv|json") },
    G_OPTION_ENTRY_NULL,
  };
  PurgeCliParsed parsed = purge_cli_command_parse (cli, command, entries, arguments, error);

  if (parsed != PURGE_CLI_PARSED_OPTIONS)
    return parsed;

  encode_search (options);
  return check_format (cli, options, error) && check_limit (options, error)
           ? PURGE_CLI_PARSED_OPTIONS : PURGE_CLI_PARSED_ERROR;
}

/* The journal lists all accounts; where one was named, the others are left out. */
static void
keep_account (GPtrArray    *summaries,
              PurgeAccount *account,
              guint         limit)
{
  const char *uuid = purge_account_get_uuid (account);

  for (guint i = summaries->len; i > 0; i--)
    if (!g_str_equal (((PurgeSubmissionSummary *) summaries->pdata[i - 1])->account_uuid, uuid))
      g_ptr_array_remove_index (summaries, i - 1);

  if (limit > 0 && summaries->len > limit)
    g_ptr_array_set_size (summaries, limit);
}

static GPtrArray *
list (PurgeCli              *cli,
      PurgeCliSession       *session,
      const HistoryOptions  *options,
      GError               **error)
{
  g_auto (PurgeCliWait) wait = { NULL };
  PurgeJournal *journal = purge_workspace_get_journal (session->workspace);
  PurgeHistoryQuery query = { .search = options->search };
  PurgeAccount *account = NULL;
  GPtrArray *summaries;

  if (cli->account != NULL)
    {
      account = purge_cli_session_choose (session, cli->account, error);
      if (account == NULL)
        return NULL;
    }

  query.limit = account == NULL ? options->limit : 0;
  purge_journal_list_async (journal, &query, cli->cancellable, purge_cli_wait_cb, &wait);
  summaries = purge_journal_list_finish (journal, purge_cli_wait_result (&wait), error);
  if (summaries != NULL && account != NULL)
    keep_account (summaries, account, options->limit);

  return summaries;
}

/* What was deleted between listing and loading is left out. */
static gboolean
add_to_csv (PurgeCli         *cli,
            PurgeCliSession  *session,
            gint64            id,
            const char       *search,
            GString          *csv,
            GError          **error)
{
  g_auto (PurgeCliWait) wait = { NULL };
  g_autoptr (PurgeSubmission) submission = NULL;
  g_autoptr (GError) local_error = NULL;
  PurgeJournal *journal = purge_workspace_get_journal (session->workspace);

  purge_journal_load_async (journal, id, cli->cancellable, purge_cli_wait_cb, &wait);
  submission = purge_journal_load_finish (journal, purge_cli_wait_result (&wait), &local_error);
  if (submission != NULL)
    purge_export_csv_add (csv, submission, submission->id, submission->batches, search);
  else if (!g_error_matches (local_error, PURGE_ERROR, PURGE_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}

static PurgeCliExit
print_csv (PurgeCli              *cli,
           PurgeCliSession       *session,
           const HistoryOptions  *options,
           GPtrArray             *summaries)
{
  g_autoptr (GString) csv = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  purge_export_csv_begin (csv);
  for (guint i = 0; i < summaries->len; i++)
    {
      const PurgeSubmissionSummary *summary = summaries->pdata[i];

      if (!add_to_csv (cli, session, summary->id, options->search, csv, &error))
        return purge_cli_finish_with (cli, NULL, NULL, error);
    }

  purge_cli_output_result (csv->str, TRUE);
  return PURGE_CLI_EXIT_ACCEPTED;
}

static PurgeCliExit
history (PurgeCli             *cli,
         const HistoryOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PurgeCliSession) session = purge_cli_session_open (cli, FALSE, &error);
  g_autoptr (GPtrArray) summaries = NULL;
  g_autofree char *text = NULL;

  if (session != NULL)
    summaries = list (cli, session, options, &error);
  if (summaries == NULL)
    return purge_cli_finish_with (cli, NULL, purge_cli_json_history (NULL, error), error);

  if (options->format == FORMAT_CSV)
    return print_csv (cli, session, options, summaries);

  text = purge_cli_text_history (summaries, options->search != NULL);
  return purge_cli_finish_with (cli, text, purge_cli_json_history (summaries, NULL), NULL);
}

static PurgeCliExit
run (PurgeCli               *cli,
     const PurgeCliCommand  *command,
     GStrv                  *arguments)
{
  g_auto (HistoryOptions) options = { 0 };
  g_autoptr (GError) error = NULL;
  PurgeCliParsed parsed = parse (cli, command, arguments, &options, &error);

  if (parsed == PURGE_CLI_PARSED_HELP)
    return PURGE_CLI_EXIT_ACCEPTED;

  if (parsed == PURGE_CLI_PARSED_OPTIONS)
    return history (cli, &options);

  return purge_cli_finish_with (cli, NULL, purge_cli_json_history (NULL, error), error);
}

const PurgeCliCommand purge_cli_command_history = {
  .name = "history",
  .arguments = NULL,
  .summary = N_("List the submissions of before, the newest first"),
  .description =
    N_("TEXT is any part of a directory or URL, capitals as they are. As CSV there is one\n"
       "line for each of them, with --search only those that have TEXT in them; a cell\n"
       "that a spreadsheet would take for a formula begins with an apostrophe. With\n"
       "--account only the submissions of that account are listed. What was practised is\n"
       "in no history."),
  .uses_account = TRUE,
  .run = run,
};
