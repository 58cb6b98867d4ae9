/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-code.h"

G_BEGIN_DECLS

/**
 * PurgeCodeV3:
 * @name: the code, such as `AuthFailure.SignatureExpire`
 * @code: what is known of it; its number is 0
 *
 * One code of API 3.0. Static.
 */
typedef struct {
  const char *name;
  PurgeCode   code;
} PurgeCodeV3;

const PurgeCode   *purge_code_v3_find        (const char *name);
const PurgeCode   *purge_code_v3_find_family (const char *name);
const PurgeCodeV3 *purge_code_v3_list        (guint      *n_codes);

G_END_DECLS
