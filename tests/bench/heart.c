/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Beats once in each turn of the main loop, and knows the longest pause. */

#include "config.h"

#include "heart.h"

#include <time.h>

static gint64
get_cpu_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static gboolean
beat_cb (gpointer user_data)
{
  Heart *heart = user_data;
  const gint64 now = g_get_monotonic_time ();
  const gint64 cpu = get_cpu_time ();

  heart->longest = MAX (heart->longest, now - heart->last);
  heart->longest_cpu = MAX (heart->longest_cpu, cpu - heart->last_cpu);
  heart->last = now;
  heart->last_cpu = cpu;
  return G_SOURCE_CONTINUE;
}

static gboolean
set_true_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

/* For as long as the program lives. */
void
heart_start (Heart *heart)
{
  heart_reset (heart);
  g_timeout_add (1, beat_cb, heart);
}

void
heart_reset (Heart *heart)
{
  *heart = (Heart) { .last = g_get_monotonic_time (), .last_cpu = get_cpu_time () };
}

/* Lets the main loop turn for a while. */
void
heart_spend (guint ms)
{
  gboolean over = FALSE;

  g_timeout_add (ms, set_true_cb, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}
