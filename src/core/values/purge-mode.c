/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The two ways to purge. */

#define G_LOG_DOMAIN "purge-mode"

#include "config.h"

#include "purge-mode.h"

G_DEFINE_ENUM_TYPE (PurgeMode, purge_mode,
  G_DEFINE_ENUM_VALUE (PURGE_MODE_UPDATED, "updated"),
  G_DEFINE_ENUM_VALUE (PURGE_MODE_ALL, "all"))
