/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Text that a person points at. Refuses what holds no list (RELIABILITY 3.7) with
 * %PURGE_ERROR_REFUSED_FILE and a sentence that names the file, what it is and what to do. */

void    purge_text_file_read_async  (GFile                *file,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
char   *purge_text_file_read_finish (GFile                *file,
                                     GAsyncResult         *result,
                                     gsize                *length,
                                     GError              **error);
char   *purge_text_file_read_fd     (int                   fd,
                                     const char           *name,
                                     gsize                *length,
                                     GError              **error);

G_END_DECLS
