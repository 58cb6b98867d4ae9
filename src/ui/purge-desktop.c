/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Tells the desktop that something is under way, and that it has ended. */

#define G_LOG_DOMAIN "purge-desktop"

#include "config.h"

#include "purge-desktop.h"

#include <glib/gi18n-lib.h>

#define NOTIFICATION_ID "submission-ended"

/**
 * purge_desktop_hold:
 * @window: the window in which something is under way
 *
 * Asks the desktop to warn before the session is ended.
 *
 * Returns: what purge_desktop_let_go() takes
 */
guint
purge_desktop_hold (GtkWindow *window)
{
  GtkApplication *application = gtk_window_get_application (window);

  if (application == NULL)
    return 0;

  return gtk_application_inhibit (application, window, GTK_APPLICATION_INHIBIT_LOGOUT,
                                  _("Directories are being purged"));
}

/**
 * purge_desktop_let_go:
 * @window: the window
 * @cookie: what purge_desktop_hold() returned
 *
 * The session may end.
 */
void
purge_desktop_let_go (GtkWindow *window,
                      guint      cookie)
{
  GtkApplication *application = gtk_window_get_application (window);

  if (application != NULL && cookie != 0)
    gtk_application_uninhibit (application, cookie);
}

/**
 * purge_desktop_tell_end:
 * @window: a window
 * @job: (nullable): what has ended
 *
 * Whoever looks elsewhere meanwhile is told what became of it.
 */
void
purge_desktop_tell_end (GtkWindow *window,
                        PurgeJob  *job)
{
  GtkApplication *application = gtk_window_get_application (window);
  g_autoptr (GNotification) notification = NULL;
  g_autofree char *summary = NULL;

  if (job == NULL || application == NULL || gtk_window_is_active (window))
    return;

  g_object_get (job, "summary", &summary, NULL);
  /* Translators: the title of a notification; below it stands “20 accepted · 5 rejected” */
  notification = g_notification_new (_("Submission Ended"));
  g_notification_set_body (notification, summary);
  g_notification_set_default_action (notification, "app.show");
  g_application_send_notification (G_APPLICATION (application), NOTIFICATION_ID, notification);
}

/**
 * purge_desktop_take_back:
 * @window: a window that is looked at
 *
 * What was told is seen by now.
 */
void
purge_desktop_take_back (GtkWindow *window)
{
  GtkApplication *application = gtk_window_get_application (window);

  if (application != NULL)
    g_application_withdraw_notification (G_APPLICATION (application), NOTIFICATION_ID);
}
