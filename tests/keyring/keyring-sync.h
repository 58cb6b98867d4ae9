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

PurgeCredentials *credentials_make    (const char        *id,
                                       const char        *key,
                                       const char        *token);
void              credentials_assert  (PurgeCredentials  *credentials,
                                       const char        *id,
                                       const char        *key,
                                       const char        *token);
