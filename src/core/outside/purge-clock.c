/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Time and chance. Knows the system's clocks and its dice; everybody else asks here. */

#define G_LOG_DOMAIN "purge-clock"

#include "config.h"

#include "purge-clock.h"

#include <time.h>

/* A computer that slept wakes with its timers late: looking often makes a wait end soon after. */
#define LOOK_EVERY_MS 500

/* As many nonces are remembered as requests may go out within the second that a timestamp stands for. */
#define N_REMEMBERED 64

/* With 62 random bits a second roll is a wonder: more mean that the dice are broken. */
#define MAX_ROLLS 16

typedef struct
{
  guint64 nonces[N_REMEMBERED];
  guint   n_rolled;
} PurgeClockPrivate;

G_DEFINE_TYPE_WITH_PRIVATE (PurgeClock, purge_clock, G_TYPE_OBJECT)

static gint64
real_get_unix_time (PurgeClock *self)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

/* The boot clock goes on while the computer sleeps, so a deadline that passed in the night has
 * passed. */
static gint64
real_get_boot_time (PurgeClock *self)
{
  struct timespec now;

  if (clock_gettime (CLOCK_BOOTTIME, &now) != 0)
    return g_get_monotonic_time () / 1000;

  return (gint64) now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* 62 bits that fit into every official SDK's idea of a nonce, and never 0. */
static guint64
real_roll_nonce (PurgeClock *self)
{
  guint64 nonce;

  do
    nonce = ((guint64) (g_random_int () & 0x3fffffff) << 32) | g_random_int ();
  while (nonce <= G_MAXINT32);

  return nonce;
}

static double
real_roll_chance (PurgeClock *self)
{
  return g_random_double ();
}

/* A wait under way: until when, told by the boot clock. */
typedef struct {
  gint64        until;
  GCancellable *cancellable;
  gulong        handler;
  guint         timer;
} Wait;

static void
wait_free (gpointer data)
{
  Wait *wait = data;

  g_cancellable_disconnect (wait->cancellable, wait->handler);
  g_clear_object (&wait->cancellable);
  g_clear_handle_id (&wait->timer, g_source_remove);
  g_free (wait);
}

static gboolean
on_timer_cb (gpointer user_data)
{
  GTask *task = user_data;
  PurgeClock *self = g_task_get_source_object (task);
  Wait *wait = g_task_get_task_data (task);
  gboolean cancelled = g_cancellable_is_cancelled (wait->cancellable);
  gint64 left = wait->until - purge_clock_get_boot_time (self);

  if (!cancelled && left > 0)
    {
      wait->timer = g_timeout_add (MIN (left, LOOK_EVERY_MS), on_timer_cb, task);
      return G_SOURCE_REMOVE;
    }

  wait->timer = 0;
  g_cancellable_disconnect (wait->cancellable, wait->handler);
  wait->handler = 0;
  /* A task that was cancelled returns that instead. */
  g_task_return_boolean (task, TRUE);
  g_object_unref (task);

  return G_SOURCE_REMOVE;
}

/* Not from here: a handler must not disconnect itself. */
static void
on_cancelled_cb (GCancellable *cancellable,
                 gpointer      user_data)
{
  GTask *task = user_data;
  Wait *wait = g_task_get_task_data (task);

  g_clear_handle_id (&wait->timer, g_source_remove);
  wait->timer = g_idle_add (on_timer_cb, task);
}

static void
real_wait_async (PurgeClock          *self,
                 guint                ms,
                 GCancellable        *cancellable,
                 GAsyncReadyCallback  callback,
                 gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Wait *wait = g_new0 (Wait, 1);

  g_task_set_source_tag (task, purge_clock_wait_async);
  g_task_set_task_data (task, wait, wait_free);
  wait->until = purge_clock_get_boot_time (self) + ms;
  wait->timer = g_timeout_add (MIN (ms, LOOK_EVERY_MS), on_timer_cb, task);

  if (cancellable != NULL)
    {
      wait->cancellable = g_object_ref (cancellable);
      wait->handler = g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled_cb), task, NULL);
    }
}

static void
purge_clock_class_init (PurgeClockClass *klass)
{
  klass->get_unix_time = real_get_unix_time;
  klass->get_boot_time = real_get_boot_time;
  klass->roll_nonce = real_roll_nonce;
  klass->roll_chance = real_roll_chance;
  klass->wait_async = real_wait_async;
}

static void
purge_clock_init (PurgeClock *self)
{
}

/**
 * purge_clock_new:
 *
 * Returns: (transfer full): the system's own clock and dice; usable from any thread
 */
PurgeClock *
purge_clock_new (void)
{
  return g_object_new (PURGE_TYPE_CLOCK, NULL);
}

/**
 * purge_clock_get_unix_time:
 * @self: a clock
 *
 * Returns: the time of day, in seconds since 1970-01-01 UTC
 */
gint64
purge_clock_get_unix_time (PurgeClock *self)
{
  g_return_val_if_fail (PURGE_IS_CLOCK (self), 0);

  return PURGE_CLOCK_GET_CLASS (self)->get_unix_time (self);
}

/**
 * purge_clock_get_boot_time:
 * @self: a clock
 *
 * Returns: milliseconds since the computer was started, sleep included; for deadlines
 */
gint64
purge_clock_get_boot_time (PurgeClock *self)
{
  g_return_val_if_fail (PURGE_IS_CLOCK (self), 0);

  return PURGE_CLOCK_GET_CLASS (self)->get_boot_time (self);
}

/**
 * purge_clock_roll_nonce:
 * @self: a clock
 *
 * Returns: a random number for one request: never 0, more than 31 random bits
 */
guint64
purge_clock_roll_nonce (PurgeClock *self)
{
  PurgeClockPrivate *priv;
  guint64 nonce;

  g_return_val_if_fail (PURGE_IS_CLOCK (self), 0);

  priv = purge_clock_get_instance_private (self);
  nonce = PURGE_CLOCK_GET_CLASS (self)->roll_nonce (self);
  priv->nonces[priv->n_rolled++ % N_REMEMBERED] = nonce;
  return nonce;
}

static gboolean
was_rolled (PurgeClock *self,
            guint64     nonce)
{
  PurgeClockPrivate *priv = purge_clock_get_instance_private (self);

  for (guint i = 0; i < MIN (priv->n_rolled, N_REMEMBERED); i++)
    if (priv->nonces[i] == nonce)
      return TRUE;

  return FALSE;
}

/**
 * purge_clock_roll_new_nonce:
 * @self: a clock
 *
 * For requests that purge nothing, which no journal keeps from having the nonce of another one.
 *
 * Returns: as purge_clock_roll_nonce(), and not one of those that this clock gave lately
 */
guint64
purge_clock_roll_new_nonce (PurgeClock *self)
{
  PurgeClockPrivate *priv;
  guint64 nonce = 0;

  g_return_val_if_fail (PURGE_IS_CLOCK (self), 0);

  for (guint i = 0; i < MAX_ROLLS && (nonce == 0 || was_rolled (self, nonce)); i++)
    nonce = PURGE_CLOCK_GET_CLASS (self)->roll_nonce (self);

  priv = purge_clock_get_instance_private (self);
  priv->nonces[priv->n_rolled++ % N_REMEMBERED] = nonce;
  return nonce;
}

/**
 * purge_clock_roll_chance:
 * @self: a clock
 *
 * Returns: a random number of [0, 1)
 */
double
purge_clock_roll_chance (PurgeClock *self)
{
  g_return_val_if_fail (PURGE_IS_CLOCK (self), 0);

  return PURGE_CLOCK_GET_CLASS (self)->roll_chance (self);
}

/**
 * purge_clock_wait_async:
 * @self: a clock
 * @ms: how long, in milliseconds
 * @cancellable: (nullable): ends it early
 * @callback: called in the main context when the time has passed
 * @user_data: for @callback
 *
 * Waits. Time during which the computer sleeps has passed too.
 */
void
purge_clock_wait_async (PurgeClock          *self,
                        guint                ms,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_return_if_fail (PURGE_IS_CLOCK (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  PURGE_CLOCK_GET_CLASS (self)->wait_async (self, ms, cancellable, callback, user_data);
}

/**
 * purge_clock_wait_finish:
 * @self: a clock
 * @result: what the callback was given
 * @error: return location for %G_IO_ERROR_CANCELLED
 *
 * Returns: whether the time has passed
 */
gboolean
purge_clock_wait_finish (PurgeClock    *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, purge_clock_wait_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
