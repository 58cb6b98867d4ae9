/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* For the rest of a process, which is a subprocess of a test:
 *
 *   g_test_add_data_func ("/thing/read-only", "/thing/read-only/subprocess", unprivileged_run);
 *   g_test_add_func ("/thing/read-only/subprocess", test_read_only_subprocess);
 */

void unprivileged_run    (gconstpointer test_path);
void unprivileged_become (void);

G_END_DECLS
