/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean purge_file_ending_is_known (const char *name,
                                     gsize       length);

G_END_DECLS
