/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Waiting in tests. */

#include "await.h"

static gboolean
on_too_late_cb (gpointer user_data)
{
  g_error ("Waited for %d seconds in vain", AWAIT_SECONDS);
  return G_SOURCE_REMOVE;
}

static gboolean
on_tick_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* Keeps the result of an asynchronous call where await_result() finds it. */
void
await_store_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  GAsyncResult **place = user_data;

  g_assert_null (*place);
  *place = g_object_ref (result);
}

static gboolean
has_result (gpointer user_data)
{
  return *(GAsyncResult **) user_data != NULL;
}

/* Runs the main context until the call has ended; the caller owns the result. */
GAsyncResult *
await_result (GAsyncResult **result)
{
  await_condition (has_result, result);
  return g_steal_pointer (result);
}

/* Runs the main context until the condition holds. */
void
await_condition (AwaitCondition condition,
                 gpointer       user_data)
{
  guint too_late = g_timeout_add_seconds (AWAIT_SECONDS, on_too_late_cb, NULL);
  guint tick = g_timeout_add (5, on_tick_cb, NULL);

  while (!condition (user_data))
    g_main_context_iteration (NULL, TRUE);

  g_source_remove (tick);
  g_source_remove (too_late);
}
