/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <json-glib/json-glib.h>

#include "purge-exchange.h"
#include "purge-outcome.h"

G_BEGIN_DECLS

PurgeOutcome *purge_answer_v3_read          (const PurgeExchange  *exchange,
                                             guint                 n_sent);
PurgeOutcome *purge_answer_v3_read_response (const PurgeExchange  *exchange,
                                             JsonNode            **body);
JsonObject   *purge_answer_v3_get_response  (JsonNode             *body);

G_END_DECLS
