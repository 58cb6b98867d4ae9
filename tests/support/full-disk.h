/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A disk that is full for every file that is to grow over a size, as this process sees it. */

void full_disk_begin (gsize room);
void full_disk_end   (void);

G_END_DECLS
