/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PurgeSimulatorAuthorization:
 * @secret_id: who says that they signed
 * @date: the date of the signature, `2019-02-25`
 * @service: the service that was called
 * @signed_headers: the names of the headers that were signed, as they came
 * @names: the same, one by one: small letters, ascending, `content-type` and `host` among them
 * @signature: the signature
 *
 * The header Authorization of a request that is signed with TC3-HMAC-SHA256.
 */
typedef struct {
  char  *secret_id;
  char  *date;
  char  *service;
  char  *signed_headers;
  GStrv  names;
  char  *signature;
} PurgeSimulatorAuthorization;

PurgeSimulatorAuthorization *purge_simulator_authorization_parse (const char                  *text);
void                         purge_simulator_authorization_free  (PurgeSimulatorAuthorization *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PurgeSimulatorAuthorization, purge_simulator_authorization_free)

G_END_DECLS
