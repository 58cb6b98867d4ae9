/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The two kinds of things that can be purged. */

#define G_LOG_DOMAIN "purge-kind"

#include "config.h"

#include "purge-kind.h"

G_DEFINE_ENUM_TYPE (PurgeKind, purge_kind,
  G_DEFINE_ENUM_VALUE (PURGE_KIND_DIRECTORY, "directory"),
  G_DEFINE_ENUM_VALUE (PURGE_KIND_URL, "url"))
