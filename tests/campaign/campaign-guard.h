/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "campaign-book.h"
#include "campaign-disk.h"
#include "purge-transport.h"

G_BEGIN_DECLS

/**
 * CampaignSend:
 * @mark: what tells it apart on the wire, from 1
 * @nonce: the nonce of the request; of API 3.0, where none is on the wire, that of the attempt on
 *   the disk, or 0
 * @timestamp: its timestamp; the two together are used once
 * @batch_id: the batch whose request it was, or 0 where nobody knows of it
 * @purge: whether it was one to purge
 * @again: whether it was sent before
 * @over: whether it is over, with @kind
 * @kind: how far the transport says that it came
 *
 * One request that was handed to the transport.
 */
typedef struct {
  guint             mark;
  guint64           nonce;
  gint64            timestamp;
  gint64            batch_id;
  gboolean          purge;
  gboolean          again;
  gboolean          over;
  PurgeExchangeKind kind;
} CampaignSend;

/* The last thing before the wire: looks at the journal on the disk before it lets a request
 * through, and lets nobody by unnoticed. */

#define CAMPAIGN_TYPE_GUARD (campaign_guard_get_type ())

G_DECLARE_FINAL_TYPE (CampaignGuard, campaign_guard, CAMPAIGN, GUARD, GObject)

typedef void (*CampaignGuardFunc) (gpointer user_data);

CampaignGuard *campaign_guard_new       (PurgeTransport    *inner,
                                         CampaignBook      *book);
void           campaign_guard_set_disk  (CampaignGuard     *self,
                                         CampaignDisk      *disk);
void           campaign_guard_set_hook  (CampaignGuard     *self,
                                         CampaignGuardFunc  hook,
                                         gpointer           user_data);
void           campaign_guard_allow     (CampaignGuard     *self,
                                         guint              n_purges,
                                         guint              n_look_ups,
                                         gboolean           again);
GArray        *campaign_guard_get_sends (CampaignGuard     *self);

G_END_DECLS
