/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#define G_LOG_DOMAIN "keyring-sync"

#include "keyring-sync.h"

#include <string.h>

#include "await.h"

PurgeCredentials *
keyring_sync_load (PurgeKeyring  *keyring,
                   const char    *uuid,
                   GCancellable  *cancellable,
                   GError       **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  purge_keyring_load_async (keyring, uuid, cancellable, await_cb, &result);
  return purge_keyring_load_finish (keyring, await (&result), error);
}

gboolean
keyring_sync_store (PurgeKeyring      *keyring,
                    const char        *uuid,
                    PurgeCredentials  *credentials,
                    GCancellable      *cancellable,
                    GError           **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  purge_keyring_store_async (keyring, uuid, "Shop", credentials, cancellable, await_cb, &result);
  return purge_keyring_store_finish (keyring, await (&result), error);
}

gboolean
keyring_sync_forget (PurgeKeyring  *keyring,
                     const char    *uuid,
                     GCancellable  *cancellable,
                     GError       **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  purge_keyring_forget_async (keyring, uuid, cancellable, await_cb, &result);
  return purge_keyring_forget_finish (keyring, await (&result), error);
}

gboolean
keyring_sync_check (PurgeKeyring   *keyring,
                    const char     *uuid,
                    PurgeKeyState  *state,
                    GError        **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  purge_keyring_check_async (keyring, uuid, NULL, await_cb, &result);
  return purge_keyring_check_finish (keyring, await (&result), state, error);
}

PurgeCredentials *
credentials_make (const char *id,
                  const char *key,
                  const char *token)
{
  g_autoptr (PurgeSecret) key_secret = purge_secret_new (key, -1);
  g_autoptr (PurgeSecret) token_secret = token != NULL ? purge_secret_new (token, -1) : NULL;

  return purge_credentials_new (id, key_secret, token_secret);
}

static void
assert_secret (PurgeSecret *secret,
               const char  *expected)
{
  if (expected == NULL)
    g_assert_null (secret);
  else
    g_assert_cmpmem (purge_secret_peek (secret), purge_secret_get_length (secret),
                     expected, strlen (expected));
}

void
credentials_assert (PurgeCredentials *credentials,
                    const char       *id,
                    const char       *key,
                    const char       *token)
{
  g_assert_nonnull (credentials);
  g_assert_cmpstr (purge_credentials_get_id (credentials), ==, id);
  assert_secret (purge_credentials_get_key (credentials), key);
  assert_secret (purge_credentials_get_token (credentials), token);
}
