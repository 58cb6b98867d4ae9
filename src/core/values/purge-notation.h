/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-kind.h"

G_BEGIN_DECLS

gsize       purge_notation_measure   (const char *text,
                                      gsize       length);
const char *purge_notation_step_back (const char *start,
                                      const char *end);
char       *purge_notation_write     (PurgeKind   kind,
                                      const char *text);

G_END_DECLS
