/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Waits for the end of an asynchronous call, and not for ever. */

#include "await.h"

#define DEADLINE_SECONDS 30

static gboolean
on_deadline_cb (gpointer user_data)
{
  g_error ("Waited for %d seconds in vain", DEADLINE_SECONDS);
  return G_SOURCE_REMOVE;
}

/**
 * await_cb:
 * @source: where the call was made
 * @result: its result
 * @user_data: a location for it, %NULL so far
 *
 * The callback to give to the call.
 */
void
await_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  GAsyncResult **location = user_data;

  g_assert_null (*location);
  *location = g_object_ref (result);
}

static gboolean
has_result (gpointer user_data)
{
  return *(GAsyncResult **) user_data != NULL;
}

/**
 * await:
 * @result: the location that was given to the call
 *
 * Lets the main loop run until the call has ended; fails the test where it does not.
 *
 * Returns: (transfer none): the result
 */
GAsyncResult *
await (GAsyncResult **result)
{
  await_condition (has_result, result);

  return *result;
}

static gboolean
on_tick_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/**
 * await_condition:
 * @condition: what to wait for
 * @user_data: for @condition
 *
 * Lets the main loop run until the condition holds; fails the test where it does not.
 */
void
await_condition (AwaitCondition condition,
                 gpointer       user_data)
{
  guint deadline = g_timeout_add_seconds (DEADLINE_SECONDS, on_deadline_cb, NULL);
  guint tick = g_timeout_add (5, on_tick_cb, NULL);

  while (!condition (user_data))
    g_main_context_iteration (NULL, TRUE);

  g_source_remove (tick);
  g_source_remove (deadline);
}
