/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-journal.h"

G_BEGIN_DECLS

/* One call of #PurgeJournal, for the files that it is made of: what it was given and what came of
 * it is one struct, which belongs to the thread of the database from when it is run until its task
 * has returned. */

void     purge_journal_call_run    (PurgeJournal         *journal,
                                    gpointer              tag,
                                    PurgeSqlAccess        access,
                                    PurgeSqlTransactFunc  func,
                                    gpointer              call,
                                    GDestroyNotify        free_call,
                                    GCancellable         *cancellable,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data);
gpointer purge_journal_call_finish (PurgeJournal         *journal,
                                    GAsyncResult         *result,
                                    gpointer              tag,
                                    GError              **error);

G_END_DECLS
