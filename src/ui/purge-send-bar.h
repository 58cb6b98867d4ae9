/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <adwaita.h>

#include "purge-session.h"

G_BEGIN_DECLS

/**
 * PurgeSendBar:
 *
 * What would be sent, what is left of the quota, the mode, and the button that sends, through the
 * action `win.purge`.
 */
#define PURGE_TYPE_SEND_BAR (purge_send_bar_get_type ())

G_DECLARE_FINAL_TYPE (PurgeSendBar, purge_send_bar, PURGE, SEND_BAR, AdwBin)

void purge_send_bar_set_session (PurgeSendBar *self,
                                 PurgeSession *session);

G_END_DECLS
