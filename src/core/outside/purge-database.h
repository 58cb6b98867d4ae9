/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <gio/gio.h>

#include "purge-lease.h"
#include "purge-sql.h"

G_BEGIN_DECLS

/**
 * PurgeDatabase:
 *
 * One SQLite database in a thread of its own: everything that touches it runs there, one after the
 * other and in the order it was asked for, so that a slow disk never freezes a window. What is asked
 * of it before it is open waits for that.
 */
#define PURGE_TYPE_DATABASE (purge_database_get_type ())

G_DECLARE_FINAL_TYPE (PurgeDatabase, purge_database, PURGE, DATABASE, GObject)

PurgeDatabase *purge_database_new         (const char            *path);
void           purge_database_open_async  (PurgeDatabase         *self,
                                           GCancellable          *cancellable,
                                           GAsyncReadyCallback    callback,
                                           gpointer               user_data);
gboolean       purge_database_open_finish (PurgeDatabase         *self,
                                           GAsyncResult          *result,
                                           GError               **error);
void           purge_database_close       (PurgeDatabase         *self);

/* What a person has to be told of how it was opened. */
char          *purge_database_dup_notice  (PurgeDatabase         *self);

/* For those who know what is in the database. */
void           purge_database_run         (PurgeDatabase         *self,
                                           GTask                 *task,
                                           PurgeSqlAccess         access,
                                           PurgeSqlTransactFunc   func);
PurgeLease    *purge_database_get_lease   (PurgeDatabase         *self);

G_END_DECLS
