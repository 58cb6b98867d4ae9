/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A road to a server on this computer that takes as long as one through the network: it holds back every
 * byte, in each direction, in threads of its own. As long as the program. */

guint16 slow_road_new (guint16 port,
                       guint   ms);

G_END_DECLS
