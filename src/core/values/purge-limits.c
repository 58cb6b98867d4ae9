/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What limits a submission. Knows neither API nor quota: others fill it in. */

#define G_LOG_DOMAIN "purge-limits"

#include "config.h"

#include "purge-limits.h"

/**
 * purge_limits_count_requests:
 * @self: how many one request may hold; of what none is known to fit, one
 * @n: (array fixed-size=2): by #PurgeKind, how many entries there are
 *
 * Returns: in how many requests they go, since a request holds one kind only
 */
guint
purge_limits_count_requests (const PurgeLimits *self,
                             const guint       *n)
{
  guint n_requests = 0;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (n != NULL, 0);

  for (guint kind = 0; kind < PURGE_N_KINDS; kind++)
    {
      const guint batch = MAX (self->of[kind].batch, 1);

      n_requests += n[kind] / batch + (n[kind] % batch != 0);
    }

  return n_requests;
}
