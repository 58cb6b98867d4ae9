/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-outcome.h"
#include "purge-sql.h"

G_BEGIN_DECLS

/* What was looked up in the vendor's log, as rows. To be called in the thread of the database and
 * inside a transaction, which is undone where one of these fails. For everybody else there is
 * #PurgeJournal. */

gboolean purge_look_up_table_list_claims  (PurgeSql            *sql,
                                           gint64               batch_id,
                                           GStrv               *own,
                                           GStrv               *records,
                                           GError             **error);
gboolean purge_look_up_table_count_rivals (PurgeSql            *sql,
                                           gint64               batch_id,
                                           gint64               since,
                                           gint64               until,
                                           guint               *n_rivals,
                                           GError             **error);
gboolean purge_look_up_table_list_others (PurgeSql            *sql,
                                          gint64               batch_id,
                                          gint64               since,
                                          gint64               until,
                                          GStrv               *directories,
                                          GError             **error);
gboolean purge_look_up_table_add          (PurgeSql            *sql,
                                           gint64               batch_id,
                                           gboolean             found,
                                           const PurgeOutcome  *failure,
                                           gint64               now,
                                           GError             **error);
gboolean purge_look_up_table_claim        (PurgeSql            *sql,
                                           gint64               batch_id,
                                           const char * const  *records,
                                           GError             **error);

G_END_DECLS
