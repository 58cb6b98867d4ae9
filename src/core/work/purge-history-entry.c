/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* A submission of the past in a list model. Knows nothing but what it is told. */

#define G_LOG_DOMAIN "purge-history-entry"

#include "config.h"

#include "purge-history-entry.h"

struct _PurgeHistoryEntry
{
  GObject                 parent_instance;

  PurgeSubmissionSummary *summary;
};

G_DEFINE_FINAL_TYPE (PurgeHistoryEntry, purge_history_entry, G_TYPE_OBJECT)

static void
purge_history_entry_finalize (GObject *object)
{
  purge_submission_summary_free (PURGE_HISTORY_ENTRY (object)->summary);

  G_OBJECT_CLASS (purge_history_entry_parent_class)->finalize (object);
}

static void
purge_history_entry_class_init (PurgeHistoryEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = purge_history_entry_finalize;
}

static void
purge_history_entry_init (PurgeHistoryEntry *self)
{
}

/**
 * purge_history_entry_new:
 * @summary: (transfer full): a summary
 *
 * Returns: (transfer full): an entry that holds it
 */
PurgeHistoryEntry *
purge_history_entry_new (PurgeSubmissionSummary *summary)
{
  PurgeHistoryEntry *self;

  g_return_val_if_fail (summary != NULL, NULL);

  self = g_object_new (PURGE_TYPE_HISTORY_ENTRY, NULL);
  self->summary = summary;
  return self;
}

/**
 * purge_history_entry_get_summary:
 * @self: an entry
 *
 * Returns: (transfer none): the summary
 */
const PurgeSubmissionSummary *
purge_history_entry_get_summary (PurgeHistoryEntry *self)
{
  g_return_val_if_fail (PURGE_IS_HISTORY_ENTRY (self), NULL);

  return self->summary;
}
