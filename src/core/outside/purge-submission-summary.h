/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-mode.h"
#include "purge-tally.h"

G_BEGIN_DECLS

/**
 * PurgeSubmissionSummary:
 * @id: what `show ID` takes
 * @account_uuid: the account, which may be gone by now
 * @account_name: what it was called then
 * @mode: what was purged
 * @created: UNIX seconds
 * @tally: what became of its entries, each of which counts once however often it was sent
 * @n_urls: how many of them are URLs
 * @n_hits: how many have in them what was searched for; 0 where nothing was
 *
 * One submission as the history lists it. A plain value.
 */
typedef struct {
  gint64      id;
  char       *account_uuid;
  char       *account_name;
  PurgeMode   mode;
  gint64      created;
  PurgeTally  tally;
  guint       n_urls;
  guint       n_hits;
} PurgeSubmissionSummary;

void purge_submission_summary_free (PurgeSubmissionSummary *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PurgeSubmissionSummary, purge_submission_summary_free)

G_END_DECLS
