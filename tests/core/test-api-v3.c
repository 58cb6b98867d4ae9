/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#include "purge-api-v3.h"

#include <string.h>

#include "memory-scan.h"
#include "purge-error.h"

#define SECRET_ID "AKIDEXAMPLEz8krbsJ5yKBZQpn74WFkm"
#define SECRET_KEY "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE"
#define TIMESTAMP 1700000000

static PurgeCredentials *
make_credentials (const char *token)
{
  g_autoptr (PurgeSecret) key = purge_secret_new (SECRET_KEY, -1);
  g_autoptr (PurgeSecret) secret_token = token != NULL ? purge_secret_new (token, -1) : NULL;

  return purge_credentials_new (SECRET_ID, key, secret_token);
}

static PurgeApi *
make_api (PurgeApiKind  kind,
          const char   *endpoint)
{
  g_autoptr (PurgeEndpoint) parsed = endpoint != NULL ? purge_endpoint_parse (endpoint, NULL) : NULL;

  /* Form and signature are those of API 2.0. */
  return purge_api_new (kind, parsed, PURGE_FORM_GET, PURGE_SIGNATURE_HMAC_SHA1);
}

static char *
dup_body (PurgeRequest *request)
{
  GBytes *body = purge_request_get_body (request);

  return g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
}

static const char *
find_header (PurgeRequest *request,
             const char   *name)
{
  const char *value;

  for (guint i = 0; i < purge_request_get_n_headers (request); i++)
    if (strcmp (purge_request_get_header (request, i, &value), name) == 0)
      return value;

  return NULL;
}

/* The signatures were computed by another implementation (Python's hmac). */
static const char * const directories[] = {
  "http://www.test.com/a%20b/", "https://w.cn/~x_y/+&=/", NULL
};
static const char * const urls[] = {
  "http://www.test.com/1.jpg", "http://www.test.com/2.jpg?x=1&y=2", NULL
};
static const struct
{
  PurgeApiKind api;
  const char *endpoint;
  const char *token;
  PurgeKind kind;
  PurgeMode mode;
  PurgeArea area;
  const char *uri;
  const char *body;
  const char *signature;
} cases[] = {
  { PURGE_API_KIND_3_0, NULL, NULL,
    PURGE_KIND_DIRECTORY, PURGE_MODE_UPDATED, PURGE_AREA_NONE,
    "https://cdn.tencentcloudapi.com/",
    "{\"Paths\":[\"http://www.test.com/a%20b/\",\"https://w.cn/~x_y/+&=/\"]"
    ",\"FlushType\":\"flush\",\"UrlEncode\":false}",
    "bc4ed198d9f24689e4c29265db1cb00ab4a154e738aa21454da2d87079d1be16" },
  { PURGE_API_KIND_3_0, NULL, NULL,
    PURGE_KIND_DIRECTORY, PURGE_MODE_ALL, PURGE_AREA_NONE,
    "https://cdn.tencentcloudapi.com/",
    "{\"Paths\":[\"http://www.test.com/a%20b/\",\"https://w.cn/~x_y/+&=/\"]"
    ",\"FlushType\":\"delete\",\"UrlEncode\":false}",
    "c78f6a25dfab99a7c45cc92596c113ff413103bb304574fb63c97a664aea6c21" },
  { PURGE_API_KIND_3_0, NULL, "tok+en/==",
    PURGE_KIND_DIRECTORY, PURGE_MODE_UPDATED, PURGE_AREA_MAINLAND,
    "https://cdn.tencentcloudapi.com/",
    "{\"Paths\":[\"http://www.test.com/a%20b/\",\"https://w.cn/~x_y/+&=/\"]"
    ",\"FlushType\":\"flush\",\"Area\":\"mainland\",\"UrlEncode\":false}",
    "b07329cc5c5336f5d95ad7be3f1b1d2ed9736cce89433309ebc88fb1d2317b3f" },
  { PURGE_API_KIND_3_0, NULL, NULL,
    PURGE_KIND_DIRECTORY, PURGE_MODE_ALL, PURGE_AREA_OVERSEAS,
    "https://cdn.tencentcloudapi.com/",
    "{\"Paths\":[\"http://www.test.com/a%20b/\",\"https://w.cn/~x_y/+&=/\"]"
    ",\"FlushType\":\"delete\",\"Area\":\"overseas\",\"UrlEncode\":false}",
    "22e5ebb10976fb88ffbaf6ab08ee826597347d00a1a25a58eb9bd4315bcf1d19" },
  { PURGE_API_KIND_3_0_INTL, NULL, NULL,
    PURGE_KIND_DIRECTORY, PURGE_MODE_UPDATED, PURGE_AREA_NONE,
    "https://cdn.intl.tencentcloudapi.com/",
    "{\"Paths\":[\"http://www.test.com/a%20b/\",\"https://w.cn/~x_y/+&=/\"]"
    ",\"FlushType\":\"flush\",\"UrlEncode\":false}",
    "d68faba44887f7d41e0896e35bb822cd3e90f78429cd143fc246b967b1beac87" },
  { PURGE_API_KIND_3_0_INTL, NULL, "tok+en/==",
    PURGE_KIND_DIRECTORY, PURGE_MODE_ALL, PURGE_AREA_OVERSEAS,
    "https://cdn.intl.tencentcloudapi.com/",
    "{\"Paths\":[\"http://www.test.com/a%20b/\",\"https://w.cn/~x_y/+&=/\"]"
    ",\"FlushType\":\"delete\",\"Area\":\"overseas\",\"UrlEncode\":false}",
    "3a609e1a0de968fea1a188e765c1d82493c425a41e0932ddfff25ca18361308e" },
  { PURGE_API_KIND_3_0, "http://127.0.0.1:8080", NULL,
    PURGE_KIND_DIRECTORY, PURGE_MODE_UPDATED, PURGE_AREA_NONE,
    "http://127.0.0.1:8080/",
    "{\"Paths\":[\"http://www.test.com/a%20b/\",\"https://w.cn/~x_y/+&=/\"]"
    ",\"FlushType\":\"flush\",\"UrlEncode\":false}",
    "dd05f28477d9a8a4938fc11962c73ff40f1ce03f48be78720ae040c48d992dd7" },
  { PURGE_API_KIND_3_0_INTL, "https://cdn.test:8443", NULL,
    PURGE_KIND_DIRECTORY, PURGE_MODE_UPDATED, PURGE_AREA_MAINLAND,
    "https://cdn.test:8443/",
    "{\"Paths\":[\"http://www.test.com/a%20b/\",\"https://w.cn/~x_y/+&=/\"]"
    ",\"FlushType\":\"flush\",\"Area\":\"mainland\",\"UrlEncode\":false}",
    "f9a009f301d13d7630a96f03c9fb39882b6266846512f51d2b06ac49075582a6" },
  { PURGE_API_KIND_3_0, "http://[::1]:81", NULL,
    PURGE_KIND_DIRECTORY, PURGE_MODE_ALL, PURGE_AREA_NONE,
    "http://[::1]:81/",
    "{\"Paths\":[\"http://www.test.com/a%20b/\",\"https://w.cn/~x_y/+&=/\"]"
    ",\"FlushType\":\"delete\",\"UrlEncode\":false}",
    "cad6869c1085ddae5797d6c1aa0c8cf52f991a3ad05c6b5545094554a87f96d4" },
  { PURGE_API_KIND_3_0, NULL, NULL,
    PURGE_KIND_URL, PURGE_MODE_UPDATED, PURGE_AREA_NONE,
    "https://cdn.tencentcloudapi.com/",
    "{\"Urls\":[\"http://www.test.com/1.jpg\",\"http://www.test.com/2.jpg?x=1&y=2\"]"
    ",\"UrlEncode\":false}",
    "0570687c8f693d6bcd6e7a927b2d9aeb5e8b8539b14ce58bc78797006e65b8e4" },
  { PURGE_API_KIND_3_0, NULL, NULL,
    PURGE_KIND_URL, PURGE_MODE_ALL, PURGE_AREA_NONE,
    "https://cdn.tencentcloudapi.com/",
    "{\"Urls\":[\"http://www.test.com/1.jpg\",\"http://www.test.com/2.jpg?x=1&y=2\"]"
    ",\"UrlEncode\":false}",
    "0570687c8f693d6bcd6e7a927b2d9aeb5e8b8539b14ce58bc78797006e65b8e4" },
  { PURGE_API_KIND_3_0, NULL, "tok+en/==",
    PURGE_KIND_URL, PURGE_MODE_UPDATED, PURGE_AREA_MAINLAND,
    "https://cdn.tencentcloudapi.com/",
    "{\"Urls\":[\"http://www.test.com/1.jpg\",\"http://www.test.com/2.jpg?x=1&y=2\"]"
    ",\"Area\":\"mainland\",\"UrlEncode\":false}",
    "0fb0c52cfae0189cb7ef85ef86b197af67ecc45ffe0eab6b1da77ebc659787dd" },
  { PURGE_API_KIND_3_0, NULL, NULL,
    PURGE_KIND_URL, PURGE_MODE_UPDATED, PURGE_AREA_OVERSEAS,
    "https://cdn.tencentcloudapi.com/",
    "{\"Urls\":[\"http://www.test.com/1.jpg\",\"http://www.test.com/2.jpg?x=1&y=2\"]"
    ",\"Area\":\"overseas\",\"UrlEncode\":false}",
    "414fe4f89ec9afcf4683223f6fa632dff5d7b54623502e1d90d45094a50fe32e" },
  { PURGE_API_KIND_3_0_INTL, NULL, NULL,
    PURGE_KIND_URL, PURGE_MODE_UPDATED, PURGE_AREA_NONE,
    "https://cdn.intl.tencentcloudapi.com/",
    "{\"Urls\":[\"http://www.test.com/1.jpg\",\"http://www.test.com/2.jpg?x=1&y=2\"]"
    ",\"UrlEncode\":false}",
    "ef8fc4f30952eb0eb0632501ee1cd6acd9ccd0e06a0d1013473115c8f2757c07" },
  { PURGE_API_KIND_3_0_INTL, "https://cdn.test:8443", NULL,
    PURGE_KIND_URL, PURGE_MODE_ALL, PURGE_AREA_OVERSEAS,
    "https://cdn.test:8443/",
    "{\"Urls\":[\"http://www.test.com/1.jpg\",\"http://www.test.com/2.jpg?x=1&y=2\"]"
    ",\"Area\":\"overseas\",\"UrlEncode\":false}",
    "c3d07cb6980c62c6aa94794211be090c49028a21b466afe49798a856e8445622" },
};

static void
check_request (PurgeRequest *request,
               guint         index)
{
  g_autofree char *body = dup_body (request);
  g_autofree char *authorization =
    g_strconcat ("TC3-HMAC-SHA256 Credential=" SECRET_ID "/2023-11-14/cdn/tc3_request, "
                 "SignedHeaders=content-type;host;x-tc-action, Signature=",
                 cases[index].signature, NULL);

  g_assert_cmpstr (purge_request_get_method (request), ==, "POST");
  g_assert_cmpstr (purge_request_get_uri (request), ==, cases[index].uri);
  g_assert_cmpstr (purge_request_get_content_type (request), ==,
                   "application/json; charset=utf-8");
  g_assert_cmpstr (body, ==, cases[index].body);
  g_assert_cmpstr (find_header (request, "Authorization"), ==, authorization);
  g_assert_cmpstr (find_header (request, "X-TC-Action"), ==,
                   cases[index].kind == PURGE_KIND_URL ? "PurgeUrlsCache" : "PurgePathCache");
  g_assert_cmpstr (find_header (request, "X-TC-Version"), ==, "2018-06-06");
  g_assert_cmpstr (find_header (request, "X-TC-Timestamp"), ==, "1700000000");
  g_assert_cmpstr (find_header (request, "X-TC-Token"), ==, cases[index].token);
  g_assert_cmpuint (purge_request_get_n_headers (request), ==, cases[index].token != NULL ? 5 : 4);
}

static void
test_requests (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PurgeApi) api = make_api (cases[i].api, cases[i].endpoint);
      g_autoptr (PurgeCredentials) credentials = make_credentials (cases[i].token);
      PurgeCall call = {
        cases[i].kind == PURGE_KIND_URL ? urls : directories, cases[i].mode, TIMESTAMP, 0,
        cases[i].kind, cases[i].area
      };
      g_autoptr (GError) error = NULL;
      g_autoptr (PurgeRequest) request = purge_api_build_purge (api, &call, credentials, &error);
      g_autoptr (PurgeRequest) again = purge_api_build_purge (api, &call, credentials, NULL);

      g_assert_no_error (error);
      check_request (request, i);
      check_request (again, i);
    }
}

/* What Tencent's own SDKs send for two URLs overseas. */
static void
test_body_of_vector (void)
{
  g_autoptr (PurgeApi) api = make_api (PURGE_API_KIND_3_0, NULL);
  g_autoptr (PurgeCredentials) credentials = make_credentials (NULL);
  PurgeCall call = {
    urls, PURGE_MODE_UPDATED, TIMESTAMP, 0, PURGE_KIND_URL, PURGE_AREA_OVERSEAS
  };
  g_autoptr (PurgeRequest) request = purge_api_build_purge (api, &call, credentials, NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "vectors-v3.json", NULL);
  g_autofree char *body = dup_body (request);
  g_autofree char *quoted = g_strescape (body, NULL);
  g_autofree char *member = g_strdup_printf ("\"body\": \"%s\"", quoted);
  g_autofree char *vectors = NULL;

  g_assert_true (g_file_get_contents (path, &vectors, NULL, NULL));
  g_assert_nonnull (strstr (vectors, member));
}

static void
test_refusals (void)
{
  static const struct
  {
    const char *rule;
    guint n_urls;
    const char *url;
    gint64 timestamp;
  } calls[] = {
    { "nothing", 0, "http://a.cn/", TIMESTAMP },
    { "no time", 1, "http://a.cn/", 0 },
    { "a time before 1970", 1, "http://a.cn/", -1 },
    { "a time after 9999", 1, "http://a.cn/", G_GINT64_CONSTANT (253402300800) },
    { "no time at all", 1, "http://a.cn/", G_MAXINT64 },
    { "no scheme", 1, "a.cn/", TIMESTAMP },
    { "another scheme", 1, "ftp://a.cn/", TIMESTAMP },
    { "a line end", 20, "http://a.cn/\r\n", TIMESTAMP },
    { "a blank", 1, "http://a.cn/ ", TIMESTAMP },
    { "a raw character", 1, "http://a.cn/域/", TIMESTAMP },
    { "a control character", 1, "http://a.cn/\x7f", TIMESTAMP },
    { "empty", 1, "", TIMESTAMP },
  };
  static const PurgeKind kinds[] = { PURGE_KIND_DIRECTORY, PURGE_KIND_URL };
  g_autoptr (PurgeCredentials) credentials = make_credentials (NULL);
  g_autoptr (PurgeApi) api = make_api (PURGE_API_KIND_3_0, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (calls) * G_N_ELEMENTS (kinds); i++)
    {
      guint at = i / G_N_ELEMENTS (kinds);
      const char *entries[22] = { NULL };
      PurgeCall call = {
        entries, PURGE_MODE_UPDATED, calls[at].timestamp, 1, kinds[i % G_N_ELEMENTS (kinds)]
      };
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", calls[at].rule);
      for (guint j = 0; j < calls[at].n_urls; j++)
        entries[j] = calls[at].url;
      g_assert_null (purge_api_build_purge (api, &call, credentials, &error));
      g_assert_error (error, PURGE_ERROR, PURGE_ERROR_INVALID_INPUT);
      g_assert_true (g_str_has_suffix (error->message, "."));
    }
}

static GPtrArray *
make_many (guint       n_urls,
           const char *url)
{
  GPtrArray *many = g_ptr_array_new ();

  for (guint i = 0; i < n_urls; i++)
    g_ptr_array_add (many, (gpointer) url);
  g_ptr_array_add (many, NULL);

  return many;
}

/* How many is for the server to say, how long is not: 10 MB. */
static void
test_sizes (void)
{
  g_autofree char *path = g_strnfill (10000, 'x');
  g_autofree char *url = g_strconcat ("http://a.cn/", path, "/", NULL);
  g_autoptr (GPtrArray) fits = make_many (1000, url);
  g_autoptr (GPtrArray) exceeds = make_many (1100, url);
  g_autoptr (PurgeApi) api = make_api (PURGE_API_KIND_3_0, NULL);
  g_autoptr (PurgeCredentials) credentials = make_credentials (NULL);
  PurgeCall call = { (const char * const *) fits->pdata, PURGE_MODE_UPDATED, TIMESTAMP, 0 };
  g_autoptr (PurgeRequest) request = NULL;
  g_autoptr (GError) error = NULL;

  request = purge_api_build_purge (api, &call, credentials, &error);
  g_assert_no_error (error);

  call.urls = (const char * const *) exceeds->pdata;
  g_assert_null (purge_api_build_purge (api, &call, credentials, &error));
  g_assert_error (error, PURGE_ERROR, PURGE_ERROR_INVALID_INPUT);
}

static void
test_limits (void)
{
  static const struct
  {
    const char *rule;
    gboolean known;
    PurgeKind kind;
    PurgeArea area;
    guint limit;
  } limits[] = {
    { "not known: directories", FALSE, PURGE_KIND_DIRECTORY, PURGE_AREA_NONE, 20 },
    { "not known: directories of an area", FALSE, PURGE_KIND_DIRECTORY, PURGE_AREA_OVERSEAS, 20 },
    { "not known: URLs", FALSE, PURGE_KIND_URL, PURGE_AREA_NONE, 500 },
    { "mainland", TRUE, PURGE_KIND_DIRECTORY, PURGE_AREA_MAINLAND, 39 },
    { "overseas", TRUE, PURGE_KIND_DIRECTORY, PURGE_AREA_OVERSEAS, 20 },
    { "wherever: the smaller one", TRUE, PURGE_KIND_DIRECTORY, PURGE_AREA_NONE, 20 },
    { "no more than can be looked up", TRUE, PURGE_KIND_URL, PURGE_AREA_MAINLAND, 500 },
    { "an area that was not told", TRUE, PURGE_KIND_URL, PURGE_AREA_OVERSEAS, 500 },
  };
  static const PurgeQuotaRow rows[] = {
    { PURGE_KIND_DIRECTORY, PURGE_AREA_MAINLAND, 39, 100, 100 },
    { PURGE_KIND_DIRECTORY, PURGE_AREA_OVERSEAS, 20, 100, 100 },
    { PURGE_KIND_URL, PURGE_AREA_MAINLAND, 1000, 10000, 10000 },
  };
  g_autoptr (PurgeApi) api = make_api (PURGE_API_KIND_3_0_INTL, NULL);
  g_autoptr (PurgeApi) old = make_api (PURGE_API_KIND_2_0, NULL);
  g_autoptr (PurgeServerQuota) quota = purge_server_quota_new ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_true (purge_server_quota_add (quota, &rows[i]));

  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      g_test_message ("%s", limits[i].rule);
      g_assert_cmpuint (purge_api_get_batch_limit (api, limits[i].kind, limits[i].area,
                                                   limits[i].known ? quota : NULL),
                        ==, limits[i].limit);
      g_assert_cmpuint (purge_api_get_batch_limit (old, limits[i].kind, limits[i].area,
                                                   limits[i].known ? quota : NULL),
                        ==, limits[i].kind == PURGE_KIND_URL ? 1000 : 20);
    }
}

static void
test_of_account (void)
{
  static const struct { PurgeApiKind kind; const char *endpoint; const char *uri; } accounts[] = {
    { PURGE_API_KIND_3_0, NULL, "https://cdn.tencentcloudapi.com" },
    { PURGE_API_KIND_3_0_INTL, NULL, "https://cdn.intl.tencentcloudapi.com" },
    { PURGE_API_KIND_3_0, "http://127.0.0.1:8080", "http://127.0.0.1:8080" },
    { PURGE_API_KIND_3_0_INTL, "https://CDN.test:443/", "https://cdn.test" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (accounts); i++)
    {
      g_autoptr (PurgeAccount) account = purge_account_new (NULL, "a");
      g_autoptr (PurgeEndpoint) endpoint =
        accounts[i].endpoint != NULL ? purge_endpoint_parse (accounts[i].endpoint, NULL) : NULL;
      g_autoptr (PurgeApi) api = NULL;

      g_object_set (account, "api", accounts[i].kind, "endpoint", endpoint, NULL);
      api = purge_api_new_for_account (account);
      g_assert_true (PURGE_IS_API_V3 (api));
      g_assert_true (purge_api_tells_quota (api));
      g_assert_cmpstr (purge_endpoint_to_string (purge_api_get_endpoint (api)), ==,
                       accounts[i].uri);
    }
}

static void
test_answered (void)
{
  g_autoptr (PurgeApi) api = make_api (PURGE_API_KIND_3_0, NULL);
  const char *text = "{\"Response\":{\"TaskId\":\"1-a\",\"RequestId\":\"r\"}}";
  g_autoptr (GBytes) body = g_bytes_new_static (text, strlen (text));
  g_autoptr (PurgeExchange) answered = purge_exchange_new_answer (200, body);
  g_autoptr (PurgeExchange) lost =
    purge_exchange_new_failed (PURGE_EXCHANGE_LOST, PURGE_CAUSE_TIMEOUT, "detail");
  g_autoptr (PurgeOutcome) accepted = purge_api_read_purge (api, answered, 1);
  g_autoptr (PurgeOutcome) unknown = purge_api_read_purge (api, lost, 1);
  g_autoptr (PurgeServerQuota) quota = purge_api_read_quota (api, lost);

  g_assert_cmpint (accepted->event, ==, PURGE_BATCH_EVENT_ACCEPTED);
  g_assert_cmpstr (accepted->answer.task_id, ==, "1-a");
  g_assert_cmpint (unknown->event, ==, PURGE_BATCH_EVENT_LOST);
  g_assert_cmpint (quota->failure->cause, ==, PURGE_CAUSE_TIMEOUT);
}

/* While a request lives it holds the token; afterwards nothing does. */
static void
test_forgets_token (void)
{
  PurgeCall call = { directories, PURGE_MODE_UPDATED, TIMESTAMP, 0 };
  guint8 concealed[64];
  char bytes[64];
  g_autoptr (PurgeApi) api = make_api (PURGE_API_KIND_3_0, NULL);
  g_autoptr (PurgeSecret) key = purge_secret_new (SECRET_KEY, -1);
  g_autoptr (PurgeSecret) token = NULL;
  g_autoptr (PurgeCredentials) credentials = NULL;
  PurgeRequest *request;

  for (gsize i = 0; i < sizeof bytes; i++)
    {
      bytes[i] = 'a' + g_random_int_range (0, 26);
      concealed[i] = MEMORY_SCAN_CONCEAL (bytes[i]);
    }
  token = purge_secret_new (bytes, sizeof bytes);
  purge_secret_wipe (bytes, sizeof bytes);
  credentials = purge_credentials_new (SECRET_ID, key, token);

  request = purge_api_build_purge (api, &call, credentials, NULL);
  g_assert_cmpuint (memory_scan_count (concealed, sizeof concealed, purge_secret_peek (token)), >, 0);
  purge_request_unref (request);
  g_assert_cmpuint (memory_scan_count (concealed, sizeof concealed, purge_secret_peek (token)), ==,
                    0);
}

static void
test_is_finalized (void)
{
  g_assert_finalize_object (G_OBJECT (purge_api_v3_new (PURGE_API_KIND_3_0, NULL)));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/api-v3/forgets-token", test_forgets_token);
  g_test_add_func ("/api-v3/requests", test_requests);
  g_test_add_func ("/api-v3/body-of-vector", test_body_of_vector);
  g_test_add_func ("/api-v3/refusals", test_refusals);
  g_test_add_func ("/api-v3/sizes", test_sizes);
  g_test_add_func ("/api-v3/limits", test_limits);
  g_test_add_func ("/api-v3/of-account", test_of_account);
  g_test_add_func ("/api-v3/answered", test_answered);
  g_test_add_func ("/api-v3/is-finalized", test_is_finalized);

  return g_test_run ();
}
