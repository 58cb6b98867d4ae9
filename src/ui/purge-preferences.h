/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <gio/gio.h>

#include "purge-watcher.h"

G_BEGIN_DECLS

void     purge_preferences_obey_style   (GSettings    *settings);
void     purge_preferences_obey_look_up (GSettings    *settings,
                                         PurgeWatcher *watcher);
gboolean purge_preferences_get_notify   (GSettings    *settings);

G_END_DECLS
