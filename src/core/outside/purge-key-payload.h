/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-credentials.h"

G_BEGIN_DECLS

/* A key as the bytes of one keyring item: `SecretId`, line feed, `SecretKey` and, where there is a
 * token, line feed, `Token`. */

char             *purge_key_payload_write (const PurgeCredentials *credentials);
void              purge_key_payload_free  (gpointer                payload);
PurgeCredentials *purge_key_payload_read  (const char             *bytes,
                                           gsize                   length);
gboolean          purge_key_payload_is_of (const char             *bytes,
                                           gsize                   length,
                                           const PurgeCredentials *credentials);

G_END_DECLS
