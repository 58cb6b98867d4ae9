/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#include "purge-quota-v3.h"

#include <string.h>

#include "purge-error.h"

static PurgeRequest *
build (PurgeApiKind   kind,
       PurgeEndpoint *endpoint,
       gint64         timestamp,
       GError       **error)
{
  g_autoptr (PurgeApi) api =
    purge_api_new (kind, endpoint, PURGE_FORM_POST, PURGE_SIGNATURE_HMAC_SHA256);
  g_autoptr (PurgeSecret) key = purge_secret_new ("Gu5t9xGARNpq86cd98joQYCN3EXAMPLE", -1);
  g_autoptr (PurgeCredentials) credentials =
    purge_credentials_new ("AKIDEXAMPLEz8krbsJ5yKBZQpn74WFkm", key, NULL);

  return purge_api_build_quota (api, timestamp, 1, credentials, error);
}

static void
check_request (PurgeRequest *request,
               const char   *uri,
               const char   *signature)
{
  GBytes *body = purge_request_get_body (request);
  const char *value;

  g_assert_cmpstr (purge_request_get_uri (request), ==, uri);
  g_assert_cmpmem (g_bytes_get_data (body, NULL), g_bytes_get_size (body), "{}", 2);
  g_assert_cmpstr (purge_request_get_header (request, 0, &value), ==, "Authorization");
  g_assert_true (g_str_has_suffix (value, signature));
  g_assert_cmpstr (purge_request_get_header (request, 1, &value), ==, "X-TC-Action");
  g_assert_cmpstr (value, ==, "DescribePurgeQuota");
}

/* The signatures were computed by another implementation (Python's hmac). */
static void
test_requests (void)
{
  g_autoptr (PurgeEndpoint) endpoint = purge_endpoint_parse ("http://127.0.0.1:8080", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (PurgeRequest) usual = build (PURGE_API_KIND_3_0, NULL, 1700000000, &error);
  g_autoptr (PurgeRequest) local = build (PURGE_API_KIND_3_0_INTL, endpoint, 1700000000, NULL);

  g_assert_no_error (error);
  check_request (usual, "https://cdn.tencentcloudapi.com/",
                 "f1955b885a1be8695ce7bea816d89b331bd22f2c63455780d87364515a45cd82");
  check_request (local, "http://127.0.0.1:8080/",
                 "363d5068acabe51b5f1191b22309be29dc74786e9047eff06a439772826c32c8");
}

/* API 2.0 has no documented interface for that. */
static void
test_refusals (void)
{
  static const struct { PurgeApiKind kind; gint64 timestamp; } calls[] = {
    { PURGE_API_KIND_2_0, 1700000000 },
    { PURGE_API_KIND_3_0, 0 },
    { PURGE_API_KIND_3_0, -1 },
    { PURGE_API_KIND_3_0_INTL, G_MAXINT64 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (build (calls[i].kind, NULL, calls[i].timestamp, &error));
      g_assert_error (error, PURGE_ERROR, PURGE_ERROR_INVALID_INPUT);
      g_assert_true (g_str_has_suffix (error->message, "."));
    }
}

static PurgeServerQuota *
read_body (guint       status,
           const char *body,
           gsize       length)
{
  /* A copy without a NUL after it, so that a sanitizer sees one step too far. */
  g_autoptr (GBytes) bytes = g_bytes_new (body, length);
  g_autoptr (PurgeExchange) exchange = purge_exchange_new_answer (status, bytes);

  return purge_quota_v3_read (exchange);
}

/* All that was read, in one line. */
static char *
describe (const PurgeServerQuota *quota)
{
  static const char * const kinds[] = { "dir", "url" };
  static const char * const areas[] = { "none", "mainland", "overseas" };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < quota->rows->len; i++)
    {
      const PurgeQuotaRow *row = &g_array_index (quota->rows, PurgeQuotaRow, i);

      g_string_append_printf (text, "%s%s %s %u %u/%u", i > 0 ? "; " : "", kinds[row->kind],
                              areas[row->area], row->batch, row->available, row->total);
    }

  return g_string_free (text, FALSE);
}

#define QUOTA(paths, urls) \
  "{\"Response\":{\"UrlPurge\":[" urls "],\"PathPurge\":[" paths "],\"RequestId\":\"r\"}}"
#define ROW(batch, total, available, area) \
  "{\"Batch\":" batch ",\"Total\":" total ",\"Available\":" available ",\"Area\":" area "}"
#define MAINLAND ROW ("39", "100", "97", "\"mainland\"")
#define OVERSEAS ROW ("20", "100", "100", "\"overseas\"")

static const struct
{
  const char *rule;
  const char *body;
  const char *found;
} good[] = {
  { "as on the page",
    QUOTA (MAINLAND "," OVERSEAS, ROW ("1000", "10000", "9998", "\"mainland\"") ","
                                  ROW ("1000", "10000", "10000", "\"overseas\"")),
    "dir mainland 39 97/100; dir overseas 20 100/100; url mainland 1000 9998/10000; "
    "url overseas 1000 10000/10000" },
  { "nothing", QUOTA ("", ""), "" },
  { "one area", QUOTA (OVERSEAS, ""), "dir overseas 20 100/100" },
  { "used up", QUOTA (ROW ("20", "100", "0", "\"mainland\""), ""), "dir mainland 20 0/100" },
  { "more left than there is", QUOTA (ROW ("20", "100", "150", "\"mainland\""), ""),
    "dir mainland 20 150/100" },
  { "the largest number", QUOTA (ROW ("2147483647", "0", "0", "\"mainland\""), ""),
    "dir mainland 2147483647 0/0" },
  { "an area of later", QUOTA (ROW ("20", "100", "100", "\"moon\"") "," MAINLAND, ""),
    "dir mainland 39 97/100" },
  { "no area is none", QUOTA (ROW ("20", "100", "100", "\"none\"") "," MAINLAND, ""),
    "dir mainland 39 97/100" },
  { "other members are ignored",
    "{\"Response\":{\"UrlPurge\":[],\"PathPurge\":[{\"Batch\":1,\"Total\":2,\"Available\":2,"
    "\"Area\":\"mainland\",\"Used\":null}],\"PushUrls\":7}}",
    "dir mainland 1 2/2" },
};

static void
test_good (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (PurgeServerQuota) quota = read_body (200, good[i].body, strlen (good[i].body));
      g_autofree char *found = describe (quota);

      g_test_message ("%s", good[i].rule);
      g_assert_null (quota->failure);
      g_assert_cmpstr (found, ==, good[i].found);
    }
}

#define BODY(text) text, sizeof (text) - 1
#define UNCLEAR PURGE_BATCH_EVENT_LOST, PURGE_CAUSE_ANSWER_UNCLEAR
/* One that is not understood spoils all. */
#define BAD_ROW(rule, row) { rule, 200, BODY (QUOTA (OVERSEAS "," row, "")), UNCLEAR }

static const struct
{
  const char *rule;
  guint status;
  const char *body;
  gsize length;
  PurgeBatchEvent event;
  PurgeCause cause;
} bad[] = {
  BAD_ROW ("null", "null"),
  BAD_ROW ("a number", "100"),
  BAD_ROW ("a list", "[" MAINLAND "]"),
  BAD_ROW ("an empty object", "{}"),
  BAD_ROW ("batch in words", ROW ("\"39\"", "100", "97", "\"mainland\"")),
  BAD_ROW ("batch negative", ROW ("-1", "100", "97", "\"mainland\"")),
  BAD_ROW ("batch a fraction", ROW ("39.0", "100", "97", "\"mainland\"")),
  BAD_ROW ("batch too large", ROW ("2147483648", "100", "97", "\"mainland\"")),
  BAD_ROW ("batch 0 in 32 bits", ROW ("4294967296", "100", "97", "\"mainland\"")),
  BAD_ROW ("total null", ROW ("39", "null", "97", "\"mainland\"")),
  BAD_ROW ("total true", ROW ("39", "true", "97", "\"mainland\"")),
  BAD_ROW ("available a list", ROW ("39", "100", "[97]", "\"mainland\"")),
  BAD_ROW ("available negative", ROW ("39", "100", "-1", "\"mainland\"")),
  BAD_ROW ("area null", ROW ("39", "100", "97", "null")),
  BAD_ROW ("area a number", ROW ("39", "100", "97", "1")),
  BAD_ROW ("no area", "{\"Batch\":39,\"Total\":100,\"Available\":97}"),
  BAD_ROW ("the same area twice", OVERSEAS),
  BAD_ROW ("an area of later with a bad number", ROW ("39", "100", "null", "\"moon\"")),
  { "no directories", 200, BODY ("{\"Response\":{\"UrlPurge\":[]}}"), UNCLEAR },
  { "no URLs", 200, BODY ("{\"Response\":{\"PathPurge\":[]}}"), UNCLEAR },
  { "directories null", 200, BODY ("{\"Response\":{\"UrlPurge\":[],\"PathPurge\":null}}"), UNCLEAR },
  { "directories an object", 200, BODY ("{\"Response\":{\"UrlPurge\":[],\"PathPurge\":{}}}"),
    UNCLEAR },
  { "an error beside it", 200,
    BODY ("{\"Response\":{\"UrlPurge\":[],\"PathPurge\":[],\"Error\":{}}}"), UNCLEAR },
  { "no response", 200, BODY ("{\"UrlPurge\":[],\"PathPurge\":[]}"), UNCLEAR },
  { "cut", 200, BODY ("{\"Response\":{\"UrlPurge\":[],\"PathPurge\":["), UNCLEAR },
  { "refused", 200,
    BODY ("{\"Response\":{\"Error\":{\"Code\":\"AuthFailure.SecretIdNotFound\"}}}"),
    PURGE_BATCH_EVENT_REJECTED, PURGE_CAUSE_REFUSED_BY_API },
  { "a web page", 200, BODY ("<html>"), PURGE_BATCH_EVENT_LOST, PURGE_CAUSE_WEB_PAGE },
  { "502", 502, BODY (QUOTA (MAINLAND, "")), PURGE_BATCH_EVENT_LOST, PURGE_CAUSE_SERVER_ERROR },
};

static void
test_bad (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (PurgeServerQuota) quota = read_body (bad[i].status, bad[i].body, bad[i].length);

      g_test_message ("%s", bad[i].rule);
      g_assert_nonnull (quota->failure);
      g_assert_cmpuint (quota->rows->len, ==, 0);
      g_assert_cmpint (quota->failure->event, ==, bad[i].event);
      g_assert_cmpint (quota->failure->cause, ==, bad[i].cause);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/quota-v3/requests", test_requests);
  g_test_add_func ("/quota-v3/refusals", test_refusals);
  g_test_add_func ("/quota-v3/good", test_good);
  g_test_add_func ("/quota-v3/bad", test_bad);

  return g_test_run ();
}
