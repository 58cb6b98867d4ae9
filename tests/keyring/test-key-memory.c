/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What is left of a key in the memory of this process after it was stored, and after it was loaded
 * and given back. To be run in a session with an unlocked keyring, and without anything that wipes
 * freed memory for us. */

#define G_LOG_DOMAIN "test-key-memory"

#include "keyring-sync.h"
#include "memory-scan.h"
#include "purge-secret-keyring.h"

#define ACCOUNT "2f0a6f5e-0a58-4f39-9a6e-3f1f0c8f7a11"
#define KEY_LENGTH 32

static guint8 concealed[KEY_LENGTH];

/* A key that is nowhere in this program, not even in its code. */
static void
invent_key (void)
{
  const char *letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

  for (gsize i = 0; i < KEY_LENGTH; i++)
    concealed[i] = MEMORY_SCAN_CONCEAL (letters[g_random_int_range (0, 62)]);
}

static PurgeCredentials *
make_credentials (void)
{
  char bytes[KEY_LENGTH];
  g_autoptr (PurgeSecret) key = NULL;

  for (gsize i = 0; i < KEY_LENGTH; i++)
    bytes[i] = MEMORY_SCAN_CONCEAL (concealed[i]);
  key = purge_secret_new (bytes, KEY_LENGTH);
  purge_secret_wipe (bytes, sizeof bytes);

  return purge_credentials_new ("AKIDshop", key, NULL);
}

static guint
scan (gconstpointer except)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;

  return memory_scan_count (concealed, KEY_LENGTH, except);
}

static void
test_leaves_nothing (void)
{
  g_autoptr (PurgeKeyring) keyring = purge_secret_keyring_new ();
  PurgeCredentials *credentials;
  g_autoptr (GError) error = NULL;
  guint after_store;
  guint during_load;
  guint elsewhere;
  guint after_load;

  invent_key ();
  credentials = make_credentials ();
  keyring_sync_store (keyring, ACCOUNT, credentials, NULL, &error);
  g_assert_no_error (error);
  purge_credentials_unref (credentials);
  after_store = scan (NULL);

  credentials = keyring_sync_load (keyring, ACCOUNT, NULL, &error);
  g_assert_no_error (error);
  during_load = scan (NULL);
  elsewhere = scan (purge_secret_peek (purge_credentials_get_key (credentials)));
  purge_credentials_unref (credentials);
  after_load = scan (NULL);

  g_test_message ("Pieces after the store: %u; while loaded: %u, of these outside the secret: %u; "
                  "after: %u", after_store, during_load, elsewhere, after_load);
  g_assert_cmpuint (during_load, >, 0);
  g_assert_cmpuint (after_store, ==, 0);
  g_assert_cmpuint (elsewhere, ==, 0);
  g_assert_cmpuint (after_load, ==, 0);
  keyring_forgets (keyring, ACCOUNT);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/key-memory/leaves-nothing", test_leaves_nothing);

  return g_test_run ();
}
