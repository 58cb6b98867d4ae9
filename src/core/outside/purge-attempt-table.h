/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-attempt.h"
#include "purge-outcome.h"
#include "purge-sql.h"
#include "purge-submission.h"

G_BEGIN_DECLS

/* Requests as rows, one for each time that a batch went out. To be called in the thread of the
 * database and inside a transaction, which is undone where one of these fails. For everybody else
 * there is #PurgeJournal. */

gboolean purge_attempt_table_begin       (PurgeSql            *sql,
                                          gint64               batch_id,
                                          const PurgeAttempt  *attempt,
                                          GError             **error);
gboolean purge_attempt_table_end         (PurgeSql            *sql,
                                          gint64               batch_id,
                                          const PurgeOutcome  *outcome,
                                          gint64               now,
                                          GError             **error);
gboolean purge_attempt_table_begin_again (PurgeSql            *sql,
                                          gint64               batch_id,
                                          gint64               now,
                                          GError             **error);
gboolean purge_attempt_table_end_again   (PurgeSql            *sql,
                                          gint64               batch_id,
                                          const PurgeOutcome  *outcome,
                                          gint64               now,
                                          GError             **error);
gboolean purge_attempt_table_abandon     (PurgeSql            *sql,
                                          gint64               lease,
                                          GError             **error);
gboolean purge_attempt_table_load        (PurgeSql            *sql,
                                          PurgeBatchRecord    *batch,
                                          GError             **error);

G_END_DECLS
