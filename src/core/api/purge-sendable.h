/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean purge_sendable_check (const char * const  *urls,
                               GError             **error);

G_END_DECLS
