/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The shapes that scripts rely on. Every member is always there; what is absent is null. */

#define G_LOG_DOMAIN "purge-cli-json"

#include "config.h"

#include "purge-cli-json.h"

#include <json-glib/json-glib.h>

#include "purge-api.h"
#include "purge-cli-time.h"
#include "purge-enum.h"
#include "purge-quota.h"
#include "purge-submission-summary.h"
#include "purge-visible.h"

/* JSON may hold any character, but terminals obey some of them, and json-glib writes U+001F as it
 * is. Outside of strings no such character occurs, so that all of them can be spelt out. */
static char *
escape (const char *json)
{
  GString *escaped = g_string_sized_new (1024);

  for (const char *c = json; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      if (!purge_visible_is_hidden (character))
        g_string_append_unichar (escaped, character);
      else if (character < 0x10000)
        g_string_append_printf (escaped, "\\u%04x", character);
      else
        g_string_append_printf (escaped, "\\u%04x\\u%04x", 0xd7c0 + (character >> 10),
                                0xdc00 + (character & 0x3ff));
    }

  g_string_append_c (escaped, '\n');
  return g_string_free (escaped, FALSE);
}

static char *
end_document (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *json = NULL;

  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  json = json_to_string (root, FALSE);

  return escape (json);
}

static JsonBuilder *
begin_document (void)
{
  return json_builder_begin_object (json_builder_new_immutable ());
}

/* A text that is no UTF-8 gets U+FFFD where it is not. */
static void
add_text (JsonBuilder *builder,
          const char  *name,
          const char  *value)
{
  g_autofree char *valid = value != NULL ? g_utf8_make_valid (value, -1) : NULL;

  json_builder_set_member_name (builder, name);
  if (valid != NULL)
    json_builder_add_string_value (builder, valid);
  else
    json_builder_add_null_value (builder);
}

static void
add_nick (JsonBuilder *builder,
          const char  *name,
          GType        type,
          int          value)
{
  add_text (builder, name, purge_enum_to_nick (type, value));
}

static void
add_number (JsonBuilder *builder,
            const char  *name,
            gint64       value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

static void
add_null (JsonBuilder *builder,
          const char  *name)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_null_value (builder);
}

static void
add_failure (JsonBuilder *builder,
             const char  *kind,
             const char  *sentence)
{
  if (kind == NULL)
    {
      add_null (builder, "error");
      return;
    }

  json_builder_set_member_name (builder, "error");
  json_builder_begin_object (builder);
  add_text (builder, "kind", kind);
  add_text (builder, "sentence", sentence);
  json_builder_end_object (builder);
}

static void
add_error (JsonBuilder  *builder,
           const GError *error)
{
  g_autofree char *sentence = error != NULL ? purge_cli_error_dup_sentence (error) : NULL;

  add_failure (builder, error != NULL ? purge_cli_error_get_kind (error) : NULL, sentence);
}

/* API 2.0 has numbers for codes and API 3.0 words; they stay what they are. */
static void
add_code (JsonBuilder       *builder,
          const PurgeAnswer *answer)
{
  gint64 number;

  if (answer != NULL && answer->code != NULL && answer->code_is_number &&
      g_ascii_string_to_signed (answer->code, 10, G_MININT64, G_MAXINT64, &number, NULL))
    add_number (builder, "code", number);
  else
    add_text (builder, "code", answer != NULL ? answer->code : NULL);
}

static void
add_batch (JsonBuilder         *builder,
           const PurgeCliBatch *batch)
{
  const PurgeAnswer *answer = batch->outcome != NULL ? &batch->outcome->answer : NULL;

  json_builder_begin_object (builder);
  add_text (builder, "state", purge_batch_state_to_string (batch->state));
  add_nick (builder, "kind", PURGE_TYPE_KIND, batch->kind);
  add_code (builder, answer);
  add_text (builder, "codeDesc", answer != NULL ? answer->code_desc : NULL);
  add_text (builder, "message", answer != NULL ? answer->message : NULL);
  add_text (builder, "taskId", answer != NULL ? answer->task_id : NULL);
  add_text (builder, "explanation", batch->explanation);

  json_builder_set_member_name (builder, "directories");
  json_builder_begin_array (builder);
  for (gsize i = 0; batch->urls[i] != NULL; i++)
    json_builder_add_string_value (builder, batch->urls[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
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
      add_text (builder, "file", line->file);
      add_number (builder, "line", line->item->line);
      add_text (builder, "text", line->item->text);
      add_text (builder, "problem", purge_cli_line_get_kind (line));
      add_text (builder, "sentence", sentence);
      if (with_result)
        add_text (builder, "result", line->item->url);
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
  add_text (builder, "name", purge_account_get_name (account));
  add_nick (builder, "api", PURGE_TYPE_API_KIND, purge_account_get_api (account));
  add_text (builder, "endpoint", purge_endpoint_to_string (purge_api_get_endpoint (api)));
  add_nick (builder, "form", PURGE_TYPE_FORM, purge_account_get_form (account));
  add_nick (builder, "signature", PURGE_TYPE_SIGNATURE_METHOD,
            purge_account_get_signature (account));

  /* Of a key that is not there, or of which the keyring says nothing, it is not known. */
  json_builder_set_member_name (builder, "locked");
  if (listed->is_known && listed->state != PURGE_KEY_ABSENT)
    json_builder_add_boolean_value (builder, listed->state == PURGE_KEY_LOCKED);
  else
    json_builder_add_null_value (builder);
  json_builder_end_object (builder);
}

/* What is done is among the accepted, and what failed among the rejected. */
static void
add_tally (JsonBuilder      *builder,
           const PurgeTally *tally)
{
  add_number (builder, "accepted", tally->n_accepted);
  add_number (builder, "rejected", tally->n_rejected);
  add_number (builder, "unknown", tally->n_unknown);
  add_number (builder, "waiting", tally->n_waiting);
  add_number (builder, "done", tally->n_done);
  add_number (builder, "failed", tally->n_failed);
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
  g_autoptr (JsonBuilder) builder = begin_document ();
  PurgeTally tally = purge_cli_report_count (report);
  g_autofree char *sentence = NULL;
  const char *kind = NULL;

  if (report->submission != 0)
    add_number (builder, "submission", report->submission);
  else
    add_null (builder, "submission");

  add_text (builder, "area", report->area != PURGE_AREA_NONE
                               ? purge_enum_to_nick (PURGE_TYPE_AREA, report->area) : NULL);
  add_tally (builder, &tally);

  json_builder_set_member_name (builder, "batches");
  json_builder_begin_array (builder);
  for (guint i = 0; i < report->batches->len; i++)
    add_batch (builder, report->batches->pdata[i]);
  json_builder_end_array (builder);

  add_lines (builder, "problems", report->input != NULL ? report->input->problems : NULL, FALSE);
  add_lines (builder, "changes", report->input != NULL ? report->input->changes : NULL, TRUE);

  purge_cli_report_find_failure (report, &kind, &sentence);
  add_failure (builder, kind, sentence);

  return end_document (builder);
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
  g_autoptr (JsonBuilder) builder = begin_document ();

  json_builder_set_member_name (builder, "accounts");
  json_builder_begin_array (builder);
  for (guint i = 0; i < accounts->len; i++)
    add_account (builder, &g_array_index (accounts, PurgeCliAccount, i));
  json_builder_end_array (builder);
  add_error (builder, error);

  return end_document (builder);
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
  g_autoptr (JsonBuilder) builder = begin_document ();

  if (account != NULL)
    {
      json_builder_set_member_name (builder, "account");
      add_account (builder, account);
    }
  else
    {
      add_null (builder, "account");
    }
  add_error (builder, error);

  return end_document (builder);
}

static void
add_summary (JsonBuilder                  *builder,
             const PurgeSubmissionSummary *summary)
{
  g_autofree char *time = purge_cli_time_dup_rfc3339 (summary->created);

  json_builder_begin_object (builder);
  add_number (builder, "id", summary->id);
  add_text (builder, "time", time);
  add_text (builder, "account", summary->account_name);
  add_tally (builder, &summary->tally);
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
  g_autoptr (JsonBuilder) builder = begin_document ();

  json_builder_set_member_name (builder, "submissions");
  json_builder_begin_array (builder);
  for (guint i = 0; summaries != NULL && i < summaries->len; i++)
    add_summary (builder, summaries->pdata[i]);
  json_builder_end_array (builder);
  add_error (builder, error);

  return end_document (builder);
}

static void
add_local_quota (JsonBuilder         *builder,
                 const PurgeCliQuota *quota)
{
  g_autofree char *day = purge_quota_day_format (quota->day);

  json_builder_set_member_name (builder, "local");
  json_builder_begin_object (builder);
  add_number (builder, "used", quota->used[PURGE_KIND_DIRECTORY]);
  add_number (builder, "total", quota->total[PURGE_KIND_DIRECTORY]);
  add_text (builder, "day", day);
  json_builder_set_member_name (builder, "urls");
  json_builder_begin_object (builder);
  add_number (builder, "used", quota->used[PURGE_KIND_URL]);
  add_number (builder, "total", quota->total[PURGE_KIND_URL]);
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
      add_null (builder, name);
      return;
    }

  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
  add_number (builder, "batch", row->batch);
  add_number (builder, "total", row->total);
  add_number (builder, "available", row->available);
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
  g_autoptr (JsonBuilder) builder = begin_document ();

  if (quota != NULL)
    add_local_quota (builder, quota);
  else
    add_null (builder, "local");

  if (server != NULL)
    add_server_quota (builder, server);
  else
    add_null (builder, "server");
  add_error (builder, error);

  return end_document (builder);
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
  g_autoptr (JsonBuilder) builder = begin_document ();

  add_error (builder, error);

  return end_document (builder);
}
