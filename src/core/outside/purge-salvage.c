/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Rows of a damaged database, as far as they can be read and mean something, go into a sound one.
 * Knows tables and columns of all versions; knows no files. */

#define G_LOG_DOMAIN "purge-salvage"

#include "config.h"

#include "purge-salvage.h"

#include "purge-account.h"
#include "purge-area.h"
#include "purge-batch-state.h"
#include "purge-cause.h"
#include "purge-enum.h"
#include "purge-error.h"
#include "purge-kind.h"
#include "purge-mode.h"

/* After so many steps, each twice as wide, that found nothing more, there is nothing more. */
#define MAX_STEPS 40

/* What is in a column, as the letter before its name. */
typedef enum {
  KIND_INTEGER = 'i',
  KIND_TEXT = 't',
  KIND_API = 'A',
  KIND_FORM = 'F',
  KIND_SIGNATURE = 'S',
  KIND_MODE = 'M',
  KIND_KIND = 'K',
  KIND_AREA = 'R',
  KIND_STATE = 'B',
  KIND_CAUSE = 'C',
  KIND_ENDPOINT = 'E',
  KIND_PARENT = 'p',
} Kind;

typedef struct {
  const char *name;
  const char *columns;
} Table;

#define BATCH_COLUMNS \
  "i:id i:submission_id t:account_uuid i:number B:state i:nonce i:timestamp i:lease C:cause " \
  "i:stops_queue i:http_status t:code i:code_is_number t:code_desc t:message i:module_code " \
  "t:task_id t:request_id i:count t:raw t:detail i:resolved"

#define SUBMISSION_COLUMNS \
  "i:id t:account_uuid t:account_name t:api t:endpoint i:key_serial M:mode i:created"

/* Parents before children. What later versions added to a table is tried first, the latest first. */
static const Table tables[] = {
  { "account", "t:uuid t:name A:api E:endpoint F:form S:signature i:daily_quota i:key_serial" },
  { "submission", SUBMISSION_COLUMNS " R:area" },
  { "submission", SUBMISSION_COLUMNS },
  { "batch", BATCH_COLUMNS " p:parent_id K:kind" },
  { "batch", BATCH_COLUMNS " p:parent_id" },
  { "batch", BATCH_COLUMNS },
  { "entry", "i:id i:batch_id i:ordinal t:directory" },
  { "attempt",
    "i:batch_id i:number t:kind t:account_uuid i:nonce i:timestamp A:api t:endpoint F:form "
    "S:signature i:key_serial i:started i:ended C:cause i:http_status t:detail" },
  { "look_up", "i:id i:batch_id i:time i:found C:cause i:http_status" },
  { "claim", "t:account_uuid t:record i:batch_id" },
  { "spent", "i:id t:account_uuid i:timestamp i:n K:kind R:area" },
  { "spent", "i:id t:account_uuid i:timestamp i:n" },
};

typedef struct {
  PurgeSql      *source;
  PurgeSql      *target;
  GStrv          columns;
  char          *forward;
  char          *backward;
  char          *insert;
  PurgeSqlValue *values;
  gint64         last;
  guint          n_rows;
  GError        *failure;
} Salvage;

static gboolean
has_meaning (Kind        kind,
             const char *text)
{
  const struct {
    Kind  kind;
    GType type;
  } enumerations[] = {
    { KIND_API, PURGE_TYPE_API_KIND },
    { KIND_FORM, PURGE_TYPE_FORM },
    { KIND_SIGNATURE, PURGE_TYPE_SIGNATURE_METHOD },
    { KIND_MODE, PURGE_TYPE_MODE },
    { KIND_KIND, PURGE_TYPE_KIND },
    { KIND_AREA, PURGE_TYPE_AREA },
    { KIND_STATE, PURGE_TYPE_BATCH_STATE },
    { KIND_CAUSE, PURGE_TYPE_CAUSE },
  };
  int value;

  for (guint i = 0; i < G_N_ELEMENTS (enumerations); i++)
    if (enumerations[i].kind == kind)
      return purge_enum_from_nick (enumerations[i].type, text, &value);

  if (kind == KIND_ENDPOINT)
    {
      g_autoptr (PurgeEndpoint) endpoint = text != NULL ? purge_endpoint_parse (text, NULL) : NULL;

      return text == NULL || endpoint != NULL;
    }

  return TRUE;
}

/* A value, unless the row means nothing with what is there. A batch without its cause still
 * does. */
static gboolean
read_value (const PurgeSqlRow *row,
            guint              column,
            Kind               kind,
            PurgeSqlValue     *value)
{
  gboolean is_null = purge_sql_row_is_null (row, column);

  if (kind == KIND_INTEGER || kind == KIND_PARENT)
    {
      *value = is_null ? PURGE_SQL_NULL
                       : PURGE_SQL_INTEGER (purge_sql_row_get_integer (row, column));
      return TRUE;
    }

  *value = PURGE_SQL_TEXT (is_null ? NULL : purge_sql_row_get_text (row, column));
  if (has_meaning (kind, value->text))
    return TRUE;

  *value = PURGE_SQL_NULL;
  return kind == KIND_CAUSE;
}

/* The first column is what the rows are sought by. What does not fit to the rows that are there is
 * left out; that the disk does not take it ends everything. */
static gboolean
copy_row (const PurgeSqlRow  *row,
          gpointer            data,
          GError            **error)
{
  Salvage *self = data;
  g_autoptr (GError) local_error = NULL;

  self->last = purge_sql_row_get_integer (row, 0);
  for (guint i = 0; self->columns[i] != NULL; i++)
    if (!read_value (row, i + 1, (Kind) self->columns[i][0], &self->values[i]))
      return TRUE;

  if (purge_sql_run (self->target, self->insert, &local_error, self->values,
                     g_strv_length (self->columns)))
    {
      self->n_rows += purge_sql_get_n_changed (self->target);
      return TRUE;
    }

  if (g_error_matches (local_error, PURGE_ERROR, PURGE_ERROR_STORAGE_DAMAGED))
    return TRUE;

  self->failure = g_error_copy (local_error);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* Whether all rows from there on could be read; %FALSE without an error where one could not. */
static gboolean
copy_rows (Salvage     *self,
           const char  *text,
           GError     **error)
{
  g_autoptr (GError) local_error = NULL;

  if (purge_sql_query (self->source, text, copy_row, self, &local_error,
                       PURGE_SQL_VALUES (PURGE_SQL_INTEGER (self->last))))
    return TRUE;

  if (self->failure != NULL)
    g_propagate_error (error, g_steal_pointer (&self->failure));
  else if (!g_error_matches (local_error, PURGE_ERROR, PURGE_ERROR_STORAGE_DAMAGED))
    g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}

static gint64
step_over (gint64 from,
           gint64 width)
{
  return from > G_MAXINT64 - width ? G_MAXINT64 : from + width;
}

/* Forward and over what is damaged in ever wider steps, and backward up to there: the rows between
 * are those that cannot be read. */
static gboolean
copy_table (Salvage   *self,
            gboolean  *complete,
            GError   **error)
{
  g_autoptr (GError) local_error = NULL;
  guint n_steps = 0;

  self->last = 0;
  *complete = copy_rows (self, self->forward, &local_error);
  if (*complete)
    return TRUE;

  while (local_error == NULL && n_steps < MAX_STEPS)
    {
      gint64 before = step_over (self->last, G_GINT64_CONSTANT (1) << n_steps);

      self->last = before;
      if (copy_rows (self, self->forward, &local_error))
        break;

      n_steps = self->last > before ? 0 : n_steps + 1;
    }

  self->last = G_MAXINT64;
  if (local_error == NULL)
    copy_rows (self, self->backward, &local_error);

  if (local_error == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static void
write_statements (Salvage     *self,
                  const Table *table)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_autoptr (GString) marks = g_string_new (NULL);

  self->columns = g_strsplit (table->columns, " ", -1);
  self->values = g_new0 (PurgeSqlValue, g_strv_length (self->columns));
  for (guint i = 0; self->columns[i] != NULL; i++)
    {
      const char *comma = i > 0 ? ", " : "";

      g_string_append_printf (names, "%s%s", comma, self->columns[i] + 2);
      g_string_append_printf (marks, "%s%s", comma,
                              self->columns[i][0] == KIND_PARENT
                                ? "(SELECT id FROM batch WHERE id = ?)" : "?");
    }

  self->insert = g_strdup_printf ("INSERT OR IGNORE INTO %s (%s) VALUES (%s)", table->name,
                                  names->str, marks->str);
  self->forward = g_strdup_printf ("SELECT rowid, %s FROM %s WHERE rowid > ? ORDER BY rowid",
                                   names->str, table->name);
  self->backward = g_strdup_printf ("SELECT rowid, %s FROM %s WHERE rowid < ? ORDER BY rowid DESC",
                                    names->str, table->name);
}

static gboolean
salvage_table (PurgeSql     *source,
               PurgeSql     *target,
               const Table  *table,
               guint        *n_rows,
               gboolean     *complete,
               GError      **error)
{
  Salvage self = { source, target };
  gboolean salvaged;

  write_statements (&self, table);
  salvaged = copy_table (&self, complete, error);
  *n_rows += self.n_rows;

  g_strfreev (self.columns);
  g_free (self.values);
  g_free (self.insert);
  g_free (self.forward);
  g_free (self.backward);
  return salvaged;
}

/* Numbers that were given are not given again, and a claim stays one when its batch is lost. */
static gboolean
keep_numbers (PurgeSql    *source,
              PurgeSql    *target,
              const char  *table,
              GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  gint64 last = 0;

  if (!purge_sql_query_integer (source, "SELECT seq FROM sqlite_sequence WHERE name = ?", &last,
                                &local_error, PURGE_SQL_VALUES (PURGE_SQL_TEXT (table))))
    g_debug ("The last number of “%s” is lost: %s", table, local_error->message);

  return purge_sql_run (target,
                        "INSERT INTO sqlite_sequence (name, seq) SELECT ?, 0 WHERE NOT EXISTS"
                        " (SELECT 1 FROM sqlite_sequence WHERE name = ?)", error,
                        PURGE_SQL_VALUES (PURGE_SQL_TEXT (table), PURGE_SQL_TEXT (table))) &&
         purge_sql_run (target, "UPDATE sqlite_sequence SET seq = max (seq, ?) WHERE name = ?", error,
                        PURGE_SQL_VALUES (PURGE_SQL_INTEGER (last), PURGE_SQL_TEXT (table)));
}

/* A batch without directories is none, and a submission without batches neither. */
static gboolean
drop_shells (PurgeSql  *target,
             GError   **error)
{
  const char *statements[] = {
    "UPDATE batch SET parent_id = NULL WHERE parent_id NOT IN (SELECT batch_id FROM entry)",
    "DELETE FROM batch WHERE id NOT IN (SELECT batch_id FROM entry)",
    "DELETE FROM submission WHERE id NOT IN (SELECT submission_id FROM batch)",
    "UPDATE claim SET batch_id = 0 WHERE batch_id NOT IN (SELECT id FROM batch)",
  };

  for (guint i = 0; i < G_N_ELEMENTS (statements); i++)
    if (!purge_sql_run (target, statements[i], error, PURGE_SQL_NO_VALUES))
      return FALSE;

  return TRUE;
}

typedef struct {
  PurgeSql *source;
  guint     n_rows;
} Job;

static gboolean
salvage_tables (PurgeSql  *target,
                gpointer   data,
                GError   **error)
{
  Job *job = data;
  gboolean complete = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      if (complete && g_str_equal (tables[i].name, tables[i - 1].name))
        continue;

      if (!salvage_table (job->source, target, &tables[i], &job->n_rows, &complete, error))
        return FALSE;
    }

  return keep_numbers (job->source, target, "submission", error) &&
         keep_numbers (job->source, target, "batch", error) &&
         drop_shells (target, error);
}

/**
 * purge_salvage_rows:
 * @source: a damaged database, or anything else; it is not changed
 * @target: a sound database without rows
 * @n_rows: (out): how many rows were saved
 * @error: return location for an error
 *
 * Copies what can be read and means something, in one transaction. That rows are lost is no error.
 *
 * Returns: whether @target took what there was; if not, nothing is in it, and the error is
 *   %PURGE_ERROR_STORAGE
 */
gboolean
purge_salvage_rows (PurgeSql  *source,
                    PurgeSql  *target,
                    guint     *n_rows,
                    GError   **error)
{
  Job job = { source, 0 };

  if (!purge_sql_transact (target, PURGE_SQL_WRITE, salvage_tables, &job, error))
    return FALSE;

  *n_rows = job.n_rows;
  return TRUE;
}
