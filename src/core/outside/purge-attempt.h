/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-account.h"

G_BEGIN_DECLS

/**
 * PurgeAttempt:
 * @number: which attempt of its batch, from 1; given by the journal
 * @again: whether it was the byte-identical request of an earlier attempt
 * @nonce: the nonce of the request; not 0
 * @timestamp: the timestamp of the request, in UNIX seconds by the server's clock
 * @api: the API it spoke
 * @endpoint: where it went, as text
 * @form: how it was put on the wire
 * @signature: how it was signed
 * @key_serial: which of the account's keys signed it
 * @started: when it began, in UNIX seconds by this computer's clock
 *
 * One request for one batch: all that is needed to make it again byte for byte, but for the key. A
 * plain value.
 */
typedef struct {
  guint                 number;
  gboolean              again;
  guint64               nonce;
  gint64                timestamp;
  PurgeApiKind          api;
  char                 *endpoint;
  PurgeForm             form;
  PurgeSignatureMethod  signature;
  guint                 key_serial;
  gint64                started;
} PurgeAttempt;

PurgeAttempt *purge_attempt_new  (PurgeAccount       *account,
                                  const char         *endpoint);
PurgeAttempt *purge_attempt_copy (const PurgeAttempt *self);
void          purge_attempt_free (PurgeAttempt       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PurgeAttempt, purge_attempt_free)

G_END_DECLS
