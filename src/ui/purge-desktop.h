/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <adwaita.h>

#include "purge-job.h"

G_BEGIN_DECLS

/* What the desktop is told of a run. A window without an application has no desktop to tell. */

/* That the session should not end while something is under way. */
guint purge_desktop_hold      (GtkWindow *window);
void  purge_desktop_let_go    (GtkWindow *window,
                               guint      cookie);

/* That it has ended, for a person who looks elsewhere. */
void  purge_desktop_tell_end  (GtkWindow *window,
                               PurgeJob  *job);
void  purge_desktop_take_back (GtkWindow *window);

G_END_DECLS
