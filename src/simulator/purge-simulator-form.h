/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The parameters of a request: a tree from name to value, both UTF-8, in the byte order of the
 * names, which is the order in which they are signed. */

GTree *purge_simulator_form_read           (const char  *text,
                                            gsize        length,
                                            GError     **error);
GTree *purge_simulator_form_read_multipart (GBytes      *body,
                                            const char  *boundary,
                                            GError     **error);

G_END_DECLS
