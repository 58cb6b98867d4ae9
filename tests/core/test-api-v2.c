/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#include "purge-api-v2.h"

#include <string.h>

#include <gio/gio.h>

#include "memory-scan.h"
#include "purge-error.h"

#define SECRET_ID "AKIDEXAMPLEz8krbsJ5yKBZQpn74WFkm"
#define SECRET_KEY "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE"
#define TIMESTAMP 1462865178
#define NONCE 279749933

static PurgeCredentials *
make_credentials (const char *token)
{
  g_autoptr (PurgeSecret) key = purge_secret_new (SECRET_KEY, -1);
  g_autoptr (PurgeSecret) secret_token = token != NULL ? purge_secret_new (token, -1) : NULL;

  return purge_credentials_new (SECRET_ID, key, secret_token);
}

static PurgeRequest *
build (PurgeForm              form,
       PurgeSignatureMethod   signature,
       const char            *endpoint,
       const char            *token,
       PurgeMode              mode,
       const char * const    *urls,
       GError               **error)
{
  g_autoptr (PurgeEndpoint) parsed =
    purge_endpoint_parse (endpoint != NULL ? endpoint : "https://cdn.api.qcloud.com", NULL);
  g_autoptr (PurgeApi) api = purge_api_v2_new (endpoint != NULL ? parsed : NULL, form, signature);
  g_autoptr (PurgeCredentials) credentials = make_credentials (token);
  PurgeCall call = { urls, mode, TIMESTAMP, NONCE };

  return purge_api_build_purge (api, &call, credentials, error);
}

static char *
dup_body (PurgeRequest *request)
{
  GBytes *body = purge_request_get_body (request);

  return body != NULL ? g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body)) : NULL;
}

/* The bytes of every form, computed by another implementation (Python's hmac and urllib). */
static const char * const form_urls[] = {
  "http://www.test.com/a%20b/", "https://w.cn/~x_y/+&=/", NULL
};
static const struct
{
  PurgeForm form;
  PurgeSignatureMethod signature;
  const char *endpoint;
  const char *token;
  PurgeMode mode;
  const char *method;
  const char *uri;
  const char *content_type;
  const char *body;
} form_cases[] = {
  { PURGE_FORM_POST, PURGE_SIGNATURE_HMAC_SHA256,
    NULL, NULL, PURGE_MODE_UPDATED, "POST",
    "https://cdn.api.qcloud.com/v2/index.php",
    "application/x-www-form-urlencoded",
    "Action=RefreshCdnDir&"
    "Nonce=279749933&"
    "SecretId=AKIDEXAMPLEz8krbsJ5yKBZQpn74WFkm&"
    "SignatureMethod=HmacSHA256&"
    "Timestamp=1462865178&"
    "dirs.0=http%3A%2F%2Fwww.test.com%2Fa%2520b%2F&"
    "dirs.1=https%3A%2F%2Fw.cn%2F~x_y%2F%2B%26%3D%2F&"
    "type=1&"
    "Signature=9vo76SfuUpGLhOdffqag0MnHNRnJ89z7BgwIzFilhpM%3D" },
  { PURGE_FORM_POST, PURGE_SIGNATURE_HMAC_SHA1,
    "http://127.0.0.1:8080", "tok+en/==", PURGE_MODE_ALL, "POST",
    "http://127.0.0.1:8080/v2/index.php",
    "application/x-www-form-urlencoded",
    "Action=RefreshCdnDir&"
    "Nonce=279749933&"
    "SecretId=AKIDEXAMPLEz8krbsJ5yKBZQpn74WFkm&"
    "SignatureMethod=HmacSHA1&"
    "Timestamp=1462865178&"
    "Token=tok%2Ben%2F%3D%3D&"
    "dirs.0=http%3A%2F%2Fwww.test.com%2Fa%2520b%2F&"
    "dirs.1=https%3A%2F%2Fw.cn%2F~x_y%2F%2B%26%3D%2F&"
    "type=2&"
    "Signature=Kg4ohD6Y9Xb1ExmLBf3itQV9vNc%3D" },
  { PURGE_FORM_GET, PURGE_SIGNATURE_HMAC_SHA256,
    NULL, "tok+en/==", PURGE_MODE_UPDATED, "GET",
    "https://cdn.api.qcloud.com/v2/index.php?"
    "Action=RefreshCdnDir&"
    "Nonce=279749933&"
    "SecretId=AKIDEXAMPLEz8krbsJ5yKBZQpn74WFkm&"
    "SignatureMethod=HmacSHA256&"
    "Timestamp=1462865178&"
    "Token=tok%2Ben%2F%3D%3D&"
    "dirs.0=http%3A%2F%2Fwww.test.com%2Fa%2520b%2F&"
    "dirs.1=https%3A%2F%2Fw.cn%2F~x_y%2F%2B%26%3D%2F&"
    "type=1&"
    "Signature=Lkio%2B7fn0eE6nElnvEyIMM%2BJKsZ9A%2F9WtMleO25BKZ0%3D",
    NULL,
    NULL },
  { PURGE_FORM_GET, PURGE_SIGNATURE_HMAC_SHA1,
    "https://cdn.test:8443", NULL, PURGE_MODE_ALL, "GET",
    "https://cdn.test:8443/v2/index.php?"
    "Action=RefreshCdnDir&"
    "Nonce=279749933&"
    "SecretId=AKIDEXAMPLEz8krbsJ5yKBZQpn74WFkm&"
    "SignatureMethod=HmacSHA1&"
    "Timestamp=1462865178&"
    "dirs.0=http%3A%2F%2Fwww.test.com%2Fa%2520b%2F&"
    "dirs.1=https%3A%2F%2Fw.cn%2F~x_y%2F%2B%26%3D%2F&"
    "type=2&"
    "Signature=BKQO%2FwRcWwYHkxLcDraSaEyhNbI%3D",
    NULL,
    NULL },
  { PURGE_FORM_MULTIPART, PURGE_SIGNATURE_HMAC_SHA256,
    NULL, "tok+en/==", PURGE_MODE_ALL, "POST",
    "https://cdn.api.qcloud.com/v2/index.php",
    "multipart/form-data; boundary=cdn-purge-279749933",
    "--cdn-purge-279749933\r\nContent-Disposition: form-data; name=\"Action\"\r\n\r\n"
    "RefreshCdnDir\r\n"
    "--cdn-purge-279749933\r\nContent-Disposition: form-data; name=\"Nonce\"\r\n\r\n"
    "279749933\r\n"
    "--cdn-purge-279749933\r\nContent-Disposition: form-data; name=\"SecretId\"\r\n\r\n"
    "AKIDEXAMPLEz8krbsJ5yKBZQpn74WFkm\r\n"
    "--cdn-purge-279749933\r\nContent-Disposition: form-data; name=\"SignatureMethod\"\r\n\r\n"
    "HmacSHA256\r\n"
    "--cdn-purge-279749933\r\nContent-Disposition: form-data; name=\"Timestamp\"\r\n\r\n"
    "1462865178\r\n"
    "--cdn-purge-279749933\r\nContent-Disposition: form-data; name=\"Token\"\r\n\r\n"
    "tok+en/==\r\n"
    "--cdn-purge-279749933\r\nContent-Disposition: form-data; name=\"dirs.0\"\r\n\r\n"
    "http://www.test.com/a%20b/\r\n"
    "--cdn-purge-279749933\r\nContent-Disposition: form-data; name=\"dirs.1\"\r\n\r\n"
    "https://w.cn/~x_y/+&=/\r\n"
    "--cdn-purge-279749933\r\nContent-Disposition: form-data; name=\"type\"\r\n\r\n"
    "2\r\n"
    "--cdn-purge-279749933\r\nContent-Disposition: form-data; name=\"Signature\"\r\n\r\n"
    "8oZL/5uCkTJPL6XDGmUgxA6dEDENujMP6+iPPxp7Fu8=\r\n"
    "--cdn-purge-279749933--\r\n" },
  { PURGE_FORM_MULTIPART, PURGE_SIGNATURE_HMAC_SHA1,
    "http://[::1]:81", NULL, PURGE_MODE_UPDATED, "POST",
    "http://[::1]:81/v2/index.php",
    "multipart/form-data; boundary=cdn-purge-279749933",
    "--cdn-purge-279749933\r\nContent-Disposition: form-data; name=\"Action\"\r\n\r\n"
    "RefreshCdnDir\r\n"
    "--cdn-purge-279749933\r\nContent-Disposition: form-data; name=\"Nonce\"\r\n\r\n"
    "279749933\r\n"
    "--cdn-purge-279749933\r\nContent-Disposition: form-data; name=\"SecretId\"\r\n\r\n"
    "AKIDEXAMPLEz8krbsJ5yKBZQpn74WFkm\r\n"
    "--cdn-purge-279749933\r\nContent-Disposition: form-data; name=\"SignatureMethod\"\r\n\r\n"
    "HmacSHA1\r\n"
    "--cdn-purge-279749933\r\nContent-Disposition: form-data; name=\"Timestamp\"\r\n\r\n"
    "1462865178\r\n"
    "--cdn-purge-279749933\r\nContent-Disposition: form-data; name=\"dirs.0\"\r\n\r\n"
    "http://www.test.com/a%20b/\r\n"
    "--cdn-purge-279749933\r\nContent-Disposition: form-data; name=\"dirs.1\"\r\n\r\n"
    "https://w.cn/~x_y/+&=/\r\n"
    "--cdn-purge-279749933\r\nContent-Disposition: form-data; name=\"type\"\r\n\r\n"
    "1\r\n"
    "--cdn-purge-279749933\r\nContent-Disposition: form-data; name=\"Signature\"\r\n\r\n"
    "f9wKpjFe8xynM+lvqGy/QczRCQA=\r\n"
    "--cdn-purge-279749933--\r\n" },
};

static void
test_forms (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (form_cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (PurgeRequest) request =
        build (form_cases[i].form, form_cases[i].signature, form_cases[i].endpoint,
               form_cases[i].token, form_cases[i].mode, form_urls, &error);
      g_autofree char *body = NULL;

      g_assert_no_error (error);
      body = dup_body (request);
      g_assert_cmpstr (purge_request_get_method (request), ==, form_cases[i].method);
      g_assert_cmpstr (purge_request_get_uri (request), ==, form_cases[i].uri);
      g_assert_cmpstr (purge_request_get_content_type (request), ==, form_cases[i].content_type);
      g_assert_cmpstr (body, ==, form_cases[i].body);
      g_assert_cmpuint (purge_request_get_n_headers (request), ==, 0);
    }
}

/* The vector that Tencent's own SDKs compute for twenty directories and type 2. */
static void
test_twenty (void)
{
  g_auto (GStrv) urls = g_new0 (char *, 21);
  g_autoptr (PurgeRequest) request = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *body = NULL;
  g_auto (GStrv) pairs = NULL;

  for (guint i = 0; i < 20; i++)
    urls[i] = g_strdup_printf ("http://www.test.com/d%u/", i);
  request = build (PURGE_FORM_POST, PURGE_SIGNATURE_HMAC_SHA256, NULL, NULL, PURGE_MODE_ALL,
                   (const char * const *) urls, &error);
  g_assert_no_error (error);

  body = dup_body (request);
  pairs = g_strsplit (body, "&", -1);
  g_assert_cmpuint (g_strv_length (pairs), ==, 27);
  g_assert_true (g_strv_contains ((const char * const *) pairs,
                                  "dirs.19=http%3A%2F%2Fwww.test.com%2Fd19%2F"));
  g_assert_true (g_strv_contains ((const char * const *) pairs, "type=2"));
  g_assert_true (g_strv_contains ((const char * const *) pairs,
                                  "Signature=tI1kegnm1YMCF%2F%2FfHZje0HlWbPlw8GOzEnnXVsGbVp8%3D"));
}

static void
test_refusals (void)
{
  static const struct
  {
    const char *rule;
    guint n_urls;
    const char *url;
    guint64 nonce;
    gint64 timestamp;
  } cases[] = {
    { "no directory", 0, "http://a.cn/", NONCE, TIMESTAMP },
    { "21 directories", 21, "http://a.cn/", NONCE, TIMESTAMP },
    { "no nonce", 1, "http://a.cn/", 0, TIMESTAMP },
    { "no time", 1, "http://a.cn/", NONCE, 0 },
    { "a time before 1970", 1, "http://a.cn/", NONCE, -1 },
    { "no scheme", 1, "a.cn/", NONCE, TIMESTAMP },
    { "another scheme", 1, "ftp://a.cn/", NONCE, TIMESTAMP },
    { "a file mark", 1, "@http://a.cn/", NONCE, TIMESTAMP },
    { "a line end", 20, "http://a.cn/\r\n", NONCE, TIMESTAMP },
    { "a blank", 1, "http://a.cn/ ", NONCE, TIMESTAMP },
    { "a raw character", 1, "http://a.cn/域/", NONCE, TIMESTAMP },
    { "a control character", 1, "http://a.cn/\x7f", NONCE, TIMESTAMP },
    { "nothing", 1, "", NONCE, TIMESTAMP },
  };
  static const PurgeForm forms[] = { PURGE_FORM_POST, PURGE_FORM_MULTIPART, PURGE_FORM_GET };
  g_autoptr (PurgeCredentials) credentials = make_credentials (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases) * G_N_ELEMENTS (forms); i++)
    {
      guint at = i / G_N_ELEMENTS (forms);
      g_autoptr (PurgeApi) api = purge_api_v2_new (NULL, forms[i % G_N_ELEMENTS (forms)],
                                                   PURGE_SIGNATURE_HMAC_SHA256);
      const char *urls[22] = { NULL };
      PurgeCall call = { urls, PURGE_MODE_UPDATED, cases[at].timestamp, cases[at].nonce };
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", cases[at].rule);
      for (guint j = 0; j < cases[at].n_urls; j++)
        urls[j] = cases[at].url;
      g_assert_null (purge_api_build_purge (api, &call, credentials, &error));
      g_assert_error (error, PURGE_ERROR, PURGE_ERROR_INVALID_INPUT);
      g_assert_true (g_str_has_suffix (error->message, "."));
    }
}

/* RefreshCdnUrl, which has no type; the bytes were computed by another implementation as well. */
static void
test_urls (void)
{
  static const char * const urls[] = {
    "http://ping.cdn.qcloud.com/ping/t0.css", "http://ping.cdn.qcloud.com/ping/t1.css?v=1&w=2", NULL
  };
  g_autoptr (PurgeApi) api = purge_api_v2_new (NULL, PURGE_FORM_POST, PURGE_SIGNATURE_HMAC_SHA256);
  g_autoptr (PurgeCredentials) credentials = make_credentials (NULL);
  PurgeCall call = {
    urls, PURGE_MODE_ALL, TIMESTAMP, NONCE, PURGE_KIND_URL, PURGE_AREA_MAINLAND
  };
  g_autoptr (PurgeRequest) request = purge_api_build_purge (api, &call, credentials, NULL);
  g_autofree char *body = dup_body (request);

  g_assert_cmpstr (body, ==,
                   "Action=RefreshCdnUrl&"
                   "Nonce=279749933&"
                   "SecretId=AKIDEXAMPLEz8krbsJ5yKBZQpn74WFkm&"
                   "SignatureMethod=HmacSHA256&"
                   "Timestamp=1462865178&"
                   "urls.0=http%3A%2F%2Fping.cdn.qcloud.com%2Fping%2Ft0.css&"
                   "urls.1=http%3A%2F%2Fping.cdn.qcloud.com%2Fping%2Ft1.css%3Fv%3D1%26w%3D2&"
                   "Signature=ESmd4vw7ZVNi1Ob2g2xDEnvHyrLa83o2BqyXXNHmyQo%3D");
}

/* A thousand URLs, twenty directories, and nothing overseas. */
static void
test_kinds_and_areas (void)
{
  static const struct { PurgeKind kind; PurgeArea area; guint n_urls; gboolean good; } calls[] = {
    { PURGE_KIND_URL, PURGE_AREA_NONE, 1000, TRUE },
    { PURGE_KIND_URL, PURGE_AREA_NONE, 1001, FALSE },
    { PURGE_KIND_URL, PURGE_AREA_NONE, 0, FALSE },
    { PURGE_KIND_URL, PURGE_AREA_OVERSEAS, 1, FALSE },
    { PURGE_KIND_DIRECTORY, PURGE_AREA_MAINLAND, 20, TRUE },
    { PURGE_KIND_DIRECTORY, PURGE_AREA_MAINLAND, 21, FALSE },
    { PURGE_KIND_DIRECTORY, PURGE_AREA_OVERSEAS, 1, FALSE },
  };
  g_autoptr (PurgeApi) api = purge_api_v2_new (NULL, PURGE_FORM_POST, PURGE_SIGNATURE_HMAC_SHA256);
  g_autoptr (PurgeCredentials) credentials = make_credentials (NULL);
  g_autofree const char **urls = g_new0 (const char *, 1002);

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      PurgeCall call = {
        urls, PURGE_MODE_UPDATED, TIMESTAMP, NONCE, calls[i].kind, calls[i].area
      };
      g_autoptr (GError) error = NULL;
      g_autoptr (PurgeRequest) request = NULL;

      for (guint j = 0; j < 1001; j++)
        urls[j] = j < calls[i].n_urls ? "http://a.cn/" : NULL;
      request = purge_api_build_purge (api, &call, credentials, &error);
      if (calls[i].good)
        g_assert_no_error (error);
      else
        g_assert_error (error, PURGE_ERROR, PURGE_ERROR_INVALID_INPUT);
    }
}

/* A GET of more than 32 KB is answered with HTTP status 501; a POST takes it. */
static void
test_long_get (void)
{
  g_autofree char *path = g_strnfill (1700, 'x');
  g_autofree char *url = g_strconcat ("http://a.cn/", path, "/", NULL);
  const char *urls[21] = { NULL };
  g_autoptr (PurgeRequest) small = NULL;
  g_autoptr (PurgeRequest) post = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 18; i++)
    urls[i] = url;
  small = build (PURGE_FORM_GET, PURGE_SIGNATURE_HMAC_SHA1, NULL, NULL, PURGE_MODE_UPDATED, urls,
                 &error);
  g_assert_no_error (error);
  g_assert_cmpuint (strlen (purge_request_get_uri (small)), <=, 32 * 1024);

  urls[18] = urls[19] = url;
  post = build (PURGE_FORM_POST, PURGE_SIGNATURE_HMAC_SHA1, NULL, NULL, PURGE_MODE_UPDATED, urls,
                &error);
  g_assert_no_error (error);
  g_assert_nonnull (post);
  g_assert_null (build (PURGE_FORM_GET, PURGE_SIGNATURE_HMAC_SHA1, NULL, NULL, PURGE_MODE_UPDATED,
                        urls, &error));
  g_assert_error (error, PURGE_ERROR, PURGE_ERROR_INVALID_INPUT);
}

/* The one safe resend is the same bytes; another nonce is another request. */
static void
test_repeats (void)
{
  static const PurgeForm forms[] = { PURGE_FORM_POST, PURGE_FORM_MULTIPART, PURGE_FORM_GET };
  static const char * const urls[] = { "http://a.cn/", NULL };
  g_autoptr (PurgeCredentials) credentials = make_credentials ("token");

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autoptr (PurgeApi) api = purge_api_v2_new (NULL, forms[i], PURGE_SIGNATURE_HMAC_SHA256);
      PurgeCall call = { urls, PURGE_MODE_UPDATED, TIMESTAMP, G_MAXUINT64 };
      PurgeCall other = { urls, PURGE_MODE_UPDATED, TIMESTAMP, G_MAXUINT64 - 1 };
      g_autoptr (PurgeRequest) first = purge_api_build_purge (api, &call, credentials, NULL);
      g_autoptr (PurgeRequest) again = purge_api_build_purge (api, &call, credentials, NULL);
      g_autoptr (PurgeRequest) next = purge_api_build_purge (api, &other, credentials, NULL);
      g_autofree char *first_body = dup_body (first);
      g_autofree char *again_body = dup_body (again);
      g_autofree char *next_body = dup_body (next);

      g_assert_cmpstr (purge_request_get_uri (first), ==, purge_request_get_uri (again));
      g_assert_cmpstr (purge_request_get_content_type (first), ==,
                       purge_request_get_content_type (again));
      g_assert_cmpstr (first_body, ==, again_body);
      if (first_body != NULL)
        g_assert_cmpstr (first_body, !=, next_body);
      else
        g_assert_cmpstr (purge_request_get_uri (first), !=, purge_request_get_uri (next));
    }
}

/* A token of which nothing in this program is a copy. */
static PurgeSecret *
make_token (guint8 *concealed,
            gsize   length)
{
  g_autofree char *bytes = g_malloc (length);
  PurgeSecret *token;

  for (gsize i = 0; i < length; i++)
    {
      bytes[i] = 'a' + g_random_int_range (0, 26);
      concealed[i] = MEMORY_SCAN_CONCEAL (bytes[i]);
    }
  token = purge_secret_new (bytes, length);
  purge_secret_wipe (bytes, length);

  return token;
}

/* While a request lives it holds the token; afterwards nothing does. */
static void
test_forgets_token (void)
{
  static const PurgeForm forms[] = { PURGE_FORM_POST, PURGE_FORM_MULTIPART, PURGE_FORM_GET };
  static const char * const urls[] = {
    "http://www.test.com/a/directory/with/a/name/that/is/longer/than/one/block/of/a/digest/", NULL
  };
  PurgeCall call = { urls, PURGE_MODE_UPDATED, TIMESTAMP, NONCE };
  guint8 concealed[64];
  g_autoptr (PurgeSecret) key = purge_secret_new (SECRET_KEY, -1);
  g_autoptr (PurgeSecret) token = make_token (concealed, sizeof concealed);
  g_autoptr (PurgeCredentials) credentials = purge_credentials_new (SECRET_ID, key, token);

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autoptr (PurgeApi) api = purge_api_v2_new (NULL, forms[i], PURGE_SIGNATURE_HMAC_SHA256);
      PurgeRequest *request = purge_api_build_purge (api, &call, credentials, NULL);

      g_assert_cmpuint (memory_scan_count (concealed, sizeof concealed, purge_secret_peek (token)),
                        >, 0);
      purge_request_unref (request);
      g_assert_cmpuint (memory_scan_count (concealed, sizeof concealed, purge_secret_peek (token)),
                        ==, 0);
    }
}

static void
test_unanswered (void)
{
  static const struct
  {
    PurgeExchangeKind kind;
    PurgeBatchEvent event;
    gboolean stops_queue;
  } kinds[] = {
    { PURGE_EXCHANGE_NOT_SENT, PURGE_BATCH_EVENT_NOT_EXECUTED, TRUE },
    { PURGE_EXCHANGE_UNTRUSTED, PURGE_BATCH_EVENT_NOT_EXECUTED, TRUE },
    { PURGE_EXCHANGE_LOST, PURGE_BATCH_EVENT_LOST, FALSE },
  };
  g_autoptr (PurgeApi) api = purge_api_v2_new (NULL, PURGE_FORM_POST, PURGE_SIGNATURE_HMAC_SHA256);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (PurgeExchange) exchange =
        purge_exchange_new_failed (kinds[i].kind, PURGE_CAUSE_TIMEOUT, "detail");
      g_autoptr (PurgeOutcome) outcome = purge_api_read_purge (api, exchange, 1);

      g_assert_cmpint (outcome->event, ==, kinds[i].event);
      g_assert_cmpint (outcome->stops_queue, ==, kinds[i].stops_queue);
      g_assert_cmpint (outcome->cause, ==, PURGE_CAUSE_TIMEOUT);
      g_assert_cmpstr (outcome->detail, ==, "detail");
      g_assert_null (outcome->answer.raw);
    }
}

static void
test_answered (void)
{
  g_autoptr (PurgeApi) api = purge_api_v2_new (NULL, PURGE_FORM_POST, PURGE_SIGNATURE_HMAC_SHA256);
  g_autoptr (GBytes) body = g_bytes_new_static ("{\"code\":0}", 10);
  g_autoptr (PurgeExchange) exchange = purge_exchange_new_answer (200, body);
  g_autoptr (PurgeOutcome) outcome = purge_api_read_purge (api, exchange, 1);

  g_assert_cmpint (outcome->event, ==, PURGE_BATCH_EVENT_ACCEPTED);
}

static void
test_of_account (void)
{
  g_autoptr (PurgeAccount) account = purge_account_new (NULL, "a");
  g_autoptr (PurgeEndpoint) endpoint = purge_endpoint_parse ("http://127.0.0.1:8080", NULL);
  g_autoptr (PurgeApi) usual = purge_api_new_for_account (account);
  g_autoptr (PurgeApi) custom = NULL;

  g_object_set (account, "endpoint", endpoint, NULL);
  custom = purge_api_new_for_account (account);

  g_assert_true (PURGE_IS_API_V2 (usual));
  g_assert_cmpuint (purge_api_get_batch_limit (usual, PURGE_KIND_DIRECTORY, PURGE_AREA_NONE, NULL),
                    ==, 20);
  g_assert_cmpstr (purge_endpoint_to_string (purge_api_get_endpoint (usual)), ==,
                   "https://cdn.api.qcloud.com");
  g_assert_cmpstr (purge_endpoint_to_string (purge_api_get_endpoint (custom)), ==,
                   "http://127.0.0.1:8080");
}

static void
test_is_finalized (void)
{
  PurgeApi *api = purge_api_v2_new (NULL, PURGE_FORM_POST, PURGE_SIGNATURE_HMAC_SHA256);

  g_assert_finalize_object (G_OBJECT (api));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/api-v2/forms", test_forms);
  g_test_add_func ("/api-v2/twenty", test_twenty);
  g_test_add_func ("/api-v2/refusals", test_refusals);
  g_test_add_func ("/api-v2/urls", test_urls);
  g_test_add_func ("/api-v2/kinds-and-areas", test_kinds_and_areas);
  g_test_add_func ("/api-v2/long-get", test_long_get);
  g_test_add_func ("/api-v2/repeats", test_repeats);
  g_test_add_func ("/api-v2/forgets-token", test_forgets_token);
  g_test_add_func ("/api-v2/unanswered", test_unanswered);
  g_test_add_func ("/api-v2/answered", test_answered);
  g_test_add_func ("/api-v2/of-account", test_of_account);
  g_test_add_func ("/api-v2/is-finalized", test_is_finalized);

  return g_test_run ();
}
