/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PurgeDatabase:
 *
 * One SQLite database in a thread of its own: everything that touches it runs there, one after the
 * other, so that a slow disk never freezes a window. The only file that knows SQLite.
 */
#define PURGE_TYPE_DATABASE (purge_database_get_type ())

G_DECLARE_FINAL_TYPE (PurgeDatabase, purge_database, PURGE, DATABASE, GObject)

PurgeDatabase *purge_database_new          (const char           *path);
void           purge_database_open_async   (PurgeDatabase        *self,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
gboolean       purge_database_open_finish  (PurgeDatabase        *self,
                                            GAsyncResult         *result,
                                            GError              **error);
void           purge_database_close        (PurgeDatabase        *self);

G_END_DECLS
