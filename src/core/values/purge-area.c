/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The parts of the world that have purge quotas of their own. */

#define G_LOG_DOMAIN "purge-area"

#include "config.h"

#include "purge-area.h"

G_DEFINE_ENUM_TYPE (PurgeArea, purge_area,
  G_DEFINE_ENUM_VALUE (PURGE_AREA_NONE, "none"),
  G_DEFINE_ENUM_VALUE (PURGE_AREA_MAINLAND, "mainland"),
  G_DEFINE_ENUM_VALUE (PURGE_AREA_OVERSEAS, "overseas"))
