/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

const char *purge_file_kind_recognize (const char *bytes,
                                       gsize       length);

G_END_DECLS
