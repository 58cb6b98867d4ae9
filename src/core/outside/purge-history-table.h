/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-day.h"
#include "purge-history-query.h"
#include "purge-sql.h"
#include "purge-submission-summary.h"

G_BEGIN_DECLS

/* Submissions of the past, as rows. To be called in the thread of the database and inside a
 * transaction, which is undone where one of these fails. For everybody else there is
 * #PurgeJournal. */

GPtrArray *purge_history_table_list          (PurgeSql                 *sql,
                                              const PurgeHistoryQuery  *query,
                                              GError                  **error);
gboolean   purge_history_table_count_days    (PurgeSql    *sql,
                                              GArray      *days,
                                              GError     **error);
gboolean   purge_history_table_remove        (PurgeSql    *sql,
                                              gint64       submission_id,
                                              gint64       now,
                                              GError     **error);
gboolean   purge_history_table_remove_before (PurgeSql    *sql,
                                              gint64       time,
                                              gint64       now,
                                              guint       *n_removed,
                                              GError     **error);

G_END_DECLS
