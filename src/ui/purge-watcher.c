/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What goes on with the submission that is shown while nobody presses a button. Knows when to look;
 * how to look is the job's. */

#define G_LOG_DOMAIN "purge-watcher"

#include "config.h"

#include "purge-watcher.h"

/* How often another instance is looked after. */
#define LOOK_MS 2000

/* An instance that pauses between two requests has nothing on the wire: it is looked after a little
 * longer than anything is seen of it. */
#define N_IDLE_LOOKS 4

struct _PurgeWatcher
{
  GObject       parent_instance;

  PurgeClock   *clock;
  PurgeJob     *job;
  GSignalGroup *job_signals;
  GCancellable *asking;
  GCancellable *looking;
  guint         n_idle_looks;

  gboolean      may_ask;  /* by itself */
  gboolean      watching; /* is asking by itself, or would be */
};

G_DEFINE_FINAL_TYPE (PurgeWatcher, purge_watcher, G_TYPE_OBJECT)

static void look_on (PurgeWatcher *self);

static void
give_up (GCancellable **cancellable)
{
  g_cancellable_cancel (*cancellable);
  g_clear_object (cancellable);
}

static gboolean
is_sent_elsewhere (PurgeWatcher *self)
{
  return self->job != NULL && !purge_job_get_running (self->job) &&
         purge_job_count (self->job, PURGE_BATCH_SENDING) > 0;
}

static void
on_reloaded_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (PurgeWatcher) self = user_data;
  g_autoptr (GError) error = NULL;

  if (purge_job_reload_finish (PURGE_JOB (source), result, &error))
    {
      if (self->job == PURGE_JOB (source))
        look_on (self);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_message ("What is shown could not be looked at again: %s", error->message);
      g_clear_object (&self->looking);
    }
}

static void
on_waited_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (PurgeWatcher) self = user_data;

  if (purge_clock_wait_finish (PURGE_CLOCK (source), result, NULL))
    purge_job_reload_async (self->job, self->looking, on_reloaded_cb, g_object_ref (self));
}

static void
look_on (PurgeWatcher *self)
{
  self->n_idle_looks = is_sent_elsewhere (self) ? 0 : self->n_idle_looks + 1;
  if (self->n_idle_looks > N_IDLE_LOOKS || purge_job_get_running (self->job))
    {
      g_clear_object (&self->looking);
      return;
    }

  purge_clock_wait_async (self->clock, LOOK_MS, self->looking, on_waited_cb, g_object_ref (self));
}

static void
on_job_changed_cb (PurgeWatcher *self)
{
  if (self->looking != NULL || !is_sent_elsewhere (self))
    return;

  self->n_idle_looks = 0;
  self->looking = g_cancellable_new ();
  look_on (self);
}

static void
on_watched_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  /* What could not be looked up stays what it is, and there is a button for it. */
  if (!purge_job_watch_finish (PURGE_JOB (source), result, &error) &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_message ("What became of it could not be looked up: %s", error->message);
}

static void
begin_to_watch (PurgeWatcher *self)
{
  if (!self->watching || !self->may_ask || !purge_job_can_check (self->job))
    return;

  self->asking = g_cancellable_new ();
  purge_job_watch_async (self->job, self->asking, on_watched_cb, NULL);
}

static void
on_checked_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PurgeWatcher *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (!purge_job_check_finish (PURGE_JOB (source), result, NULL, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  /* What is still open then is gone on with. */
  if (self->job == PURGE_JOB (source))
    purge_watcher_watch (self);
  g_task_return_boolean (task, TRUE);
}

static void
purge_watcher_dispose (GObject *object)
{
  PurgeWatcher *self = PURGE_WATCHER (object);

  purge_watcher_set_job (self, NULL);
  g_clear_object (&self->job_signals);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (purge_watcher_parent_class)->dispose (object);
}

static void
purge_watcher_class_init (PurgeWatcherClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = purge_watcher_dispose;
}

static void
purge_watcher_init (PurgeWatcher *self)
{
  self->may_ask = TRUE;
  self->job_signals = g_signal_group_new (PURGE_TYPE_JOB);
  g_signal_group_connect_swapped (self->job_signals, "notify::running",
                                  G_CALLBACK (on_job_changed_cb), self);
  g_signal_group_connect_swapped (self->job_signals, "notify::n-waiting",
                                  G_CALLBACK (on_job_changed_cb), self);
}

/**
 * purge_watcher_new:
 * @clock: what tells the time
 *
 * Returns: (transfer full): a watcher of nothing
 */
PurgeWatcher *
purge_watcher_new (PurgeClock *clock)
{
  PurgeWatcher *self;

  g_return_val_if_fail (PURGE_IS_CLOCK (clock), NULL);

  self = g_object_new (PURGE_TYPE_WATCHER, NULL);
  self->clock = g_object_ref (clock);
  return self;
}

/**
 * purge_watcher_set_job:
 * @self: a watcher
 * @job: (nullable): the submission that is shown
 *
 * Watches another submission; whatever was going on with the one before is given up.
 */
void
purge_watcher_set_job (PurgeWatcher *self,
                       PurgeJob     *job)
{
  g_return_if_fail (PURGE_IS_WATCHER (self));
  g_return_if_fail (job == NULL || PURGE_IS_JOB (job));

  if (self->job == job)
    return;

  purge_watcher_stop (self);
  give_up (&self->looking);
  g_set_object (&self->job, job);
  g_signal_group_set_target (self->job_signals, job);
  on_job_changed_cb (self);
}

/**
 * purge_watcher_set_asking:
 * @self: a watcher
 * @asking: whether it may ask servers by itself; it may at first
 *
 * Goes on with what it would have asked, or gives it up. A check that a person asked for goes on.
 */
void
purge_watcher_set_asking (PurgeWatcher *self,
                          gboolean      asking)
{
  g_return_if_fail (PURGE_IS_WATCHER (self));

  if (self->may_ask == !!asking)
    return;

  self->may_ask = !!asking;
  if (self->watching && !self->may_ask)
    give_up (&self->asking);
  begin_to_watch (self);
}

/**
 * purge_watcher_watch:
 * @self: a watcher
 *
 * Asks the server, ever more seldom, what became of what is unknown, and whether what was accepted is
 * done, as long as it may. To be called after a run: it takes the key out of the keyring.
 */
void
purge_watcher_watch (PurgeWatcher *self)
{
  g_return_if_fail (PURGE_IS_WATCHER (self));

  give_up (&self->asking);
  self->watching = self->job != NULL;
  begin_to_watch (self);
}

/**
 * purge_watcher_look:
 * @self: a watcher
 *
 * Looks once whether another instance of the program did something with the submission.
 */
void
purge_watcher_look (PurgeWatcher *self)
{
  g_return_if_fail (PURGE_IS_WATCHER (self));

  if (self->job == NULL || self->looking != NULL)
    return;

  self->n_idle_looks = N_IDLE_LOOKS;
  self->looking = g_cancellable_new ();
  purge_job_reload_async (self->job, self->looking, on_reloaded_cb, g_object_ref (self));
}

/**
 * purge_watcher_stop:
 * @self: a watcher
 *
 * Asks the server nothing more.
 */
void
purge_watcher_stop (PurgeWatcher *self)
{
  g_return_if_fail (PURGE_IS_WATCHER (self));

  give_up (&self->asking);
  self->watching = FALSE;
}

/**
 * purge_watcher_check_async:
 * @self: a watcher of a job that is not at work
 * @callback: called when the server was asked
 * @user_data: for @callback
 *
 * Asks the server now what became of it, and then as purge_watcher_watch(); purge_watcher_stop() ends it.
 */
void
purge_watcher_check_async (PurgeWatcher        *self,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (PURGE_IS_WATCHER (self));
  g_return_if_fail (self->job != NULL);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, purge_watcher_check_async);
  purge_watcher_stop (self);
  self->asking = g_cancellable_new ();
  purge_job_check_async (self->job, self->asking, on_checked_cb, g_steal_pointer (&task));
}

/**
 * purge_watcher_check_finish:
 * @self: a watcher
 * @result: what the callback was given
 * @error: return location for a code of #PurgeError or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether the server was asked
 */
gboolean
purge_watcher_check_finish (PurgeWatcher  *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, purge_watcher_check_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
