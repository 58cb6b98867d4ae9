/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How much of a text from outside is shown at most. */
#define PURGE_VISIBLE_MAX_CHARACTERS 1000

gboolean purge_visible_is_hidden (gunichar    character);
char    *purge_visible_dup_text  (const char *text,
                                  gssize      length,
                                  gsize       max_characters);

G_END_DECLS
