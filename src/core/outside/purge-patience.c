/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* How long one request is waited for. Time is the boot clock's, which goes on while the computer
 * sleeps: after that there is no answer to wait for any more. */

#define G_LOG_DOMAIN "purge-patience"

#include "config.h"

#include "purge-patience.h"

struct _PurgePatience
{
  PurgeClock        *clock;
  gint64             since;
  guint              begin_ms;
  guint              whole_ms;
  gboolean           begun;
  guint              watch;
  GCancellable      *cancellable;
  gulong             handler;
  PurgePatienceFunc  func;
  gpointer           user_data;
};

static gboolean
on_watch_cb (gpointer user_data)
{
  PurgePatience *self = user_data;
  gint64 age = purge_clock_get_boot_time (self->clock) - self->since;

  if (age > self->whole_ms || (!self->begun && age > self->begin_ms))
    self->func (self->user_data, PURGE_CAUSE_TIMEOUT);

  return G_SOURCE_CONTINUE;
}

static void
on_cancelled_cb (GCancellable *cancellable,
                 gpointer      user_data)
{
  PurgePatience *self = user_data;

  self->func (self->user_data, PURGE_CAUSE_CANCELLED_AFTER);
}

/**
 * purge_patience_new:
 * @clock: tells the time
 * @begin_ms: how long until purge_patience_begin()
 * @whole_ms: how long in all
 * @cancellable: (nullable): by which a person gives it up
 * @func: called then; at once, where that has happened already
 * @user_data: for @func
 *
 * Returns: (transfer full): begins now
 */
PurgePatience *
purge_patience_new (PurgeClock        *clock,
                    guint              begin_ms,
                    guint              whole_ms,
                    GCancellable      *cancellable,
                    PurgePatienceFunc  func,
                    gpointer           user_data)
{
  PurgePatience *self = g_new0 (PurgePatience, 1);

  self->clock = g_object_ref (clock);
  self->since = purge_clock_get_boot_time (clock);
  self->begin_ms = begin_ms;
  self->whole_ms = whole_ms;
  self->func = func;
  self->user_data = user_data;
  self->watch = g_timeout_add (CLAMP (MIN (begin_ms, whole_ms) / 10, 10, 1000), on_watch_cb, self);
  if (cancellable != NULL)
    {
      self->cancellable = g_object_ref (cancellable);
      self->handler = g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled_cb), self, NULL);
    }

  return self;
}

/**
 * purge_patience_free:
 * @self: (transfer full): what is not waited for any more
 */
void
purge_patience_free (PurgePatience *self)
{
  g_source_remove (self->watch);
  g_cancellable_disconnect (self->cancellable, self->handler);
  g_clear_object (&self->cancellable);
  g_object_unref (self->clock);
  g_free (self);
}

/**
 * purge_patience_begin:
 * @self: what is waited for
 *
 * It has begun.
 */
void
purge_patience_begin (PurgePatience *self)
{
  self->begun = TRUE;
}
