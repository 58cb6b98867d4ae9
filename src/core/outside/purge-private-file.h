/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A file that is nobody else's business: mode 0600, in a folder of mode 0700. */

char     *purge_private_file_prepare     (const char  *path,
                                          GError     **error);
gboolean  purge_private_file_replace     (const char  *path,
                                          const char  *bytes,
                                          gsize        length,
                                          GError     **error);
gboolean  purge_private_file_sync_folder (const char  *folder,
                                          GError     **error);

G_END_DECLS
