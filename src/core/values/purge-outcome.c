/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What became of a batch, judged. Knows the classes of what can happen; the APIs judge answers. */

#define G_LOG_DOMAIN "purge-outcome"

#include "config.h"

#include "purge-outcome.h"

G_DEFINE_BOXED_TYPE (PurgeOutcome, purge_outcome, purge_outcome_ref, purge_outcome_unref)

/**
 * purge_outcome_new:
 * @event: what happened
 * @cause: why
 *
 * Returns: (transfer full): an outcome with an empty answer, to be filled in before it is shared
 */
PurgeOutcome *
purge_outcome_new (PurgeBatchEvent event,
                   PurgeCause      cause)
{
  PurgeOutcome *self = g_new0 (PurgeOutcome, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->event = event;
  self->cause = cause;
  self->retry_after = -1;
  self->answer.count = -1;
  return self;
}

/**
 * purge_outcome_new_unanswered:
 * @exchange: an exchange that was not answered
 *
 * Judges what has no answer to judge: what certainly was not sent may be sent later, what may have
 * arrived is lost until somebody looks it up. Where the other side cannot be reached or trusted,
 * further batches would fare no better, so the queue stops.
 *
 * Returns: (transfer full): the outcome
 */
PurgeOutcome *
purge_outcome_new_unanswered (const PurgeExchange *exchange)
{
  PurgeOutcome *self;

  g_return_val_if_fail (exchange != NULL, NULL);
  g_return_val_if_fail (exchange->kind != PURGE_EXCHANGE_ANSWERED, NULL);

  self = purge_outcome_new (exchange->kind == PURGE_EXCHANGE_LOST ? PURGE_BATCH_EVENT_LOST
                                                                  : PURGE_BATCH_EVENT_NOT_EXECUTED,
                            exchange->cause);
  self->stops_queue = exchange->kind != PURGE_EXCHANGE_LOST;
  self->detail = g_strdup (exchange->detail);
  return self;
}

/**
 * purge_outcome_ref:
 * @self: an outcome
 *
 * Returns: (transfer full): @self
 */
PurgeOutcome *
purge_outcome_ref (PurgeOutcome *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * purge_outcome_unref:
 * @self: (transfer full): an outcome
 */
void
purge_outcome_unref (PurgeOutcome *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->answer.code);
  g_free (self->answer.code_desc);
  g_free (self->answer.message);
  g_free (self->answer.task_id);
  g_free (self->answer.request_id);
  g_free (self->answer.raw);
  g_free (self->detail);
  g_free (self);
}
