/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char     *purge_simulator_hosts_dup_host (const char         *url);
gboolean  purge_simulator_hosts_knows    (const char * const *hosts,
                                          const char         *host);

G_END_DECLS
