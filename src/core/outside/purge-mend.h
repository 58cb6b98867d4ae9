/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A damaged database gives way to a sound one, and is kept beside it. To be called in the thread of
 * the database, by an instance that is alone. */

gboolean purge_mend_go_on    (const char  *path,
                              char       **notice,
                              GError     **error);
gboolean purge_mend_database (const char  *path,
                              char       **notice,
                              GError     **error);

G_END_DECLS
