/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-database.h"

G_BEGIN_DECLS

/* A database used synchronously: each call runs the main loop until it has ended. */

PurgeDatabase *database_sync_new    (const char            *path);
gboolean       database_sync_open   (PurgeDatabase         *database,
                                     GError               **error);
gboolean       database_sync_run    (PurgeDatabase         *database,
                                     PurgeSqlAccess         access,
                                     PurgeSqlTransactFunc   func,
                                     gpointer               data,
                                     GError               **error);

/* The two halves of database_sync_run(): wait with await() in between. */
void           database_sync_start  (PurgeDatabase         *database,
                                     PurgeSqlAccess         access,
                                     PurgeSqlTransactFunc   func,
                                     gpointer               data,
                                     GCancellable          *cancellable,
                                     GAsyncResult         **result);
gboolean       database_sync_finish (PurgeDatabase         *database,
                                     GAsyncResult          *result,
                                     GError               **error);

/* Accounts, as rows that are at hand: the data of the first is a name, of the second a gint64. */
gboolean       sample_insert        (PurgeSql              *sql,
                                     gpointer               data,
                                     GError               **error);
gboolean       sample_count         (PurgeSql              *sql,
                                     gpointer               data,
                                     GError               **error);
void           sample_add           (PurgeDatabase         *database,
                                     const char            *name);
gint64         sample_get_n         (PurgeDatabase         *database);

G_END_DECLS
