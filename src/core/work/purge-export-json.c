/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What became of a submission, as members of an object. Scripts rely on their shapes: every member is
 * always there, and what is absent is null. */

#define G_LOG_DOMAIN "purge-export-json"

#include "config.h"

#include "purge-export-json.h"

#include "purge-json.h"

/* API 2.0 has numbers for codes and API 3.0 words; they stay what they are. */
static void
add_code (JsonBuilder       *builder,
          const PurgeAnswer *answer)
{
  gint64 number;

  if (answer != NULL && answer->code != NULL && answer->code_is_number &&
      g_ascii_string_to_signed (answer->code, 10, G_MININT64, G_MAXINT64, &number, NULL))
    purge_json_add_number (builder, "code", number);
  else
    purge_json_add_text (builder, "code", answer != NULL ? answer->code : NULL);
}

/**
 * purge_export_json_add_tally:
 * @builder: an object that was begun
 * @tally: entries, counted
 *
 * Adds how many there are of each: what is done is among the accepted, and what failed among the rejected.
 */
void
purge_export_json_add_tally (JsonBuilder      *builder,
                             const PurgeTally *tally)
{
  purge_json_add_number (builder, "accepted", tally->n_accepted);
  purge_json_add_number (builder, "rejected", tally->n_rejected);
  purge_json_add_number (builder, "unknown", tally->n_unknown);
  purge_json_add_number (builder, "waiting", tally->n_waiting);
  purge_json_add_number (builder, "done", tally->n_done);
  purge_json_add_number (builder, "failed", tally->n_failed);
}

/**
 * purge_export_json_add_head:
 * @builder: an object that was begun
 * @number: what `show` takes, or 0 where that cannot show it
 * @area: where it is purged
 * @tally: its entries, counted
 *
 * Adds what a report says before its batches.
 */
void
purge_export_json_add_head (JsonBuilder      *builder,
                            gint64            number,
                            PurgeArea         area,
                            const PurgeTally *tally)
{
  if (number != 0)
    purge_json_add_number (builder, "submission", number);
  else
    purge_json_add_null (builder, "submission");

  if (area != PURGE_AREA_NONE)
    purge_json_add_nick (builder, "area", PURGE_TYPE_AREA, area);
  else
    purge_json_add_null (builder, "area");

  purge_export_json_add_tally (builder, tally);
}

/**
 * purge_export_json_add_batch:
 * @builder: an array that was begun
 * @batch: a batch
 *
 * Adds an object.
 */
void
purge_export_json_add_batch (JsonBuilder            *builder,
                             const PurgeExportBatch *batch)
{
  const PurgeAnswer *answer = batch->answer;

  json_builder_begin_object (builder);
  purge_json_add_text (builder, "state", purge_batch_state_to_string (batch->state));
  purge_json_add_nick (builder, "kind", PURGE_TYPE_KIND, batch->kind);
  add_code (builder, answer);
  purge_json_add_text (builder, "codeDesc", answer != NULL ? answer->code_desc : NULL);
  purge_json_add_text (builder, "message", answer != NULL ? answer->message : NULL);
  purge_json_add_text (builder, "taskId", answer != NULL ? answer->task_id : NULL);
  purge_json_add_text (builder, "explanation", batch->explanation);

  json_builder_set_member_name (builder, "directories");
  json_builder_begin_array (builder);
  for (gsize i = 0; batch->urls[i] != NULL; i++)
    json_builder_add_string_value (builder, batch->urls[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

/**
 * purge_export_json_add_failure:
 * @builder: an object that was begun
 * @kind: (nullable): a stable name for scripts
 * @sentence: (nullable): what happened and what to do next, translated
 *
 * Adds `error`, which is null without a @kind.
 */
void
purge_export_json_add_failure (JsonBuilder *builder,
                               const char  *kind,
                               const char  *sentence)
{
  if (kind == NULL)
    {
      purge_json_add_null (builder, "error");
      return;
    }

  json_builder_set_member_name (builder, "error");
  json_builder_begin_object (builder);
  purge_json_add_text (builder, "kind", kind);
  purge_json_add_text (builder, "sentence", sentence);
  json_builder_end_object (builder);
}
