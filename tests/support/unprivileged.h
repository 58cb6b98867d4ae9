/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* For the rest of a process: to be called in a subprocess of a test. */

void unprivileged_become (void);

G_END_DECLS
