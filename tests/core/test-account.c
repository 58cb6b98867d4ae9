/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#include "purge-account.h"

#include <string.h>

#include <gio/gio.h>

#include "purge-error.h"

static void
on_notify_cb (GObject    *object,
              GParamSpec *pspec,
              gpointer    user_data)
{
  GString *notified = user_data;

  g_string_append_printf (notified, "%s ", pspec->name);
}

static void
test_defaults (void)
{
  g_autoptr (PurgeAccount) account = purge_account_new (NULL, "Main");
  g_autoptr (PurgeAccount) other = purge_account_new (NULL, "Main");
  g_autoptr (PurgeAccount) known = purge_account_new ("a-uuid", "Main");

  g_assert_true (g_uuid_string_is_valid (purge_account_get_uuid (account)));
  g_assert_cmpstr (purge_account_get_uuid (account), !=, purge_account_get_uuid (other));
  g_assert_cmpstr (purge_account_get_uuid (known), ==, "a-uuid");
  g_assert_cmpstr (purge_account_get_name (account), ==, "Main");
  g_assert_cmpint (purge_account_get_api (account), ==, PURGE_API_KIND_2_0);
  g_assert_cmpint (purge_account_get_form (account), ==, PURGE_FORM_POST);
  g_assert_cmpint (purge_account_get_signature (account), ==, PURGE_SIGNATURE_HMAC_SHA256);
  g_assert_null (purge_account_get_endpoint (account));
  g_assert_cmpuint (purge_account_get_daily_quota (account), ==, 100);
  g_assert_cmpuint (purge_account_get_key_serial (account), ==, 0);
}

static void
test_notifies_on_change (void)
{
  g_autoptr (PurgeAccount) account = purge_account_new (NULL, "Main");
  g_autoptr (PurgeEndpoint) endpoint = purge_endpoint_parse ("https://cdn.test", NULL);
  g_autoptr (PurgeEndpoint) equal = purge_endpoint_parse ("https://cdn.test", NULL);
  g_autoptr (GString) notified = g_string_new (NULL);

  g_signal_connect (account, "notify", G_CALLBACK (on_notify_cb), notified);
  g_object_set (account, "name", "Main", "form", PURGE_FORM_POST, "endpoint", NULL,
                "daily-quota", 100, "key-serial", 0, NULL);
  g_assert_cmpstr (notified->str, ==, "");

  /* One by one: what is set together is notified in an order of GObject's own. */
  g_object_set (account, "name", "Other", NULL);
  g_object_set (account, "form", PURGE_FORM_GET, NULL);
  g_object_set (account, "signature", PURGE_SIGNATURE_HMAC_SHA1, NULL);
  g_object_set (account, "endpoint", endpoint, NULL);
  g_object_set (account, "daily-quota", 200, NULL);
  g_object_set (account, "key-serial", 1, NULL);
  g_assert_cmpstr (notified->str, ==,
                   "name form signature endpoint daily-quota key-serial ");

  g_string_truncate (notified, 0);
  g_object_set (account, "name", "Other", "form", PURGE_FORM_GET,
                "signature", PURGE_SIGNATURE_HMAC_SHA1, "endpoint", equal,
                "daily-quota", 200, "key-serial", 1, NULL);
  g_assert_cmpstr (notified->str, ==, "");

  g_object_set (account, "endpoint", NULL, NULL);
  g_assert_cmpstr (notified->str, ==, "endpoint ");
}

static void
test_properties (void)
{
  g_autoptr (PurgeAccount) account = purge_account_new ("u", "Main");
  g_autoptr (PurgeEndpoint) endpoint = purge_endpoint_parse ("https://cdn.test", NULL);
  g_autoptr (PurgeEndpoint) read_endpoint = NULL;
  g_autofree char *uuid = NULL;
  g_autofree char *name = NULL;
  PurgeApiKind api;
  PurgeForm form;
  PurgeSignatureMethod signature;
  guint daily_quota;
  guint key_serial;

  g_object_set (account, "form", PURGE_FORM_MULTIPART, "signature", PURGE_SIGNATURE_HMAC_SHA1,
                "endpoint", endpoint, "daily-quota", 7, "key-serial", 3, NULL);
  g_object_get (account, "uuid", &uuid, "name", &name, "api", &api, "form", &form,
                "signature", &signature, "endpoint", &read_endpoint, "daily-quota", &daily_quota,
                "key-serial", &key_serial, NULL);
  g_assert_cmpstr (uuid, ==, purge_account_get_uuid (account));
  g_assert_cmpstr (name, ==, purge_account_get_name (account));
  g_assert_cmpint (api, ==, purge_account_get_api (account));
  g_assert_cmpint (form, ==, purge_account_get_form (account));
  g_assert_cmpint (signature, ==, purge_account_get_signature (account));
  g_assert_true (purge_endpoint_equal (read_endpoint, purge_account_get_endpoint (account)));
  g_assert_cmpuint (daily_quota, ==, purge_account_get_daily_quota (account));
  g_assert_cmpuint (key_serial, ==, purge_account_get_key_serial (account));
}

static void
test_copy (void)
{
  g_autoptr (PurgeEndpoint) endpoint = purge_endpoint_parse ("https://cdn.test", NULL);
  g_autoptr (PurgeAccount) account = purge_account_new (NULL, "Main");
  g_autoptr (PurgeAccount) copy = NULL;

  g_object_set (account, "form", PURGE_FORM_GET, "signature", PURGE_SIGNATURE_HMAC_SHA1,
                "endpoint", endpoint, "daily-quota", 7, "key-serial", 3, NULL);
  copy = purge_account_copy (account);
  g_object_set (account, "name", "Changed", "endpoint", NULL, NULL);

  g_assert_cmpstr (purge_account_get_uuid (copy), ==, purge_account_get_uuid (account));
  g_assert_cmpstr (purge_account_get_name (copy), ==, "Main");
  g_assert_cmpint (purge_account_get_form (copy), ==, PURGE_FORM_GET);
  g_assert_cmpint (purge_account_get_signature (copy), ==, PURGE_SIGNATURE_HMAC_SHA1);
  g_assert_true (purge_endpoint_equal (purge_account_get_endpoint (copy), endpoint));
  g_assert_cmpuint (purge_account_get_daily_quota (copy), ==, 7);
  g_assert_cmpuint (purge_account_get_key_serial (copy), ==, 3);
}

/* The names that journal, command line and wire use: they never change. */
static void
test_names_of_kinds (void)
{
  static const struct
  {
    const char *name;
    int value;
  } methods[] = {
    { "HmacSHA256", PURGE_SIGNATURE_HMAC_SHA256 },
    { "HmacSHA1", PURGE_SIGNATURE_HMAC_SHA1 },
  };
  GEnumClass *apis = g_type_class_ref (PURGE_TYPE_API_KIND);
  GEnumClass *forms = g_type_class_ref (PURGE_TYPE_FORM);
  GEnumClass *signatures = g_type_class_ref (PURGE_TYPE_SIGNATURE_METHOD);

  g_assert_cmpstr (g_enum_get_value (apis, PURGE_API_KIND_2_0)->value_nick, ==, "2.0");
  g_assert_cmpstr (g_enum_get_value (apis, PURGE_API_KIND_3_0)->value_nick, ==, "3.0");
  g_assert_cmpstr (g_enum_get_value (apis, PURGE_API_KIND_3_0_INTL)->value_nick, ==, "3.0-intl");
  g_assert_true (purge_api_kind_has_forms (PURGE_API_KIND_2_0));
  g_assert_false (purge_api_kind_has_forms (PURGE_API_KIND_3_0));
  g_assert_false (purge_api_kind_has_forms (PURGE_API_KIND_3_0_INTL));
  g_assert_cmpstr (g_enum_get_value (forms, PURGE_FORM_POST)->value_nick, ==, "post");
  g_assert_cmpstr (g_enum_get_value (forms, PURGE_FORM_MULTIPART)->value_nick, ==, "multipart");
  g_assert_cmpstr (g_enum_get_value (forms, PURGE_FORM_GET)->value_nick, ==, "get");
  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    g_assert_cmpstr (g_enum_get_value (signatures, methods[i].value)->value_nick, ==,
                     methods[i].name);

  g_type_class_unref (apis);
  g_type_class_unref (forms);
  g_type_class_unref (signatures);
}

static void
test_clean_name (void)
{
  g_autofree char *longest = g_strnfill (80, 'x');
  g_autofree char *too_long = g_strnfill (81, 'x');
  const struct
  {
    const char *rule;
    const char *typed;
    const char *name;
  } cases[] = {
    { "a name", "Main", "Main" },
    { "blanks around", " \tMain site\n", "Main site" },
    { "another script", "主站 – ü", "主站 – ü" },
    { "markup is only text", "<b>&amp;", "<b>&amp;" },
    { "the longest", longest, longest },
    { "too long", too_long, NULL },
    { "nothing", "", NULL },
    { "blanks only", " \t\n ", NULL },
    { "a line end inside", "Ma\nin", NULL },
    { "a control character", "Ma\x1bin", NULL },
    { "a bidi override", "Ma\xe2\x80\xae" "in", NULL },
    { "a zero-width space", "Ma\xe2\x80\x8b" "in", NULL },
    { "invalid UTF-8", "Ma\xff", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *name = purge_account_clean_name (cases[i].typed, &error);

      g_test_message ("%s", cases[i].rule);
      g_assert_cmpstr (name, ==, cases[i].name);
      if (cases[i].name == NULL)
        {
          g_assert_error (error, PURGE_ERROR, PURGE_ERROR_INVALID_INPUT);
          g_assert_true (g_str_has_suffix (error->message, "."));
        }
      else
        g_assert_no_error (error);
    }
}

static void
test_is_finalized (void)
{
  PurgeAccount *account = purge_account_new (NULL, "Main");

  g_assert_finalize_object (G_OBJECT (account));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/account/defaults", test_defaults);
  g_test_add_func ("/account/notifies-on-change", test_notifies_on_change);
  g_test_add_func ("/account/properties", test_properties);
  g_test_add_func ("/account/copy", test_copy);
  g_test_add_func ("/account/names-of-kinds", test_names_of_kinds);
  g_test_add_func ("/account/clean-name", test_clean_name);
  g_test_add_func ("/account/is-finalized", test_is_finalized);

  return g_test_run ();
}
