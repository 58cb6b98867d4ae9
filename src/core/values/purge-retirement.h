/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-account.h"
#include "purge-outcome.h"

G_BEGIN_DECLS

gboolean purge_retirement_is_likely  (PurgeApiKind        api,
                                      const char         *endpoint,
                                      const PurgeOutcome *outcome);
gboolean purge_retirement_was_likely (const char         *api,
                                      const char         *endpoint,
                                      PurgeBatchState     state,
                                      const PurgeOutcome *outcome);

G_END_DECLS
