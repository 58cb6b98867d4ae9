/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-area.h"
#include "purge-attempt.h"
#include "purge-kind.h"
#include "purge-lease.h"
#include "purge-outcome.h"
#include "purge-sql.h"

G_BEGIN_DECLS

/* What becomes of batches, as rows. To be called in the thread of the database and inside a transaction, which is undone where
 * one of these fails. For everybody else there is #PurgeJournal. */

void     purge_batch_table_set_moved_on (GError             **error);
gboolean purge_batch_table_get_state    (PurgeSql            *sql,
                                         gint64               batch_id,
                                         PurgeBatchState     *state,
                                         GError             **error);
gboolean purge_batch_table_begin        (PurgeSql            *sql,
                                         gint64               batch_id,
                                         const PurgeAttempt  *attempt,
                                         const PurgeLease    *lease,
                                         GError             **error);
gboolean purge_batch_table_record       (PurgeSql            *sql,
                                         gint64               batch_id,
                                         const PurgeOutcome  *outcome,
                                         gint64               now,
                                         PurgeBatchState     *state,
                                         GError             **error);
gboolean purge_batch_table_move         (PurgeSql            *sql,
                                         gint64               batch_id,
                                         PurgeBatchEvent      event,
                                         gint64               now,
                                         PurgeBatchState     *state,
                                         GError             **error);
gboolean purge_batch_table_recover      (PurgeSql            *sql,
                                         const PurgeLease    *lease,
                                         guint               *n_recovered,
                                         GError             **error);
gboolean purge_batch_table_sum_up       (PurgeSql            *sql,
                                         const char          *account_uuid,
                                         PurgeKind            kind,
                                         PurgeArea            area,
                                         gint64               since,
                                         gint64               until,
                                         guint               *n_used,
                                         GError             **error);
gboolean purge_batch_table_was_accepted (PurgeSql            *sql,
                                         const char          *account_uuid,
                                         guint                key_serial,
                                         const char          *endpoint,
                                         gint64               since,
                                         gboolean            *accepted,
                                         GError             **error);

G_END_DECLS
