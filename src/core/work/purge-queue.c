/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Pace and canary, decided without doing anything. */

#define G_LOG_DOMAIN "purge-queue"

#include "config.h"

#include "purge-queue.h"

/**
 * purge_queue_init:
 * @self: (out caller-allocates): a queue
 * @n_batches: how many batches there are
 * @canary_due: whether the first one has to go alone
 */
void
purge_queue_init (PurgeQueue *self,
                  guint       n_batches,
                  gboolean    canary_due)
{
  g_return_if_fail (self != NULL);

  *self = (PurgeQueue) { .n_batches = n_batches, .canary_due = canary_due };
}

/**
 * purge_queue_take:
 * @self: a queue
 * @index: (out): the batch to send now, from 0
 *
 * Takes the next batch out, if one may be sent now; it counts as under way until purge_queue_put().
 *
 * Returns: whether there is one
 */
gboolean
purge_queue_take (PurgeQueue *self,
                  guint      *index)
{
  guint limit;

  g_return_val_if_fail (self != NULL && index != NULL, FALSE);

  limit = self->canary_due ? 1 : PURGE_QUEUE_MAX_SIDE_BY_SIDE;
  if (self->stopped || self->next >= self->n_batches || self->n_under_way >= limit)
    return FALSE;

  *index = self->next++;
  self->n_under_way++;
  return TRUE;
}

/**
 * purge_queue_put:
 * @self: a queue
 * @outcome: what became of a batch that was under way
 *
 * Learns from an outcome. The queue stops where the outcome says so, where the canary got no answer
 * that can be trusted, and where %PURGE_QUEUE_MAX_LOST batches are lost: more would be no better off,
 * and each would have to be looked up.
 */
void
purge_queue_put (PurgeQueue         *self,
                 const PurgeOutcome *outcome)
{
  gboolean answered;

  g_return_if_fail (self != NULL && outcome != NULL);
  g_return_if_fail (self->n_under_way > 0);

  answered = outcome->event == PURGE_BATCH_EVENT_ACCEPTED ||
             outcome->event == PURGE_BATCH_EVENT_REJECTED;
  self->n_under_way--;
  self->n_lost += outcome->event == PURGE_BATCH_EVENT_LOST;

  if (outcome->stops_queue || (self->canary_due && !answered) ||
      self->n_lost >= PURGE_QUEUE_MAX_LOST)
    self->stopped = TRUE;

  self->canary_due = FALSE;
}

/**
 * purge_queue_skip:
 * @self: a queue
 *
 * Goes on without a batch that was under way: somebody else had sent it already. Nothing is learnt
 * from that.
 */
void
purge_queue_skip (PurgeQueue *self)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (self->n_under_way > 0);

  self->n_under_way--;
}

/**
 * purge_queue_stop:
 * @self: a queue
 *
 * Sends nothing more; what is under way is waited for.
 */
void
purge_queue_stop (PurgeQueue *self)
{
  g_return_if_fail (self != NULL);

  self->stopped = TRUE;
}

/**
 * purge_queue_is_over:
 * @self: a queue
 *
 * Returns: whether nothing is under way and nothing will be
 */
gboolean
purge_queue_is_over (const PurgeQueue *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return self->n_under_way == 0 && (self->stopped || self->next >= self->n_batches);
}
