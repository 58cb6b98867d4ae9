/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What a server says of the quotas of an account. Knows neither how one asks nor what this program
 * counts itself. */

#define G_LOG_DOMAIN "purge-server-quota"

#include "config.h"

#include "purge-server-quota.h"

G_DEFINE_BOXED_TYPE (PurgeServerQuota, purge_server_quota, purge_server_quota_ref,
                     purge_server_quota_unref)

/**
 * purge_server_quota_new:
 *
 * Returns: (transfer full): no quotas; rows are added before it is shared
 */
PurgeServerQuota *
purge_server_quota_new (void)
{
  PurgeServerQuota *self = g_new0 (PurgeServerQuota, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->rows = g_array_new (FALSE, FALSE, sizeof (PurgeQuotaRow));
  return self;
}

/**
 * purge_server_quota_new_failed:
 * @failure: what became of the request, not a success
 *
 * Returns: (transfer full): quotas that are not known
 */
PurgeServerQuota *
purge_server_quota_new_failed (PurgeOutcome *failure)
{
  PurgeServerQuota *self;

  g_return_val_if_fail (failure != NULL, NULL);
  g_return_val_if_fail (failure->event != PURGE_BATCH_EVENT_ACCEPTED, NULL);

  self = purge_server_quota_new ();
  self->failure = purge_outcome_ref (failure);
  return self;
}

/**
 * purge_server_quota_ref:
 * @self: quotas
 *
 * Returns: (transfer full): @self
 */
PurgeServerQuota *
purge_server_quota_ref (PurgeServerQuota *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * purge_server_quota_unref:
 * @self: (transfer full): quotas
 */
void
purge_server_quota_unref (PurgeServerQuota *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_array_unref (self->rows);
  g_clear_pointer (&self->failure, purge_outcome_unref);
  g_free (self);
}

/**
 * purge_server_quota_add:
 * @self: quotas that are not shared yet
 * @row: one more
 *
 * Returns: whether it was added: %FALSE where there is one of its kind and area already
 */
gboolean
purge_server_quota_add (PurgeServerQuota    *self,
                        const PurgeQuotaRow *row)
{
  g_return_val_if_fail (self != NULL && row != NULL, FALSE);

  if (purge_server_quota_find (self, row->kind, row->area) != NULL)
    return FALSE;

  g_array_append_vals (self->rows, row, 1);
  return TRUE;
}

/**
 * purge_server_quota_find:
 * @self: quotas
 * @kind: of what
 * @area: where
 *
 * Returns: (transfer none) (nullable): that quota, where the server told it
 */
const PurgeQuotaRow *
purge_server_quota_find (const PurgeServerQuota *self,
                         PurgeKind               kind,
                         PurgeArea               area)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->rows->len; i++)
    {
      const PurgeQuotaRow *row = &g_array_index (self->rows, PurgeQuotaRow, i);

      if (row->kind == kind && row->area == area)
        return row;
    }

  return NULL;
}

/**
 * purge_server_quota_find_least:
 * @self: quotas
 * @kind: of what
 * @area: where; %PURGE_AREA_NONE for wherever a domain is served, which may be everywhere, so that
 *   the quota counts of which least is left
 *
 * Returns: (transfer none) (nullable): that quota, where the server told it
 */
const PurgeQuotaRow *
purge_server_quota_find_least (const PurgeServerQuota *self,
                               PurgeKind               kind,
                               PurgeArea               area)
{
  const PurgeQuotaRow *least = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->rows->len; i++)
    {
      const PurgeQuotaRow *row = &g_array_index (self->rows, PurgeQuotaRow, i);

      if (row->kind == kind && (row->area == area || area == PURGE_AREA_NONE) &&
          (least == NULL || row->available < least->available))
        least = row;
    }

  return least;
}

/**
 * purge_server_quota_get_batch:
 * @self: quotas
 * @kind: of what
 * @area: where; %PURGE_AREA_NONE for wherever a domain is served, which may be everywhere, so that
 *   the smallest limit counts
 *
 * Returns: how many one request may hold, or 0 where the server did not tell
 */
guint
purge_server_quota_get_batch (const PurgeServerQuota *self,
                              PurgeKind               kind,
                              PurgeArea               area)
{
  guint batch = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (guint i = 0; i < self->rows->len; i++)
    {
      const PurgeQuotaRow *row = &g_array_index (self->rows, PurgeQuotaRow, i);

      if (row->kind == kind && (row->area == area || area == PURGE_AREA_NONE) && row->batch > 0)
        batch = batch == 0 ? row->batch : MIN (batch, row->batch);
    }

  return batch;
}
