/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-secret.h"

G_BEGIN_DECLS

/**
 * PurgeCredentials:
 *
 * The key pair of an account and, where the key is temporary, its token. Never changes after it was
 * made; may be read from any thread. No function prints it.
 */
typedef struct _PurgeCredentials PurgeCredentials;

#define PURGE_TYPE_CREDENTIALS (purge_credentials_get_type ())

/**
 * PurgeKeyPart:
 * @PURGE_KEY_PART_ID: the SecretId
 * @PURGE_KEY_PART_KEY: the SecretKey
 * @PURGE_KEY_PART_TOKEN: the token of a temporary key
 *
 * The parts a person types or pastes.
 */
typedef enum {
  PURGE_KEY_PART_ID,
  PURGE_KEY_PART_KEY,
  PURGE_KEY_PART_TOKEN,
} PurgeKeyPart;

GType             purge_credentials_get_type   (void);
PurgeCredentials *purge_credentials_new        (const char             *secret_id,
                                                PurgeSecret            *secret_key,
                                                PurgeSecret            *token);
PurgeCredentials *purge_credentials_ref        (PurgeCredentials       *self);
void              purge_credentials_unref      (PurgeCredentials       *self);
const char       *purge_credentials_get_id     (const PurgeCredentials *self);
PurgeSecret      *purge_credentials_get_key    (const PurgeCredentials *self);
PurgeSecret      *purge_credentials_get_token  (const PurgeCredentials *self);
PurgeSecret      *purge_credentials_read_part  (PurgeKeyPart            part,
                                                const char             *typed,
                                                gssize                  length,
                                                gboolean               *trimmed,
                                                GError                **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PurgeCredentials, purge_credentials_unref)

G_END_DECLS
