/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

JsonObject *purge_simulator_json_read (const char  *data,
                                       gsize        length,
                                       GError     **error);

G_END_DECLS
