/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-batch-state.h"
#include "purge-exchange.h"

G_BEGIN_DECLS

/**
 * PurgeAnswer:
 * @code: (nullable): the code as the server said it, "9110" or "AuthFailure"; trimmed
 * @code_is_number: whether it was a number on the wire
 * @code_desc: (nullable): `codeDesc` as text, trimmed, whatever its type was
 * @message: (nullable): the message as the server said it
 * @module_code: the number in parentheses before an API 2.0 message, or 0
 * @task_id: (nullable): the task id, or API 2.0's log id
 * @request_id: (nullable): API 3.0's RequestId
 * @count: how many directories the server says it took, or -1
 * @raw: (nullable): the whole answer as valid UTF-8, for showing as plain text; hostile
 *
 * What the server said, field by field. Strings are hostile: they are shown as plain text only.
 */
typedef struct {
  char     *code;
  gboolean  code_is_number;
  char     *code_desc;
  char     *message;
  int       module_code;
  char     *task_id;
  char     *request_id;
  gint64    count;
  char     *raw;
} PurgeAnswer;

/**
 * PurgeOutcome:
 * @event: what happened, as the state machine wants it
 * @cause: why
 * @stops_queue: whether nothing more of the submission may be sent (authentication, quota, security)
 * @http_status: the HTTP status, or 0
 * @retry_after: how long the server asks to wait, in seconds, or -1 where it does not
 * @answer: what the server said; all empty where nothing readable came
 * @detail: (nullable): developer's English of the failure
 *
 * What became of one batch, judged: the one value from which state, explanation, journal row and
 * exit code follow.
 */
typedef struct {
  gatomicrefcount  ref_count;
  PurgeBatchEvent  event;
  PurgeCause       cause;
  gboolean         stops_queue;
  guint            http_status;
  gint64           retry_after;
  PurgeAnswer      answer;
  char            *detail;
} PurgeOutcome;

#define PURGE_TYPE_OUTCOME (purge_outcome_get_type ())

GType         purge_outcome_get_type      (void);
PurgeOutcome *purge_outcome_new           (PurgeBatchEvent      event,
                                           PurgeCause           cause);
PurgeOutcome *purge_outcome_new_unanswered (const PurgeExchange *exchange);
PurgeOutcome *purge_outcome_ref           (PurgeOutcome        *self);
void          purge_outcome_unref         (PurgeOutcome        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PurgeOutcome, purge_outcome_unref)

G_END_DECLS
