/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The program is told to end, by the session, by a terminal or by an administrator. Nothing is asked:
 * what is not sent yet is not sent, the verdict of what is under way is recorded, the list is saved.
 * Whoever sent the signal does not wait long, and so there is an end to it. */

#define G_LOG_DOMAIN "purge-termination"

#include "config.h"

#include "purge-termination.h"

#include <glib-unix.h>
#include <unistd.h>

#include "purge-window.h"

/* What is promised, also where the disk or the keyring hangs. */
#define DEADLINE_S 2

static guint n_stopping;
static gboolean ending;

static void
on_stopped_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GApplication) application = user_data;

  purge_window_stop_finish (PURGE_WINDOW (source), result);
  if (--n_stopping == 0)
    g_application_quit (application);
}

static gboolean
on_signal_cb (gpointer user_data)
{
  GtkApplication *application = user_data;

  if (ending)
    return G_SOURCE_CONTINUE;

  ending = TRUE;
  /* Unlike the main loop's, this one ends the program wherever it waits. The journal outlives a sudden
   * end at any moment: what is lost is what became of what is under way. */
  alarm (DEADLINE_S);
  for (GList *l = gtk_application_get_windows (application); l != NULL; l = l->next)
    if (PURGE_IS_WINDOW (l->data))
      {
        n_stopping++;
        purge_window_stop_async (l->data, on_stopped_cb, g_object_ref (application));
      }

  if (n_stopping == 0)
    g_application_quit (G_APPLICATION (application));
  return G_SOURCE_CONTINUE;
}

/**
 * purge_termination_watch:
 * @application: the application, which lives until the end of the program
 *
 * Ends the program in two seconds at most when it is told to.
 */
void
purge_termination_watch (GtkApplication *application)
{
  static const int signals[] = { SIGTERM, SIGINT, SIGHUP };

  g_return_if_fail (GTK_IS_APPLICATION (application));

  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    g_unix_signal_add (signals[i], on_signal_cb, application);
}
