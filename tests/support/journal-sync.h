/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-journal-again.h"
#include "purge-journal-history.h"
#include "purge-journal-look-up.h"
#include "purge-journal.h"

G_BEGIN_DECLS

/* A journal used synchronously: each call runs the main loop until it has ended. Calls without an
 * error fail the test where they fail. */

#define ENDPOINT "https://cdn.api.qcloud.com"
#define NOW 1500000000

PurgeJournal     *journal_sync_new         (const char        *path);
gboolean          journal_sync_add         (PurgeJournal      *journal,
                                            PurgeSubmission   *submission,
                                            GError           **error);
gboolean          journal_sync_begin       (PurgeJournal      *journal,
                                            gint64             batch_id,
                                            guint64            nonce,
                                            gint64             timestamp,
                                            GError           **error);
gboolean          journal_sync_begin_attempt (PurgeJournal       *journal,
                                            gint64              batch_id,
                                            const PurgeAttempt *attempt,
                                            GError            **error);
gboolean          journal_sync_record      (PurgeJournal      *journal,
                                            gint64             batch_id,
                                            PurgeOutcome      *outcome,
                                            PurgeBatchState   *state,
                                            GError           **error);
gboolean          journal_sync_begin_again (PurgeJournal      *journal,
                                            gint64             batch_id,
                                            GError           **error);
gboolean          journal_sync_record_again (PurgeJournal      *journal,
                                             gint64             batch_id,
                                             PurgeOutcome      *outcome,
                                             PurgeBatchState   *state,
                                             GError           **error);
gboolean          journal_sync_append      (PurgeJournal      *journal,
                                            gint64             submission_id,
                                            const gint64      *batch_ids,
                                            guint              n_batch_ids,
                                            GError           **error);
guint             journal_sync_find_claims (PurgeJournal      *journal,
                                            gint64             batch_id,
                                            gint64             since,
                                            gint64             until,
                                            GStrv             *own,
                                            GStrv             *claimed);
guint             journal_sync_find_rivals (PurgeJournal      *journal,
                                            gint64             batch_id,
                                            gint64             since,
                                            gint64             until,
                                            GStrv             *claimed);
gboolean          journal_sync_settle      (PurgeJournal      *journal,
                                            gint64             batch_id,
                                            const PurgeMatch  *match,
                                            PurgeOutcome      *failure,
                                            PurgeBatchState   *state,
                                            GError           **error);
GPtrArray        *journal_sync_list        (PurgeJournal      *journal,
                                            const char        *search,
                                            gint64             before_id,
                                            guint              limit);
gboolean          journal_sync_remove      (PurgeJournal      *journal,
                                            gint64             submission_id,
                                            gint64             now,
                                            GError           **error);
guint             journal_sync_remove_before (PurgeJournal     *journal,
                                              gint64            time,
                                              gint64            now);
guint             journal_sync_recover     (PurgeJournal      *journal);
PurgeSubmission  *journal_sync_load        (PurgeJournal      *journal,
                                            gint64             id,
                                            GError           **error);
gint64            journal_sync_find_latest (PurgeJournal      *journal);
void              journal_sync_count_kinds (PurgeJournal      *journal,
                                            PurgeAccount      *account,
                                            PurgeArea          area,
                                            gint64             since,
                                            gint64             until,
                                            guint             *n_used);
guint             journal_sync_sum_up      (PurgeJournal      *journal,
                                            PurgeAccount      *account,
                                            const char        *endpoint,
                                            gint64             since,
                                            gint64             until,
                                            gint64             canary_since,
                                            gboolean          *accepted_lately);

/* Submissions of the account "uuid" with key serial 3, made at NOW for ENDPOINT. */
PurgeSubmission  *sample_submit            (PurgeJournal       *journal,
                                            const char * const *urls,
                                            guint               batch_limit);
PurgeBatchRecord *sample_get_batch         (PurgeSubmission    *submission,
                                            guint               number);
gint64            sample_submit_one        (PurgeJournal       *journal);
gboolean          sample_record_event      (PurgeJournal       *journal,
                                            gint64              batch_id,
                                            PurgeBatchEvent     event,
                                            GError            **error);
void              sample_send              (PurgeJournal       *journal,
                                            gint64              batch_id,
                                            guint64             nonce,
                                            PurgeBatchEvent     event);
PurgeSubmission  *sample_load              (PurgeJournal       *journal,
                                            gint64              id);
PurgeBatchState   sample_load_state        (PurgeJournal       *journal,
                                            gint64              batch_id);

/* The number that a query says, looked at beside the journal. */
gint64            sample_query             (PurgeSql           *sql,
                                            const char         *text);

G_END_DECLS
