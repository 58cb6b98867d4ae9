/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * PurgeBatchState:
 * @PURGE_BATCH_WAITING: confirmed, and certainly not executed
 * @PURGE_BATCH_SENDING: on disk, and perhaps on the wire
 * @PURGE_BATCH_ACCEPTED: the server said so, strictly read
 * @PURGE_BATCH_REJECTED: the server said no; nothing was executed
 * @PURGE_BATCH_UNKNOWN: it may have been executed; nobody here knows
 * @PURGE_BATCH_SUPERSEDED: unknown, and submitted anew by the person
 * @PURGE_BATCH_DONE: accepted, and the server says that it is finished
 * @PURGE_BATCH_FAILED: accepted, and the server says that it came to nothing
 *
 * The states of a batch and so of its directories. The nicks are stored in the journal and shown to
 * scripts: they never change.
 */
typedef enum {
  PURGE_BATCH_WAITING,
  PURGE_BATCH_SENDING,
  PURGE_BATCH_ACCEPTED,
  PURGE_BATCH_REJECTED,
  PURGE_BATCH_UNKNOWN,
  PURGE_BATCH_SUPERSEDED,
  PURGE_BATCH_DONE,
  PURGE_BATCH_FAILED,
} PurgeBatchState;

#define PURGE_TYPE_BATCH_STATE (purge_batch_state_get_type ())

/**
 * PurgeBatchEvent:
 * @PURGE_BATCH_EVENT_SEND: the row that says so is on disk; the first byte may leave
 * @PURGE_BATCH_EVENT_NOT_EXECUTED: proven: no byte left, or refused before execution (class A, B)
 * @PURGE_BATCH_EVENT_ACCEPTED: a strict success
 * @PURGE_BATCH_EVENT_REJECTED: a trustworthy no (class D, E after an answer)
 * @PURGE_BATCH_EVENT_LOST: no trustworthy answer (class C), or the sender died
 * @PURGE_BATCH_EVENT_RESUBMITTED: the person sent an unknown batch anew
 * @PURGE_BATCH_EVENT_DONE: a look-up found it finished
 * @PURGE_BATCH_EVENT_FAILED: a look-up found it failed
 *
 * What can happen to a batch.
 */
typedef enum {
  PURGE_BATCH_EVENT_SEND,
  PURGE_BATCH_EVENT_NOT_EXECUTED,
  PURGE_BATCH_EVENT_ACCEPTED,
  PURGE_BATCH_EVENT_REJECTED,
  PURGE_BATCH_EVENT_LOST,
  PURGE_BATCH_EVENT_RESUBMITTED,
  PURGE_BATCH_EVENT_DONE,
  PURGE_BATCH_EVENT_FAILED,
} PurgeBatchEvent;

GType       purge_batch_state_get_type    (void);
const char *purge_batch_state_to_string   (PurgeBatchState  state);
gboolean    purge_batch_state_from_string (const char      *string,
                                           PurgeBatchState *state);
gboolean    purge_batch_state_move        (PurgeBatchState  from,
                                           PurgeBatchEvent  event,
                                           PurgeBatchState *to);

G_END_DECLS
