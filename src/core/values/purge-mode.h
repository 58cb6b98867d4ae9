/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * PurgeMode:
 * @PURGE_MODE_UPDATED: updated resources (API 2.0 `type` 1; nick `updated`)
 * @PURGE_MODE_ALL: all resources (API 2.0 `type` 2; nick `all`)
 *
 * What of a directory is purged. The nicks are stored and shown to scripts.
 */
typedef enum {
  PURGE_MODE_UPDATED,
  PURGE_MODE_ALL,
} PurgeMode;

#define PURGE_TYPE_MODE (purge_mode_get_type ())

GType purge_mode_get_type (void);

G_END_DECLS
