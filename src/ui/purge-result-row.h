/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * PurgeResultRow:
 *
 * One row of the results: a batch, or one of its directories. Property: `row` (#GtkTreeListRow,
 * nullable), whose item is a #PurgeBatch, or a #GtkStringObject below one.
 */
#define PURGE_TYPE_RESULT_ROW (purge_result_row_get_type ())

G_DECLARE_FINAL_TYPE (PurgeResultRow, purge_result_row, PURGE, RESULT_ROW, AdwBin)

G_END_DECLS
