/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* A key as bytes and back. Trusts no bytes: what was not written here is not read. */

#define G_LOG_DOMAIN "purge-key-payload"

#include "config.h"

#include "purge-key-payload.h"

#include <string.h>

static char *
append (char       *end,
        const char *bytes,
        gsize       length)
{
  memcpy (end, bytes, length);
  return end + length;
}

/**
 * purge_key_payload_write:
 * @credentials: a key
 *
 * Returns: (transfer full): its payload, ended by NUL, to be freed with purge_key_payload_free()
 */
char *
purge_key_payload_write (const PurgeCredentials *credentials)
{
  const char *id = purge_credentials_get_id (credentials);
  PurgeSecret *key = purge_credentials_get_key (credentials);
  PurgeSecret *token = purge_credentials_get_token (credentials);
  gsize length = strlen (id) + 1 + purge_secret_get_length (key)
                 + (token != NULL ? 1 + purge_secret_get_length (token) : 0);
  char *payload = g_malloc (length + 1);
  char *end = payload;

  end = append (end, id, strlen (id));
  end = append (end, "\n", 1);
  end = append (end, purge_secret_peek (key), purge_secret_get_length (key));
  if (token != NULL)
    {
      end = append (end, "\n", 1);
      end = append (end, purge_secret_peek (token), purge_secret_get_length (token));
    }
  *end = '\0';

  return payload;
}

/**
 * purge_key_payload_free:
 * @payload: (nullable) (type utf8): what purge_key_payload_write() gave
 *
 * Wipes the payload and frees it.
 */
void
purge_key_payload_free (gpointer payload)
{
  if (payload == NULL)
    return;

  purge_secret_wipe (payload, strlen (payload));
  g_free (payload);
}

/* Takes the next line; NULL where there is none, or where no key could look like it. */
static PurgeSecret *
read_line (PurgeKeyPart   part,
           const char   **bytes,
           const char    *end)
{
  const char *start = *bytes;
  const char *feed;
  gboolean trimmed;
  g_autoptr (PurgeSecret) secret = NULL;

  if (start == NULL)
    return NULL;

  feed = memchr (start, '\n', end - start);
  *bytes = feed != NULL ? feed + 1 : NULL;
  secret = purge_credentials_read_part (part, start, (feed != NULL ? feed : end) - start,
                                        &trimmed, NULL);
  return secret != NULL && !trimmed ? g_steal_pointer (&secret) : NULL;
}

/**
 * purge_key_payload_read:
 * @bytes: (array length=length): what a keyring gave
 * @length: how many bytes
 *
 * Returns: (transfer full) (nullable): the key, or %NULL where the bytes are not a payload
 */
PurgeCredentials *
purge_key_payload_read (const char *bytes,
                        gsize       length)
{
  const char *end = bytes + length;
  g_autoptr (PurgeSecret) id = NULL;
  g_autoptr (PurgeSecret) key = NULL;
  g_autoptr (PurgeSecret) token = NULL;
  gboolean has_token;

  g_return_val_if_fail (bytes != NULL, NULL);

  id = read_line (PURGE_KEY_PART_ID, &bytes, end);
  key = read_line (PURGE_KEY_PART_KEY, &bytes, end);
  has_token = bytes != NULL;
  token = read_line (PURGE_KEY_PART_TOKEN, &bytes, end);
  if (id == NULL || key == NULL || (has_token && token == NULL) || bytes != NULL)
    return NULL;

  return purge_credentials_new (purge_secret_peek (id), key, token);
}

/**
 * purge_key_payload_is_of:
 * @bytes: (array length=length): what a keyring gave
 * @length: how many bytes
 * @credentials: a key
 *
 * Returns: whether the bytes are the payload of the key
 */
gboolean
purge_key_payload_is_of (const char             *bytes,
                         gsize                   length,
                         const PurgeCredentials *credentials)
{
  char *payload = purge_key_payload_write (credentials);
  gboolean is_same = strlen (payload) == length && memcmp (payload, bytes, length) == 0;

  purge_key_payload_free (payload);
  return is_same;
}
