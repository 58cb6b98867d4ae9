/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void       purge_location_bind_translations (void);
GSettings *purge_location_new_settings      (void);

G_END_DECLS
