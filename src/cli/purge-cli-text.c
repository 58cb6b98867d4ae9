/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Results as people read them on a terminal: short, in columns, with nothing in them that a
 * terminal would obey. */

#define G_LOG_DOMAIN "purge-cli-text"

#include "config.h"

#include "purge-cli-text.h"

#include <glib/gi18n-lib.h>

#include "purge-api.h"
#include "purge-cli-output.h"
#include "purge-cli-time.h"
#include "purge-enum.h"
#include "purge-quota.h"
#include "purge-submission-summary.h"

/* Nobody reads more on a terminal; with --json there are all. */
#define NOTES_MAX 20
#define COLUMN_GAP 2
#define N_ACCOUNT_COLUMNS 6
#define N_HISTORY_COLUMNS 5
#define N_QUOTA_COLUMNS 5

static const char *
state_word (PurgeBatchState state)
{
  static const char * const words[] = {
    /* Translators: these are states of a directory, at the start of a line */
    [PURGE_BATCH_WAITING] = NC_("state", "waiting"),
    [PURGE_BATCH_SENDING] = NC_("state", "sending"),
    [PURGE_BATCH_ACCEPTED] = NC_("state", "accepted"),
    [PURGE_BATCH_REJECTED] = NC_("state", "rejected"),
    [PURGE_BATCH_UNKNOWN] = NC_("state", "unknown"),
    [PURGE_BATCH_SUPERSEDED] = NC_("state", "submitted again"),
    [PURGE_BATCH_DONE] = NC_("state", "done"),
    [PURGE_BATCH_FAILED] = NC_("state", "failed"),
  };

  return g_dpgettext2 (GETTEXT_PACKAGE, "state", words[state]);
}

/* Pads a cell to a column. */
static void
append_cell (GString    *text,
             const char *cell,
             gsize       width)
{
  g_string_append (text, cell);
  for (gsize i = purge_cli_output_width (cell); i < width + COLUMN_GAP; i++)
    g_string_append_c (text, ' ');
}

static gsize
state_column_width (const PurgeCliReport *report)
{
  gsize width = 0;

  for (guint i = 0; i < report->batches->len; i++)
    {
      const PurgeCliBatch *batch = report->batches->pdata[i];

      width = MAX (width, purge_cli_output_width (state_word (batch->state)));
    }

  return width;
}

static void
append_said (GString           *text,
             const PurgeAnswer *answer)
{
  g_autofree char *code = purge_cli_output_safe (answer->code);
  g_autofree char *code_desc = purge_cli_output_safe (answer->code_desc);
  g_autofree char *message = purge_cli_output_safe (answer->message);
  g_autofree char *task_id = purge_cli_output_safe (answer->task_id);

  if (answer->code != NULL && *message != '\0')
    /* Translators: what a server said: code, codeDesc, message */
    g_string_append_printf (text, _("  Code %s, %s: “%s”\n"), code, code_desc, message);
  if (*task_id != '\0')
    g_string_append_printf (text, _("  Task %s\n"), task_id);
}

/* What was done about a batch beside sending it once. */
static void
append_efforts (GString             *text,
                const PurgeCliBatch *batch)
{
  g_autofree char *looked_up = purge_cli_time_dup_local (batch->looked_up);

  if (batch->n_attempts > 1)
    g_string_append_printf (text, ngettext ("  Sent %u time; each time but the last it was "
                                            "certainly not carried out.\n",
                                            "  Sent %u times; each time but the last it was "
                                            "certainly not carried out.\n", batch->n_attempts),
                            batch->n_attempts);
  if (batch->sent_again)
    g_string_append (text, _("  The same request was sent a second time, byte for byte, which "
                             "Tencent carries out once.\n"));
  if (batch->n_look_ups > 0)
    /* Translators: %s is a date and a time */
    g_string_append_printf (text, ngettext ("  Looked up %u time, last at %s.\n",
                                            "  Looked up %u times, last at %s.\n",
                                            batch->n_look_ups), batch->n_look_ups, looked_up);
  if (batch->successor != 0)
    g_string_append_printf (text, _("  Its directories were submitted again as batch %u.\n"),
                            batch->successor);
}

static void
append_batch (GString              *text,
              const PurgeCliReport *report,
              guint                 index,
              gsize                 width)
{
  const PurgeCliBatch *batch = report->batches->pdata[index];
  g_autofree char *explanation = purge_cli_output_safe (batch->explanation);

  for (gsize i = 0; batch->urls[i] != NULL; i++)
    {
      append_cell (text, state_word (batch->state), width);
      g_string_append_printf (text, "%s\n", batch->urls[i]);
    }

  if (batch->explanation == NULL)
    return;

  /* Translators: the last %s is a sentence that explains what became of the batch */
  g_string_append_printf (text, _("  Batch %u of %u: %s\n"), index + 1, report->batches->len,
                          explanation);
  if (batch->outcome != NULL)
    append_said (text, &batch->outcome->answer);
  append_efforts (text, batch);
}

static char *
dup_amount (const PurgeCliInput *input)
{
  guint n_directories = input->entries[PURGE_KIND_DIRECTORY]->len;
  guint n_urls = input->entries[PURGE_KIND_URL]->len;
  g_autofree char *directories =
    g_strdup_printf (ngettext ("%u directory", "%u directories", n_directories), n_directories);
  g_autofree char *urls = g_strdup_printf (ngettext ("%u URL", "%u URLs", n_urls), n_urls);

  if (n_urls == 0)
    return g_steal_pointer (&directories);
  if (n_directories == 0)
    return g_steal_pointer (&urls);

  /* Translators: “37 directories and 2 URLs” */
  return g_strdup_printf (_("%s and %s"), directories, urls);
}

static void
append_plan (GString              *text,
             const PurgeCliReport *report)
{
  g_autofree char *amount = dup_amount (report->input);
  guint n_requests = report->batches->len;

  /* Translators: %s is “37 directories”, or “37 directories and 2 URLs” */
  g_string_append_printf (text, ngettext ("Nothing was sent. %s would go out in %u request.\n",
                                          "Nothing was sent. %s would go out in %u requests.\n",
                                          n_requests),
                          amount, n_requests);
}

/* The number goes in as a text: translators' tools cannot know how wide it is. */
static void
append_submission (GString    *text,
                   const char *summary,
                   gint64      submission)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, submission);

  /* Translators: the first %s is “20 accepted · 5 rejected”, the second a number;
   * “cdn-purge-cli show” stays as it is */
  g_string_append_printf (text, _("%s (see again: cdn-purge-cli show %s)\n"), summary, number);
}

/**
 * purge_cli_text_report:
 * @report: a report
 *
 * Returns: (transfer full): one line a directory with its state, an explanation a batch, and a
 *   summary; empty where there is no batch
 */
char *
purge_cli_text_report (const PurgeCliReport *report)
{
  GString *text = g_string_new (NULL);
  PurgeTally tally = purge_cli_report_count (report);
  gsize width = state_column_width (report);
  g_autofree char *summary = purge_tally_dup_summary (&tally);

  for (guint i = 0; i < report->batches->len; i++)
    {
      append_batch (text, report, i, width);
      if (report->batches->len > 1)
        g_string_append_c (text, '\n');
    }

  if (report->is_plan)
    append_plan (text, report);
  else if (report->submission != 0)
    append_submission (text, summary, report->submission);
  else if (report->batches->len > 0)
    g_string_append_printf (text, "%s\n", summary);

  return g_string_free (text, FALSE);
}

static void
append_line (GString            *notes,
             const PurgeCliLine *line)
{
  g_autofree char *place = purge_cli_line_dup_place (line);
  g_autofree char *sentence = purge_cli_line_dup_sentence (line);
  g_autofree char *safe = purge_cli_output_safe (sentence);
  g_autofree char *given = purge_cli_output_safe (line->item->text);

  /* Translators: a place, “Line 7”, and what is to be said about it */
  g_string_append_printf (notes, _("%s: %s\n"), place, safe);
  g_string_append_printf (notes, "    %s\n", given);
  if (line->item->url != NULL && line->first_line == 0)
    g_string_append_printf (notes, "  → %s\n", line->item->url);
}

static void
append_lines (GString *notes,
              GArray  *lines)
{
  guint n_shown = MIN (lines->len, NOTES_MAX);
  guint n_left = lines->len - n_shown;

  for (guint i = 0; i < n_shown; i++)
    append_line (notes, &g_array_index (lines, PurgeCliLine, i));

  if (n_left > 0)
    g_string_append_printf (notes, ngettext ("… and %u more line (all with --json)\n",
                                             "… and %u more lines (all with --json)\n", n_left),
                            n_left);
}

/**
 * purge_cli_text_notes:
 * @input: what was read
 *
 * Returns: (transfer full): what is to be said about its lines: mends, merged duplicates, problems;
 *   empty where there is nothing
 */
char *
purge_cli_text_notes (const PurgeCliInput *input)
{
  GString *notes = g_string_new (NULL);

  append_lines (notes, input->changes);
  append_lines (notes, input->problems);

  return g_string_free (notes, FALSE);
}

static const char *
key_word (const PurgeCliAccount *listed)
{
  if (!listed->is_known)
    return C_("key", "not known");

  switch (listed->state)
    {
    case PURGE_KEY_PRESENT:
      return C_("key", "in the keyring");
    case PURGE_KEY_LOCKED:
      return C_("key", "locked");
    case PURGE_KEY_ABSENT:
    default:
      return C_("key", "missing");
    }
}

static void
fill_row (char                  **row,
          const PurgeCliAccount  *listed)
{
  PurgeAccount *account = listed->account;
  g_autoptr (PurgeApi) api = purge_api_new_for_account (account);

  row[0] = purge_cli_output_safe (purge_account_get_name (account));
  row[1] = g_strdup (purge_enum_to_nick (PURGE_TYPE_API_KIND, purge_account_get_api (account)));
  row[2] = g_strdup (purge_endpoint_to_string (purge_api_get_endpoint (api)));
  row[3] = g_strdup (purge_enum_to_nick (PURGE_TYPE_FORM, purge_account_get_form (account)));
  row[4] = g_strdup (purge_enum_to_nick (PURGE_TYPE_SIGNATURE_METHOD,
                                         purge_account_get_signature (account)));
  row[5] = g_strdup (key_word (listed));
}

/* The cells of a table, row by row; the headings are the first row, the others are still empty. */
static GPtrArray *
make_cells (const char * const *headings,
            guint               n_columns,
            guint               n_rows)
{
  GPtrArray *cells = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_set_size (cells, n_rows * n_columns);
  for (guint i = 0; i < n_columns; i++)
    cells->pdata[i] = g_strdup (headings[i]);

  return cells;
}

static void
append_table (GString *text,
              char   **cells,
              guint    n_rows,
              guint    n_columns)
{
  g_autofree gsize *widths = g_new0 (gsize, n_columns);

  for (guint i = 0; i < n_rows * n_columns; i++)
    widths[i % n_columns] = MAX (widths[i % n_columns], purge_cli_output_width (cells[i]));

  for (guint row = 0; row < n_rows; row++)
    {
      char **first = cells + row * n_columns;

      for (guint column = 0; column + 1 < n_columns; column++)
        append_cell (text, first[column], widths[column]);
      g_string_append_printf (text, "%s\n", first[n_columns - 1]);
    }
}

/**
 * purge_cli_text_accounts:
 * @accounts: (element-type PurgeCliAccount): accounts
 *
 * Returns: (transfer full): a table with a heading; a sentence where there are none
 */
char *
purge_cli_text_accounts (GArray *accounts)
{
  guint n_rows = accounts->len + 1;
  g_autoptr (GPtrArray) cells = NULL;
  GString *text = g_string_new (NULL);
  const char * const headings[N_ACCOUNT_COLUMNS] = {
    /* Translators: the heads of a table on a terminal */
    _("NAME"), _("API"), _("ENDPOINT"), _("FORM"), _("SIGNATURE"), _("KEY"),
  };

  if (accounts->len == 0)
    {
      g_string_append (text, _("There is no account yet. Add one with “accounts add”.\n"));
      return g_string_free (text, FALSE);
    }

  cells = make_cells (headings, N_ACCOUNT_COLUMNS, n_rows);
  for (guint i = 0; i < accounts->len; i++)
    fill_row ((char **) cells->pdata + (i + 1) * N_ACCOUNT_COLUMNS,
              &g_array_index (accounts, PurgeCliAccount, i));

  append_table (text, (char **) cells->pdata, n_rows, N_ACCOUNT_COLUMNS);
  return g_string_free (text, FALSE);
}

static void
fill_history_row (char                         **row,
                  const PurgeSubmissionSummary  *summary,
                  gboolean                       searched)
{
  guint n_directories = summary->tally.n_directories;

  row[0] = g_strdup_printf ("%" G_GINT64_FORMAT, summary->id);
  row[1] = purge_cli_time_dup_local (summary->created);
  row[2] = purge_cli_output_safe (summary->account_name);
  /* Translators: how many directories have what was searched for in them, “3 of 45” */
  row[3] = searched ? g_strdup_printf (_("%u of %u"), summary->n_hits, n_directories)
                    : g_strdup_printf ("%u", n_directories);
  row[4] = purge_tally_dup_summary (&summary->tally);
}

/**
 * purge_cli_text_history:
 * @summaries: (element-type PurgeSubmissionSummary): submissions
 * @searched: whether something was searched for in them
 *
 * Returns: (transfer full): a table with a heading; a sentence where there are none
 */
char *
purge_cli_text_history (GPtrArray *summaries,
                        gboolean   searched)
{
  guint n_rows = summaries->len + 1;
  g_autoptr (GPtrArray) cells = NULL;
  GString *text = g_string_new (NULL);
  const char * const headings[N_HISTORY_COLUMNS] = {
    /* Translators: the heads of a table on a terminal */
    _("ID"), _("TIME"), _("ACCOUNT"), _("DIRECTORIES"), _("RESULT"),
  };

  if (summaries->len == 0)
    {
      g_string_append (text, searched
                               ? _("No submission of before has that in a directory or URL.\n")
                               : _("There is no submission of before.\n"));
      return g_string_free (text, FALSE);
    }

  cells = make_cells (headings, N_HISTORY_COLUMNS, n_rows);
  for (guint i = 0; i < summaries->len; i++)
    fill_history_row ((char **) cells->pdata + (i + 1) * N_HISTORY_COLUMNS, summaries->pdata[i],
                      searched);

  append_table (text, (char **) cells->pdata, n_rows, N_HISTORY_COLUMNS);
  return g_string_free (text, FALSE);
}

static void
append_counted (GString             *text,
                const PurgeCliQuota *quota)
{
  g_autofree char *day = purge_quota_day_format (quota->day);
  guint used = quota->used[PURGE_KIND_DIRECTORY];
  guint total = quota->total[PURGE_KIND_DIRECTORY];
  guint n_urls = quota->total[PURGE_KIND_URL];

  /* Translators: used, total, and a date in the time zone UTC+8 */
  g_string_append_printf (text, ngettext ("%u of %u directory is used today (%s, UTC+8), by this "
                                          "computer’s count.\n",
                                          "%u of %u directories are used today (%s, UTC+8), by this "
                                          "computer’s count.\n", total),
                          used, total, day);
  /* Translators: used and total */
  g_string_append_printf (text, ngettext ("%u of %u URL is used, by the same count.\n",
                                          "%u of %u URLs are used, by the same count.\n", n_urls),
                          quota->used[PURGE_KIND_URL], n_urls);
}

static void
fill_quota_row (char                **row,
                const PurgeQuotaRow  *quota)
{
  static const char * const kinds[] = {
    [PURGE_KIND_DIRECTORY] = NC_("quota", "directories"),
    [PURGE_KIND_URL] = NC_("quota", "URLs"),
  };
  static const char * const areas[] = {
    [PURGE_AREA_NONE] = "",
    [PURGE_AREA_MAINLAND] = NC_("quota", "mainland"),
    [PURGE_AREA_OVERSEAS] = NC_("quota", "overseas"),
  };

  row[0] = g_strdup (g_dpgettext2 (GETTEXT_PACKAGE, "quota", kinds[quota->kind]));
  row[1] = g_strdup (g_dpgettext2 (GETTEXT_PACKAGE, "quota", areas[quota->area]));
  row[2] = g_strdup_printf ("%u", quota->available);
  row[3] = g_strdup_printf ("%u", quota->total);
  row[4] = g_strdup_printf ("%u", quota->batch);
}

/**
 * purge_cli_text_quota:
 * @quota: what is used of a quota
 * @server: (nullable): what the server says of it
 *
 * Returns: (transfer full): a line a kind, and a table of the server’s count
 */
char *
purge_cli_text_quota (const PurgeCliQuota    *quota,
                      const PurgeServerQuota *server)
{
  GString *text = g_string_new (NULL);
  g_autoptr (GPtrArray) cells = NULL;
  guint n_rows = server != NULL ? server->rows->len + 1 : 1;
  const char * const headings[N_QUOTA_COLUMNS] = {
    /* Translators: of the server's quotas: how many are left of a total, how many a request takes */
    _("KIND"), _("AREA"), _("LEFT"), _("TOTAL"), _("PER REQUEST"),
  };

  append_counted (text, quota);
  if (n_rows == 1)
    return g_string_free (text, FALSE);

  g_string_append (text, _("By Tencent’s count:\n"));
  cells = make_cells (headings, N_QUOTA_COLUMNS, n_rows);
  for (guint i = 1; i < n_rows; i++)
    fill_quota_row ((char **) cells->pdata + i * N_QUOTA_COLUMNS,
                    &g_array_index (server->rows, PurgeQuotaRow, i - 1));

  append_table (text, (char **) cells->pdata, n_rows, N_QUOTA_COLUMNS);
  return g_string_free (text, FALSE);
}
