/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <adwaita.h>

#include "purge-session.h"

G_BEGIN_DECLS

/* What can be done about the submission that is shown, in directories; 0 where nothing can. */
gboolean purge_follow_up_is_idle       (PurgeSession  *session);
guint    purge_follow_up_count         (PurgeSession  *session,
                                        PurgeFollowUp  what);
gboolean purge_follow_up_can_check     (PurgeSession  *session);

/* Does it. Dialogs stand before the window of the widget. */
void     purge_follow_up_run           (GtkWidget     *widget,
                                        PurgeSession  *session,
                                        PurgeFollowUp  what,
                                        PurgeBatch    *batch);
void     purge_follow_up_check         (GtkWidget     *widget,
                                        PurgeSession  *session);

G_END_DECLS
