/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Listing, searching and deleting submissions, as rows. Knows columns, and that what was spent stays
 * spent when a submission is deleted. Which day begins when it is told. */

#define G_LOG_DOMAIN "purge-history-table"

#include "config.h"

#include "purge-history-table.h"

#include <glib/gi18n-lib.h>

#include "purge-batch-state.h"
#include "purge-enum.h"
#include "purge-error.h"

/* No quota of a longer time ago is counted, in whichever time zone a day is. */
#define SPENT_LIFETIME_S (2 * 24 * 60 * 60)

/* So many submissions are looked into one by one, and again as long as one in so many has what is
 * searched for. */
#define N_SEEN_AT_ONCE 16
#define MAX_SEEN_PER_FOUND 8

#define LIST \
  "SELECT id, account_uuid, account_name, mode, created FROM submission" \
  " WHERE id >= ?1 AND id < ?2 AND created >= ?3 AND created < ?4"
#define ONE_BY_ONE \
  " AND EXISTS (SELECT 1 FROM batch JOIN entry ON entry.batch_id = batch.id" \
  " WHERE batch.submission_id = submission.id AND contains (directory, ?6))"
#define ALL_AT_ONCE \
  " AND id IN (SELECT submission_id FROM batch" \
  " WHERE id IN (SELECT batch_id FROM entry WHERE contains (directory, ?6)))"
#define ORDER " ORDER BY id DESC LIMIT ?5"

typedef struct {
  PurgeSql  *sql;
  GPtrArray *summaries;
} List;

typedef struct {
  PurgeSql               *sql;
  PurgeSubmissionSummary *summary;
} Count;

typedef struct {
  PurgeSql *sql;
  GArray   *days;
} DayCount;

/* Of a batch, the column of its state and behind that how many entries it has. What was made anew is
 * counted there; where that is lost, nobody knows what became of it. */
static gboolean
add_batch (PurgeSql           *sql,
           const PurgeSqlRow  *row,
           guint               column,
           PurgeTally         *tally,
           GError            **error)
{
  PurgeBatchState state;

  if (!purge_batch_state_from_string (purge_sql_row_get_text (row, column), &state))
    {
      purge_sql_set_damaged (sql, "a batch in an unknown state", error);
      return FALSE;
    }

  purge_tally_add (tally, state != PURGE_BATCH_SUPERSEDED ? state : PURGE_BATCH_UNKNOWN,
                   purge_sql_row_get_integer (row, column + 1));
  return TRUE;
}

static gboolean
read_summary (const PurgeSqlRow  *row,
              gpointer            data,
              GError            **error)
{
  List *list = data;
  PurgeSubmissionSummary *summary = g_new0 (PurgeSubmissionSummary, 1);
  int mode;

  g_ptr_array_add (list->summaries, summary);
  summary->id = purge_sql_row_get_integer (row, 0);
  summary->account_uuid = g_strdup (purge_sql_row_get_text (row, 1));
  summary->account_name = g_strdup (purge_sql_row_get_text (row, 2));
  summary->created = purge_sql_row_get_integer (row, 4);
  if (!purge_enum_from_nick (PURGE_TYPE_MODE, purge_sql_row_get_text (row, 3), &mode))
    {
      purge_sql_set_damaged (list->sql, "a submission of an unknown mode", error);
      return FALSE;
    }

  summary->mode = mode;
  return TRUE;
}

static gboolean
read_count (const PurgeSqlRow  *row,
            gpointer            data,
            GError            **error)
{
  Count *count = data;

  if (!add_batch (count->sql, row, 0, &count->summary->tally, error))
    return FALSE;

  count->summary->n_hits += purge_sql_row_get_integer (row, 2);
  if (purge_sql_row_get_integer (row, 3) != 0)
    count->summary->n_urls += purge_sql_row_get_integer (row, 1);
  return TRUE;
}

static gboolean
read_day_count (const PurgeSqlRow  *row,
                gpointer            data,
                GError            **error)
{
  DayCount *count = data;
  PurgeDay *day = purge_day_find (count->days, purge_sql_row_get_integer (row, 0));

  return day == NULL || add_batch (count->sql, row, 1, &day->tally, error);
}

static gboolean
count_directories (PurgeSql                *sql,
                   PurgeSubmissionSummary  *summary,
                   const char              *search,
                   GError                 **error)
{
  Count count = { sql, summary };

  return purge_sql_query (sql,
                          "SELECT state,"
                          " (SELECT count(*) FROM entry WHERE batch_id = batch.id),"
                          " (SELECT count(*) FROM entry WHERE batch_id = batch.id"
                          " AND contains (directory, ?2)), kind = 'url'"
                          " FROM batch WHERE submission_id = ?1 AND NOT EXISTS"
                          " (SELECT 1 FROM batch AS successor WHERE successor.parent_id = batch.id)",
                          read_count, &count, error,
                          PURGE_SQL_VALUES (PURGE_SQL_INTEGER (summary->id),
                                            PURGE_SQL_TEXT (search)));
}

/* Those from @from_id on and before @before_id that @how finds, as far as the page is not full. */
static gboolean
list_some (List                     *list,
           const char               *how,
           const char               *search,
           const PurgeHistoryQuery  *query,
           gint64                    from_id,
           gint64                    before_id,
           GError                  **error)
{
  const PurgeSqlValue values[] = {
    PURGE_SQL_INTEGER (from_id),
    PURGE_SQL_INTEGER (before_id),
    PURGE_SQL_INTEGER (query->since),
    PURGE_SQL_INTEGER (query->until != 0 ? query->until : G_MAXINT64),
    PURGE_SQL_INTEGER (query->limit != 0 ? (gint64) query->limit - list->summaries->len : -1),
    PURGE_SQL_TEXT (search),
  };

  return purge_sql_query (list->sql, how, read_summary, list, error, values,
                          search != NULL ? G_N_ELEMENTS (values) : G_N_ELEMENTS (values) - 1);
}

/* What is found nearly everywhere is found soon by looking into one submission after the other; else
 * it takes less time to look through all directories, in the order in which they are stored. */
static gboolean
search_summaries (List                     *list,
                  const char               *search,
                  const PurgeHistoryQuery  *query,
                  gint64                    before_id,
                  GError                  **error)
{
  for (guint n_seen = 0;
       n_seen <= list->summaries->len * MAX_SEEN_PER_FOUND;
       n_seen += N_SEEN_AT_ONCE)
    {
      gint64 from_id = 0;

      if (!purge_sql_query_integer (list->sql,
                                    "SELECT id FROM submission WHERE id < ?"
                                    " ORDER BY id DESC LIMIT 1 OFFSET ?", &from_id, error,
                                    PURGE_SQL_VALUES (PURGE_SQL_INTEGER (before_id),
                                                      PURGE_SQL_INTEGER (N_SEEN_AT_ONCE - 1))) ||
          !list_some (list, LIST ONE_BY_ONE ORDER, search, query, from_id, before_id, error))
        return FALSE;

      if (from_id == 0 || (query->limit != 0 && list->summaries->len == query->limit))
        return TRUE;
      before_id = from_id;
    }

  return list_some (list, LIST ALL_AT_ONCE ORDER, search, query, 0, before_id, error);
}

/* From the newest on, so that a page is there as soon as it is full. */
static gboolean
list_summaries (List                     *list,
                const char               *search,
                const PurgeHistoryQuery  *query,
                GError                  **error)
{
  const gint64 before_id = query->before_id != 0 ? query->before_id : G_MAXINT64;

  if (search == NULL)
    return list_some (list, LIST ORDER, NULL, query, 0, before_id, error);

  return search_summaries (list, search, query, before_id, error);
}

/**
 * purge_history_table_list:
 * @sql: the database
 * @query: which submissions
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type PurgeSubmissionSummary): the newest first; %NULL with the
 *   errors of purge_sql_run()
 */
GPtrArray *
purge_history_table_list (PurgeSql                 *sql,
                          const PurgeHistoryQuery  *query,
                          GError                  **error)
{
  g_autoptr (GPtrArray) summaries =
    g_ptr_array_new_with_free_func ((GDestroyNotify) purge_submission_summary_free);
  List list = { sql, summaries };
  const char *search = query->search != NULL && *query->search != '\0' ? query->search : NULL;

  if (!list_summaries (&list, search, query, error))
    return NULL;

  for (guint i = 0; i < summaries->len; i++)
    if (!count_directories (sql, g_ptr_array_index (summaries, i), search, error))
      return NULL;

  return g_steal_pointer (&summaries);
}

/**
 * purge_history_table_count_days:
 * @sql: the database
 * @days: (element-type PurgeDay): days, one after the other
 * @error: return location for an error
 *
 * Counts in each day what became of what was submitted in it, and not of what was sent in it: what is
 * sent again later belongs to the same submission. Each entry counts once.
 *
 * Returns: as purge_sql_run()
 */
gboolean
purge_history_table_count_days (PurgeSql  *sql,
                                GArray    *days,
                                GError   **error)
{
  DayCount count = { sql, days };

  if (days->len == 0)
    return TRUE;

  /* A transaction may have to begin anew. */
  for (guint i = 0; i < days->len; i++)
    g_array_index (days, PurgeDay, i).tally = (PurgeTally) { 0 };

  return purge_sql_query (sql,
                          "SELECT created, state, count(*) FROM submission"
                          " JOIN batch ON batch.submission_id = submission.id"
                          " JOIN entry ON entry.batch_id = batch.id"
                          " WHERE created >= ? AND created < ? AND NOT EXISTS"
                          " (SELECT 1 FROM batch AS successor WHERE successor.parent_id = batch.id)"
                          " GROUP BY batch.id", read_day_count, &count, error,
                          PURGE_SQL_VALUES (
                            PURGE_SQL_INTEGER (g_array_index (days, PurgeDay, 0).start),
                            PURGE_SQL_INTEGER (g_array_index (days, PurgeDay, days->len - 1).end)));
}

static gboolean
keep_spent (PurgeSql  *sql,
            gint64     submission_id,
            gint64     now,
            GError   **error)
{
  return purge_sql_run (sql,
                        "INSERT INTO spent (account_uuid, timestamp, kind, area, n)"
                        " SELECT batch.account_uuid, timestamp, kind, area, count(*)"
                        " FROM batch JOIN entry ON entry.batch_id = batch.id"
                        " JOIN submission ON submission.id = submission_id"
                        " WHERE submission_id = ? AND timestamp >= ?"
                        " AND state IN ('unknown', 'accepted', 'done', 'failed')"
                        " GROUP BY batch.id", error,
                        PURGE_SQL_VALUES (PURGE_SQL_INTEGER (submission_id),
                                          PURGE_SQL_INTEGER (now - SPENT_LIFETIME_S)));
}

static gboolean
remove_submission (PurgeSql  *sql,
                   gint64     submission_id,
                   gint64     now,
                   GError   **error)
{
  return keep_spent (sql, submission_id, now, error) &&
         purge_sql_run (sql, "DELETE FROM submission WHERE id = ?", error,
                        PURGE_SQL_VALUES (PURGE_SQL_INTEGER (submission_id)));
}

static gboolean
forget_spent (PurgeSql  *sql,
              gint64     now,
              GError   **error)
{
  return purge_sql_run (sql, "DELETE FROM spent WHERE timestamp < ?", error,
                        PURGE_SQL_VALUES (PURGE_SQL_INTEGER (now - SPENT_LIFETIME_S)));
}

/**
 * purge_history_table_remove:
 * @sql: the database
 * @submission_id: a submission
 * @now: UNIX seconds
 * @error: return location for an error
 *
 * Deletes a submission with all that belongs to it. What it spent of the quota stays counted, and the
 * records that were found to be its batches stay theirs.
 *
 * Returns: whether it is gone; if not, %PURGE_ERROR_NOT_FOUND where there is none,
 *   %PURGE_ERROR_INVALID_INPUT where a batch of it is being sent, or the errors of purge_sql_run()
 */
gboolean
purge_history_table_remove (PurgeSql  *sql,
                            gint64     submission_id,
                            gint64     now,
                            GError   **error)
{
  gint64 n_sending = 0;

  if (!purge_sql_query_integer (sql,
                                "SELECT count(*) FROM batch WHERE submission_id = ?"
                                " AND state = 'sending'", &n_sending, error,
                                PURGE_SQL_VALUES (PURGE_SQL_INTEGER (submission_id))))
    return FALSE;

  if (n_sending > 0)
    {
      g_set_error_literal (error, PURGE_ERROR, PURGE_ERROR_INVALID_INPUT,
                           _("The submission is being sent. Wait until that has ended, then delete "
                             "it."));
      return FALSE;
    }

  if (!remove_submission (sql, submission_id, now, error))
    return FALSE;

  if (purge_sql_get_n_changed (sql) == 0)
    {
      g_set_error_literal (error, PURGE_ERROR, PURGE_ERROR_NOT_FOUND,
                           _("The submission is not in the history any more."));
      return FALSE;
    }

  return forget_spent (sql, now, error);
}

static gboolean
append_id (const PurgeSqlRow  *row,
           gpointer            data,
           GError            **error)
{
  gint64 id = purge_sql_row_get_integer (row, 0);

  g_array_append_val ((GArray *) data, id);
  return TRUE;
}

/**
 * purge_history_table_remove_before:
 * @sql: the database
 * @time: UNIX seconds
 * @now: UNIX seconds
 * @n_removed: (out): how many submissions are gone
 * @error: return location for an error
 *
 * Deletes all submissions that were made before @time, but for those that are being sent.
 *
 * Returns: as purge_sql_run()
 */
gboolean
purge_history_table_remove_before (PurgeSql  *sql,
                                   gint64     time,
                                   gint64     now,
                                   guint     *n_removed,
                                   GError   **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (!purge_sql_query (sql,
                        "SELECT id FROM submission WHERE created < ? AND NOT EXISTS"
                        " (SELECT 1 FROM batch WHERE submission_id = submission.id"
                        " AND state = 'sending')", append_id, ids, error,
                        PURGE_SQL_VALUES (PURGE_SQL_INTEGER (time))))
    return FALSE;

  for (guint i = 0; i < ids->len; i++)
    if (!remove_submission (sql, g_array_index (ids, gint64, i), now, error))
      return FALSE;

  *n_removed = ids->len;
  return forget_spent (sql, now, error);
}
