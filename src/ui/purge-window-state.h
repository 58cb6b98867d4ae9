/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <adwaita.h>

#include "purge-session.h"

G_BEGIN_DECLS

/* What the main window remembers from one start to the next. Without settings it remembers nothing. */

GSettings *purge_window_state_bind           (GtkWindow    *window);
void       purge_window_state_prefer_account (GSettings    *settings,
                                              PurgeSession *session);
void       purge_window_state_keep_account   (GSettings    *settings,
                                              PurgeSession *session);

G_END_DECLS
