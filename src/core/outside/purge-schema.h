/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-sql.h"

G_BEGIN_DECLS

/* What makes a SQLite file a database of this program. */

gboolean purge_schema_prepare (PurgeSql  *sql,
                               gboolean  *damaged,
                               GError   **error);

G_END_DECLS
