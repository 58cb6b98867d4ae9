/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Every module code of API 2.0 on the vendor's page of errors, and every error of API 3.0 in the list
 * of its SDKs, answered on demand. */

#include "purge-simulator-v2.h"
#include "purge-simulator-v3.h"

#include <json-glib/json-glib.h>
#include <string.h>

typedef struct {
  const char *code;
  const char *words;
} Words;

/* The page of RefreshCdnDir has other words for the first than the page of errors; the second is on
 * no page, but users saw it. */
static const Words own_words[] = {
  { "9110", "没有这个域名的信息 cdn no such host" },
  { "1012", "传参错误 invalid error code" },
};

static const char *
get_words (const char *code,
           const char *words)
{
  for (gsize i = 0; i < G_N_ELEMENTS (own_words); i++)
    {
      if (g_str_equal (own_words[i].code, code))
        return own_words[i].words;
    }

  return words;
}

/* To a request that is wrong in everything else. */
static void
check_answer (const char *code,
              const char *words)
{
  PurgeSimulatorOptions options = { .fail_code = code };
  g_autoptr (PurgeSimulatorState) state = purge_simulator_state_new (&options);
  PurgeSimulatorCall call = { .method = "GET", .host = "h", .path = PURGE_SIMULATOR_V2_PATH };
  g_autoptr (PurgeSimulatorAnswer) answer = purge_simulator_v2_answer (state, &call);
  const char *desc = g_str_equal (code, "1012") ? "\"InvalidParameter\"" : code;
  g_autofree char *expected =
    g_strdup_printf ("{\"code\":4000,\"message\":\"(%s)%s\",\"codeDesc\":%s}", code,
                     get_words (code, words), desc);

  g_assert_true (purge_simulator_v2_knows_error (code));
  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_cmpstr (answer->body, ==, expected);
  g_assert_cmpint (json_node_get_int (answer->verdict), ==, 4000);
  g_assert_false (answer->executed);
}

static void
test_module_codes (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "module-codes-v2.tsv", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;
  guint n_codes = 0;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_auto (GStrv) fields = g_strsplit (lines[i], "\t", 2);

      g_test_message ("%s", fields[0]);
      check_answer (fields[0], fields[1]);
      n_codes++;
    }

  g_assert_cmpuint (n_codes, ==, 135);
  check_answer ("1012", NULL);
}

static void
test_unknown_codes (void)
{
  const char * const codes[] = { "", "0", "1", "9999", "-1", "4100x", " 4100", "404",
                                 "4294971396", "LimitExceeded" };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_test_message ("%s", codes[i]);
      g_assert_false (purge_simulator_v2_knows_error (codes[i]));
    }
}

/* To a request that is wrong in everything else. */
static void
check_v3_answer (const char *code,
                 const char *words,
                 const char *language)
{
  PurgeSimulatorOptions options = { .fail_code = code };
  g_autoptr (PurgeSimulatorState) state = purge_simulator_state_new (&options);
  g_autoptr (GHashTable) headers = g_hash_table_new (g_str_hash, g_str_equal);
  PurgeSimulatorCall call = { .method = "PUT", .host = "h", .path = PURGE_SIMULATOR_V3_PATH,
                              .headers = headers };
  g_autoptr (PurgeSimulatorAnswer) answer = NULL;
  g_autoptr (JsonNode) envelope = NULL;
  JsonObject *error;

  g_hash_table_insert (headers, (char *) "x-tc-action", (char *) "x");
  g_hash_table_insert (headers, (char *) "x-tc-language", (char *) language);
  answer = purge_simulator_v3_answer (state, &call);
  envelope = json_from_string (answer->body, NULL);
  error = json_object_get_object_member (json_node_get_object (envelope), "Response");
  error = json_object_get_object_member (error, "Error");

  g_assert_true (purge_simulator_v3_knows_error (code));
  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_cmpstr (json_object_get_string_member (error, "Code"), ==, code);
  g_assert_cmpstr (json_object_get_string_member (error, "Message"), ==, words);
  g_assert_cmpstr (json_node_get_string (answer->verdict), ==, code);
  g_assert_false (answer->executed);
}

/* Without words in English the Chinese ones are said. */
static void
check_v3_code (JsonObject *codes,
               const char *code)
{
  JsonObject *words = json_object_get_object_member (codes, code);
  const char *chinese = json_object_get_string_member (words, "zh");
  const char *english = json_object_get_string_member_with_default (words, "en", NULL);

  g_test_message ("%s", code);
  check_v3_answer (code, chinese, "zh-CN");
  check_v3_answer (code, english != NULL && *english != '\0' ? english : chinese, "en-US");
}

static void
test_v3_codes (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "error-codes-v3.json", NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GList) names = NULL;
  JsonObject *codes;

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  codes = json_node_get_object (json_parser_get_root (parser));
  g_assert_cmpuint (json_object_get_size (codes), ==, 178);

  names = json_object_get_members (codes);
  for (GList *name = names; name != NULL; name = name->next)
    check_v3_code (codes, name->data);
}

/* Those that are not the CDN's own, but every product's. */
static void
test_v3_common_codes (void)
{
  static const char * const codes[] = {
    "ActionOffline", "AuthFailure.InvalidAuthorization", "AuthFailure.InvalidSecretId",
    "AuthFailure.MFAFailure", "AuthFailure.SecretIdNotFound", "AuthFailure.SignatureExpire",
    "AuthFailure.SignatureFailure", "AuthFailure.TokenFailure",
    "AuthFailure.UnauthorizedOperation", "DryRunOperation", "FailedOperation", "InternalError",
    "InvalidAction", "InvalidParameter", "InvalidParameterValue", "InvalidRequest",
    "IpInBlacklist", "IpNotInWhitelist", "LimitExceeded", "MissingParameter", "NoSuchProduct",
    "NoSuchVersion", "RequestLimitExceeded", "RequestLimitExceeded.GlobalRegionUinLimitExceeded",
    "RequestLimitExceeded.IPLimitExceeded", "RequestLimitExceeded.UinLimitExceeded",
    "RequestSizeLimitExceeded", "ResourceInUse", "ResourceInsufficient", "ResourceNotFound",
    "ResourceUnavailable", "ResponseSizeLimitExceeded", "ServiceUnavailable",
    "UnauthorizedOperation", "UnknownParameter", "UnsupportedOperation", "UnsupportedProtocol",
    "UnsupportedRegion",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_test_message ("%s", codes[i]);
      g_assert_true (purge_simulator_v3_knows_error (codes[i]));
    }

  check_v3_answer ("AuthFailure.SignatureFailure",
                   "签名错误。签名计算错误，请对照调用方式中的签名方法文档检查签名计算过程。", NULL);
  check_v3_answer ("NoSuchVersion", "The API version does not exist.", "en-US");
  g_assert_false (purge_simulator_v3_knows_error (""));
  g_assert_false (purge_simulator_v3_knows_error ("AuthFailure."));
  g_assert_false (purge_simulator_v3_knows_error ("authfailure"));
  g_assert_false (purge_simulator_v3_knows_error ("4100"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/errors/module-codes", test_module_codes);
  g_test_add_func ("/errors/unknown-codes", test_unknown_codes);
  g_test_add_func ("/errors/v3-codes", test_v3_codes);
  g_test_add_func ("/errors/v3-common-codes", test_v3_common_codes);

  return g_test_run ();
}
