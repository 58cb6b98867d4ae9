/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * PurgeCountdown:
 *
 * Says in how many seconds something is tried again by itself, and counts them. Takes no room when
 * there is nothing to count.
 */
#define PURGE_TYPE_COUNTDOWN (purge_countdown_get_type ())

G_DECLARE_FINAL_TYPE (PurgeCountdown, purge_countdown, PURGE, COUNTDOWN, AdwBin)

void purge_countdown_set_seconds (PurgeCountdown *self,
                                  guint           seconds);

G_END_DECLS
