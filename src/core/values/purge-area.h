/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * PurgeArea:
 * @PURGE_AREA_NONE: none is named: wherever a domain is served (nick `none`)
 * @PURGE_AREA_MAINLAND: mainland China (nick `mainland`)
 * @PURGE_AREA_OVERSEAS: everywhere else (nick `overseas`)
 *
 * Where something is purged. The nicks are those of Tencent's API 3.0.
 */
typedef enum {
  PURGE_AREA_NONE,
  PURGE_AREA_MAINLAND,
  PURGE_AREA_OVERSEAS,
} PurgeArea;

#define PURGE_TYPE_AREA (purge_area_get_type ())

GType purge_area_get_type (void);

G_END_DECLS
