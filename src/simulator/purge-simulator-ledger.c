/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Counts what was spent in a day. Knows no clock, no limit and no API. */

#define G_LOG_DOMAIN "purge-simulator-ledger"

#include "config.h"

#include "purge-simulator-ledger.h"

struct _PurgeSimulatorLedger
{
  GHashTable *pages; /* of a quota's name -> Page */
};

typedef struct {
  gint64 day;
  guint  used;
} Page;

/**
 * purge_simulator_ledger_new:
 *
 * Returns: (transfer full): a ledger in which nothing is spent
 */
PurgeSimulatorLedger *
purge_simulator_ledger_new (void)
{
  PurgeSimulatorLedger *self = g_new0 (PurgeSimulatorLedger, 1);

  self->pages = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

/**
 * purge_simulator_ledger_free:
 * @self: (transfer full): a ledger
 */
void
purge_simulator_ledger_free (PurgeSimulatorLedger *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->pages);
  g_free (self);
}

/**
 * purge_simulator_ledger_get_used:
 * @self: a ledger
 * @quota: the name of a quota
 * @day: the number of the day
 *
 * Returns: how much of it is spent that day
 */
guint
purge_simulator_ledger_get_used (PurgeSimulatorLedger *self,
                                 const char           *quota,
                                 gint64                day)
{
  const Page *page = g_hash_table_lookup (self->pages, quota);

  return page != NULL && page->day == day ? page->used : 0;
}

/**
 * purge_simulator_ledger_spend:
 * @self: a ledger
 * @quota: the name of a quota
 * @day: the number of the day; only the last one is remembered
 * @amount: how much to spend
 * @limit: how much there is a day
 *
 * Spends the whole amount or, where there is too little left, nothing.
 *
 * Returns: whether it was spent
 */
gboolean
purge_simulator_ledger_spend (PurgeSimulatorLedger *self,
                              const char           *quota,
                              gint64                day,
                              guint                 amount,
                              guint                 limit)
{
  guint used = purge_simulator_ledger_get_used (self, quota, day);
  Page *page;

  if (used > limit || amount > limit - used)
    return FALSE;

  page = g_new0 (Page, 1);
  page->day = day;
  page->used = used + amount;
  g_hash_table_replace (self->pages, g_strdup (quota), page);

  return TRUE;
}
