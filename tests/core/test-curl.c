/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#include "purge-curl.h"

#include <string.h>

#include "purge-error.h"

/* If the command could be made of anything secret, it would be of these. */
#define CANARY_TIME 1987654321
#define CANARY_NONCE 4123456789u

static PurgeApi *
make_api (PurgeApiKind kind,
          const char  *endpoint,
          PurgeForm    form)
{
  g_autoptr (PurgeEndpoint) parsed = endpoint != NULL ? purge_endpoint_parse (endpoint, NULL) : NULL;

  return purge_api_new (kind, parsed, form, PURGE_SIGNATURE_HMAC_SHA256);
}

/* An apostrophe, and all that a shell obeys. */
static const char * const directories[] = {
  "https://www.example.com/it's/$HOME/`id`/!!/", "http://w.cn/a%20b&c=d+e/\"\\;*?~/", NULL
};
static const char * const urls[] = { "https://www.example.com/1.jpg?x=@1&y=$(id)", NULL };

#define DIRECTORY_1 "'dirs.0=https://www.example.com/it'\\''s/$HOME/`id`/!!/'"
#define DIRECTORY_2 "'dirs.1=http://w.cn/a%20b&c=d+e/\"\\;*?~/'"

static const struct
{
  PurgeApiKind  api;
  const char   *endpoint;
  PurgeForm     form;
  PurgeKind     kind;
  PurgeMode     mode;
  PurgeArea     area;
  const char   *command;
} cases[] = {
  { PURGE_API_KIND_2_0, NULL, PURGE_FORM_POST,
    PURGE_KIND_DIRECTORY, PURGE_MODE_UPDATED, PURGE_AREA_NONE,
    "curl 'https://cdn.api.qcloud.com/v2/index.php' \\\n"
    "  --data-urlencode 'Action=RefreshCdnDir' \\\n"
    "  --data-urlencode \"Nonce=$NONCE\" \\\n"
    "  --data-urlencode \"SecretId=$SECRET_ID\" \\\n"
    "  --data-urlencode 'SignatureMethod=HmacSHA256' \\\n"
    "  --data-urlencode \"Timestamp=$TIMESTAMP\" \\\n"
    "  ${TOKEN:+--data-urlencode} ${TOKEN:+\"Token=$TOKEN\"} \\\n"
    "  --data-urlencode " DIRECTORY_1 " \\\n"
    "  --data-urlencode " DIRECTORY_2 " \\\n"
    "  --data-urlencode 'type=1' \\\n"
    "  --data-urlencode \"Signature=$SIGNATURE\"" },
  { PURGE_API_KIND_2_0, "http://127.0.0.1:8080", PURGE_FORM_GET,
    PURGE_KIND_DIRECTORY, PURGE_MODE_ALL, PURGE_AREA_NONE,
    "curl --get 'http://127.0.0.1:8080/v2/index.php' \\\n"
    "  --data-urlencode 'Action=RefreshCdnDir' \\\n"
    "  --data-urlencode \"Nonce=$NONCE\" \\\n"
    "  --data-urlencode \"SecretId=$SECRET_ID\" \\\n"
    "  --data-urlencode 'SignatureMethod=HmacSHA256' \\\n"
    "  --data-urlencode \"Timestamp=$TIMESTAMP\" \\\n"
    "  ${TOKEN:+--data-urlencode} ${TOKEN:+\"Token=$TOKEN\"} \\\n"
    "  --data-urlencode " DIRECTORY_1 " \\\n"
    "  --data-urlencode " DIRECTORY_2 " \\\n"
    "  --data-urlencode 'type=2' \\\n"
    "  --data-urlencode \"Signature=$SIGNATURE\"" },
  { PURGE_API_KIND_2_0, NULL, PURGE_FORM_MULTIPART,
    PURGE_KIND_URL, PURGE_MODE_UPDATED, PURGE_AREA_NONE,
    "curl 'https://cdn.api.qcloud.com/v2/index.php' \\\n"
    "  --form-string 'Action=RefreshCdnUrl' \\\n"
    "  --form-string \"Nonce=$NONCE\" \\\n"
    "  --form-string \"SecretId=$SECRET_ID\" \\\n"
    "  --form-string 'SignatureMethod=HmacSHA256' \\\n"
    "  --form-string \"Timestamp=$TIMESTAMP\" \\\n"
    "  ${TOKEN:+--form-string} ${TOKEN:+\"Token=$TOKEN\"} \\\n"
    "  --form-string 'urls.0=https://www.example.com/1.jpg?x=@1&y=$(id)' \\\n"
    "  --form-string \"Signature=$SIGNATURE\"" },
  { PURGE_API_KIND_3_0, NULL, PURGE_FORM_POST,
    PURGE_KIND_DIRECTORY, PURGE_MODE_ALL, PURGE_AREA_OVERSEAS,
    "curl 'https://cdn.tencentcloudapi.com/' \\\n"
    "  --header 'Content-Type: application/json; charset=utf-8' \\\n"
    "  --header \"Authorization: TC3-HMAC-SHA256 Credential=$SECRET_ID/$DATE/cdn/tc3_request, "
    "SignedHeaders=content-type;host;x-tc-action, Signature=$SIGNATURE\" \\\n"
    "  --header 'X-TC-Action: PurgePathCache' \\\n"
    "  --header 'X-TC-Version: 2018-06-06' \\\n"
    "  --header \"X-TC-Timestamp: $TIMESTAMP\" \\\n"
    "  ${TOKEN:+--header} ${TOKEN:+\"X-TC-Token: $TOKEN\"} \\\n"
    "  --data-raw '{\"Paths\":[\"https://www.example.com/it'\\''s/$HOME/`id`/!!/\","
    "\"http://w.cn/a%20b&c=d+e/\\\"\\\\;*?~/\"],\"FlushType\":\"delete\",\"Area\":\"overseas\","
    "\"UrlEncode\":false}'" },
  { PURGE_API_KIND_3_0_INTL, "https://cdn.test:8443", PURGE_FORM_POST,
    PURGE_KIND_URL, PURGE_MODE_UPDATED, PURGE_AREA_NONE,
    "curl 'https://cdn.test:8443/' \\\n"
    "  --header 'Content-Type: application/json; charset=utf-8' \\\n"
    "  --header \"Authorization: TC3-HMAC-SHA256 Credential=$SECRET_ID/$DATE/cdn/tc3_request, "
    "SignedHeaders=content-type;host;x-tc-action, Signature=$SIGNATURE\" \\\n"
    "  --header 'X-TC-Action: PurgeUrlsCache' \\\n"
    "  --header 'X-TC-Version: 2018-06-06' \\\n"
    "  --header \"X-TC-Timestamp: $TIMESTAMP\" \\\n"
    "  ${TOKEN:+--header} ${TOKEN:+\"X-TC-Token: $TOKEN\"} \\\n"
    "  --data-raw '{\"Urls\":[\"https://www.example.com/1.jpg?x=@1&y=$(id)\"],"
    "\"UrlEncode\":false}'" },
};

static PurgeCall
make_call (gsize index)
{
  return (PurgeCall) {
    .urls = cases[index].kind == PURGE_KIND_URL ? urls : directories,
    .mode = cases[index].mode,
    .timestamp = CANARY_TIME,
    .nonce = CANARY_NONCE,
    .kind = cases[index].kind,
    .area = cases[index].area,
  };
}

static void
test_commands (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PurgeApi) api = make_api (cases[i].api, cases[i].endpoint, cases[i].form);
      g_autoptr (GError) error = NULL;
      PurgeCall call = make_call (i);
      g_autofree char *command = purge_curl_dup_command (api, &call, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (command, ==, cases[i].command);
    }
}

/* The signature of the stand-in opens nothing, but would be taken for one; and what was sent once, with
 * its time and its nonce, may be sent again. */
static void
test_nothing_usable (void)
{
  g_autofree char *time = g_strdup_printf ("%u", CANARY_TIME);
  g_autofree char *nonce = g_strdup_printf ("%u", CANARY_NONCE);
  g_autoptr (GRegex) signature = g_regex_new ("[0-9a-f]{64}|[A-Za-z0-9+/]{27,43}=|%3D", 0, 0, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PurgeApi) api = make_api (cases[i].api, cases[i].endpoint, cases[i].form);
      PurgeCall call = make_call (i);
      g_autofree char *command = purge_curl_dup_command (api, &call, NULL);

      g_assert_null (strstr (command, time));
      g_assert_null (strstr (command, nonce));
      g_assert_null (strstr (command, "1970"));
      g_assert_false (g_regex_match (signature, command, 0, NULL));
    }
}

/* A directory that looks like a variable or a parameter is a directory. */
static void
test_names_in_directories (void)
{
  const char *tricky[] = { "https://a.example/$TOKEN/Signature=1&Nonce=2/", NULL };
  const PurgeForm forms[] = { PURGE_FORM_POST, PURGE_FORM_MULTIPART, PURGE_FORM_GET };
  PurgeCall call = { .urls = tricky };

  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autoptr (PurgeApi) api = make_api (PURGE_API_KIND_2_0, NULL, forms[i]);
      g_autofree char *command = purge_curl_dup_command (api, &call, NULL);

      g_assert_nonnull (strstr (command,
                                "'dirs.0=https://a.example/$TOKEN/Signature=1&Nonce=2/' \\\n"));
    }
}

static void
test_refused (void)
{
  const char *none[] = { NULL };
  g_autoptr (PurgeApi) api = make_api (PURGE_API_KIND_2_0, NULL, PURGE_FORM_POST);
  g_autoptr (GError) error = NULL;
  PurgeCall call = { .urls = none };

  g_assert_null (purge_curl_dup_command (api, &call, &error));
  g_assert_error (error, PURGE_ERROR, PURGE_ERROR_INVALID_INPUT);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/curl/commands", test_commands);
  g_test_add_func ("/curl/nothing-usable", test_nothing_usable);
  g_test_add_func ("/curl/names-in-directories", test_names_in_directories);
  g_test_add_func ("/curl/refused", test_refused);

  return g_test_run ();
}
