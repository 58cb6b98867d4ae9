/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-exchange.h"
#include "purge-outcome.h"

G_BEGIN_DECLS

PurgeOutcome *purge_answer_v2_read (const PurgeExchange *exchange,
                                    guint                n_sent);

G_END_DECLS
