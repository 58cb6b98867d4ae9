/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Waiting, and ceasing to wait. Knows clocks and cancellables; does not know what is waited for. */

#define G_LOG_DOMAIN "purge-wait"

#include "config.h"

#include "purge-wait.h"

struct _PurgeWait
{
  GTask            *task;  /* NULL once given up */
  PurgeWaitEnded    ended;
  PurgeWaitGivenUp  given_up;
  GSource          *deadline;
  GSource          *cancelled;
};

static void
clear_source (GSource **source)
{
  if (*source == NULL)
    return;

  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static GTask *
take_task (PurgeWait *self)
{
  clear_source (&self->deadline);
  clear_source (&self->cancelled);
  return g_steal_pointer (&self->task);
}

static gboolean
on_deadline_cb (gpointer user_data)
{
  PurgeWait *self = user_data;
  PurgeWaitGivenUp given_up = self->given_up;

  given_up (take_task (self));
  return G_SOURCE_REMOVE;
}

static gboolean
on_cancelled_cb (GCancellable *cancellable,
                 gpointer      user_data)
{
  return on_deadline_cb (user_data);
}

/**
 * purge_wait_new:
 * @task: (transfer full): the task that waits
 * @deadline_ms: how long it waits, or 0 for as long as nobody cancels it
 * @ended: (nullable): how it goes on when purge_wait_ready_cb() is called
 * @given_up: what it does if it stops to wait, in the thread-default main context of now
 *
 * Begins to wait. The call that is waited for gets purge_wait_ready_cb() with the result of this
 * function, and no cancellable. At most one of @ended and @given_up is called, and once.
 *
 * Returns: (transfer full): for purge_wait_ready_cb() or purge_wait_end()
 */
PurgeWait *
purge_wait_new (GTask            *task,
                guint             deadline_ms,
                PurgeWaitEnded    ended,
                PurgeWaitGivenUp  given_up)
{
  PurgeWait *self = g_new0 (PurgeWait, 1);
  GCancellable *cancellable = g_task_get_cancellable (task);
  GMainContext *context = g_main_context_get_thread_default ();

  self->task = task;
  self->ended = ended;
  self->given_up = given_up;

  if (deadline_ms > 0)
    {
      self->deadline = g_timeout_source_new (deadline_ms);
      g_source_set_callback (self->deadline, on_deadline_cb, self, NULL);
      g_source_attach (self->deadline, context);
    }

  if (cancellable != NULL && g_task_get_check_cancellable (task))
    {
      /* A source and not a signal handler: that would run in whatever thread cancels. */
      self->cancelled = g_cancellable_source_new (cancellable);
      g_source_set_callback (self->cancelled, G_SOURCE_FUNC (on_cancelled_cb), self, NULL);
      g_source_attach (self->cancelled, context);
    }

  return self;
}

/**
 * purge_wait_end:
 * @self: (transfer full): a call that has ended
 *
 * Returns: (transfer full) (nullable): the task that waits, or %NULL if it does not wait any longer
 */
GTask *
purge_wait_end (PurgeWait *self)
{
  GTask *task = take_task (self);

  g_free (self);
  return task;
}

/**
 * purge_wait_ready_cb:
 * @source: (nullable): what was called
 * @result: its result
 * @call: (transfer full): a #PurgeWait
 *
 * The callback of a call that is waited for. A result that nobody waits for any longer is not
 * finished; it frees itself.
 */
void
purge_wait_ready_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      call)
{
  PurgeWait *self = call;
  PurgeWaitEnded ended = self->ended;
  GTask *task = purge_wait_end (self);

  if (task != NULL)
    ended (task, source, result);
}
