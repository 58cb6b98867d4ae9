/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#include "purge-key-payload.h"

#include <string.h>

#include "keyring-sync.h"

typedef struct
{
  const char *bytes;
  gssize      length;  /* -1: up to the NUL */
  const char *id;      /* NULL: not a payload */
  const char *key;
  const char *token;
  const char *why;
} Case;

static const Case cases[] = {
  { "id\nkey", -1, "id", "key", NULL, "a key pair" },
  { "id\nkey\ntoken", -1, "id", "key", "token", "a temporary key" },
  { "", 0, NULL, NULL, NULL, "nothing" },
  { "id", -1, NULL, NULL, NULL, "no key" },
  { "id\n", -1, NULL, NULL, NULL, "an empty key" },
  { "\nkey", -1, NULL, NULL, NULL, "an empty id" },
  { "id\nkey\n", -1, NULL, NULL, NULL, "an empty token" },
  { "id\nkey\ntoken\n", -1, NULL, NULL, NULL, "a fourth, empty line" },
  { "id\nkey\ntoken\nmore", -1, NULL, NULL, NULL, "a fourth line" },
  { "id\r\nkey\r", -1, NULL, NULL, NULL, "line ends that are not ours" },
  { " id\nkey", -1, NULL, NULL, NULL, "a blank that was never stored" },
  { "i\0d\nkey", 7, NULL, NULL, NULL, "a NUL byte" },
  { "id\nk\xffy", -1, NULL, NULL, NULL, "bytes that are no text" },
  { "{\"password\":\"x y\"}", -1, NULL, NULL, NULL, "another program's secret" },
};

static void
test_reads (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Case *c = &cases[i];
      gsize length = c->length < 0 ? strlen (c->bytes) : (gsize) c->length;
      /* Exactly as long as the bytes: a sanitizer sees who reads on. */
      g_autofree char *bytes = g_memdup2 (c->bytes, length);
      PurgeCredentials *read;

      g_test_message ("%s", c->why);
      read = purge_key_payload_read (bytes != NULL ? bytes : "", length);
      g_assert_true ((read != NULL) == (c->id != NULL));
      if (read == NULL)
        continue;

      credentials_assert (read, c->id, c->key, c->token);
      purge_credentials_unref (read);
    }
}

static void
test_refuses_long_parts (void)
{
  g_autofree char *longest = g_strnfill (PURGE_SECRET_MAX_LENGTH, 'k');
  g_autofree char *good = g_strconcat ("id\n", longest, NULL);
  g_autofree char *bad = g_strconcat ("id\n", longest, "k", NULL);
  g_autoptr (PurgeCredentials) read = purge_key_payload_read (good, strlen (good));

  g_assert_nonnull (read);
  g_assert_null (purge_key_payload_read (bad, strlen (bad)));
}

static void
test_writes (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases) && cases[i].id != NULL; i++)
    {
      const Case *c = &cases[i];
      g_autoptr (PurgeCredentials) credentials = credentials_make (c->id, c->key, c->token);
      char *payload = purge_key_payload_write (credentials);

      g_assert_cmpstr (payload, ==, c->bytes);
      g_assert_true (purge_key_payload_is_of (payload, strlen (payload), credentials));
      g_assert_false (purge_key_payload_is_of (payload, strlen (payload) - 1, credentials));
      g_assert_false (purge_key_payload_is_of ("id\nkez", 6, credentials));
      purge_key_payload_free (payload);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/key-payload/reads", test_reads);
  g_test_add_func ("/key-payload/refuses-long-parts", test_refuses_long_parts);
  g_test_add_func ("/key-payload/writes", test_writes);

  return g_test_run ();
}
