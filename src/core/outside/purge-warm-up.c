/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What the first connection of a process has to read, and otherwise reads in the thread that connects:
 * the modules that know the proxy, and the system's trust store, which alone is half of all that a short
 * submission computes. A thread reads them while journal and keyring are waited for. Knows no server,
 * and sends nothing. */

#define G_LOG_DOMAIN "purge-warm-up"

#include "config.h"

#include "purge-warm-up.h"

struct _PurgeWarmUp
{
  GThread *thread; /* nullable */
};

/* GIO keeps both for the whole process, and does not mind who asks first. */
static gpointer
read_ahead (gpointer data)
{
  g_autoptr (GTlsDatabase) database = NULL;

  g_proxy_resolver_get_default ();
  database = g_tls_backend_get_default_database (g_tls_backend_get_default ());

  return NULL;
}

/**
 * purge_warm_up_begin:
 *
 * Begins to read what a connection will need. One that is made meanwhile waits for it; where no thread
 * can be had, it reads by itself.
 *
 * Returns: (transfer full): for purge_warm_up_end()
 */
PurgeWarmUp *
purge_warm_up_begin (void)
{
  PurgeWarmUp *self = g_new0 (PurgeWarmUp, 1);

  self->thread = g_thread_try_new ("warm-up", read_ahead, NULL, NULL);
  return self;
}

/**
 * purge_warm_up_end:
 * @self: (transfer full): what was begun
 *
 * Waits for the thread: a library that it is in must not be torn down by the end of the program.
 */
void
purge_warm_up_end (PurgeWarmUp *self)
{
  if (self->thread != NULL)
    g_thread_join (self->thread);
  g_free (self);
}

static void
read_in_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  read_ahead (NULL);
  g_task_return_boolean (task, TRUE);
}

/**
 * purge_warm_up_async:
 * @callback: called in the caller's main context when all is read
 * @user_data: for @callback
 *
 * The same for a program that goes on meanwhile, and that ends long after.
 */
void
purge_warm_up_async (GAsyncReadyCallback callback,
                     gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_source_tag (task, purge_warm_up_async);
  g_task_run_in_thread (task, read_in_thread);
}

/**
 * purge_warm_up_finish:
 * @result: what the callback was given
 */
void
purge_warm_up_finish (GAsyncResult *result)
{
  g_return_if_fail (g_task_is_valid (result, NULL));
  g_return_if_fail (g_async_result_is_tagged (result, purge_warm_up_async));

  g_task_propagate_boolean (G_TASK (result), NULL);
}
