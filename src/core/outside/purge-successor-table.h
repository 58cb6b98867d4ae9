/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-sql.h"

G_BEGIN_DECLS

/* Batches that are made of earlier ones, as rows. To be called in the thread of the database and
 * inside a transaction, which is undone where this fails. For everybody else there is
 * #PurgeJournal. */

gboolean purge_successor_table_add (PurgeSql  *sql,
                                    gint64     submission_id,
                                    gint64     batch_id,
                                    gint64     now,
                                    GError   **error);

G_END_DECLS
