/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-exchange.h"
#include "purge-outcome.h"

G_BEGIN_DECLS

/* The documents want a request to be of at most five minutes ago: what is this much off may be why
 * it was refused. In seconds. */
#define PURGE_SKEW_LIMIT_S 240

/* And what is this much off was certainly refused: two hours is the most that any page allows, and
 * five minutes are for what is measured badly. In seconds. */
#define PURGE_SKEW_LONGEST_LIMIT_S (2 * 60 * 60 + 5 * 60)

/* A round trip that took longer says nothing of when in it the server looked at its clock. In
 * seconds. */
#define PURGE_SKEW_LONGEST_TRIP_S (15 * 60)

gboolean purge_skew_measure  (const PurgeExchange *exchange,
                              gint64               sent,
                              gint64               received,
                              gint64              *seconds);
gboolean purge_skew_explains (const PurgeOutcome  *outcome,
                              gint64               seconds);
gboolean purge_skew_proves   (const PurgeOutcome  *outcome,
                              gint64               seconds);

G_END_DECLS
