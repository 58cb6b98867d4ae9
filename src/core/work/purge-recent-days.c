/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The last 30 days of the history. Knows which days those are; the journal counts. */

#define G_LOG_DOMAIN "purge-recent-days"

#include "config.h"

#include "purge-recent-days.h"

#include "purge-journal-history.h"

struct _PurgeRecentDays
{
  GObject         parent_instance;

  PurgeWorkspace *workspace;
  GArray         *days;
  GCancellable   *counting;
};

G_DEFINE_FINAL_TYPE (PurgeRecentDays, purge_recent_days, G_TYPE_OBJECT)

static guint changed_signal;

static void
give_up (PurgeRecentDays *self)
{
  g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
}

/* What was counted before stays where nothing can be counted: the list beside it says why. */
static void
on_counted_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (PurgeRecentDays) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) days =
    purge_journal_count_days_finish (PURGE_JOURNAL (source), result, &error);

  /* Something else was asked for meanwhile, or nothing any more. */
  if (self->counting == NULL || g_task_get_cancellable (G_TASK (result)) != self->counting)
    return;

  g_clear_object (&self->counting);
  if (days == NULL)
    {
      g_message ("The last days could not be counted: %s", error->message);
      return;
    }

  g_array_unref (self->days);
  self->days = g_steal_pointer (&days);
  g_signal_emit (self, changed_signal, 0);
}

static GArray *
new_days (PurgeRecentDays *self)
{
  gint64 now = purge_clock_get_unix_time (purge_workspace_get_clock (self->workspace));
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();

  return purge_day_new_last (now, zone, PURGE_RECENT_DAYS_N);
}

static void
purge_recent_days_dispose (GObject *object)
{
  PurgeRecentDays *self = PURGE_RECENT_DAYS (object);

  give_up (self);
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (purge_recent_days_parent_class)->dispose (object);
}

static void
purge_recent_days_finalize (GObject *object)
{
  g_clear_pointer (&PURGE_RECENT_DAYS (object)->days, g_array_unref);

  G_OBJECT_CLASS (purge_recent_days_parent_class)->finalize (object);
}

static void
purge_recent_days_class_init (PurgeRecentDaysClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = purge_recent_days_dispose;
  object_class->finalize = purge_recent_days_finalize;

  changed_signal = g_signal_new ("changed", PURGE_TYPE_RECENT_DAYS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
purge_recent_days_init (PurgeRecentDays *self)
{
}

/**
 * purge_recent_days_new:
 * @workspace: an open workspace
 *
 * Returns: (transfer full): the last days, with nothing in them; purge_recent_days_reload() counts
 */
PurgeRecentDays *
purge_recent_days_new (PurgeWorkspace *workspace)
{
  PurgeRecentDays *self;

  g_return_val_if_fail (PURGE_IS_WORKSPACE (workspace), NULL);

  self = g_object_new (PURGE_TYPE_RECENT_DAYS, NULL);
  self->workspace = g_object_ref (workspace);
  self->days = new_days (self);
  return self;
}

/**
 * purge_recent_days_reload:
 * @self: the last days
 *
 * Counts anew, up to today. A count that is under way is given up for it.
 */
void
purge_recent_days_reload (PurgeRecentDays *self)
{
  g_return_if_fail (PURGE_IS_RECENT_DAYS (self));

  give_up (self);
  self->counting = g_cancellable_new ();
  purge_journal_count_days_async (purge_workspace_get_journal (self->workspace), new_days (self),
                                  self->counting, on_counted_cb, g_object_ref (self));
}

/**
 * purge_recent_days_get:
 * @self: the last days
 * @index: below %PURGE_RECENT_DAYS_N; the last one is today
 *
 * Returns: (transfer none): a day, until the next `changed`
 */
const PurgeDay *
purge_recent_days_get (PurgeRecentDays *self,
                       guint            index)
{
  g_return_val_if_fail (PURGE_IS_RECENT_DAYS (self), NULL);
  g_return_val_if_fail (index < self->days->len, NULL);

  return &g_array_index (self->days, PurgeDay, index);
}

/**
 * purge_recent_days_sum_up:
 * @self: the last days
 * @tally: (out): what became of what was submitted in all of them
 *
 * Adds the days up.
 */
void
purge_recent_days_sum_up (PurgeRecentDays *self,
                          PurgeTally      *tally)
{
  g_return_if_fail (PURGE_IS_RECENT_DAYS (self));
  g_return_if_fail (tally != NULL);

  *tally = (PurgeTally) { 0 };
  for (guint i = 0; i < self->days->len; i++)
    purge_tally_add_all (tally, &g_array_index (self->days, PurgeDay, i).tally);
}
