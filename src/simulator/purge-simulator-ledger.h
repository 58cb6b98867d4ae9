/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PurgeSimulatorLedger:
 *
 * How much of each daily quota is spent. A quota has a name, since directories and URLs (and, in
 * API 3.0, areas) are counted apart.
 */
typedef struct _PurgeSimulatorLedger PurgeSimulatorLedger;

PurgeSimulatorLedger *purge_simulator_ledger_new      (void);
void                  purge_simulator_ledger_free     (PurgeSimulatorLedger *self);
guint                 purge_simulator_ledger_get_used (PurgeSimulatorLedger *self,
                                                       const char           *quota,
                                                       gint64                day);
gboolean              purge_simulator_ledger_spend    (PurgeSimulatorLedger *self,
                                                       const char           *quota,
                                                       gint64                day,
                                                       guint                 amount,
                                                       guint                 limit);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PurgeSimulatorLedger, purge_simulator_ledger_free)

G_END_DECLS
