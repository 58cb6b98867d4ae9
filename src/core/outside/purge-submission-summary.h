/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-mode.h"

G_BEGIN_DECLS

/**
 * PurgeSubmissionSummary:
 * @id: what `show ID` takes
 * @account_uuid: the account, which may be gone by now
 * @account_name: what it was called then
 * @mode: what was purged
 * @created: UNIX seconds
 * @n_directories: how many entries it has, each once however often it was sent
 * @n_urls: how many of them are URLs
 * @n_accepted: how many of them are accepted or done
 * @n_rejected: how many are rejected or failed
 * @n_unknown: how many are unknown
 * @n_waiting: how many are waiting or sending
 * @n_hits: how many have in them what was searched for; 0 where nothing was
 *
 * One submission as the history lists it. A plain value.
 */
typedef struct {
  gint64     id;
  char      *account_uuid;
  char      *account_name;
  PurgeMode  mode;
  gint64     created;
  guint      n_directories;
  guint      n_urls;
  guint      n_accepted;
  guint      n_rejected;
  guint      n_unknown;
  guint      n_waiting;
  guint      n_hits;
} PurgeSubmissionSummary;

void purge_submission_summary_free (PurgeSubmissionSummary *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PurgeSubmissionSummary, purge_submission_summary_free)

G_END_DECLS
