/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#include "purge-wait.h"

/* What became of the task that waits. */
static guint n_ended;
static guint n_given_up;

static void
on_ended (GTask        *task,
          GObject      *source,
          GAsyncResult *result)
{
  n_ended++;
  g_object_unref (task);
}

static void
on_given_up (GTask *task)
{
  n_given_up++;
  g_object_unref (task);
}

static GTask *
task_new (GCancellable *cancellable,
          gboolean      checks)
{
  GTask *task = g_task_new (NULL, cancellable, NULL, NULL);

  n_ended = n_given_up = 0;
  g_task_set_check_cancellable (task, checks);
  return task;
}

/* The call that is waited for ends. */
static void
end_call (PurgeWait *call)
{
  g_autoptr (GTask) other = g_task_new (NULL, NULL, NULL, NULL);

  purge_wait_ready_cb (NULL, G_ASYNC_RESULT (other), call);
}

static void
iterate (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
test_ends (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  PurgeWait *call = purge_wait_new (task_new (cancellable, TRUE), 1, on_ended, on_given_up);

  end_call (call);
  g_cancellable_cancel (cancellable);
  g_usleep (2000);
  iterate ();
  g_assert_cmpuint (n_ended, ==, 1);
  g_assert_cmpuint (n_given_up, ==, 0);
}

static void
test_meets_deadline (void)
{
  PurgeWait *call = purge_wait_new (task_new (NULL, TRUE), 1, on_ended, on_given_up);

  while (n_given_up == 0)
    g_main_context_iteration (NULL, TRUE);

  end_call (call);
  iterate ();
  g_assert_cmpuint (n_ended, ==, 0);
  g_assert_cmpuint (n_given_up, ==, 1);
}

static void
test_is_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  PurgeWait *call = purge_wait_new (task_new (cancellable, TRUE), 0, on_ended, on_given_up);

  iterate ();
  g_assert_cmpuint (n_given_up, ==, 0);
  g_cancellable_cancel (cancellable);
  g_assert_cmpuint (n_given_up, ==, 0);
  iterate ();
  g_assert_cmpuint (n_given_up, ==, 1);

  end_call (call);
  g_assert_cmpuint (n_ended, ==, 0);
}

static void
test_does_not_check_cancellable (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  PurgeWait *call = purge_wait_new (task_new (cancellable, FALSE), 0, on_ended, on_given_up);

  g_cancellable_cancel (cancellable);
  iterate ();
  g_assert_cmpuint (n_given_up, ==, 0);
  end_call (call);
  g_assert_cmpuint (n_ended, ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/wait/ends", test_ends);
  g_test_add_func ("/wait/meets-deadline", test_meets_deadline);
  g_test_add_func ("/wait/is-cancelled", test_is_cancelled);
  g_test_add_func ("/wait/does-not-check-cancellable", test_does_not_check_cancellable);

  return g_test_run ();
}
