/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-journal.h"

G_BEGIN_DECLS

/* A second pair of eyes on the journal: a connection of its own, which sees what was committed and
 * nothing else, and which can be used in the midst of anything, since it blocks. */

typedef struct _CampaignDisk CampaignDisk;

CampaignDisk *campaign_disk_new  (const char   *path);
void          campaign_disk_free (CampaignDisk *self);
GPtrArray    *campaign_disk_read (CampaignDisk *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CampaignDisk, campaign_disk_free)

G_END_DECLS
