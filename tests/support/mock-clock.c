/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Time and chance as a test wants them. */

#include "mock-clock.h"

struct _MockClock
{
  PurgeClock parent_instance;

  gint64     unix_time;
  gint64     waited_ms;
  gint64     released_ms;
  double     chance;
  guint64    nonce;
  guint      n_nonces;
  gboolean   held;
};

G_DEFINE_FINAL_TYPE (MockClock, mock_clock, PURGE_TYPE_CLOCK)

static gint64
mock_clock_get_unix_time (PurgeClock *clock)
{
  MockClock *self = MOCK_CLOCK (clock);

  return self->unix_time + self->waited_ms / 1000;
}

static gint64
mock_clock_get_boot_time (PurgeClock *clock)
{
  MockClock *self = MOCK_CLOCK (clock);

  return self->waited_ms + self->released_ms;
}

static guint64
mock_clock_roll_nonce (PurgeClock *clock)
{
  MockClock *self = MOCK_CLOCK (clock);

  if (self->n_nonces == 0)
    return PURGE_CLOCK_CLASS (mock_clock_parent_class)->roll_nonce (clock);

  self->n_nonces--;
  return self->nonce;
}

static double
mock_clock_roll_chance (PurgeClock *clock)
{
  return MOCK_CLOCK (clock)->chance;
}

/* Waiting for nothing is what remains: the real clock does that, and knows cancellables. */
static void
mock_clock_wait_async (PurgeClock          *clock,
                       guint                ms,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  MockClock *self = MOCK_CLOCK (clock);

  if (!self->held)
    self->waited_ms += ms;
  PURGE_CLOCK_CLASS (mock_clock_parent_class)->wait_async (clock, self->held ? G_MAXINT : 0,
                                                           cancellable, callback, user_data);
}

static void
mock_clock_class_init (MockClockClass *klass)
{
  PurgeClockClass *clock_class = PURGE_CLOCK_CLASS (klass);

  clock_class->get_unix_time = mock_clock_get_unix_time;
  clock_class->get_boot_time = mock_clock_get_boot_time;
  clock_class->roll_nonce = mock_clock_roll_nonce;
  clock_class->roll_chance = mock_clock_roll_chance;
  clock_class->wait_async = mock_clock_wait_async;
}

static void
mock_clock_init (MockClock *self)
{
}

MockClock *
mock_clock_new (gint64 unix_time)
{
  MockClock *self = g_object_new (MOCK_TYPE_CLOCK, NULL);

  self->unix_time = unix_time;
  return self;
}

void
mock_clock_set_unix_time (MockClock *self,
                          gint64     unix_time)
{
  self->unix_time = unix_time - self->waited_ms / 1000;
}

void
mock_clock_set_chance (MockClock *self,
                       double     chance)
{
  self->chance = chance;
}

void
mock_clock_set_nonce (MockClock *self,
                      guint64    nonce,
                      guint      n_times)
{
  self->nonce = nonce;
  self->n_nonces = n_times;
}

void
mock_clock_set_held (MockClock *self,
                     gboolean   held)
{
  /* Whatever is held has been waited for by then. */
  if (self->held && !held)
    self->released_ms += G_MAXINT;
  self->held = held;
}

gint64
mock_clock_get_waited (MockClock *self)
{
  return self->waited_ms;
}
