/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The life of a batch: one table, and nothing else may move a batch. */

#define G_LOG_DOMAIN "purge-batch-state"

#include "config.h"

#include "purge-batch-state.h"

#include "purge-enum.h"

G_DEFINE_ENUM_TYPE (PurgeBatchState, purge_batch_state,
  G_DEFINE_ENUM_VALUE (PURGE_BATCH_WAITING, "waiting"),
  G_DEFINE_ENUM_VALUE (PURGE_BATCH_SENDING, "sending"),
  G_DEFINE_ENUM_VALUE (PURGE_BATCH_ACCEPTED, "accepted"),
  G_DEFINE_ENUM_VALUE (PURGE_BATCH_REJECTED, "rejected"),
  G_DEFINE_ENUM_VALUE (PURGE_BATCH_UNKNOWN, "unknown"),
  G_DEFINE_ENUM_VALUE (PURGE_BATCH_SUPERSEDED, "superseded"),
  G_DEFINE_ENUM_VALUE (PURGE_BATCH_DONE, "done"),
  G_DEFINE_ENUM_VALUE (PURGE_BATCH_FAILED, "failed"))

/* Every legal move. What is not here cannot happen; above all, nothing leads from unknown back to
 * waiting, since what may have happened is never sent again by itself. */
static const struct
{
  PurgeBatchState from;
  PurgeBatchEvent event;
  PurgeBatchState to;
} moves[] = {
  { PURGE_BATCH_WAITING, PURGE_BATCH_EVENT_SEND, PURGE_BATCH_SENDING },
  { PURGE_BATCH_SENDING, PURGE_BATCH_EVENT_NOT_EXECUTED, PURGE_BATCH_WAITING },
  { PURGE_BATCH_SENDING, PURGE_BATCH_EVENT_ACCEPTED, PURGE_BATCH_ACCEPTED },
  { PURGE_BATCH_SENDING, PURGE_BATCH_EVENT_REJECTED, PURGE_BATCH_REJECTED },
  { PURGE_BATCH_SENDING, PURGE_BATCH_EVENT_LOST, PURGE_BATCH_UNKNOWN },
  { PURGE_BATCH_UNKNOWN, PURGE_BATCH_EVENT_ACCEPTED, PURGE_BATCH_ACCEPTED },
  { PURGE_BATCH_UNKNOWN, PURGE_BATCH_EVENT_REJECTED, PURGE_BATCH_REJECTED },
  { PURGE_BATCH_UNKNOWN, PURGE_BATCH_EVENT_RESUBMITTED, PURGE_BATCH_SUPERSEDED },
  { PURGE_BATCH_UNKNOWN, PURGE_BATCH_EVENT_DONE, PURGE_BATCH_DONE },
  { PURGE_BATCH_UNKNOWN, PURGE_BATCH_EVENT_FAILED, PURGE_BATCH_FAILED },
  { PURGE_BATCH_ACCEPTED, PURGE_BATCH_EVENT_DONE, PURGE_BATCH_DONE },
  { PURGE_BATCH_ACCEPTED, PURGE_BATCH_EVENT_FAILED, PURGE_BATCH_FAILED },
};

/**
 * purge_batch_state_move:
 * @from: the state a batch is in
 * @event: what happened to it
 * @to: (out): the state it is in then
 *
 * The only place that decides how a batch moves.
 *
 * Returns: whether that move is legal; where not, @to is left alone and nothing may be changed
 */
gboolean
purge_batch_state_move (PurgeBatchState  from,
                        PurgeBatchEvent  event,
                        PurgeBatchState *to)
{
  g_return_val_if_fail (to != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    if (moves[i].from == from && moves[i].event == event)
      {
        *to = moves[i].to;
        return TRUE;
      }

  return FALSE;
}

/**
 * purge_batch_state_to_string:
 * @state: a state
 *
 * Returns: (transfer none): its stable name
 */
const char *
purge_batch_state_to_string (PurgeBatchState state)
{
  return purge_enum_to_nick (PURGE_TYPE_BATCH_STATE, state);
}

/**
 * purge_batch_state_from_string:
 * @string: (nullable): a name
 * @state: (out): the state of that name
 *
 * Returns: whether there is one
 */
gboolean
purge_batch_state_from_string (const char      *string,
                               PurgeBatchState *state)
{
  int value;

  g_return_val_if_fail (state != NULL, FALSE);

  if (!purge_enum_from_nick (PURGE_TYPE_BATCH_STATE, string, &value))
    return FALSE;

  *state = value;
  return TRUE;
}
