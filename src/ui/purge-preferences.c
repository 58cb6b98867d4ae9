/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What a person prefers, obeyed as soon as it is changed. Knows the settings, also where there are
 * none; for how long the history is kept is the retention's. */

#define G_LOG_DOMAIN "purge-preferences"

#include "config.h"

#include "purge-preferences.h"

#include <adwaita.h>

/**
 * purge_preferences_obey_style:
 * @settings: (nullable): the settings of the window
 *
 * Makes all windows light or dark, from now on.
 */
void
purge_preferences_obey_style (GSettings *settings)
{
  /* The choices of the schema are the nicks of #AdwColorScheme. */
  if (settings != NULL)
    g_settings_bind (settings, "color-scheme", adw_style_manager_get_default (), "color-scheme",
                     G_SETTINGS_BIND_GET);
}

static void
on_look_up_changed_cb (PurgeWatcher *watcher,
                       const char   *key,
                       GSettings    *settings)
{
  purge_watcher_set_asking (watcher, g_settings_get_boolean (settings, "look-up"));
}

/**
 * purge_preferences_obey_look_up:
 * @settings: (nullable): the settings of the window
 * @watcher: what looks up by itself
 *
 * Lets @watcher ask servers by itself, or not, from now on.
 */
void
purge_preferences_obey_look_up (GSettings    *settings,
                                PurgeWatcher *watcher)
{
  g_return_if_fail (PURGE_IS_WATCHER (watcher));

  if (settings == NULL)
    return;

  /* A window comes back to its own session when practice has ended. */
  g_signal_handlers_disconnect_by_func (settings, on_look_up_changed_cb, watcher);
  g_signal_connect_object (settings, "changed::look-up", G_CALLBACK (on_look_up_changed_cb), watcher,
                           G_CONNECT_SWAPPED);
  on_look_up_changed_cb (watcher, "look-up", settings);
}

/**
 * purge_preferences_get_notify:
 * @settings: (nullable): the settings of the window
 *
 * Returns: whether the desktop is told that a submission has ended
 */
gboolean
purge_preferences_get_notify (GSettings *settings)
{
  return settings == NULL || g_settings_get_boolean (settings, "notify");
}
