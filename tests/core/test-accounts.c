/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Accounts live in two places; whatever fails, no account is without its key and no key without its
 * account. */

#include "purge-accounts.h"

#include "purge-error.h"
#include "purge-memory-keyring.h"

#include "await.h"
#include "mock-transport.h"
#include "scratch.h"

typedef struct
{
  char           *folder;
  char           *path;
  PurgeKeyring   *keyring;
  PurgeWorkspace *workspace;
  PurgeAccounts  *accounts;
} Fixture;

static void
open_accounts (Fixture *fixture)
{
  g_autoptr (PurgeTransport) transport = PURGE_TRANSPORT (mock_transport_new ());
  g_autoptr (PurgeClock) clock = purge_clock_new ();
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (GAsyncResult) loaded = NULL;
  g_autoptr (GError) error = NULL;

  fixture->workspace = purge_workspace_new (fixture->path, fixture->keyring, transport, clock);
  purge_workspace_open_async (fixture->workspace, NULL, await_cb, &opened);
  g_assert_true (purge_workspace_open_finish (fixture->workspace, await (&opened), &error));
  g_assert_no_error (error);

  fixture->accounts = purge_accounts_new (fixture->workspace);
  purge_accounts_load_async (fixture->accounts, NULL, await_cb, &loaded);
  g_assert_true (purge_accounts_load_finish (fixture->accounts, await (&loaded), &error));
  g_assert_no_error (error);
}

static void
close_accounts (Fixture *fixture)
{
  g_assert_finalize_object (fixture->accounts);
  g_assert_finalize_object (fixture->workspace);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->folder = scratch_new ();
  fixture->path = g_build_filename (fixture->folder, "journal.sqlite", NULL);
  fixture->keyring = purge_memory_keyring_new ();
  open_accounts (fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  close_accounts (fixture);
  g_assert_finalize_object (fixture->keyring);
  g_free (fixture->path);
  scratch_free (fixture->folder);
}

static gboolean
put (Fixture      *fixture,
     PurgeAccount *account,
     const char   *key,
     GError      **error)
{
  g_autoptr (PurgeSecret) secret = key != NULL ? purge_secret_new (key, -1) : NULL;
  g_autoptr (PurgeCredentials) credentials =
    key != NULL ? purge_credentials_new ("AKID", secret, NULL) : NULL;
  g_autoptr (GAsyncResult) result = NULL;

  purge_accounts_put_async (fixture->accounts, account, credentials, NULL, await_cb, &result);
  return purge_accounts_put_finish (fixture->accounts, await (&result), error);
}

static gboolean
drop (Fixture      *fixture,
      PurgeAccount *account,
      GError      **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  purge_accounts_remove_async (fixture->accounts, account, NULL, await_cb, &result);
  return purge_accounts_remove_finish (fixture->accounts, await (&result), error);
}

/* The key in the keyring, or NULL. */
static char *
dup_key (Fixture    *fixture,
         const char *uuid)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (PurgeCredentials) credentials = NULL;

  purge_keyring_load_async (fixture->keyring, uuid, NULL, await_cb, &result);
  credentials = purge_keyring_load_finish (fixture->keyring, await (&result), NULL);

  return credentials != NULL
           ? g_strdup (purge_secret_peek (purge_credentials_get_key (credentials))) : NULL;
}

static char *
dup_names (Fixture *fixture)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (fixture->accounts)); i++)
    {
      g_autoptr (PurgeAccount) account = g_list_model_get_item (G_LIST_MODEL (fixture->accounts), i);

      g_string_append_printf (names, "%s.", purge_account_get_name (account));
    }

  return g_string_free (g_steal_pointer (&names), FALSE);
}

#define assert_names(fixture, expected) \
  G_STMT_START { \
    g_autofree char *names_ = dup_names (fixture); \
    g_assert_cmpstr (names_, ==, expected); \
  } G_STMT_END

#define assert_key(fixture, account, expected) \
  G_STMT_START { \
    g_autofree char *key_ = dup_key (fixture, purge_account_get_uuid (account)); \
    g_assert_cmpstr (key_, ==, expected); \
  } G_STMT_END

static void
test_add (Fixture       *fixture,
          gconstpointer  data)
{
  g_autoptr (PurgeAccount) main_account = purge_account_new (NULL, "Main");
  g_autoptr (PurgeAccount) blog = purge_account_new (NULL, "Blog");
  g_autoptr (GError) error = NULL;

  assert_names (fixture, "");
  g_assert_true (put (fixture, main_account, "key-m", &error));
  g_assert_true (put (fixture, blog, "key-b", &error));
  g_assert_no_error (error);

  assert_names (fixture, "Blog.Main.");
  assert_key (fixture, main_account, "key-m");
  assert_key (fixture, blog, "key-b");
  g_assert_cmpuint (purge_account_get_key_serial (purge_accounts_find_name (fixture->accounts,
                                                                            "Blog")), ==, 1);

  close_accounts (fixture);
  open_accounts (fixture);
  assert_names (fixture, "Blog.Main.");
  g_assert_nonnull (purge_accounts_find_uuid (fixture->accounts, purge_account_get_uuid (blog)));
  g_assert_null (purge_accounts_find_uuid (fixture->accounts, "nobody"));
}

static void
on_items_changed_cb (PurgeAccounts *accounts,
                     guint          position,
                     guint          n_removed,
                     guint          n_added,
                     const char    *uuid)
{
  g_assert_nonnull (purge_accounts_find_uuid (accounts, uuid));
}

/* Whoever has chosen an account would take another one where it is missing for a moment. */
static void
test_change_is_one_step (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autoptr (PurgeAccount) blog = purge_account_new (NULL, "Blog");
  g_autoptr (PurgeAccount) shop = purge_account_new (NULL, "Shop");
  g_autoptr (PurgeAccount) renamed = NULL;
  const char *uuid = purge_account_get_uuid (blog);

  g_assert_true (put (fixture, blog, "key-b", NULL));
  g_assert_true (put (fixture, shop, "key-s", NULL));
  renamed = purge_account_new (uuid, "Web");
  g_signal_connect (fixture->accounts, "items-changed", G_CALLBACK (on_items_changed_cb),
                    (gpointer) uuid);
  g_assert_true (put (fixture, renamed, NULL, NULL));
  g_signal_handlers_disconnect_by_func (fixture->accounts, on_items_changed_cb, (gpointer) uuid);
  assert_names (fixture, "Shop.Web.");
}

static void
test_change (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (PurgeAccount) account = purge_account_new (NULL, "Main");
  g_autoptr (PurgeAccount) copy = NULL;
  PurgeAccount *changed;

  g_assert_true (put (fixture, account, "key-1", NULL));

  /* Without a key, the key stays as it is. */
  copy = purge_account_copy (purge_accounts_find_name (fixture->accounts, "Main"));
  g_object_set (copy, "name", "Renamed", "form", PURGE_FORM_GET, "daily-quota", 300, NULL);
  g_assert_true (put (fixture, copy, NULL, NULL));
  assert_names (fixture, "Renamed.");
  assert_key (fixture, account, "key-1");

  /* With one, its serial grows. */
  g_assert_true (put (fixture, purge_accounts_find_name (fixture->accounts, "Renamed"), "key-2",
                      NULL));
  assert_key (fixture, account, "key-2");

  close_accounts (fixture);
  open_accounts (fixture);
  changed = purge_accounts_find_name (fixture->accounts, "Renamed");
  g_assert_cmpuint (purge_account_get_key_serial (changed), ==, 2);
  g_assert_cmpint (purge_account_get_form (changed), ==, PURGE_FORM_GET);
  g_assert_cmpuint (purge_account_get_daily_quota (changed), ==, 300);
}

static void
test_name_taken (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (PurgeAccount) first = purge_account_new (NULL, "Main");
  g_autoptr (PurgeAccount) second = purge_account_new (NULL, "Main");
  g_autoptr (GError) error = NULL;

  g_assert_true (put (fixture, first, "key-1", NULL));
  g_assert_false (put (fixture, second, "key-2", &error));
  g_assert_error (error, PURGE_ERROR, PURGE_ERROR_EXISTS);
  assert_names (fixture, "Main.");
  assert_key (fixture, first, "key-1");
  assert_key (fixture, second, NULL);
}

static void
test_remove (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (PurgeAccount) account = purge_account_new (NULL, "Main");
  g_autoptr (PurgeAccount) other = purge_account_new (NULL, "Other");
  g_autoptr (GError) error = NULL;

  g_assert_true (put (fixture, account, "key", NULL));
  g_assert_true (put (fixture, other, "other", NULL));
  g_assert_true (drop (fixture, account, &error));
  g_assert_no_error (error);
  assert_names (fixture, "Other.");
  assert_key (fixture, account, NULL);
  assert_key (fixture, other, "other");

  close_accounts (fixture);
  open_accounts (fixture);
  assert_names (fixture, "Other.");
}

static gboolean
has_no_key (gpointer user_data)
{
  gpointer *pair = user_data;
  g_autofree char *key = dup_key (pair[0], purge_account_get_uuid (pair[1]));

  return key == NULL;
}

/* An account that cannot be stored leaves no key behind. */
static void
test_no_database (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr (PurgeAccount) account = purge_account_new (NULL, "Main");
  gpointer pair[] = { fixture, account };
  g_autoptr (GError) error = NULL;

  purge_workspace_close (fixture->workspace);
  g_assert_false (put (fixture, account, "key", &error));
  g_assert_error (error, PURGE_ERROR, PURGE_ERROR_STORAGE);
  assert_names (fixture, "");
  await_condition (has_no_key, pair);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function) \
  g_test_add ("/accounts/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("add", test_add);
  ADD ("change", test_change);
  ADD ("change-is-one-step", test_change_is_one_step);
  ADD ("name-taken", test_name_taken);
  ADD ("remove", test_remove);
  ADD ("no-database", test_no_database);
#undef ADD

  return g_test_run ();
}
