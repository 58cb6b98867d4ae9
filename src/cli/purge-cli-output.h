/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean  purge_cli_output_result   (const char *text,
                                     gboolean    is_utf8);
void      purge_cli_output_say      (const char *text);
gboolean  purge_cli_output_put      (int         fd,
                                     const char *text);
char     *purge_cli_output_safe     (const char *text);
gsize     purge_cli_output_width    (const char *text);

G_END_DECLS
