/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <adwaita.h>

#include "purge-directory-list.h"

G_BEGIN_DECLS

/**
 * PurgeUrlOffer:
 *
 * Offers to make URLs of all rows of a list that are blocked because they look like files or have a
 * query, where there are several, by the action `editor.take-url-offers` around it. Where there are
 * not, it takes no room.
 */
#define PURGE_TYPE_URL_OFFER (purge_url_offer_get_type ())

G_DECLARE_FINAL_TYPE (PurgeUrlOffer, purge_url_offer, PURGE, URL_OFFER, AdwBin)

void purge_url_offer_set_list (PurgeUrlOffer      *self,
                               PurgeDirectoryList *list);

G_END_DECLS
