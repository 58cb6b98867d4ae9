/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * PurgeBanner:
 *
 * A state that lasts, in words over the width of the window, and one button. Where there is nothing
 * to say it takes no room.
 */
#define PURGE_TYPE_BANNER (purge_banner_get_type ())

G_DECLARE_FINAL_TYPE (PurgeBanner, purge_banner, PURGE, BANNER, AdwBin)

void purge_banner_show (PurgeBanner *self,
                        const char  *title,
                        const char  *button_label,
                        const char  *action_name);
void purge_banner_hide (PurgeBanner *self);

G_END_DECLS
