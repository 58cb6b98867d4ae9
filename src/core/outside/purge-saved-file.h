/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void     purge_saved_file_write_async  (GFile                *file,
                                        char                 *text,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
gboolean purge_saved_file_write_finish (GFile                *file,
                                        GAsyncResult         *result,
                                        GError              **error);

G_END_DECLS
