/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Time and chance. Knows the system's clocks and its dice; everybody else asks here. */

#define G_LOG_DOMAIN "purge-clock"

#include "config.h"

#include "purge-clock.h"

#include <time.h>

G_DEFINE_TYPE (PurgeClock, purge_clock, G_TYPE_OBJECT)

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

static void
purge_clock_class_init (PurgeClockClass *klass)
{
  klass->get_unix_time = real_get_unix_time;
  klass->get_boot_time = real_get_boot_time;
  klass->roll_nonce = real_roll_nonce;
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
  g_return_val_if_fail (PURGE_IS_CLOCK (self), 0);

  return PURGE_CLOCK_GET_CLASS (self)->roll_nonce (self);
}
