/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void     purge_environment_harden       (void);
gboolean purge_environment_is_sandboxed (void);

G_END_DECLS
