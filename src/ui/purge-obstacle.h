/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-session.h"

G_BEGIN_DECLS

const char *purge_obstacle_find (PurgeSession *session);

G_END_DECLS
