/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * PurgeKind:
 * @PURGE_KIND_DIRECTORY: directories, with all that is in them (nick `directory`)
 * @PURGE_KIND_URL: single URLs (nick `url`)
 *
 * What is purged. Each kind has interfaces, limits and quotas of its own.
 */
typedef enum {
  PURGE_KIND_DIRECTORY,
  PURGE_KIND_URL,
} PurgeKind;

#define PURGE_N_KINDS 2

#define PURGE_TYPE_KIND (purge_kind_get_type ())

GType purge_kind_get_type (void);

G_END_DECLS
