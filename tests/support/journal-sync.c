/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* A journal used synchronously, and samples of what is put into it. */

#include "journal-sync.h"

#include "await.h"
#include "sample-order.h"

PurgeJournal *
journal_sync_new (const char *path)
{
  g_autoptr (PurgeDatabase) database = purge_database_new (path);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  purge_database_open_async (database, NULL, await_cb, &result);
  purge_database_open_finish (database, await (&result), &error);
  g_assert_no_error (error);
  return purge_journal_new (database);
}

gboolean
journal_sync_add (PurgeJournal     *journal,
                  PurgeSubmission  *submission,
                  GError          **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  purge_journal_add_async (journal, submission, NULL, await_cb, &result);
  return purge_journal_add_finish (journal, await (&result), error);
}

gboolean
journal_sync_begin_attempt (PurgeJournal        *journal,
                            gint64               batch_id,
                            const PurgeAttempt  *attempt,
                            GError             **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  purge_journal_begin_async (journal, batch_id, attempt, NULL, await_cb, &result);
  return purge_journal_begin_finish (journal, await (&result), error);
}

gboolean
journal_sync_begin (PurgeJournal  *journal,
                    gint64         batch_id,
                    guint64        nonce,
                    gint64         timestamp,
                    GError       **error)
{
  PurgeAttempt attempt = {
    .nonce = nonce,
    .timestamp = timestamp,
    .api = PURGE_API_KIND_2_0,
    .endpoint = (char *) ENDPOINT,
    .form = PURGE_FORM_MULTIPART,
    .signature = PURGE_SIGNATURE_HMAC_SHA1,
    .key_serial = 3,
    .started = timestamp + 1,
  };

  return journal_sync_begin_attempt (journal, batch_id, &attempt, error);
}

gboolean
journal_sync_record (PurgeJournal     *journal,
                     gint64            batch_id,
                     PurgeOutcome     *outcome,
                     PurgeBatchState  *state,
                     GError          **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  purge_journal_record_async (journal, batch_id, outcome, NOW + 9, NULL, await_cb, &result);
  return purge_journal_record_finish (journal, await (&result), state, error);
}

gboolean
journal_sync_begin_again (PurgeJournal  *journal,
                          gint64         batch_id,
                          GError       **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  purge_journal_begin_again_async (journal, batch_id, NOW + 20, NULL, await_cb, &result);
  return purge_journal_begin_again_finish (journal, await (&result), error);
}

gboolean
journal_sync_record_again (PurgeJournal     *journal,
                           gint64            batch_id,
                           PurgeOutcome     *outcome,
                           PurgeBatchState  *state,
                           GError          **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  purge_journal_record_again_async (journal, batch_id, outcome, NOW + 29, NULL, await_cb, &result);
  return purge_journal_record_again_finish (journal, await (&result), state, error);
}

gboolean
journal_sync_append (PurgeJournal  *journal,
                     gint64         submission_id,
                     const gint64  *batch_ids,
                     guint          n_batch_ids,
                     GError       **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  purge_journal_append_async (journal, submission_id, batch_ids, n_batch_ids, NOW + 40, NULL,
                              await_cb, &result);
  return purge_journal_append_finish (journal, await (&result), error);
}

guint
journal_sync_find_claims (PurgeJournal *journal,
                          gint64        batch_id,
                          gint64        since,
                          gint64        until,
                          GStrv        *own,
                          GStrv        *claimed)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) others = NULL;
  guint n_rivals = G_MAXUINT;

  purge_journal_find_rivals_async (journal, batch_id, since, until, NULL, await_cb, &result);
  purge_journal_find_rivals_finish (journal, await (&result), own, claimed, &others, &n_rivals,
                                    &error);
  g_assert_no_error (error);
  return n_rivals;
}

guint
journal_sync_find_rivals (PurgeJournal *journal,
                          gint64        batch_id,
                          gint64        since,
                          gint64        until,
                          GStrv        *claimed)
{
  g_auto (GStrv) own = NULL;

  return journal_sync_find_claims (journal, batch_id, since, until, &own, claimed);
}

gboolean
journal_sync_settle (PurgeJournal      *journal,
                     gint64             batch_id,
                     const PurgeMatch  *match,
                     PurgeOutcome      *failure,
                     PurgeBatchState   *state,
                     GError           **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  purge_journal_settle_async (journal, batch_id, match, failure, NOW + 60, NULL, await_cb, &result);
  return purge_journal_settle_finish (journal, await (&result), state, error);
}

GPtrArray *
journal_sync_list (PurgeJournal *journal,
                   const char   *search,
                   gint64        before_id,
                   guint         limit)
{
  const PurgeHistoryQuery query = { .search = search, .before_id = before_id, .limit = limit };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *summaries;

  purge_journal_list_async (journal, &query, NULL, await_cb, &result);
  summaries = purge_journal_list_finish (journal, await (&result), &error);
  g_assert_no_error (error);
  return summaries;
}

gboolean
journal_sync_remove (PurgeJournal  *journal,
                     gint64         submission_id,
                     gint64         now,
                     GError       **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  purge_journal_remove_async (journal, submission_id, now, NULL, await_cb, &result);
  return purge_journal_remove_finish (journal, await (&result), error);
}

guint
journal_sync_remove_before (PurgeJournal *journal,
                            gint64        time,
                            gint64        now)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  guint n_removed = G_MAXUINT;

  purge_journal_remove_before_async (journal, time, now, NULL, await_cb, &result);
  purge_journal_remove_before_finish (journal, await (&result), &n_removed, &error);
  g_assert_no_error (error);
  return n_removed;
}

guint
journal_sync_recover (PurgeJournal *journal)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  guint n_recovered = G_MAXUINT;

  purge_journal_recover_async (journal, NULL, await_cb, &result);
  purge_journal_recover_finish (journal, await (&result), &n_recovered, &error);
  g_assert_no_error (error);
  return n_recovered;
}

PurgeSubmission *
journal_sync_load (PurgeJournal  *journal,
                   gint64         id,
                   GError       **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  purge_journal_load_async (journal, id, NULL, await_cb, &result);
  return purge_journal_load_finish (journal, await (&result), error);
}

gint64
journal_sync_find_latest (PurgeJournal *journal)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id = -1;

  purge_journal_find_latest_async (journal, NULL, await_cb, &result);
  purge_journal_find_latest_finish (journal, await (&result), &id, &error);
  g_assert_no_error (error);
  return id;
}

void
journal_sync_count_kinds (PurgeJournal *journal,
                          PurgeAccount *account,
                          PurgeArea     area,
                          gint64        since,
                          gint64        until,
                          guint        *n_used)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  purge_journal_sum_up_async (journal, account, ENDPOINT, area, since, until, since, NULL, await_cb,
                             &result);
  purge_journal_sum_up_finish (journal, await (&result), n_used, NULL, &error);
  g_assert_no_error (error);
}

guint
journal_sync_sum_up (PurgeJournal *journal,
                     PurgeAccount *account,
                     const char   *endpoint,
                     gint64        since,
                     gint64        until,
                     gint64        canary_since,
                     gboolean     *accepted_lately)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  guint n_used[PURGE_N_KINDS] = { G_MAXUINT, G_MAXUINT };

  purge_journal_sum_up_async (journal, account, endpoint, PURGE_AREA_NONE, since, until, canary_since,
                              NULL, await_cb, &result);
  purge_journal_sum_up_finish (journal, await (&result), n_used, accepted_lately, &error);
  g_assert_no_error (error);
  return n_used[PURGE_KIND_DIRECTORY];
}

PurgeBatchRecord *
sample_get_batch (PurgeSubmission *submission,
                  guint            number)
{
  return g_ptr_array_index (submission->batches, number - 1);
}

PurgeSubmission *
sample_submit (PurgeJournal       *journal,
               const char * const *urls,
               guint               batch_limit)
{
  g_autoptr (PurgeAccount) account = purge_account_new ("uuid", "shop");
  g_autoptr (GError) error = NULL;
  PurgeSubmission *submission;

  g_object_set (account, "key-serial", 3, NULL);
  submission = sample_submission_new (account, ENDPOINT, PURGE_MODE_ALL, NOW, urls, batch_limit);
  journal_sync_add (journal, submission, &error);
  g_assert_no_error (error);
  return submission;
}

/* A batch of one directory. */
gint64
sample_submit_one (PurgeJournal *journal)
{
  const char *urls[] = { "http://example.com/a/", NULL };
  g_autoptr (PurgeSubmission) submission = sample_submit (journal, urls, 20);

  return sample_get_batch (submission, 1)->id;
}

gboolean
sample_record_event (PurgeJournal     *journal,
                     gint64            batch_id,
                     PurgeBatchEvent   event,
                     GError          **error)
{
  g_autoptr (PurgeOutcome) outcome = purge_outcome_new (event, PURGE_CAUSE_NONE);
  PurgeBatchState state;

  return journal_sync_record (journal, batch_id, outcome, &state, error);
}

/* Sends a waiting batch at NOW, and records what became of it. */
void
sample_send (PurgeJournal    *journal,
             gint64           batch_id,
             guint64          nonce,
             PurgeBatchEvent  event)
{
  g_autoptr (GError) error = NULL;

  journal_sync_begin (journal, batch_id, nonce, NOW, &error);
  g_assert_no_error (error);
  sample_record_event (journal, batch_id, event, &error);
  g_assert_no_error (error);
}

PurgeSubmission *
sample_load (PurgeJournal *journal,
             gint64        id)
{
  g_autoptr (GError) error = NULL;
  PurgeSubmission *submission = journal_sync_load (journal, id, &error);

  g_assert_no_error (error);
  return submission;
}

PurgeBatchState
sample_load_state (PurgeJournal *journal,
                   gint64        batch_id)
{
  for (gint64 id = journal_sync_find_latest (journal); id > 0; id--)
    {
      g_autoptr (PurgeSubmission) submission = sample_load (journal, id);

      for (guint i = 0; i < submission->batches->len; i++)
        {
          PurgeBatchRecord *batch = g_ptr_array_index (submission->batches, i);

          if (batch->id == batch_id)
            return batch->state;
        }
    }

  g_assert_not_reached ();
}

gint64
sample_query (PurgeSql   *sql,
              const char *text)
{
  g_autoptr (GError) error = NULL;
  gint64 number = -1;

  purge_sql_query_integer (sql, text, &number, &error, PURGE_SQL_NO_VALUES);
  g_assert_no_error (error);
  return number;
}
