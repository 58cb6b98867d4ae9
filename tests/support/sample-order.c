/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#include "config.h"

#include "sample-order.h"

PurgeSubmission *
sample_submission_new (PurgeAccount       *account,
                       const char         *endpoint,
                       PurgeMode           mode,
                       gint64              created,
                       const char * const *urls,
                       guint               batch_limit)
{
  g_autoptr (PurgeOrder) order = purge_order_new (mode, PURGE_AREA_NONE, urls, NULL);
  PurgeLimits limits = { { { batch_limit } } };

  return purge_submission_new (account, endpoint, order, &limits, created);
}

PurgeJob *
sample_job_new (PurgeWorkspace     *workspace,
                PurgeAccount       *account,
                PurgeMode           mode,
                const char * const *urls)
{
  g_autoptr (PurgeOrder) order = purge_order_new (mode, PURGE_AREA_NONE, urls, NULL);

  return purge_job_new (workspace, account, order, NULL);
}
