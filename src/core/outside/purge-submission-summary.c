/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* One submission as the history lists it, as a value. Does not know where it comes from. */

#define G_LOG_DOMAIN "purge-submission-summary"

#include "config.h"

#include "purge-submission-summary.h"

/**
 * purge_submission_summary_free:
 * @self: (transfer full) (nullable): a summary
 */
void
purge_submission_summary_free (PurgeSubmissionSummary *self)
{
  if (self == NULL)
    return;

  g_free (self->account_uuid);
  g_free (self->account_name);
  g_free (self);
}
