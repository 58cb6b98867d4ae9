/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <json-glib/json-glib.h>

#include "purge-exchange.h"
#include "purge-outcome.h"

G_BEGIN_DECLS

/**
 * PurgeAnswerMeaning:
 * @PURGE_ANSWER_MEANS_NOTHING: neither a yes nor a no
 * @PURGE_ANSWER_MEANS_SUCCESS: a yes
 * @PURGE_ANSWER_MEANS_REFUSAL: a no, with a code
 *
 * What a body says by itself, whatever the HTTP status.
 */
typedef enum {
  PURGE_ANSWER_MEANS_NOTHING,
  PURGE_ANSWER_MEANS_SUCCESS,
  PURGE_ANSWER_MEANS_REFUSAL,
} PurgeAnswerMeaning;

/**
 * PurgeAnswerFormat:
 * @read: takes what it knows out of an object, and says what that means
 * @judge_refusal: judges a refusal by its code; returns whether that is one of Tencent's
 *
 * What differs between the answers of the APIs.
 */
typedef struct {
  PurgeAnswerMeaning (*read)          (PurgeAnswer  *answer,
                                       JsonObject   *object);
  gboolean           (*judge_refusal) (PurgeOutcome *outcome);
} PurgeAnswerFormat;

PurgeOutcome *purge_answer_read  (const PurgeAnswerFormat  *format,
                                  const PurgeExchange      *exchange,
                                  guint                     n_sent,
                                  JsonNode                **body);
void          purge_answer_judge (PurgeOutcome             *outcome,
                                  PurgeBatchEvent           event,
                                  PurgeCause                cause,
                                  gboolean                  stops_queue);
void          purge_answer_judge_unreadable (PurgeOutcome  *outcome,
                                             const char    *what,
                                             const char    *problem);

G_END_DECLS
