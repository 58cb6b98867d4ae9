/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-order.h"
#include "purge-session.h"

G_BEGIN_DECLS

void     purge_press_note    (PurgeSession *session,
                              PurgeOrder   *order);
gboolean purge_press_is_same (PurgeSession *session,
                              PurgeOrder   *order);

G_END_DECLS
