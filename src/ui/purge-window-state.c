/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The size of the window and the account that was chosen last, kept in the settings. */

#define G_LOG_DOMAIN "purge-window-state"

#include "config.h"

#include "purge-window-state.h"

#include "purge-location.h"

/**
 * purge_window_state_bind:
 * @window: the main window
 *
 * Gives the window the size that it had, and keeps it until g_settings_apply().
 *
 * Returns: (transfer full) (nullable): the settings, if there are any
 */
GSettings *
purge_window_state_bind (GtkWindow *window)
{
  GSettings *settings = purge_location_new_settings ();

  if (settings == NULL)
    return NULL;

  /* A window that is being resized changes its size a hundred times. */
  g_settings_delay (settings);
  g_settings_bind (settings, "window-width", window, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-height", window, "default-height", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-maximized", window, "maximized", G_SETTINGS_BIND_DEFAULT);
  return settings;
}

/**
 * purge_window_state_prefer_account:
 * @settings: (nullable): the settings
 * @session: the person's own session, not open yet
 *
 * Has the account chosen that was chosen last, if it is still there.
 */
void
purge_window_state_prefer_account (GSettings    *settings,
                                   PurgeSession *session)
{
  g_autofree char *uuid = NULL;

  if (settings == NULL)
    return;

  uuid = g_settings_get_string (settings, "last-account");
  purge_session_prefer_account (session, uuid);
}

/**
 * purge_window_state_keep_account:
 * @settings: (nullable): the settings
 * @session: a session
 *
 * Remembers the account that is chosen, unless it is one of practice.
 */
void
purge_window_state_keep_account (GSettings    *settings,
                                 PurgeSession *session)
{
  PurgeAccount *account = purge_session_get_account (session);

  if (account != NULL && settings != NULL && !purge_session_is_practice (session))
    g_settings_set_string (settings, "last-account", purge_account_get_uuid (account));
}
