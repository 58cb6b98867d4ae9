/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Opens the windows beside the main one, and closes them when they have nothing to show any more. */

#define G_LOG_DOMAIN "purge-side-window"

#include "config.h"

#include "purge-side-window.h"

#include "purge-account-dialog.h"
#include "purge-accounts-window.h"
#include "purge-history-window.h"
#include "purge-location.h"
#include "purge-preferences-window.h"

/* The history of a window, if it is open: it lets the person work on beside it. */
static GtkWindow *
find_history (GtkWindow *parent)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (PURGE_IS_HISTORY_WINDOW (window) && gtk_window_get_transient_for (window) == parent)
        return window;
    }

  return NULL;
}

/* Its settings are stored at once, unlike the size of a window that is being resized. */
static GtkWidget *
new_history (PurgeListEditor *editor,
             PurgeSession    *session)
{
  g_autoptr (GSettings) settings = purge_location_new_settings ();

  return purge_history_window_new (editor, session, settings);
}

static GtkWidget *
new_preferences (PurgeSession *session)
{
  g_autoptr (GSettings) settings = purge_location_new_settings ();

  return settings != NULL ? purge_preferences_window_new (session, settings) : NULL;
}

/* GTK would make it with the window, and keep it, wherever it found it. */
static GtkWindow *
new_shortcuts (void)
{
  g_autoptr (GtkBuilder) builder =
    gtk_builder_new_from_resource ("/io/github/cdn_purge/CdnPurge/purge-shortcuts.ui");

  return GTK_WINDOW (gtk_builder_get_object (builder, "shortcuts"));
}

/**
 * purge_side_window_present:
 * @parent: the main window
 * @name: which: "add-account", "edit-account" (the chosen one), "accounts", "history", "preferences",
 *   which need settings, or "shortcuts"
 * @editor: the editor of the list
 * @session: (nullable): what the main window works on, which only the shortcuts can do without
 *
 * Opens a window beside @parent; the history has one only.
 */
void
purge_side_window_present (GtkWindow       *parent,
                           const char      *name,
                           PurgeListEditor *editor,
                           PurgeSession    *session)
{
  GtkWindow *window;

  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (PURGE_IS_SESSION (session) || g_str_equal (name, "shortcuts"));

  if (g_str_equal (name, "shortcuts"))
    {
      window = new_shortcuts ();
    }
  else if (g_str_equal (name, "history"))
    {
      window = find_history (parent);
      if (window == NULL)
        window = GTK_WINDOW (new_history (editor, session));
    }
  else if (g_str_equal (name, "accounts"))
    {
      window = GTK_WINDOW (purge_accounts_window_new (session));
    }
  else if (g_str_equal (name, "preferences"))
    {
      window = GTK_WINDOW (new_preferences (session));
      g_return_if_fail (window != NULL);
    }
  else if (g_str_equal (name, "edit-account"))
    {
      window = GTK_WINDOW (purge_account_dialog_new (session, purge_session_get_account (session)));
    }
  else
    {
      window = GTK_WINDOW (purge_account_dialog_new (session, NULL));
    }

  gtk_window_set_transient_for (window, parent);
  gtk_window_present (window);
}

/**
 * purge_side_window_close:
 * @parent: the main window
 *
 * Closes what shows another session than the one that @parent is about to work on.
 */
void
purge_side_window_close (GtkWindow *parent)
{
  GtkWindow *history = find_history (parent);

  if (history != NULL)
    gtk_window_destroy (history);
}
