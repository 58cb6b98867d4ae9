/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#include "purge-account-table.h"

#include "await.h"
#include "database-sync.h"
#include "purge-error.h"

static gboolean
put (PurgeDatabase  *database,
     PurgeAccount   *account,
     GError        **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  purge_account_table_put_async (database, account, NULL, await_cb, &result);
  return purge_account_table_put_finish (database, await (&result), error);
}

static gboolean
remove_uuid (PurgeDatabase  *database,
             const char     *uuid,
             GError        **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  purge_account_table_remove_async (database, uuid, NULL, await_cb, &result);
  return purge_account_table_remove_finish (database, await (&result), error);
}

static GPtrArray *
list (PurgeDatabase *database)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *accounts;

  purge_account_table_list_async (database, NULL, await_cb, &result);
  accounts = purge_account_table_list_finish (database, await (&result), &error);
  g_assert_no_error (error);
  return accounts;
}

/* @names: in order, with commas between them. */
static void
assert_names (PurgeDatabase *database,
              const char    *names)
{
  g_autoptr (GPtrArray) accounts = list (database);
  g_autoptr (GString) found = g_string_new (NULL);

  for (guint i = 0; i < accounts->len; i++)
    g_string_append_printf (found, "%s%s", i > 0 ? "," : "",
                            purge_account_get_name (g_ptr_array_index (accounts, i)));
  g_assert_cmpstr (found->str, ==, names);
}

static void
add (PurgeDatabase *database,
     const char    *uuid,
     const char    *name)
{
  g_autoptr (PurgeAccount) account = purge_account_new (uuid, name);
  g_autoptr (GError) error = NULL;

  put (database, account, &error);
  g_assert_no_error (error);
}

static void
test_keeps_everything (void)
{
  g_autoptr (PurgeDatabase) database = database_sync_new (":memory:");
  const struct {
    const char           *endpoint;
    PurgeForm             form;
    PurgeSignatureMethod  signature;
    guint                 quota;
    guint                 serial;
    PurgeApiKind          api;
  } cases[] = {
    { NULL, PURGE_FORM_POST, PURGE_SIGNATURE_HMAC_SHA256, 100, 0, PURGE_API_KIND_2_0 },
    { "https://cdn.example.com", PURGE_FORM_MULTIPART, PURGE_SIGNATURE_HMAC_SHA1, 1, 1,
      PURGE_API_KIND_3_0 },
    { "http://127.0.0.1:8080", PURGE_FORM_GET, PURGE_SIGNATURE_HMAC_SHA256, G_MAXINT, G_MAXINT,
      PURGE_API_KIND_3_0_INTL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PurgeEndpoint) endpoint =
        cases[i].endpoint != NULL ? purge_endpoint_parse (cases[i].endpoint, NULL) : NULL;
      g_autoptr (PurgeAccount) account = purge_account_new ("uuid", "博客’s “shop”");
      g_autoptr (GPtrArray) accounts = NULL;
      PurgeAccount *found;

      g_object_set (account, "endpoint", endpoint, "form", cases[i].form,
                    "signature", cases[i].signature, "daily-quota", cases[i].quota,
                    "key-serial", cases[i].serial, "api", cases[i].api, NULL);
      g_assert_true (put (database, account, NULL));

      accounts = list (database);
      g_assert_cmpuint (accounts->len, ==, 1);
      found = g_ptr_array_index (accounts, 0);
      g_assert_cmpstr (purge_account_get_uuid (found), ==, "uuid");
      g_assert_cmpstr (purge_account_get_name (found), ==, "博客’s “shop”");
      g_assert_cmpint (purge_account_get_api (found), ==, cases[i].api);
      g_assert_cmpint (purge_account_get_form (found), ==, cases[i].form);
      g_assert_cmpint (purge_account_get_signature (found), ==, cases[i].signature);
      g_assert_cmpuint (purge_account_get_daily_quota (found), ==, cases[i].quota);
      g_assert_cmpuint (purge_account_get_key_serial (found), ==, cases[i].serial);
      g_assert_true ((purge_account_get_endpoint (found) == NULL) == (endpoint == NULL));
      if (endpoint != NULL)
        g_assert_true (purge_endpoint_equal (purge_account_get_endpoint (found), endpoint));
    }
}

static void
test_orders_by_name (void)
{
  g_autoptr (PurgeDatabase) database = database_sync_new (":memory:");

  assert_names (database, "");
  add (database, "1", "shop");
  add (database, "2", "Blog");
  add (database, "3", "archive");
  add (database, "4", "SHOP");
  assert_names (database, "archive,Blog,SHOP,shop");
}

static void
test_keeps_names_apart (void)
{
  g_autoptr (PurgeDatabase) database = database_sync_new (":memory:");
  g_autoptr (PurgeAccount) new_one = purge_account_new ("3", "shop");
  g_autoptr (PurgeAccount) renamed = purge_account_new ("2", "shop");
  g_autoptr (PurgeAccount) same = purge_account_new ("1", "shop");
  PurgeAccount *refused[] = { new_one, renamed };

  add (database, "1", "shop");
  add (database, "2", "blog");
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (put (database, refused[i], &error));
      g_assert_error (error, PURGE_ERROR, PURGE_ERROR_EXISTS);
      g_assert_nonnull (g_strstr_len (error->message, -1, "shop"));
      assert_names (database, "blog,shop");
    }

  g_assert_true (put (database, same, NULL));
  add (database, "2", "weblog");
  assert_names (database, "shop,weblog");
}

/* What is stored is what the account was when it was given. */
static void
test_takes_a_copy (void)
{
  g_autoptr (PurgeDatabase) database = database_sync_new (":memory:");
  g_autoptr (PurgeAccount) account = purge_account_new ("1", "shop");
  g_autoptr (GAsyncResult) result = NULL;

  purge_account_table_put_async (database, account, NULL, await_cb, &result);
  g_object_set (account, "name", "changed", NULL);
  g_assert_true (purge_account_table_put_finish (database, await (&result), NULL));
  assert_names (database, "shop");
}

static void
test_removes (void)
{
  g_autoptr (PurgeDatabase) database = database_sync_new (":memory:");
  g_autoptr (GError) error = NULL;

  add (database, "1", "shop");
  add (database, "2", "blog");
  g_assert_true (remove_uuid (database, "1", NULL));
  assert_names (database, "blog");
  g_assert_false (remove_uuid (database, "1", &error));
  g_assert_error (error, PURGE_ERROR, PURGE_ERROR_NOT_FOUND);
  add (database, "1", "shop");
  assert_names (database, "blog,shop");
}

/* @data is what an UPDATE sets. */
static gboolean
damage (PurgeSql  *sql,
        gpointer   data,
        GError   **error)
{
  g_autofree char *text = g_strdup_printf ("UPDATE account SET %s", (const char *) data);

  return purge_sql_run (sql, text, error, PURGE_SQL_NO_VALUES);
}

static void
test_refuses_what_means_nothing (void)
{
  const char *damages[] = {
    "api = '9.9'", "form = ''", "signature = 'MD5'", "endpoint = 'http://evil.example/'",
  };

  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autoptr (PurgeDatabase) database = database_sync_new (":memory:");
      g_autoptr (GAsyncResult) listed = NULL;
      g_autoptr (GError) error = NULL;

      add (database, "1", "shop");
      g_assert_true (database_sync_run (database, PURGE_SQL_WRITE, damage, (gpointer) damages[i],
                                        NULL));
      purge_account_table_list_async (database, NULL, await_cb, &listed);
      g_assert_null (purge_account_table_list_finish (database, await (&listed), &error));
      g_assert_error (error, PURGE_ERROR, PURGE_ERROR_STORAGE_DAMAGED);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/account-table/keeps-everything", test_keeps_everything);
  g_test_add_func ("/account-table/orders-by-name", test_orders_by_name);
  g_test_add_func ("/account-table/keeps-names-apart", test_keeps_names_apart);
  g_test_add_func ("/account-table/takes-a-copy", test_takes_a_copy);
  g_test_add_func ("/account-table/removes", test_removes);
  g_test_add_func ("/account-table/refuses-what-means-nothing", test_refuses_what_means_nothing);

  return g_test_run ();
}
