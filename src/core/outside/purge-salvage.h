/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-sql.h"

G_BEGIN_DECLS

/* Saves what can be read of a damaged database. To be called in the thread of the database. */

gboolean purge_salvage_rows (PurgeSql  *source,
                             PurgeSql  *target,
                             guint     *n_rows,
                             GError   **error);

G_END_DECLS
