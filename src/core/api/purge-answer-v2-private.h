/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <json-glib/json-glib.h>

#include "purge-answer-v2.h"

G_BEGIN_DECLS

PurgeOutcome *purge_answer_v2_read_body (const PurgeExchange  *exchange,
                                         guint                 n_sent,
                                         JsonNode            **body);

G_END_DECLS
