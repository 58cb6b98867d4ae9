/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "campaign-book.h"
#include "campaign-guard.h"
#include "fault-log.h"
#include "purge-submission.h"

G_BEGIN_DECLS

/**
 * CampaignCase:
 * @submissions: (element-type PurgeSubmission): what the disk says
 * @confirmed: (element-type GStrv): what a person confirmed, a submission each
 * @entries: (element-type FaultEntry): what the server says
 * @others: (element-type FaultEntry): what the server knows of the other client of the account
 * @sends: (element-type CampaignSend): what was handed to the transport
 * @before: (nullable) (element-type PurgeSubmission): what the disk said at the last look
 * @offset: how far this computer's clock is ahead of the server's, in seconds
 * @resubmitted: (element-type utf8 guint): how often a person asked for each directory again as new
 *
 * What is judged, all of it by value.
 */
typedef struct {
  GPtrArray  *submissions;
  GPtrArray  *confirmed;
  GPtrArray  *entries;
  GPtrArray  *others;
  GArray     *sends;
  GPtrArray  *before;
  gint64      offset;
  GHashTable *resubmitted;
} CampaignCase;

void  campaign_judge                (const CampaignCase *what,
                                     CampaignBook       *book);
guint campaign_judge_count_executed (const CampaignCase *what,
                                     gint64              batch_id);

G_END_DECLS
