/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-credentials.h"
#include "purge-signature.h"

G_BEGIN_DECLS

/**
 * PurgeTc3:
 * @service: the product that is asked, such as `cdn`
 * @timestamp: UNIX seconds, of a year of four digits
 * @headers: (array length=n_headers): the headers that are signed, as they go on the wire, sorted by
 *   name: Content-Type and Host at least
 * @n_headers: how many
 * @body: the body, as it goes on the wire
 *
 * What TC3-HMAC-SHA256 signs of a POST to `/` without a query. Borrows everything.
 */
typedef struct {
  const char           *service;
  gint64                timestamp;
  const PurgeParameter *headers;
  guint                 n_headers;
  GBytes               *body;
} PurgeTc3;

char *purge_tc3_dup_request       (const PurgeTc3         *self);
char *purge_tc3_dup_text          (const PurgeTc3         *self);
char *purge_tc3_dup_authorization (const PurgeTc3         *self,
                                   const PurgeCredentials *credentials);

G_END_DECLS
