/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-outcome.h"

G_BEGIN_DECLS

/**
 * PurgeQueue:
 *
 * Which batch of a submission may be sent when: a plain value that decides and does nothing. Batches
 * go in the order of the list. While it is not known whether key, endpoint and clock are any good, a
 * first batch goes alone (the canary); then up to %PURGE_QUEUE_MAX_SIDE_BY_SIDE go side by side. It
 * stops for good where going on would only repeat a failure.
 */
typedef struct {
  guint    n_batches;
  guint    next;
  guint    n_under_way;
  guint    n_lost;
  gboolean canary_due;
  gboolean stopped;
} PurgeQueue;

#define PURGE_QUEUE_MAX_SIDE_BY_SIDE 6
#define PURGE_QUEUE_MAX_LOST 2

void     purge_queue_init    (PurgeQueue         *self,
                              guint               n_batches,
                              gboolean            canary_due);
gboolean purge_queue_take    (PurgeQueue         *self,
                              guint              *index);
void     purge_queue_put     (PurgeQueue         *self,
                              const PurgeOutcome *outcome);
void     purge_queue_skip    (PurgeQueue         *self);
void     purge_queue_stop    (PurgeQueue         *self);
gboolean purge_queue_is_over (const PurgeQueue   *self);

G_END_DECLS
