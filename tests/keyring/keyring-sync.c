/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#define G_LOG_DOMAIN "keyring-sync"

#include "keyring-sync.h"

#include <string.h>

#include "await.h"
#include "purge-error.h"

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

void
keyring_stores (PurgeKeyring *keyring,
                const char   *uuid,
                const char   *key,
                const char   *token)
{
  g_autoptr (PurgeCredentials) credentials = credentials_make ("AKIDshop", key, token);
  g_autoptr (GError) error = NULL;

  keyring_sync_store (keyring, uuid, credentials, NULL, &error);
  g_assert_no_error (error);
}

void
keyring_loads (PurgeKeyring *keyring,
               const char   *uuid,
               const char   *key,
               const char   *token)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PurgeCredentials) loaded = keyring_sync_load (keyring, uuid, NULL, &error);

  g_assert_no_error (error);
  credentials_assert (loaded, "AKIDshop", key, token);
}

void
keyring_forgets (PurgeKeyring *keyring,
                 const char   *uuid)
{
  g_autoptr (GError) error = NULL;

  keyring_sync_forget (keyring, uuid, NULL, &error);
  g_assert_no_error (error);
}

void
keyring_says (PurgeKeyring  *keyring,
              const char    *uuid,
              PurgeKeyState  expected)
{
  PurgeKeyState state;
  g_autoptr (GError) error = NULL;

  keyring_sync_check (keyring, uuid, &state, &error);
  g_assert_no_error (error);
  g_assert_cmpint (state, ==, expected);
}

void
keyring_cannot_load (PurgeKeyring *keyring,
                     const char   *uuid,
                     int           code,
                     const char   *words)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (keyring_sync_load (keyring, uuid, NULL, &error));
  g_assert_error (error, PURGE_ERROR, code);
  g_assert_nonnull (strstr (error->message, words));
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
