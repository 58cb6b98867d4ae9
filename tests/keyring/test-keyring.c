/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What every keyring promises, asked of the one in memory and of libsecret's file, which needs no
 * daemon; and what only the file can do wrong. */

#include <glib/gstdio.h>
#include <locale.h>

#include "keyring-sync.h"
#include "purge-error.h"
#include "purge-memory-keyring.h"
#include "purge-secret-keyring.h"
#include "scratch.h"

#define ACCOUNT "2f0a6f5e-0a58-4f39-9a6e-3f1f0c8f7a11"
#define OTHER "8d7b1c9c-5f0e-4f7b-8a44-0c6d3a2b9e22"

static char *folder;
static char *file;

static PurgeKeyring *
keyring_new (gconstpointer make)
{
  PurgeKeyring *(*function) (void) = make;

  return function ();
}

static void
test_keeps (gconstpointer make)
{
  g_autoptr (PurgeKeyring) keyring = keyring_new (make);

  keyring_says (keyring, ACCOUNT, PURGE_KEY_ABSENT);
  keyring_stores (keyring, ACCOUNT, "the-first-secret-key", NULL);
  keyring_stores (keyring, OTHER, "another-secret-key", "and-its-token");

  keyring_says (keyring, ACCOUNT, PURGE_KEY_PRESENT);
  keyring_loads (keyring, ACCOUNT, "the-first-secret-key", NULL);
  keyring_loads (keyring, OTHER, "another-secret-key", "and-its-token");

  keyring_stores (keyring, ACCOUNT, "the-second-secret-key", NULL);
  keyring_loads (keyring, ACCOUNT, "the-second-secret-key", NULL);

  keyring_forgets (keyring, ACCOUNT);
  keyring_says (keyring, ACCOUNT, PURGE_KEY_ABSENT);
  keyring_loads (keyring, OTHER, "another-secret-key", "and-its-token");
  keyring_forgets (keyring, OTHER);
}

static void
test_has_nothing (gconstpointer make)
{
  g_autoptr (PurgeKeyring) keyring = keyring_new (make);
  g_autoptr (GError) error = NULL;

  g_assert_null (keyring_sync_load (keyring, ACCOUNT, NULL, &error));
  g_assert_error (error, PURGE_ERROR, PURGE_ERROR_NO_KEY);
  g_assert_false (purge_keyring_get_waiting (keyring));
  keyring_forgets (keyring, ACCOUNT);
}

static void
test_is_cancelled (gconstpointer make)
{
  g_autoptr (PurgeKeyring) keyring = keyring_new (make);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (PurgeCredentials) credentials = credentials_make ("AKIDpair", "secret-key", NULL);
  g_autoptr (GError) error = NULL;

  keyring_stores (keyring, OTHER, "secret-key", NULL);
  g_cancellable_cancel (cancellable);

  g_assert_null (keyring_sync_load (keyring, OTHER, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_false (keyring_sync_store (keyring, ACCOUNT, credentials, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_false (keyring_sync_forget (keyring, OTHER, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  keyring_says (keyring, ACCOUNT, PURGE_KEY_ABSENT);
  keyring_loads (keyring, OTHER, "secret-key", NULL);
  keyring_forgets (keyring, OTHER);
}

/* Loads from the file that the parent named, as a program that is started anew does. */
static void
test_file_loads_anew (void)
{
  g_autoptr (PurgeKeyring) keyring = purge_secret_keyring_new ();
  g_autoptr (PurgeCredentials) loaded = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_test_subprocess ())
    return;

  loaded = keyring_sync_load (keyring, ACCOUNT, NULL, &error);
  g_print ("%s\n", error != NULL ? error->message : purge_credentials_get_id (loaded));
  if (error != NULL)
    g_print ("kind %s\n", purge_error_get_kind (error));
}

static void
load_anew (const char *path)
{
  g_setenv ("SECRET_FILE_TEST_PATH", path, TRUE);
  g_test_trap_subprocess ("/keyring/file/subprocess/loads-anew", 0, G_TEST_SUBPROCESS_DEFAULT);
  g_setenv ("SECRET_FILE_TEST_PATH", file, TRUE);
  g_test_trap_assert_passed ();
}

/* libsecret leaves the last version but one of its file beside it. */
static void
load_backup (void)
{
  g_autofree char *backup = g_strconcat (file, "~", NULL);
  g_autofree char *copy = g_build_filename (folder, "copy.keyring", NULL);
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (backup, &bytes, &length, NULL));
  g_assert_true (g_file_set_contents (copy, bytes, length, NULL));
  load_anew (copy);
  g_remove (copy);
}

static void
test_file_survives_program (void)
{
  g_autoptr (PurgeKeyring) keyring = purge_secret_keyring_new ();

  keyring_stores (keyring, ACCOUNT, "secret-key", NULL);
  load_anew (file);
  g_test_trap_assert_stdout ("*AKIDshop*");
  keyring_forgets (keyring, ACCOUNT);
}

static void
test_file_forgets_for_good (void)
{
  g_autoptr (PurgeKeyring) keyring = purge_secret_keyring_new ();

  keyring_stores (keyring, ACCOUNT, "secret-key", NULL);
  keyring_stores (keyring, OTHER, "secret-key", NULL);
  load_backup ();
  g_test_trap_assert_stdout ("*AKIDshop*");

  keyring_forgets (keyring, ACCOUNT);
  load_backup ();
  g_test_trap_assert_stdout_unmatched ("*AKIDshop*");
  g_test_trap_assert_stdout ("*not a key that this program stored*");
  keyring_loads (keyring, OTHER, "secret-key", NULL);
  keyring_forgets (keyring, OTHER);
}

static void
test_file_is_damaged (void)
{
  g_autofree char *damaged = g_build_filename (folder, "damaged.keyring", NULL);
  g_autofree char *bytes = NULL;

  g_assert_true (g_file_set_contents (damaged, "No keyring at all", -1, NULL));
  load_anew (damaged);
  g_test_trap_assert_stdout ("*is damaged. Move it to another folder*");
  g_test_trap_assert_stdout ("*kind keyring-failed*");

  g_assert_true (g_file_get_contents (damaged, &bytes, NULL, NULL));
  g_assert_cmpstr (bytes, ==, "No keyring at all");
  g_remove (damaged);
}

/* A subprocess has its file from its parent. */
static void
make_folder (void)
{
  if (g_test_subprocess ())
    return;

  folder = scratch_new ();
  file = g_build_filename (folder, "default.keyring", NULL);
  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "correct horse battery staple", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", file, TRUE);
}

int
main (int   argc,
      char *argv[])
{
  const struct {
    const char   *name;
    PurgeKeyring *(*make) (void);
  } keyrings[] = {
    { "memory", purge_memory_keyring_new },
    { "file", purge_secret_keyring_new },
  };
  const struct {
    const char    *name;
    GTestDataFunc  test;
  } promises[] = {
    { "keeps", test_keeps },
    { "has-nothing", test_has_nothing },
    { "is-cancelled", test_is_cancelled },
  };
  int status;

  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  make_folder ();

  for (gsize k = 0; k < G_N_ELEMENTS (keyrings); k++)
    for (gsize p = 0; p < G_N_ELEMENTS (promises); p++)
      {
        g_autofree char *path = g_strdup_printf ("/keyring/%s/%s", keyrings[k].name,
                                                 promises[p].name);

        g_test_add_data_func (path, keyrings[k].make, promises[p].test);
      }
  g_test_add_func ("/keyring/file/subprocess/loads-anew", test_file_loads_anew);
  g_test_add_func ("/keyring/file/survives-program", test_file_survives_program);
  g_test_add_func ("/keyring/file/forgets-for-good", test_file_forgets_for_good);
  g_test_add_func ("/keyring/file/is-damaged", test_file_is_damaged);

  status = g_test_run ();

  g_clear_pointer (&file, g_free);
  g_clear_pointer (&folder, scratch_free);
  return status;
}
