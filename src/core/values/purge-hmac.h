/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-secret.h"

G_BEGIN_DECLS

/* The longest result, that of SHA-256. */
#define PURGE_HMAC_MAX_LENGTH 32

gsize purge_hmac_compute (GChecksumType       digest,
                          const char         *prefix,
                          PurgeSecret        *key,
                          const char * const *texts,
                          guchar             *bytes);

G_END_DECLS
