/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-sql.h"
#include "purge-submission.h"

G_BEGIN_DECLS

/* Submissions as rows. To be called in the thread of the database and inside a transaction, which is undone where
 * one of these fails. For everybody else there is #PurgeJournal. */

gboolean         purge_submission_table_add         (PurgeSql               *sql,
                                                     const PurgeSubmission  *submission,
                                                     gint64                 *submission_id,
                                                     GArray                 *batch_ids,
                                                     GError                **error);
PurgeSubmission *purge_submission_table_load        (PurgeSql               *sql,
                                                     gint64                  submission_id,
                                                     GError                **error);
gboolean         purge_submission_table_find_latest (PurgeSql               *sql,
                                                     gint64                 *submission_id,
                                                     GError                **error);

G_END_DECLS
