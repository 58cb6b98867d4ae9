/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* Enumerations by the stable names (nicks) that journal, scripts and command line use. */

const char *purge_enum_to_nick   (GType       type,
                                  int         value);
gboolean    purge_enum_from_nick (GType       type,
                                  const char *nick,
                                  int        *value);

G_END_DECLS
