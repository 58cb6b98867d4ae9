/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void purge_csv_append_row (GString            *csv,
                           const char * const *cells,
                           guint               n_cells);

G_END_DECLS
