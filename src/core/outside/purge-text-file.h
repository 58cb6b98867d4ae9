/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Text that a person points at. What holds no list is refused with %PURGE_ERROR_REFUSED_FILE and a
 * translated sentence that names the file, what it is and what to do. A file with some lines that
 * are no UTF-8 is text: those lines are problems of their own. */

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
