/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-problem.h"

G_BEGIN_DECLS

PurgeProblem purge_international_host_to_ascii      (const char  *host,
                                                     gsize        length,
                                                     char       **ascii);
gboolean     purge_international_host_is_unreadable (const char  *host,
                                                     gsize        length);

G_END_DECLS
