/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-simulator-ledger.h"

G_BEGIN_DECLS

#define PURGE_SIMULATOR_MAINLAND "mainland"
#define PURGE_SIMULATOR_OVERSEAS "overseas"
#define PURGE_SIMULATOR_GLOBAL "global"

/* What a quota is of. */
#define PURGE_SIMULATOR_QUOTA_DIRECTORIES "directories"
#define PURGE_SIMULATOR_QUOTA_URLS "urls"

gboolean    purge_simulator_areas_is_area  (const char           *name);
const char *purge_simulator_areas_choose   (const char           *deployed,
                                            const char           *wanted);
guint       purge_simulator_areas_get_used (const char           *area,
                                            PurgeSimulatorLedger *ledger,
                                            const char           *quota,
                                            gint64                day);
gboolean    purge_simulator_areas_spend    (const char           *area,
                                            PurgeSimulatorLedger *ledger,
                                            const char           *quota,
                                            gint64                day,
                                            guint                 amount,
                                            guint                 limit);

G_END_DECLS
