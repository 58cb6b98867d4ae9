/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "fault-mind.h"
#include "purge-clock.h"

G_BEGIN_DECLS

/* A clock that is off, and that is moved on by whoever waits, so that nobody does; the server's
 * clock moves with it. Its dice are those of the seed. */

#define CAMPAIGN_TYPE_CLOCK (campaign_clock_get_type ())

G_DECLARE_FINAL_TYPE (CampaignClock, campaign_clock, CAMPAIGN, CLOCK, PurgeClock)

CampaignClock *campaign_clock_new     (guint32        seed,
                                       gint64         skew,
                                       guint          n_same,
                                       FaultMind     *mind);
void           campaign_clock_move_on (CampaignClock *self,
                                       guint          seconds);

G_END_DECLS
