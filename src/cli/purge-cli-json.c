/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The shapes that scripts rely on. Every member is always there; what is absent is null. */

#define G_LOG_DOMAIN "purge-cli-json"

#include "config.h"

#include "purge-cli-json.h"

#include <json-glib/json-glib.h>

#include "purge-api.h"
#include "purge-enum.h"
#include "purge-export-json.h"
#include "purge-json.h"
#include "purge-quota.h"
#include "purge-submission-summary.h"
#include "purge-time.h"

static void
add_error (JsonBuilder  *builder,
           const GError *error)
{
  g_autofree char *sentence = error != NULL ? purge_cli_error_dup_sentence (error) : NULL;

  purge_export_json_add_failure (builder, error != NULL ? purge_cli_error_get_kind (error) : NULL,
                                 sentence);
}

static void
add_batch (JsonBuilder         *builder,
           const PurgeCliBatch *batch)
{
  PurgeExportBatch told = {
    batch->state, batch->kind, (const char * const *) batch->urls,
    batch->outcome != NULL ? &batch->outcome->answer : NULL, batch->explanation,
  };

  purge_export_json_add_batch (builder, &told);
}

static void
add_lines (JsonBuilder *builder,
           const char  *name,
           GArray      *lines,
           gboolean     with_result)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);

  for (guint i = 0; lines != NULL && i < lines->len; i++)
    {
      const PurgeCliLine *line = &g_array_index (lines, PurgeCliLine, i);
      g_autofree char *sentence = purge_cli_line_dup_sentence (line);

      json_builder_begin_object (builder);
      purge_json_add_text (builder, "file", line->file);
      purge_json_add_number (builder, "line", line->item->line);
      purge_json_add_text (builder, "text", line->item->text);
      purge_json_add_text (builder, "problem", purge_cli_line_get_kind (line));
      purge_json_add_text (builder, "sentence", sentence);
      if (with_result)
        purge_json_add_text (builder, "result", line->item->url);
      json_builder_end_object (builder);
    }

  json_builder_end_array (builder);
}

static void
add_account (JsonBuilder           *builder,
             const PurgeCliAccount *listed)
{
  PurgeAccount *account = listed->account;
  g_autoptr (PurgeApi) api = purge_api_new_for_account (account);

  json_builder_begin_object (builder);
  purge_json_add_text (builder, "name", purge_account_get_name (account));
  purge_json_add_nick (builder, "api", PURGE_TYPE_API_KIND, purge_account_get_api (account));
  purge_json_add_text (builder, "endpoint",
                       purge_endpoint_to_string (purge_api_get_endpoint (api)));
  purge_json_add_nick (builder, "form", PURGE_TYPE_FORM, purge_account_get_form (account));
  purge_json_add_nick (builder, "signature", PURGE_TYPE_SIGNATURE_METHOD,
                       purge_account_get_signature (account));

  /* Of a key that is not there, or of which the keyring says nothing, it is not known. */
  json_builder_set_member_name (builder, "locked");
  if (listed->is_known && listed->state != PURGE_KEY_ABSENT)
    json_builder_add_boolean_value (builder, listed->state == PURGE_KEY_LOCKED);
  else
    json_builder_add_null_value (builder);
  json_builder_end_object (builder);
}

/**
 * purge_cli_json_report:
 * @report: a report
 *
 * Returns: (transfer full): the one object of `purge`, `show`, `check` and `retry`, with its line
 *   end
 */
char *
purge_cli_json_report (const PurgeCliReport *report)
{
  g_autoptr (JsonBuilder) builder = purge_json_begin ();
  PurgeTally tally = purge_cli_report_count (report);
  g_autofree char *sentence = NULL;
  const char *kind = NULL;

  purge_export_json_add_head (builder, report->submission, report->area, &tally);

  json_builder_set_member_name (builder, "batches");
  json_builder_begin_array (builder);
  for (guint i = 0; i < report->batches->len; i++)
    add_batch (builder, report->batches->pdata[i]);
  json_builder_end_array (builder);

  add_lines (builder, "problems", report->input != NULL ? report->input->problems : NULL, FALSE);
  add_lines (builder, "changes", report->input != NULL ? report->input->changes : NULL, TRUE);

  purge_cli_report_find_failure (report, &kind, &sentence);
  purge_export_json_add_failure (builder, kind, sentence);

  return purge_json_end (builder);
}

/**
 * purge_cli_json_accounts:
 * @accounts: (element-type PurgeCliAccount): accounts
 * @error: (nullable): why they could not be listed
 *
 * Returns: (transfer full): the one object of `accounts list`, with its line end
 */
char *
purge_cli_json_accounts (GArray       *accounts,
                         const GError *error)
{
  g_autoptr (JsonBuilder) builder = purge_json_begin ();

  json_builder_set_member_name (builder, "accounts");
  json_builder_begin_array (builder);
  for (guint i = 0; i < accounts->len; i++)
    add_account (builder, &g_array_index (accounts, PurgeCliAccount, i));
  json_builder_end_array (builder);
  add_error (builder, error);

  return purge_json_end (builder);
}

/**
 * purge_cli_json_account:
 * @account: (nullable): an account that was added or removed
 * @error: (nullable): why not
 *
 * Returns: (transfer full): the one object of `accounts add` and `accounts remove`, with its line
 *   end
 */
char *
purge_cli_json_account (const PurgeCliAccount *account,
                        const GError          *error)
{
  g_autoptr (JsonBuilder) builder = purge_json_begin ();

  if (account != NULL)
    {
      json_builder_set_member_name (builder, "account");
      add_account (builder, account);
    }
  else
    {
      purge_json_add_null (builder, "account");
    }
  add_error (builder, error);

  return purge_json_end (builder);
}

static void
add_summary (JsonBuilder                  *builder,
             const PurgeSubmissionSummary *summary)
{
  g_autofree char *time = purge_time_dup_rfc3339 (summary->created);

  json_builder_begin_object (builder);
  purge_json_add_number (builder, "id", summary->id);
  purge_json_add_text (builder, "time", time);
  purge_json_add_text (builder, "account", summary->account_name);
  purge_export_json_add_tally (builder, &summary->tally);
  json_builder_end_object (builder);
}

/**
 * purge_cli_json_history:
 * @summaries: (nullable) (element-type PurgeSubmissionSummary): submissions
 * @error: (nullable): why they could not be listed
 *
 * Returns: (transfer full): the one object of `history`, with its line end
 */
char *
purge_cli_json_history (GPtrArray    *summaries,
                        const GError *error)
{
  g_autoptr (JsonBuilder) builder = purge_json_begin ();

  json_builder_set_member_name (builder, "submissions");
  json_builder_begin_array (builder);
  for (guint i = 0; summaries != NULL && i < summaries->len; i++)
    add_summary (builder, summaries->pdata[i]);
  json_builder_end_array (builder);
  add_error (builder, error);

  return purge_json_end (builder);
}

static void
add_local_quota (JsonBuilder         *builder,
                 const PurgeCliQuota *quota)
{
  g_autofree char *day = purge_quota_day_format (quota->day);

  json_builder_set_member_name (builder, "local");
  json_builder_begin_object (builder);
  purge_json_add_number (builder, "used", quota->used[PURGE_KIND_DIRECTORY]);
  purge_json_add_number (builder, "total", quota->total[PURGE_KIND_DIRECTORY]);
  purge_json_add_text (builder, "day", day);
  json_builder_set_member_name (builder, "urls");
  json_builder_begin_object (builder);
  purge_json_add_number (builder, "used", quota->used[PURGE_KIND_URL]);
  purge_json_add_number (builder, "total", quota->total[PURGE_KIND_URL]);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
}

static void
add_quota_row (JsonBuilder            *builder,
               const PurgeServerQuota *server,
               PurgeKind               kind,
               PurgeArea               area)
{
  const PurgeQuotaRow *row = purge_server_quota_find (server, kind, area);
  const char *name = purge_enum_to_nick (PURGE_TYPE_AREA, area);

  if (row == NULL)
    {
      purge_json_add_null (builder, name);
      return;
    }

  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
  purge_json_add_number (builder, "batch", row->batch);
  purge_json_add_number (builder, "total", row->total);
  purge_json_add_number (builder, "available", row->available);
  json_builder_end_object (builder);
}

static void
add_server_quota (JsonBuilder            *builder,
                  const PurgeServerQuota *server)
{
  json_builder_set_member_name (builder, "server");
  json_builder_begin_object (builder);
  for (guint kind = 0; kind < PURGE_N_KINDS; kind++)
    {
      json_builder_set_member_name (builder, purge_enum_to_nick (PURGE_TYPE_KIND, kind));
      json_builder_begin_object (builder);
      add_quota_row (builder, server, kind, PURGE_AREA_MAINLAND);
      add_quota_row (builder, server, kind, PURGE_AREA_OVERSEAS);
      json_builder_end_object (builder);
    }
  json_builder_end_object (builder);
}

/**
 * purge_cli_json_quota:
 * @quota: (nullable): what is used of a quota
 * @server: (nullable): what the server says of it
 * @error: (nullable): why nothing is known
 *
 * Returns: (transfer full): the one object of `quota`, with its line end. `server` is null where the
 *   server could not be asked, as with API 2.0, which does not tell
 */
char *
purge_cli_json_quota (const PurgeCliQuota    *quota,
                      const PurgeServerQuota *server,
                      const GError           *error)
{
  g_autoptr (JsonBuilder) builder = purge_json_begin ();

  if (quota != NULL)
    add_local_quota (builder, quota);
  else
    purge_json_add_null (builder, "local");

  if (server != NULL)
    add_server_quota (builder, server);
  else
    purge_json_add_null (builder, "server");
  add_error (builder, error);

  return purge_json_end (builder);
}

/**
 * purge_cli_json_error:
 * @error: what is wrong with the command line
 *
 * Returns: (transfer full): the one object where no command was understood, with its line end
 */
char *
purge_cli_json_error (const GError *error)
{
  g_autoptr (JsonBuilder) builder = purge_json_begin ();

  add_error (builder, error);

  return purge_json_end (builder);
}
