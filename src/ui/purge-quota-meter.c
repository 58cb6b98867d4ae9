/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What is left of today's quota. Asks the journal, and claims nothing while the journal is silent. */

#define G_LOG_DOMAIN "purge-quota-meter"

#include "config.h"

#include "purge-quota-meter.h"

#include "purge-api.h"
#include "purge-quota.h"

struct _PurgeQuotaMeter
{
  GObject         parent_instance;

  PurgeWorkspace *workspace;
  PurgeAccount   *account;
  GCancellable   *counting;
  gboolean        known;
  guint           used;
};

G_DEFINE_FINAL_TYPE (PurgeQuotaMeter, purge_quota_meter, G_TYPE_OBJECT)

static guint changed_signal;

static void
set_count (PurgeQuotaMeter *self,
           gboolean         known,
           guint            used)
{
  self->known = known;
  self->used = used;
  g_signal_emit (self, changed_signal, 0);
}

static void
on_journal_summed_up_cb (GObject      *source,
                         GAsyncResult *result,
                         gpointer      user_data)
{
  g_autoptr (PurgeQuotaMeter) self = user_data;
  g_autoptr (GError) error = NULL;
  guint used[PURGE_N_KINDS] = { 0 };

  if (purge_journal_sum_up_finish (PURGE_JOURNAL (source), result, used, NULL, &error))
    {
      set_count (self, TRUE, used[PURGE_KIND_DIRECTORY]);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_message ("The quota could not be counted: %s", error->message);
      set_count (self, FALSE, 0);
    }
}

static void
purge_quota_meter_dispose (GObject *object)
{
  PurgeQuotaMeter *self = PURGE_QUOTA_METER (object);

  g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
  g_clear_object (&self->account);
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (purge_quota_meter_parent_class)->dispose (object);
}

static void
purge_quota_meter_class_init (PurgeQuotaMeterClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = purge_quota_meter_dispose;

  changed_signal = g_signal_new ("changed", PURGE_TYPE_QUOTA_METER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
purge_quota_meter_init (PurgeQuotaMeter *self)
{
}

/**
 * purge_quota_meter_new:
 * @workspace: where the journal is
 *
 * Returns: (transfer full): a meter that knows nothing yet
 */
PurgeQuotaMeter *
purge_quota_meter_new (PurgeWorkspace *workspace)
{
  PurgeQuotaMeter *self;

  g_return_val_if_fail (PURGE_IS_WORKSPACE (workspace), NULL);

  self = g_object_new (PURGE_TYPE_QUOTA_METER, NULL);
  self->workspace = g_object_ref (workspace);
  return self;
}

/**
 * purge_quota_meter_count:
 * @self: a meter
 * @account: (nullable): whose quota it is
 *
 * Counts anew. A count that is on its way is given up for it.
 */
void
purge_quota_meter_count (PurgeQuotaMeter *self,
                         PurgeAccount    *account)
{
  g_autoptr (PurgeApi) api = NULL;
  gint64 now, day;

  g_return_if_fail (PURGE_IS_QUOTA_METER (self));
  g_return_if_fail (account == NULL || PURGE_IS_ACCOUNT (account));

  g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
  if (g_set_object (&self->account, account))
    set_count (self, FALSE, 0);
  if (account == NULL)
    return;

  api = purge_api_new_for_account (account);
  now = purge_clock_get_unix_time (purge_workspace_get_clock (self->workspace));
  day = purge_quota_day_of (now);
  self->counting = g_cancellable_new ();
  purge_journal_sum_up_async (purge_workspace_get_journal (self->workspace), account,
                              purge_endpoint_to_string (purge_api_get_endpoint (api)),
                              PURGE_AREA_NONE, purge_quota_day_start (day), purge_quota_day_start (day + 1), now,
                              self->counting, on_journal_summed_up_cb, g_object_ref (self));
}

/**
 * purge_quota_meter_read:
 * @self: a meter
 * @left: (out): how many directories are left today
 * @total: (out): how many there are a day
 *
 * Returns: whether it is known
 */
gboolean
purge_quota_meter_read (PurgeQuotaMeter *self,
                        guint           *left,
                        guint           *total)
{
  g_return_val_if_fail (PURGE_IS_QUOTA_METER (self), FALSE);

  *total = self->account != NULL ? purge_account_get_daily_quota (self->account) : 0;
  *left = self->used < *total ? *total - self->used : 0;
  return self->known;
}
