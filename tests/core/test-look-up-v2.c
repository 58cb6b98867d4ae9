/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#include "purge-api-v2.h"

#include <string.h>

#include <json-glib/json-glib.h>

#include "look-up-text.h"
#include "purge-error.h"

#define SECRET_ID "AKIDEXAMPLEz8krbsJ5yKBZQpn74WFkm"
#define SECRET_KEY "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE"
#define TIMESTAMP 1462422547
#define NONCE 12345678

/* 2017-02-06 19:00:00 in UTC+8, and forty minutes later. */
#define SINCE G_GINT64_CONSTANT (1486378800)
#define UNTIL G_GINT64_CONSTANT (1486381200)

static PurgeCredentials *
make_credentials (const char *token)
{
  g_autoptr (PurgeSecret) key = purge_secret_new (SECRET_KEY, -1);
  g_autoptr (PurgeSecret) secret_token = token != NULL ? purge_secret_new (token, -1) : NULL;

  return purge_credentials_new (SECRET_ID, key, secret_token);
}

static PurgeRequest *
build (PurgeForm               form,
       PurgeSignatureMethod    signature,
       const char             *token,
       const PurgeLookUpCall  *call,
       GError                **error)
{
  g_autoptr (PurgeApi) api = purge_api_v2_new (NULL, form, signature);
  g_autoptr (PurgeCredentials) credentials = make_credentials (token);

  return purge_api_build_look_up (api, call, credentials, error);
}

static char *
dup_body (PurgeRequest *request)
{
  GBytes *body = purge_request_get_body (request);

  return g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
}

/* The bytes, computed by another implementation (Python's hmac and urllib). */
static const struct
{
  PurgeForm form;
  PurgeSignatureMethod signature;
  const char *token;
  const char *task_id;
  const char *text;
} requests[] = {
  { PURGE_FORM_POST, PURGE_SIGNATURE_HMAC_SHA256, NULL, NULL,
    "Action=GetCdnRefreshLog&"
    "Nonce=12345678&"
    "SecretId=AKIDEXAMPLEz8krbsJ5yKBZQpn74WFkm&"
    "SignatureMethod=HmacSHA256&"
    "Timestamp=1462422547&"
    "startDate=2017-02-06%2019%3A00%3A00&"
    "endDate=2017-02-06%2019%3A40%3A00&"
    "Signature=M09WHtoyo29zcdI7vdcsFm2AkoVHripqA7RW870E8r4%3D" },
  { PURGE_FORM_POST, PURGE_SIGNATURE_HMAC_SHA1, "tok+en/==", "1540810210711616112",
    "Action=GetCdnRefreshLog&"
    "Nonce=12345678&"
    "SecretId=AKIDEXAMPLEz8krbsJ5yKBZQpn74WFkm&"
    "SignatureMethod=HmacSHA1&"
    "Timestamp=1462422547&"
    "Token=tok%2Ben%2F%3D%3D&"
    "taskId=1540810210711616112&"
    "Signature=PVx69ZHgW3%2FMehyYlPuqov1PMYc%3D" },
  { PURGE_FORM_GET, PURGE_SIGNATURE_HMAC_SHA1, NULL, NULL,
    "https://cdn.api.qcloud.com/v2/index.php?"
    "Action=GetCdnRefreshLog&"
    "Nonce=12345678&"
    "SecretId=AKIDEXAMPLEz8krbsJ5yKBZQpn74WFkm&"
    "SignatureMethod=HmacSHA1&"
    "Timestamp=1462422547&"
    "startDate=2017-02-06%2019%3A00%3A00&"
    "endDate=2017-02-06%2019%3A40%3A00&"
    "Signature=tFVEygsfLkksVSyAqE8fD6F4RcY%3D" },
  { PURGE_FORM_GET, PURGE_SIGNATURE_HMAC_SHA256, "tok+en/==", "1540810210711616112",
    "https://cdn.api.qcloud.com/v2/index.php?"
    "Action=GetCdnRefreshLog&"
    "Nonce=12345678&"
    "SecretId=AKIDEXAMPLEz8krbsJ5yKBZQpn74WFkm&"
    "SignatureMethod=HmacSHA256&"
    "Timestamp=1462422547&"
    "Token=tok%2Ben%2F%3D%3D&"
    "taskId=1540810210711616112&"
    "Signature=bQ05fZzdBFBQo0Td0X2kVB0LqdgjGAehl1%2B9r1O3fOE%3D" },
  { PURGE_FORM_MULTIPART, PURGE_SIGNATURE_HMAC_SHA256, NULL, NULL,
    "--cdn-purge-12345678\r\nContent-Disposition: form-data; name=\"Action\"\r\n\r\n"
    "GetCdnRefreshLog\r\n"
    "--cdn-purge-12345678\r\nContent-Disposition: form-data; name=\"Nonce\"\r\n\r\n"
    "12345678\r\n"
    "--cdn-purge-12345678\r\nContent-Disposition: form-data; name=\"SecretId\"\r\n\r\n"
    "AKIDEXAMPLEz8krbsJ5yKBZQpn74WFkm\r\n"
    "--cdn-purge-12345678\r\nContent-Disposition: form-data; name=\"SignatureMethod\"\r\n\r\n"
    "HmacSHA256\r\n"
    "--cdn-purge-12345678\r\nContent-Disposition: form-data; name=\"Timestamp\"\r\n\r\n"
    "1462422547\r\n"
    "--cdn-purge-12345678\r\nContent-Disposition: form-data; name=\"startDate\"\r\n\r\n"
    "2017-02-06 19:00:00\r\n"
    "--cdn-purge-12345678\r\nContent-Disposition: form-data; name=\"endDate\"\r\n\r\n"
    "2017-02-06 19:40:00\r\n"
    "--cdn-purge-12345678\r\nContent-Disposition: form-data; name=\"Signature\"\r\n\r\n"
    "M09WHtoyo29zcdI7vdcsFm2AkoVHripqA7RW870E8r4=\r\n"
    "--cdn-purge-12345678--\r\n" },
};

static void
test_requests (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      PurgeLookUpCall call = { requests[i].task_id, SINCE, UNTIL, TIMESTAMP, NONCE };
      g_autoptr (GError) error = NULL;
      g_autoptr (PurgeRequest) request =
        build (requests[i].form, requests[i].signature, requests[i].token, &call, &error);
      g_autofree char *text = NULL;

      g_assert_no_error (error);
      text = requests[i].form == PURGE_FORM_GET ? g_strdup (purge_request_get_uri (request))
                                                : dup_body (request);
      g_assert_cmpstr (text, ==, requests[i].text);
      if (requests[i].form != PURGE_FORM_GET)
        g_assert_cmpstr (purge_request_get_uri (request), ==,
                         "https://cdn.api.qcloud.com/v2/index.php");
    }
}

/* The vector of Tencent's own SDKs: what is sent, but for the method that it leaves to the default,
 * is what they sign. */
static void
test_vector (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "vectors-v2.json", NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  PurgeLookUpCall call = { NULL, SINCE, UNTIL, TIMESTAMP, NONCE };
  g_autoptr (PurgeRequest) request =
    build (PURGE_FORM_GET, PURGE_SIGNATURE_HMAC_SHA1, NULL, &call, NULL);
  const char *query = strchr (purge_request_get_uri (request), '?') + 1;
  g_autoptr (GHashTable) sent = g_uri_parse_params (query, -1, "&", G_URI_PARAMS_NONE, NULL);
  JsonArray *vectors;
  guint n_found = 0;

  g_assert_true (json_parser_load_from_file (parser, path, NULL));
  vectors = json_node_get_array (json_parser_get_root (parser));
  for (guint i = 0; i < json_array_get_length (vectors); i++)
    {
      JsonObject *vector = json_array_get_object_element (vectors, i);
      JsonObject *parameters = json_object_get_object_member (vector, "params");
      g_autoptr (GList) names = json_object_get_members (parameters);

      if (g_strcmp0 (json_object_get_string_member_with_default (parameters, "Action", NULL),
                     "GetCdnRefreshLog") != 0)
        continue;

      n_found++;
      for (GList *name = names; name != NULL; name = name->next)
        g_assert_cmpstr (g_hash_table_lookup (sent, name->data), ==,
                         json_object_get_string_member (parameters, name->data));
      g_assert_cmpuint (g_hash_table_size (sent), ==, g_list_length (names) + 2);
    }
  g_assert_cmpuint (n_found, ==, 1);
}

static void
test_refused_calls (void)
{
  static const struct
  {
    const char *rule;
    PurgeLookUpCall call;
  } calls[] = {
    { "no nonce", { NULL, SINCE, UNTIL, TIMESTAMP, 0 } },
    { "no time of its own", { NULL, SINCE, UNTIL, 0, NONCE } },
    { "until before since", { NULL, UNTIL, SINCE, TIMESTAMP, NONCE } },
    { "before 1970", { NULL, -1, UNTIL, TIMESTAMP, NONCE } },
    { "after 9999", { NULL, SINCE, G_GINT64_CONSTANT (253402272000), TIMESTAMP, NONCE } },
    { "never", { NULL, SINCE, G_MAXINT64, TIMESTAMP, NONCE } },
    { "an empty task", { "", SINCE, UNTIL, TIMESTAMP, NONCE } },
    { "a task with a line end", { "1\r\n", SINCE, UNTIL, TIMESTAMP, NONCE } },
    { "a task with a blank", { "1 2", SINCE, UNTIL, TIMESTAMP, NONCE } },
    { "a task with a file mark", { "@1", SINCE, UNTIL, TIMESTAMP, NONCE } },
    { "a task in Chinese", { "任务", SINCE, UNTIL, TIMESTAMP, NONCE } },
    { "a long task",
      { "12345678901234567890123456789012345678901234567890123456789012345", SINCE, UNTIL,
        TIMESTAMP, NONCE } },
  };
  static const PurgeForm forms[] = { PURGE_FORM_POST, PURGE_FORM_MULTIPART, PURGE_FORM_GET };

  for (guint i = 0; i < G_N_ELEMENTS (calls) * G_N_ELEMENTS (forms); i++)
    {
      guint at = i / G_N_ELEMENTS (forms);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", calls[at].rule);
      g_assert_null (build (forms[i % G_N_ELEMENTS (forms)], PURGE_SIGNATURE_HMAC_SHA256, NULL,
                            &calls[at].call, &error));
      g_assert_error (error, PURGE_ERROR, PURGE_ERROR_INVALID_INPUT);
      g_assert_true (g_str_has_suffix (error->message, "."));
    }
}

/* What is asked for by its task does not depend on the time. */
static void
test_task_needs_no_time (void)
{
  PurgeLookUpCall call = { "a.B_c-1", G_MAXINT64, G_MININT64, TIMESTAMP, NONCE };
  g_autoptr (GError) error = NULL;
  g_autoptr (PurgeRequest) request =
    build (PURGE_FORM_GET, PURGE_SIGNATURE_HMAC_SHA256, NULL, &call, &error);

  g_assert_no_error (error);
  g_assert_nonnull (strstr (purge_request_get_uri (request), "&taskId=a.B_c-1&"));
  g_assert_null (strstr (purge_request_get_uri (request), "Date"));
}

static PurgeLookUp *
read_body (guint       status,
           const char *body,
           gsize       length)
{
  g_autoptr (PurgeApi) api = purge_api_v2_new (NULL, PURGE_FORM_POST, PURGE_SIGNATURE_HMAC_SHA256);
  /* A copy without a NUL after it, so that a sanitizer sees one step too far. */
  g_autoptr (GBytes) bytes = g_bytes_new (body, length);
  g_autoptr (PurgeExchange) exchange = purge_exchange_new_answer (status, bytes);

  return purge_api_read_look_up (api, exchange);
}

#define LOGS(logs) "{\"code\":0,\"message\":\"\",\"codeDesc\":\"Success\",\"data\":{\"logs\":[" \
                   logs "]}}"
#define RECORD(id, type, status, urls, date) \
  "{\"id\":" id ",\"app_id\":1,\"project_id\":0,\"host\":\"a.cn\",\"type\":" type ",\"status\":" \
  status ",\"url_list\":" urls ",\"datetime\":" date "}"
#define URLS "[\"http://a.cn/b/\"]"
#define DATE "\"2017-02-06 19:00:00\""
#define GOOD RECORD ("7", "1", "1", URLS, DATE)

static const struct
{
  const char *rule;
  const char *body;
  const char *found;
} good[] = {
  { "nothing", LOGS (""), "" },
  { "nothing, counted", "{\"code\":0,\"data\":{\"logs\":[],\"total\":0}}", "" },
  { "a directory that is done", LOGS (GOOD), "7 dir 1 1486378800 http://a.cn/b/" },
  { "a directory that is under way", LOGS (RECORD ("7", "1", "0", URLS, DATE)),
    "7 dir 0 1486378800 http://a.cn/b/" },
  { "a directory that failed", LOGS (RECORD ("7", "1", "-1", URLS, DATE)),
    "7 dir 2 1486378800 http://a.cn/b/" },
  { "a directory that failed worse", LOGS (RECORD ("7", "1", "-9223372036854775808", URLS, DATE)),
    "7 dir 2 1486378800 http://a.cn/b/" },
  { "a URL", LOGS (RECORD ("7", "0", "1", "[\"http://a.cn/b\"]", DATE)),
    "7 url 1 1486378800 http://a.cn/b" },
  { "an id in words", LOGS (RECORD ("\"a-7\"", "1", "1", URLS, DATE)),
    "a-7 dir 1 1486378800 http://a.cn/b/" },
  { "a large id", LOGS (RECORD ("1540810210711616112", "1", "1", URLS, DATE)),
    "1540810210711616112 dir 1 1486378800 http://a.cn/b/" },
  { "two records of the same id", LOGS (GOOD "," RECORD ("7", "1", "1", "[\"x\",\"y\"]", DATE)),
    "7 dir 1 1486378800 http://a.cn/b/; 7 dir 1 1486378800 x y" },
  { "a URL that is none", LOGS (RECORD ("7", "1", "1", "[\"<b>%s\\u202e\"]", DATE)),
    "7 dir 1 1486378800 <b>%s\xe2\x80\xae" },
  { "the end of a year", LOGS (RECORD ("7", "1", "1", URLS, "\"2024-12-31 23:59:59\"")),
    "7 dir 1 1735660799 http://a.cn/b/" },
  { "a leap day", LOGS (RECORD ("7", "1", "1", URLS, "\"2024-02-29 00:00:00\"")),
    "7 dir 1 1709136000 http://a.cn/b/" },
  { "before 1970 there, and here as well", LOGS (RECORD ("7", "1", "1", URLS,
    "\"1970-01-01 07:59:59\"")), "7 dir 1 -1 http://a.cn/b/" },
  { "other members are ignored",
    "{\"retcode\":0,\"errmsg\":\"x\",\"code\":0,\"data\":{\"logs\":[{\"id\":7,\"type\":1,"
    "\"status\":1,\"url_list\":[\"x\"],\"datetime\":" DATE ",\"complete_time\":null,"
    "\"more\":[{\"status\":-1}]}],\"total\":1,\"page\":{}}}",
    "7 dir 1 1486378800 x" },
  { "a total of fewer", "{\"code\":0,\"data\":{\"total\":0,\"logs\":[" GOOD "]}}",
    "7 dir 1 1486378800 http://a.cn/b/" },
};

static void
test_good (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (PurgeLookUp) look_up = read_body (200, good[i].body, strlen (good[i].body));
      g_autofree char *found = look_up_text_new (look_up);

      g_test_message ("%s", good[i].rule);
      g_assert_null (look_up->failure);
      g_assert_cmpstr (found, ==, good[i].found);
    }
}

#define BODY(text) text, sizeof (text) - 1
#define UNCLEAR PURGE_BATCH_EVENT_LOST, PURGE_CAUSE_ANSWER_UNCLEAR
#define BAD_RECORD(rule, record) { rule, 200, BODY (LOGS (GOOD "," record "," GOOD)), UNCLEAR }

static const struct
{
  const char *rule;
  guint status;
  const char *body;
  gsize length;
  PurgeBatchEvent event;
  PurgeCause cause;
} bad[] = {
  /* Records. One that is not understood spoils all. */
  BAD_RECORD ("null", "null"),
  BAD_RECORD ("a number", "7"),
  BAD_RECORD ("a list", "[" GOOD "]"),
  BAD_RECORD ("text", "\"7\""),
  BAD_RECORD ("an empty object", "{}"),
  BAD_RECORD ("no id", "{\"type\":1,\"status\":1,\"url_list\":" URLS ",\"datetime\":" DATE "}"),
  BAD_RECORD ("no type", "{\"id\":7,\"status\":1,\"url_list\":" URLS ",\"datetime\":" DATE "}"),
  BAD_RECORD ("no status", "{\"id\":7,\"type\":1,\"url_list\":" URLS ",\"datetime\":" DATE "}"),
  BAD_RECORD ("no URLs", "{\"id\":7,\"type\":1,\"status\":1,\"datetime\":" DATE "}"),
  BAD_RECORD ("no date", "{\"id\":7,\"type\":1,\"status\":1,\"url_list\":" URLS "}"),
  BAD_RECORD ("id null", RECORD ("null", "1", "1", URLS, DATE)),
  BAD_RECORD ("id a fraction", RECORD ("7.0", "1", "1", URLS, DATE)),
  BAD_RECORD ("id true", RECORD ("true", "1", "1", URLS, DATE)),
  BAD_RECORD ("id a list", RECORD ("[7]", "1", "1", URLS, DATE)),
  BAD_RECORD ("id empty", RECORD ("\"\"", "1", "1", URLS, DATE)),
  BAD_RECORD ("id of blanks", RECORD ("\"  \"", "1", "1", URLS, DATE)),
  BAD_RECORD ("id with markup", RECORD ("\"<b>\"", "1", "1", URLS, DATE)),
  BAD_RECORD ("id with a line end", RECORD ("\"7\\n8\"", "1", "1", URLS, DATE)),
  BAD_RECORD ("id too large", RECORD ("9223372036854775808", "1", "1", URLS, DATE)),
  BAD_RECORD ("type in words", RECORD ("7", "\"1\"", "1", URLS, DATE)),
  BAD_RECORD ("type 2", RECORD ("7", "2", "1", URLS, DATE)),
  BAD_RECORD ("type -1", RECORD ("7", "-1", "1", URLS, DATE)),
  BAD_RECORD ("type 1 in 32 bits", RECORD ("7", "4294967297", "1", URLS, DATE)),
  BAD_RECORD ("type true", RECORD ("7", "true", "1", URLS, DATE)),
  BAD_RECORD ("type 1.0", RECORD ("7", "1.0", "1", URLS, DATE)),
  BAD_RECORD ("status in words", RECORD ("7", "1", "\"1\"", URLS, DATE)),
  BAD_RECORD ("status 2", RECORD ("7", "1", "2", URLS, DATE)),
  BAD_RECORD ("status 1 in 32 bits", RECORD ("7", "1", "4294967297", URLS, DATE)),
  BAD_RECORD ("status null", RECORD ("7", "1", "null", URLS, DATE)),
  BAD_RECORD ("status 1.0", RECORD ("7", "1", "1.0", URLS, DATE)),
  BAD_RECORD ("status -0", RECORD ("7", "1", "-0", URLS, DATE)),
  BAD_RECORD ("URLs null", RECORD ("7", "1", "1", "null", DATE)),
  BAD_RECORD ("URLs text", RECORD ("7", "1", "1", "\"http://a.cn/b/\"", DATE)),
  BAD_RECORD ("URLs an object", RECORD ("7", "1", "1", "{\"0\":\"http://a.cn/b/\"}", DATE)),
  BAD_RECORD ("no URL", RECORD ("7", "1", "1", "[]", DATE)),
  BAD_RECORD ("an empty URL", RECORD ("7", "1", "1", "[\"x\",\"\"]", DATE)),
  BAD_RECORD ("a URL that is a number", RECORD ("7", "1", "1", "[\"x\",7]", DATE)),
  BAD_RECORD ("a URL that is null", RECORD ("7", "1", "1", "[null]", DATE)),
  BAD_RECORD ("a list of lists of URLs", RECORD ("7", "1", "1", "[" URLS "]", DATE)),
  BAD_RECORD ("date null", RECORD ("7", "1", "1", URLS, "null")),
  BAD_RECORD ("date a number", RECORD ("7", "1", "1", URLS, "1486378800")),
  BAD_RECORD ("date empty", RECORD ("7", "1", "1", URLS, "\"\"")),
  BAD_RECORD ("date without a time", RECORD ("7", "1", "1", URLS, "\"2017-02-06\"")),
  BAD_RECORD ("date as in ISO 8601", RECORD ("7", "1", "1", URLS, "\"2017-02-06T19:00:00\"")),
  BAD_RECORD ("date with a zone", RECORD ("7", "1", "1", URLS, "\"2017-02-06 19:00:00Z\"")),
  BAD_RECORD ("date with two zones",
              RECORD ("7", "1", "1", URLS, "\"2017-02-06 19:00:00+08:00\"")),
  BAD_RECORD ("date without seconds", RECORD ("7", "1", "1", URLS, "\"2017-02-06 19:00\"")),
  BAD_RECORD ("date with fractions", RECORD ("7", "1", "1", URLS, "\"2017-02-06 19:00:00.5\"")),
  BAD_RECORD ("date without hyphens", RECORD ("7", "1", "1", URLS, "\"20170206 190000\"")),
  BAD_RECORD ("date of a week", RECORD ("7", "1", "1", URLS, "\"2017-W06-1 19:00:00\"")),
  BAD_RECORD ("date of one digit", RECORD ("7", "1", "1", URLS, "\"2017-2-6 19:00:00\"")),
  BAD_RECORD ("date with a blank", RECORD ("7", "1", "1", URLS, "\" 2017-02-06 19:00:00\"")),
  BAD_RECORD ("date with two blanks", RECORD ("7", "1", "1", URLS, "\"2017-02-06  19:00:00\"")),
  BAD_RECORD ("date of February 30", RECORD ("7", "1", "1", URLS, "\"2017-02-30 19:00:00\"")),
  BAD_RECORD ("date of month 13", RECORD ("7", "1", "1", URLS, "\"2017-13-06 19:00:00\"")),
  BAD_RECORD ("date at 24", RECORD ("7", "1", "1", URLS, "\"2017-02-06 24:00:00\"")),
  BAD_RECORD ("date at the leap second", RECORD ("7", "1", "1", URLS, "\"2016-12-31 23:59:60\"")),
  BAD_RECORD ("date of the year 0", RECORD ("7", "1", "1", URLS, "\"0000-00-00 00:00:00\"")),
  BAD_RECORD ("status twice",
              "{\"id\":7,\"type\":1,\"status\":-1,\"status\":1,\"url_list\":" URLS
              ",\"datetime\":" DATE "}"),
  BAD_RECORD ("URLs twice, one escaped",
              "{\"id\":7,\"type\":1,\"status\":1,\"url_list\":" URLS ",\"url\\u005flist\":[\"x\"]"
              ",\"datetime\":" DATE "}"),

  /* What the records are in. */
  { "no data", 200, BODY ("{\"code\":0,\"message\":\"\",\"codeDesc\":\"Success\"}"), UNCLEAR },
  { "data null", 200, BODY ("{\"code\":0,\"data\":null}"), UNCLEAR },
  { "data a list", 200, BODY ("{\"code\":0,\"data\":[" GOOD "]}"), UNCLEAR },
  { "data text", 200, BODY ("{\"code\":0,\"data\":\"logs\"}"), UNCLEAR },
  { "no logs", 200, BODY ("{\"code\":0,\"data\":{\"total\":0}}"), UNCLEAR },
  { "logs null", 200, BODY ("{\"code\":0,\"data\":{\"logs\":null}}"), UNCLEAR },
  { "logs an object", 200, BODY ("{\"code\":0,\"data\":{\"logs\":{\"0\":" GOOD "}}}"), UNCLEAR },
  { "logs beside data", 200, BODY ("{\"code\":0,\"data\":{},\"logs\":[]}"), UNCLEAR },
  { "logs in logs", 200, BODY (LOGS ("[" GOOD "]")), UNCLEAR },
  { "logs twice", 200, BODY ("{\"code\":0,\"data\":{\"logs\":[],\"logs\":[" GOOD "]}}"), UNCLEAR },
  { "data twice", 200, BODY ("{\"code\":0,\"data\":{\"logs\":[]},\"data\":{\"logs\":[]}}"),
    UNCLEAR },
  { "a cut log", 200, BODY ("{\"code\":0,\"data\":{\"total\":2,\"logs\":[" GOOD "]}}"), UNCLEAR },
  { "an empty page of a log", 200, BODY ("{\"code\":0,\"data\":{\"total\":1,\"logs\":[]}}"),
    UNCLEAR },
  { "a total in words", 200, BODY ("{\"code\":0,\"data\":{\"total\":\"1\",\"logs\":[" GOOD "]}}"),
    UNCLEAR },
  { "a total null", 200, BODY ("{\"code\":0,\"data\":{\"total\":null,\"logs\":[]}}"), UNCLEAR },
  { "a large total", 200,
    BODY ("{\"code\":0,\"data\":{\"total\":4294967296,\"logs\":[]}}"), UNCLEAR },

  /* The answer around it. */
  { "code 0 in words", 200, BODY ("{\"code\":\"0\",\"data\":{\"logs\":[]}}"), UNCLEAR },
  { "code 0.0", 200, BODY ("{\"code\":0.0,\"data\":{\"logs\":[]}}"), UNCLEAR },
  { "code missing", 200, BODY ("{\"data\":{\"logs\":[" GOOD "]}}"), UNCLEAR },
  { "code twice", 200, BODY ("{\"code\":4000,\"code\":0,\"data\":{\"logs\":[]}}"), UNCLEAR },
  { "nothing", 200, BODY (""), UNCLEAR },
  { "a list", 200, BODY ("[]"), UNCLEAR },
  { "cut", 200, BODY ("{\"code\":0,\"data\":{\"logs\":[" GOOD), UNCLEAR },
  { "something after it", 200, BODY (LOGS ("") "{}"), UNCLEAR },
  { "invalid UTF-8", 200, BODY (LOGS (RECORD ("7", "1", "1", "[\"\xff\"]", DATE))), UNCLEAR },
  { "a NUL in a URL", 200, BODY (LOGS (RECORD ("7", "1", "1", "[\"x\\u0000y\"]", DATE))), UNCLEAR },
  { "a web page", 200, BODY ("<html>Sign in</html>"),
    PURGE_BATCH_EVENT_LOST, PURGE_CAUSE_WEB_PAGE },
  { "refused", 200, BODY ("{\"code\":4100,\"data\":{\"logs\":[" GOOD "]}}"),
    PURGE_BATCH_EVENT_REJECTED, PURGE_CAUSE_REFUSED_BY_API },
  { "the dates are wrong", 200, BODY ("{\"code\":4000,\"message\":\"(9150)日期不合法\"}"),
    PURGE_BATCH_EVENT_REJECTED, PURGE_CAUSE_REFUSED_BY_API },
  { "no such task", 200, BODY ("{\"code\":4000,\"message\":\"(21001)task_id 不存在\"}"),
    PURGE_BATCH_EVENT_REJECTED, PURGE_CAUSE_REFUSED_BY_API },
  { "internal error", 200, BODY ("{\"code\":6000}"),
    PURGE_BATCH_EVENT_LOST, PURGE_CAUSE_SERVER_INTERNAL },
  { "too often", 200, BODY ("{\"code\":4000,\"message\":\"(9163)x\"}"),
    PURGE_BATCH_EVENT_NOT_EXECUTED, PURGE_CAUSE_TOO_MANY_REQUESTS },
  { "201", 201, BODY (LOGS (GOOD)), UNCLEAR },
  { "204", 204, BODY (""), UNCLEAR },
  { "206", 206, BODY (LOGS (GOOD)), UNCLEAR },
  { "302", 302, BODY (LOGS (GOOD)), PURGE_BATCH_EVENT_REJECTED, PURGE_CAUSE_REDIRECTED },
  { "403", 403, BODY ("Forbidden"), PURGE_BATCH_EVENT_REJECTED, PURGE_CAUSE_HTTP_REFUSED },
  { "403 that says success", 403, BODY (LOGS (GOOD)), UNCLEAR },
  { "429", 429, BODY (""), PURGE_BATCH_EVENT_NOT_EXECUTED, PURGE_CAUSE_TOO_MANY_REQUESTS },
  { "500 that says success", 500, BODY (LOGS (GOOD)),
    PURGE_BATCH_EVENT_LOST, PURGE_CAUSE_SERVER_ERROR },
  { "502", 502, BODY ("<html>"), PURGE_BATCH_EVENT_LOST, PURGE_CAUSE_SERVER_ERROR },
};

static void
check_failed (const PurgeLookUp *look_up,
              PurgeBatchEvent    event,
              PurgeCause         cause)
{
  g_assert_nonnull (look_up->failure);
  g_assert_cmpuint (look_up->records->len, ==, 0);
  g_assert_cmpint (look_up->failure->event, ==, event);
  g_assert_cmpint (look_up->failure->cause, ==, cause);
}

static void
test_bad (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (PurgeLookUp) look_up = read_body (bad[i].status, bad[i].body, bad[i].length);

      g_test_message ("%s", bad[i].rule);
      check_failed (look_up, bad[i].event, bad[i].cause);
      g_assert_cmpuint (look_up->failure->http_status, ==, bad[i].status);
      g_assert_nonnull (look_up->failure->answer.raw);
    }
}

/* Wherever the answer ends too early, nothing is believed. */
static void
test_truncations (void)
{
  const char *body = LOGS (GOOD "," GOOD);
  g_autoptr (PurgeLookUp) whole = read_body (200, body, strlen (body));

  g_assert_null (whole->failure);
  for (gsize length = 0; length < strlen (body); length++)
    {
      g_autoptr (PurgeLookUp) look_up = read_body (200, body, length);

      check_failed (look_up, UNCLEAR);
    }
}

static void
test_nesting (void)
{
  g_autofree char *opening = g_strnfill (100000, '[');
  g_autofree char *deep = g_strconcat ("{\"code\":0,\"data\":{\"logs\":", opening, NULL);
  g_autoptr (PurgeLookUp) look_up = read_body (200, deep, strlen (deep));

  check_failed (look_up, UNCLEAR);
}

static void
test_too_long (void)
{
  g_autofree char *filler = g_strnfill (300 * 1024, ' ');
  g_autofree char *body = g_strconcat (LOGS (GOOD), filler, NULL);
  g_autoptr (PurgeLookUp) look_up = read_body (200, body, strlen (body));

  check_failed (look_up, PURGE_BATCH_EVENT_LOST, PURGE_CAUSE_ANSWER_TOO_LONG);
}

static void
test_unanswered (void)
{
  g_autoptr (PurgeApi) api = purge_api_v2_new (NULL, PURGE_FORM_POST, PURGE_SIGNATURE_HMAC_SHA256);
  g_autoptr (PurgeExchange) lost =
    purge_exchange_new_failed (PURGE_EXCHANGE_LOST, PURGE_CAUSE_TIMEOUT, "detail");
  g_autoptr (PurgeExchange) not_sent =
    purge_exchange_new_failed (PURGE_EXCHANGE_NOT_SENT, PURGE_CAUSE_NO_CONNECTION, NULL);
  g_autoptr (PurgeLookUp) first = purge_api_read_look_up (api, lost);
  g_autoptr (PurgeLookUp) second = purge_api_read_look_up (api, not_sent);

  check_failed (first, PURGE_BATCH_EVENT_LOST, PURGE_CAUSE_TIMEOUT);
  g_assert_cmpstr (first->failure->detail, ==, "detail");
  check_failed (second, PURGE_BATCH_EVENT_NOT_EXECUTED, PURGE_CAUSE_NO_CONNECTION);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/look-up-v2/requests", test_requests);
  g_test_add_func ("/look-up-v2/vector", test_vector);
  g_test_add_func ("/look-up-v2/refused-calls", test_refused_calls);
  g_test_add_func ("/look-up-v2/task-needs-no-time", test_task_needs_no_time);
  g_test_add_func ("/look-up-v2/good", test_good);
  g_test_add_func ("/look-up-v2/bad", test_bad);
  g_test_add_func ("/look-up-v2/truncations", test_truncations);
  g_test_add_func ("/look-up-v2/nesting", test_nesting);
  g_test_add_func ("/look-up-v2/too-long", test_too_long);
  g_test_add_func ("/look-up-v2/unanswered", test_unanswered);

  return g_test_run ();
}
