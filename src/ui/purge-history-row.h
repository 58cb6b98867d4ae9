/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <adwaita.h>

#include "purge-history-entry.h"

G_BEGIN_DECLS

/**
 * PurgeHistoryRow:
 *
 * One submission in the history: when, with which account, what became of it. Its buttons act through
 * `history.show`, `history.load` and `history.delete`, whose parameter (int64) is the id of the submission.
 */
#define PURGE_TYPE_HISTORY_ROW (purge_history_row_get_type ())

G_DECLARE_FINAL_TYPE (PurgeHistoryRow, purge_history_row, PURGE, HISTORY_ROW, AdwBin)

GtkWidget *purge_history_row_new  (void);
void       purge_history_row_show (PurgeHistoryRow   *self,
                                   PurgeHistoryEntry *entry,
                                   gboolean           searched);

G_END_DECLS
