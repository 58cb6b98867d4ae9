/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <adwaita.h>

#include "purge-session.h"

G_BEGIN_DECLS

/**
 * PurgeRetirementOffer:
 *
 * Offers to switch an account to API 3.0 where its submission failed as if API 2.0 had ended. Where
 * it has nothing to offer it takes no room. It sends nothing.
 */
#define PURGE_TYPE_RETIREMENT_OFFER (purge_retirement_offer_get_type ())

G_DECLARE_FINAL_TYPE (PurgeRetirementOffer, purge_retirement_offer, PURGE, RETIREMENT_OFFER, AdwBin)

void purge_retirement_offer_set_session (PurgeRetirementOffer *self,
                                         PurgeSession         *session);

G_END_DECLS
