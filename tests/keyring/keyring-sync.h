/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include "purge-keyring.h"

/* A keyring used synchronously: each call runs the main loop until it has ended. */

PurgeCredentials *keyring_sync_load   (PurgeKeyring      *keyring,
                                       const char        *uuid,
                                       GCancellable      *cancellable,
                                       GError           **error);
gboolean          keyring_sync_store  (PurgeKeyring      *keyring,
                                       const char        *uuid,
                                       PurgeCredentials  *credentials,
                                       GCancellable      *cancellable,
                                       GError           **error);
gboolean          keyring_sync_forget (PurgeKeyring      *keyring,
                                       const char        *uuid,
                                       GCancellable      *cancellable,
                                       GError           **error);
gboolean          keyring_sync_check  (PurgeKeyring      *keyring,
                                       const char        *uuid,
                                       PurgeKeyState     *state,
                                       GError           **error);

/* The same, of a key with the SecretId “AKIDshop”, where only one outcome is right. */
void              keyring_stores (PurgeKeyring      *keyring,
                                        const char        *uuid,
                                        const char        *key,
                                        const char        *token);
void              keyring_loads (PurgeKeyring      *keyring,
                                        const char        *uuid,
                                        const char        *key,
                                        const char        *token);
void              keyring_forgets (PurgeKeyring      *keyring,
                                        const char        *uuid);
void              keyring_says (PurgeKeyring      *keyring,
                                        const char        *uuid,
                                        PurgeKeyState      state);
void              keyring_cannot_load (PurgeKeyring      *keyring,
                                        const char        *uuid,
                                        int                code,
                                        const char        *words);

PurgeCredentials *credentials_make    (const char        *id,
                                       const char        *key,
                                       const char        *token);
void              credentials_assert  (PurgeCredentials  *credentials,
                                       const char        *id,
                                       const char        *key,
                                       const char        *token);
