/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <gtk/gtk.h>

#include "purge-session.h"

G_BEGIN_DECLS

/* What has to be over, and may have to be asked, before a window closes. */

void     purge_closing_ask_async  (GtkWindow            *window,
                                   PurgeSession         *session,
                                   PurgeSession         *kept,
                                   GAsyncReadyCallback   callback,
                                   gpointer              user_data);
void     purge_closing_hurry_async (GtkWindow           *window,
                                   PurgeSession         *session,
                                   PurgeSession         *kept,
                                   GAsyncReadyCallback   callback,
                                   gpointer              user_data);
gboolean purge_closing_ask_finish (GtkWindow            *window,
                                   GAsyncResult         *result);

G_END_DECLS
