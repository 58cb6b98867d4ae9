/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-error.h"
#include "purge-keyring.h"

G_BEGIN_DECLS

/* A keyring with one key, which it gives or, while it is in trouble, does not. */

#define CAMPAIGN_TYPE_KEYRING (campaign_keyring_get_type ())

G_DECLARE_FINAL_TYPE (CampaignKeyring, campaign_keyring, CAMPAIGN, KEYRING, GObject)

CampaignKeyring *campaign_keyring_new         (void);
void             campaign_keyring_set_trouble (CampaignKeyring *self,
                                               PurgeError       trouble);

G_END_DECLS
