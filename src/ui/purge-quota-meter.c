/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What is left of today's quota. Asks the journal, and believes what the server said where it did;
 * claims nothing while the journal is silent. */

#define G_LOG_DOMAIN "purge-quota-meter"

#include "config.h"

#include "purge-quota-meter.h"

#include "purge-api.h"
#include "purge-quota.h"

/* How many fit into a request while no account is chosen: the limit that both APIs document for
 * directories. */
#define USUAL_BATCH_LIMIT 20

struct _PurgeQuotaMeter
{
  GObject           parent_instance;

  PurgeWorkspace   *workspace;
  PurgeQuotaAsker  *asker;
  PurgeAccount     *account;
  PurgeArea         area;
  GCancellable     *counting;
  gboolean          known;
  guint             used[PURGE_N_KINDS];

  /* What the server said, and what was purged from here since. */
  PurgeServerQuota *quota;
  gint64            told;
  guint             used_since[PURGE_N_KINDS];
};

G_DEFINE_FINAL_TYPE (PurgeQuotaMeter, purge_quota_meter, G_TYPE_OBJECT)

static guint changed_signal;

/* One count. */
typedef struct {
  PurgeQuotaMeter  *meter;
  PurgeServerQuota *quota;
  gint64            told;
  gint64            day_end;
  guint             used[PURGE_N_KINDS];
} Count;

static void
count_free (Count *count)
{
  g_object_unref (count->meter);
  g_clear_pointer (&count->quota, purge_server_quota_unref);
  g_free (count);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Count, count_free)

static void
forget (PurgeQuotaMeter *self)
{
  self->known = FALSE;
  g_clear_pointer (&self->quota, purge_server_quota_unref);
  g_signal_emit (self, changed_signal, 0);
}

static void
take (PurgeQuotaMeter *self,
      Count           *count,
      const guint     *used_since)
{
  self->known = TRUE;
  g_clear_pointer (&self->quota, purge_server_quota_unref);
  self->quota = g_steal_pointer (&count->quota);
  self->told = count->told;
  for (guint kind = 0; kind < PURGE_N_KINDS; kind++)
    {
      self->used[kind] = count->used[kind];
      self->used_since[kind] = used_since[kind];
    }
  g_signal_emit (self, changed_signal, 0);
}

static void
fail (PurgeQuotaMeter *self,
      const GError    *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_message ("The quota could not be counted: %s", error->message);
  forget (self);
}

static void
sum_up (PurgeQuotaMeter     *self,
        gint64               since,
        gint64               until,
        GAsyncReadyCallback  callback,
        Count               *count)
{
  g_autoptr (PurgeApi) api = purge_api_new_for_account (self->account);

  purge_journal_sum_up_async (purge_workspace_get_journal (self->workspace), self->account,
                              purge_endpoint_to_string (purge_api_get_endpoint (api)), self->area,
                              since, until, until, self->counting, callback, count);
}

static void
on_summed_up_since_cb (GObject      *source,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  g_autoptr (Count) count = user_data;
  g_autoptr (GError) error = NULL;
  guint used_since[PURGE_N_KINDS] = { 0 };

  if (purge_journal_sum_up_finish (PURGE_JOURNAL (source), result, used_since, NULL, &error))
    take (count->meter, count, used_since);
  else
    fail (count->meter, error);
}

/* The second in which the server was asked is over for what it said: what was sent in it is in that
 * already. */
static void
on_day_summed_up_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (Count) count = user_data;
  PurgeQuotaMeter *self = count->meter;
  g_autoptr (GError) error = NULL;
  gint64 since, until;

  if (!purge_journal_sum_up_finish (PURGE_JOURNAL (source), result, count->used, NULL, &error))
    {
      fail (self, error);
      return;
    }

  if (count->quota == NULL)
    {
      take (self, count, count->used);
      return;
    }

  since = count->told + 1;
  until = count->day_end;
  sum_up (self, since, until, on_summed_up_since_cb, g_steal_pointer (&count));
}

static void
on_told_cb (PurgeQuotaMeter *self)
{
  purge_quota_meter_count (self, self->account, self->area);
}

static void
purge_quota_meter_dispose (GObject *object)
{
  PurgeQuotaMeter *self = PURGE_QUOTA_METER (object);

  g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
  g_clear_pointer (&self->quota, purge_server_quota_unref);
  g_clear_object (&self->account);
  g_clear_object (&self->asker);
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
 * @asker: who knows what servers said
 *
 * Returns: (transfer full): a meter that knows nothing yet
 */
PurgeQuotaMeter *
purge_quota_meter_new (PurgeWorkspace  *workspace,
                       PurgeQuotaAsker *asker)
{
  PurgeQuotaMeter *self;

  g_return_val_if_fail (PURGE_IS_WORKSPACE (workspace), NULL);
  g_return_val_if_fail (PURGE_IS_QUOTA_ASKER (asker), NULL);

  self = g_object_new (PURGE_TYPE_QUOTA_METER, NULL);
  self->workspace = g_object_ref (workspace);
  self->asker = g_object_ref (asker);
  g_signal_connect_object (asker, "told", G_CALLBACK (on_told_cb), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * purge_quota_meter_count:
 * @self: a meter
 * @account: (nullable): whose quota it is
 * @area: where
 *
 * Counts anew. A count that is on its way is given up for it.
 */
void
purge_quota_meter_count (PurgeQuotaMeter *self,
                         PurgeAccount    *account,
                         PurgeArea        area)
{
  Count *count;
  gint64 day;

  g_return_if_fail (PURGE_IS_QUOTA_METER (self));
  g_return_if_fail (account == NULL || PURGE_IS_ACCOUNT (account));

  g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
  if (g_set_object (&self->account, account) || self->area != area)
    {
      self->area = area;
      forget (self);
    }
  if (account == NULL)
    return;

  day = purge_quota_day_of (purge_clock_get_unix_time (purge_workspace_get_clock (self->workspace)));
  count = g_new0 (Count, 1);
  count->meter = g_object_ref (self);
  count->day_end = purge_quota_day_start (day + 1);
  count->quota = purge_quota_asker_recall (self->asker, account, &count->told);
  if (count->quota != NULL)
    purge_server_quota_ref (count->quota);
  self->counting = g_cancellable_new ();
  sum_up (self, purge_quota_day_start (day), count->day_end, on_day_summed_up_cb, count);
}

/**
 * purge_quota_meter_read:
 * @self: a meter
 * @kind: of what
 *
 * Returns: what is left, and who says so
 */
PurgeQuotaReading
purge_quota_meter_read (PurgeQuotaMeter *self,
                        PurgeKind        kind)
{
  PurgeQuotaReading reading = { 0 };

  g_return_val_if_fail (PURGE_IS_QUOTA_METER (self), reading);

  if (!self->known)
    return reading;
  if (self->quota != NULL)
    reading = purge_quota_reading_new_told (self->quota, kind, self->area, self->used_since[kind]);
  if (!reading.known)
    reading = purge_quota_reading_new_counted (self->used[kind],
                                               purge_account_get_quota (self->account, kind));

  return reading;
}

/**
 * purge_quota_meter_get_told:
 * @self: a meter
 *
 * Returns: when the server said what is read, where it did; in UNIX seconds
 */
gint64
purge_quota_meter_get_told (PurgeQuotaMeter *self)
{
  g_return_val_if_fail (PURGE_IS_QUOTA_METER (self), 0);

  return self->told;
}

/**
 * purge_quota_meter_get_limits:
 * @self: a meter
 * @limits: (out): how much fits into a request, and how much is left today: %G_MAXUINT where that is
 *   not known
 *
 * Says what limits a submission.
 */
void
purge_quota_meter_get_limits (PurgeQuotaMeter *self,
                              PurgeLimits     *limits)
{
  g_autoptr (PurgeApi) api = NULL;

  g_return_if_fail (PURGE_IS_QUOTA_METER (self));
  g_return_if_fail (limits != NULL);

  if (self->account != NULL)
    api = purge_api_new_for_account (self->account);
  for (guint kind = 0; kind < PURGE_N_KINDS; kind++)
    {
      PurgeQuotaReading reading = purge_quota_meter_read (self, kind);

      limits->of[kind].batch =
        api != NULL ? purge_api_get_batch_limit (api, kind, self->area, self->quota)
                    : USUAL_BATCH_LIMIT;
      limits->of[kind].left = reading.known ? reading.left : G_MAXUINT;
      limits->of[kind].from_server = reading.from_server;
    }
}
