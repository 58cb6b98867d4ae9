/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "campaign-world.h"

G_BEGIN_DECLS

/* One run: what a person does, what goes wrong meanwhile, and what is looked at after each step. */

FaultApi campaign_run_choose_api    (const CampaignRow   *row,
                                     guint32              seed);
gboolean campaign_run_needs_sockets (const CampaignRow   *row,
                                     guint32              seed);
void     campaign_run               (const CampaignPlace *place,
                                     const CampaignRow   *row,
                                     guint32              seed,
                                     CampaignMutantFunc   mutate,
                                     CampaignBook        *book);

G_END_DECLS
