/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* A submission as rows. Knows tables and columns; how a batch moves is known elsewhere. */

#define G_LOG_DOMAIN "purge-submission-table"

#include "config.h"

#include "purge-submission-table.h"

#include <glib/gi18n-lib.h>

#include "purge-attempt-table.h"
#include "purge-enum.h"
#include "purge-error.h"

static void
set_not_found (gint64    id,
               GError  **error)
{
  g_autofree char *name = g_strdup_printf ("%" G_GINT64_FORMAT, id);

  g_set_error (error, PURGE_ERROR, PURGE_ERROR_NOT_FOUND,
               /* Translators: %s is the number of a submission in the history. */
               _("There is no submission %s. Look into the history for its number."), name);
}

static gboolean
insert_entries (PurgeSql            *sql,
                gint64               batch_id,
                const char * const  *urls,
                GError             **error)
{
  for (guint i = 0; urls[i] != NULL; i++)
    if (!purge_sql_run (sql,
                        "INSERT INTO entry (batch_id, ordinal, directory) VALUES (?, ?, ?)", error,
                        PURGE_SQL_VALUES (PURGE_SQL_INTEGER (batch_id),
                                          PURGE_SQL_INTEGER (i + 1),
                                          PURGE_SQL_TEXT (urls[i]))))
      return FALSE;

  return TRUE;
}

static gboolean
insert_batch (PurgeSql                *sql,
              gint64                   submission_id,
              const char              *account_uuid,
              const PurgeBatchRecord  *batch,
              GArray                  *batch_ids,
              GError                 **error)
{
  const char *waiting = purge_batch_state_to_string (PURGE_BATCH_WAITING);
  const char *kind = purge_enum_to_nick (PURGE_TYPE_KIND, batch->kind);
  gint64 id;

  if (!purge_sql_run (sql,
                      "INSERT INTO batch (submission_id, account_uuid, number, state, kind)"
                      " VALUES (?, ?, ?, ?, ?)", error,
                      PURGE_SQL_VALUES (PURGE_SQL_INTEGER (submission_id),
                                        PURGE_SQL_TEXT (account_uuid),
                                        PURGE_SQL_INTEGER (batch->number),
                                        PURGE_SQL_TEXT (waiting),
                                        PURGE_SQL_TEXT (kind))))
    return FALSE;

  id = purge_sql_get_last_id (sql);
  g_array_append_val (batch_ids, id);
  return insert_entries (sql, id, (const char * const *) batch->urls, error);
}

typedef struct {
  PurgeSql         *sql;
  PurgeSubmission  *submission;
  PurgeBatchRecord *batch;
  GStrvBuilder     *urls;
} Load;

static gboolean
read_nick (Load         *load,
           GType         type,
           const char   *nick,
           int          *value,
           GError      **error)
{
  if (purge_enum_from_nick (type, nick, value))
    return TRUE;

  purge_sql_set_damaged (load->sql, "a name in it means nothing", error);
  return FALSE;
}

static gboolean
read_submission (const PurgeSqlRow  *row,
                 gpointer            data,
                 GError            **error)
{
  Load *load = data;
  PurgeSubmission *submission = purge_submission_new_stored (purge_sql_row_get_integer (row, 0));
  int mode;
  int area;

  load->submission = submission;
  submission->account_uuid = g_strdup (purge_sql_row_get_text (row, 1));
  submission->account_name = g_strdup (purge_sql_row_get_text (row, 2));
  submission->api = g_strdup (purge_sql_row_get_text (row, 3));
  submission->endpoint = g_strdup (purge_sql_row_get_text (row, 4));
  submission->key_serial = purge_sql_row_get_integer (row, 5);
  submission->created = purge_sql_row_get_integer (row, 7);
  if (!read_nick (load, PURGE_TYPE_MODE, purge_sql_row_get_text (row, 6), &mode, error) ||
      !read_nick (load, PURGE_TYPE_AREA, purge_sql_row_get_text (row, 8), &area, error))
    return FALSE;

  submission->mode = mode;
  submission->area = area;
  return TRUE;
}

/* The event that led to a state, as far as an outcome can have led there. */
static PurgeBatchEvent
get_event (PurgeBatchState state)
{
  switch (state)
    {
    case PURGE_BATCH_ACCEPTED:
      return PURGE_BATCH_EVENT_ACCEPTED;
    case PURGE_BATCH_REJECTED:
      return PURGE_BATCH_EVENT_REJECTED;
    case PURGE_BATCH_UNKNOWN:
      return PURGE_BATCH_EVENT_LOST;
    case PURGE_BATCH_SUPERSEDED:
      return PURGE_BATCH_EVENT_RESUBMITTED;
    case PURGE_BATCH_DONE:
      return PURGE_BATCH_EVENT_DONE;
    case PURGE_BATCH_FAILED:
      return PURGE_BATCH_EVENT_FAILED;
    case PURGE_BATCH_WAITING:
    case PURGE_BATCH_SENDING:
    default:
      return PURGE_BATCH_EVENT_NOT_EXECUTED;
    }
}

enum {
  COLUMN_ID,
  COLUMN_STATE,
  COLUMN_NONCE,
  COLUMN_TIMESTAMP,
  COLUMN_RESOLVED,
  COLUMN_CAUSE,
  COLUMN_STOPS_QUEUE,
  COLUMN_HTTP_STATUS,
  COLUMN_CODE,
  COLUMN_CODE_IS_NUMBER,
  COLUMN_CODE_DESC,
  COLUMN_MESSAGE,
  COLUMN_MODULE_CODE,
  COLUMN_TASK_ID,
  COLUMN_REQUEST_ID,
  COLUMN_COUNT,
  COLUMN_RAW,
  COLUMN_DETAIL,
  COLUMN_PARENT,
  COLUMN_SUCCESSOR,
  COLUMN_N_LOOK_UPS,
  COLUMN_LOOKED_UP,
  COLUMN_KIND,
};

#define BATCH_COLUMNS \
  "id, state, nonce, timestamp, resolved, cause, stops_queue, http_status, code, code_is_number, " \
  "code_desc, message, module_code, task_id, request_id, count, raw, detail, " \
  "(SELECT number FROM batch AS parent WHERE parent.id = batch.parent_id), " \
  "(SELECT number FROM batch AS successor WHERE successor.parent_id = batch.id), " \
  "(SELECT count(*) FROM look_up WHERE batch_id = batch.id), " \
  "(SELECT max(time) FROM look_up WHERE batch_id = batch.id), kind"

static void
read_answer (const PurgeSqlRow *row,
             PurgeAnswer       *answer)
{
  answer->code = g_strdup (purge_sql_row_get_text (row, COLUMN_CODE));
  answer->code_is_number = purge_sql_row_get_integer (row, COLUMN_CODE_IS_NUMBER) != 0;
  answer->code_desc = g_strdup (purge_sql_row_get_text (row, COLUMN_CODE_DESC));
  answer->message = g_strdup (purge_sql_row_get_text (row, COLUMN_MESSAGE));
  answer->module_code = purge_sql_row_get_integer (row, COLUMN_MODULE_CODE);
  answer->task_id = g_strdup (purge_sql_row_get_text (row, COLUMN_TASK_ID));
  answer->request_id = g_strdup (purge_sql_row_get_text (row, COLUMN_REQUEST_ID));
  answer->count = purge_sql_row_get_integer (row, COLUMN_COUNT);
  answer->raw = g_strdup (purge_sql_row_get_text (row, COLUMN_RAW));
}

static gboolean
read_outcome (Load               *load,
              const PurgeSqlRow  *row,
              PurgeBatchRecord   *batch,
              GError            **error)
{
  int cause;

  if (purge_sql_row_is_null (row, COLUMN_CAUSE))
    return TRUE;

  if (!read_nick (load, PURGE_TYPE_CAUSE, purge_sql_row_get_text (row, COLUMN_CAUSE), &cause, error))
    return FALSE;

  batch->outcome = purge_outcome_new (get_event (batch->state), cause);
  batch->outcome->stops_queue = purge_sql_row_get_integer (row, COLUMN_STOPS_QUEUE) != 0;
  batch->outcome->http_status = purge_sql_row_get_integer (row, COLUMN_HTTP_STATUS);
  batch->outcome->detail = g_strdup (purge_sql_row_get_text (row, COLUMN_DETAIL));
  read_answer (row, &batch->outcome->answer);
  return TRUE;
}

static gboolean
read_batch (const PurgeSqlRow  *row,
            gpointer            data,
            GError            **error)
{
  Load *load = data;
  PurgeBatchRecord *batch = purge_submission_append (load->submission);
  int state;
  int kind;

  batch->id = purge_sql_row_get_integer (row, COLUMN_ID);
  batch->nonce = (guint64) purge_sql_row_get_integer (row, COLUMN_NONCE);
  batch->timestamp = purge_sql_row_get_integer (row, COLUMN_TIMESTAMP);
  batch->resolved = purge_sql_row_get_integer (row, COLUMN_RESOLVED);
  batch->parent = purge_sql_row_get_integer (row, COLUMN_PARENT);
  batch->successor = purge_sql_row_get_integer (row, COLUMN_SUCCESSOR);
  batch->n_look_ups = purge_sql_row_get_integer (row, COLUMN_N_LOOK_UPS);
  batch->looked_up = purge_sql_row_get_integer (row, COLUMN_LOOKED_UP);
  if (!read_nick (load, PURGE_TYPE_BATCH_STATE, purge_sql_row_get_text (row, COLUMN_STATE), &state,
                  error) ||
      !read_nick (load, PURGE_TYPE_KIND, purge_sql_row_get_text (row, COLUMN_KIND), &kind, error))
    return FALSE;

  batch->state = state;
  batch->kind = kind;
  return read_outcome (load, row, batch, error);
}

static gboolean
read_url (const PurgeSqlRow  *row,
          gpointer            data,
          GError            **error)
{
  Load *load = data;

  g_strv_builder_add (load->urls, purge_sql_row_get_text (row, 0));
  return TRUE;
}

/* What is in other tables, once the query over the batches is over. */
static gboolean
load_parts (Load    *load,
            GError **error)
{
  for (guint i = 0; i < load->submission->batches->len; i++)
    {
      g_autoptr (GStrvBuilder) urls = g_strv_builder_new ();
      PurgeBatchRecord *batch = g_ptr_array_index (load->submission->batches, i);

      load->urls = urls;
      if (!purge_sql_query (load->sql,
                            "SELECT directory FROM entry WHERE batch_id = ? ORDER BY ordinal",
                            read_url, load, error,
                            PURGE_SQL_VALUES (PURGE_SQL_INTEGER (batch->id))))
        return FALSE;

      batch->urls = g_strv_builder_end (urls);
      if (!purge_attempt_table_load (load->sql, batch, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * purge_submission_table_add:
 * @sql: the database
 * @submission: a submission that is not stored yet
 * @submission_id: (out): its id
 * @batch_ids: (element-type gint64): gets the ids of its batches appended, in order
 * @error: return location for an error
 *
 * Stores a submission with all its batches as waiting.
 *
 * Returns: whether it is stored; if not, the errors of purge_sql_run()
 */
gboolean
purge_submission_table_add (PurgeSql               *sql,
                            const PurgeSubmission  *submission,
                            gint64                 *submission_id,
                            GArray                 *batch_ids,
                            GError                **error)
{
  const char *mode = purge_enum_to_nick (PURGE_TYPE_MODE, submission->mode);
  const char *area = purge_enum_to_nick (PURGE_TYPE_AREA, submission->area);

  if (!purge_sql_run (sql,
                      "INSERT INTO submission (account_uuid, account_name, api, endpoint,"
                      " key_serial, mode, created, area) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", error,
                      PURGE_SQL_VALUES (PURGE_SQL_TEXT (submission->account_uuid),
                                        PURGE_SQL_TEXT (submission->account_name),
                                        PURGE_SQL_TEXT (submission->api),
                                        PURGE_SQL_TEXT (submission->endpoint),
                                        PURGE_SQL_INTEGER (submission->key_serial),
                                        PURGE_SQL_TEXT (mode),
                                        PURGE_SQL_INTEGER (submission->created),
                                        PURGE_SQL_TEXT (area))))
    return FALSE;

  *submission_id = purge_sql_get_last_id (sql);
  for (guint i = 0; i < submission->batches->len; i++)
    if (!insert_batch (sql, *submission_id, submission->account_uuid,
                       g_ptr_array_index (submission->batches, i), batch_ids, error))
      return FALSE;

  return TRUE;
}

/**
 * purge_submission_table_load:
 * @sql: the database
 * @submission_id: a submission
 * @error: return location for an error
 *
 * Returns: (transfer full): the submission with all its batches and what became of them, or %NULL
 *   with %PURGE_ERROR_NOT_FOUND where there is none, or with the errors of purge_sql_run()
 */
PurgeSubmission *
purge_submission_table_load (PurgeSql  *sql,
                             gint64     submission_id,
                             GError   **error)
{
  g_autoptr (PurgeSubmission) submission = NULL;
  Load load = { sql };
  gboolean read;

  read = purge_sql_query (sql,
                          "SELECT id, account_uuid, account_name, api, endpoint, key_serial, mode,"
                          " created, area FROM submission WHERE id = ?", read_submission, &load, error,
                          PURGE_SQL_VALUES (PURGE_SQL_INTEGER (submission_id)));
  submission = load.submission;
  if (!read)
    return NULL;

  if (submission == NULL)
    {
      set_not_found (submission_id, error);
      return NULL;
    }

  if (!purge_sql_query (sql,
                        "SELECT " BATCH_COLUMNS " FROM batch WHERE submission_id = ? ORDER BY number",
                        read_batch, &load, error,
                        PURGE_SQL_VALUES (PURGE_SQL_INTEGER (submission_id))))
    return NULL;

  return load_parts (&load, error) ? g_steal_pointer (&submission) : NULL;
}

/**
 * purge_submission_table_find_latest:
 * @sql: the database
 * @submission_id: (out): the submission that was stored last, or 0 where there is none
 * @error: return location for an error
 *
 * Returns: as purge_sql_run()
 */
gboolean
purge_submission_table_find_latest (PurgeSql  *sql,
                                    gint64    *submission_id,
                                    GError   **error)
{
  *submission_id = 0;
  return purge_sql_query_integer (sql, "SELECT id FROM submission ORDER BY id DESC LIMIT 1",
                                  submission_id, error, PURGE_SQL_NO_VALUES);
}
