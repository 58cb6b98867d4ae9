/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <adwaita.h>

#include "purge-job.h"

G_BEGIN_DECLS

/**
 * PurgeResultRow:
 *
 * One row of the results: a batch with what can be done about it, or one of its directories.
 */
#define PURGE_TYPE_RESULT_ROW (purge_result_row_get_type ())

G_DECLARE_FINAL_TYPE (PurgeResultRow, purge_result_row, PURGE, RESULT_ROW, AdwBin)

GtkWidget *purge_result_row_new  (void);
void       purge_result_row_show (PurgeResultRow *self,
                                  PurgeJob       *job,
                                  GtkTreeListRow *row);

G_END_DECLS
