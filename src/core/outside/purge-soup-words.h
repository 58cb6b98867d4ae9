/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <libsoup/soup.h>

#include "purge-exchange.h"
#include "purge-request.h"

G_BEGIN_DECLS

SoupMessage   *purge_soup_words_new_message  (PurgeRequest *request,
                                              GUri         *uri);
gboolean       purge_soup_words_are_encoded  (SoupMessage  *message);
PurgeExchange *purge_soup_words_new_exchange (SoupMessage  *message,
                                              GBytes       *body);

G_END_DECLS
