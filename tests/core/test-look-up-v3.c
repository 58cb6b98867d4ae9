/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#include "purge-look-up-v3.h"

#include <string.h>

#include "look-up-text.h"
#include "purge-error.h"
#include "purge-match.h"

#define SECRET_ID "AKIDEXAMPLEz8krbsJ5yKBZQpn74WFkm"
#define SECRET_KEY "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE"
#define TIMESTAMP 1700000000

/* 2017-02-06 19:00:00 in UTC+8, and forty minutes later. */
#define SINCE G_GINT64_CONSTANT (1486378800)
#define UNTIL G_GINT64_CONSTANT (1486381200)

static PurgeRequest *
build (PurgeApiKind            kind,
       const PurgeLookUpCall  *call,
       GError                **error)
{
  g_autoptr (PurgeApi) api =
    purge_api_new (kind, NULL, PURGE_FORM_POST, PURGE_SIGNATURE_HMAC_SHA256);
  g_autoptr (PurgeSecret) key = purge_secret_new (SECRET_KEY, -1);
  g_autoptr (PurgeCredentials) credentials = purge_credentials_new (SECRET_ID, key, NULL);

  return purge_api_build_look_up (api, call, credentials, error);
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
static const struct
{
  PurgeApiKind api;
  PurgeLookUpCall call;
  const char *uri;
  const char *body;
  const char *signature;
} requests[] = {
  { PURGE_API_KIND_3_0, { NULL, SINCE, UNTIL, TIMESTAMP, 0, PURGE_KIND_DIRECTORY },
    "https://cdn.tencentcloudapi.com/",
    "{\"PurgeType\":\"path\",\"StartTime\":\"2017-02-06 19:00:00\","
    "\"EndTime\":\"2017-02-06 19:40:00\",\"Offset\":0,\"Limit\":500}",
    "858876d1e9d3ce6c2a5e3f87ba1536a08cc943ae02446df8809c78f70496b7ce" },
  { PURGE_API_KIND_3_0, { NULL, SINCE, UNTIL, TIMESTAMP, 0, PURGE_KIND_URL },
    "https://cdn.tencentcloudapi.com/",
    "{\"PurgeType\":\"url\",\"StartTime\":\"2017-02-06 19:00:00\","
    "\"EndTime\":\"2017-02-06 19:40:00\",\"Offset\":0,\"Limit\":500}",
    "bd30880f4f5af7e4fc2b3d9dfe163738a9273a694cb85138b084ab641df9f25d" },
  { PURGE_API_KIND_3_0_INTL,
    { "1533045796-i60rfmzm", G_MAXINT64, G_MININT64, TIMESTAMP, 0, PURGE_KIND_DIRECTORY },
    "https://cdn.intl.tencentcloudapi.com/",
    "{\"TaskId\":\"1533045796-i60rfmzm\",\"Offset\":0,\"Limit\":500}",
    "cdad227711ec407e98a0c8e726c478417964269fcd07debce961463ea7823de5" },
};

static void
test_requests (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (PurgeRequest) request = build (requests[i].api, &requests[i].call, &error);
      GBytes *body;

      g_assert_no_error (error);
      body = purge_request_get_body (request);
      g_assert_cmpmem (g_bytes_get_data (body, NULL), g_bytes_get_size (body), requests[i].body,
                       strlen (requests[i].body));
      g_assert_cmpstr (purge_request_get_uri (request), ==, requests[i].uri);
      g_assert_cmpstr (find_header (request, "X-TC-Action"), ==, "DescribePurgeTasks");
      g_assert_true (g_str_has_suffix (find_header (request, "Authorization"),
                                       requests[i].signature));
    }
}

static void
test_refused_calls (void)
{
  static const struct
  {
    const char *rule;
    PurgeLookUpCall call;
  } calls[] = {
    { "no time of its own", { NULL, SINCE, UNTIL, 0 } },
    { "until before since", { NULL, UNTIL, SINCE, TIMESTAMP } },
    { "before 1970", { NULL, -1, UNTIL, TIMESTAMP } },
    { "after 9999", { NULL, SINCE, G_GINT64_CONSTANT (253402272000), TIMESTAMP } },
    { "never", { NULL, SINCE, G_MAXINT64, TIMESTAMP } },
    { "an empty task", { "", SINCE, UNTIL, TIMESTAMP } },
    { "a task with a quote", { "1\"", SINCE, UNTIL, TIMESTAMP } },
    { "a task with a blank", { "1 2", SINCE, UNTIL, TIMESTAMP } },
    { "a task in Chinese", { "任务", SINCE, UNTIL, TIMESTAMP } },
    { "a long task",
      { "12345678901234567890123456789012345678901234567890123456789012345", SINCE, UNTIL,
        TIMESTAMP } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", calls[i].rule);
      g_assert_null (build (PURGE_API_KIND_3_0, &calls[i].call, &error));
      g_assert_error (error, PURGE_ERROR, PURGE_ERROR_INVALID_INPUT);
      g_assert_true (g_str_has_suffix (error->message, "."));
    }
}

static PurgeLookUp *
read_body (guint       status,
           const char *body,
           gsize       length)
{
  /* A copy without a NUL after it, so that a sanitizer sees one step too far. */
  g_autoptr (GBytes) bytes = g_bytes_new (body, length);
  g_autoptr (PurgeExchange) exchange = purge_exchange_new_answer (status, bytes);

  return purge_look_up_v3_read (exchange);
}

#define LOGS(total, logs) \
  "{\"Response\":{\"PurgeLogs\":[" logs "],\"TotalCount\":" total ",\"RequestId\":\"r\"}}"
#define RECORD(task, url, status, type, date) \
  "{\"TaskId\":" task ",\"Url\":" url ",\"Status\":" status ",\"PurgeType\":" type "," \
  "\"FlushType\":\"flush\",\"CreateTime\":" date "}"
#define TASK "\"7-a\""
#define URL "\"http://a.cn/b/\""
#define DATE "\"2017-02-06 19:00:00\""
#define GOOD RECORD (TASK, URL, "\"done\"", "\"path\"", DATE)

static const struct
{
  const char *rule;
  const char *body;
  const char *found;
} good[] = {
  { "nothing", LOGS ("0", ""), "" },
  { "a directory that is done", LOGS ("1", GOOD), "7-a dir 1 1486378800 http://a.cn/b/" },
  { "a directory that is under way",
    LOGS ("1", RECORD (TASK, URL, "\"process\"", "\"path\"", DATE)),
    "7-a dir 0 1486378800 http://a.cn/b/" },
  { "a directory that failed", LOGS ("1", RECORD (TASK, URL, "\"fail\"", "\"path\"", DATE)),
    "7-a dir 2 1486378800 http://a.cn/b/" },
  { "words with capitals", LOGS ("1", RECORD (TASK, URL, "\"Done\"", "\"Path\"", DATE)),
    "7-a dir 1 1486378800 http://a.cn/b/" },
  { "words in capitals", LOGS ("1", RECORD (TASK, URL, "\"FAIL\"", "\"URL\"", DATE)),
    "7-a url 2 1486378800 http://a.cn/b/" },
  { "a URL", LOGS ("1", RECORD (TASK, "\"http://a.cn/b\"", "\"done\"", "\"url\"", DATE)),
    "7-a url 1 1486378800 http://a.cn/b" },
  { "two URLs of one task",
    LOGS ("2", GOOD "," RECORD (TASK, "\"x\"", "\"process\"", "\"path\"", DATE)),
    "7-a dir 1 1486378800 http://a.cn/b/; 7-a dir 0 1486378800 x" },
  { "a URL that is none",
    LOGS ("1", RECORD (TASK, "\"<b>%s\\u202e\"", "\"done\"", "\"path\"", DATE)),
    "7-a dir 1 1486378800 <b>%s\xe2\x80\xae" },
  { "the end of a year",
    LOGS ("1", RECORD (TASK, URL, "\"done\"", "\"path\"", "\"2024-12-31 23:59:59\"")),
    "7-a dir 1 1735660799 http://a.cn/b/" },
  { "other members are ignored",
    "{\"code\":4000,\"Response\":{\"PurgeLogs\":[{\"TaskId\":\"7-a\",\"Url\":\"x\","
    "\"Status\":\"done\",\"PurgeType\":\"path\",\"CreateTime\":" DATE ",\"More\":[{}]}],"
    "\"TotalCount\":1,\"Page\":{}}}",
    "7-a dir 1 1486378800 x" },
  { "a total of fewer", LOGS ("0", GOOD), "7-a dir 1 1486378800 http://a.cn/b/" },
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
#define ERROR(code) "{\"Response\":{\"Error\":{\"Code\":\"" code "\",\"Message\":\"x\"}}}"
/* One that is not understood spoils all. */
#define BAD_RECORD(rule, record) { rule, 200, BODY (LOGS ("3", GOOD "," record "," GOOD)), UNCLEAR }

static const struct
{
  const char *rule;
  guint status;
  const char *body;
  gsize length;
  PurgeBatchEvent event;
  PurgeCause cause;
} bad[] = {
  BAD_RECORD ("null", "null"),
  BAD_RECORD ("a number", "7"),
  BAD_RECORD ("a list", "[" GOOD "]"),
  BAD_RECORD ("text", "\"7\""),
  BAD_RECORD ("an empty object", "{}"),
  BAD_RECORD ("task null", RECORD ("null", URL, "\"done\"", "\"path\"", DATE)),
  BAD_RECORD ("task a number", RECORD ("7", URL, "\"done\"", "\"path\"", DATE)),
  BAD_RECORD ("task empty", RECORD ("\"\"", URL, "\"done\"", "\"path\"", DATE)),
  BAD_RECORD ("task with a blank", RECORD ("\" 7\"", URL, "\"done\"", "\"path\"", DATE)),
  BAD_RECORD ("task with markup", RECORD ("\"<b>\"", URL, "\"done\"", "\"path\"", DATE)),
  BAD_RECORD ("URL null", RECORD (TASK, "null", "\"done\"", "\"path\"", DATE)),
  BAD_RECORD ("URL empty", RECORD (TASK, "\"\"", "\"done\"", "\"path\"", DATE)),
  BAD_RECORD ("URL a number", RECORD (TASK, "7", "\"done\"", "\"path\"", DATE)),
  BAD_RECORD ("URL a list", RECORD (TASK, "[" URL "]", "\"done\"", "\"path\"", DATE)),
  BAD_RECORD ("status null", RECORD (TASK, URL, "null", "\"path\"", DATE)),
  BAD_RECORD ("status a number", RECORD (TASK, URL, "1", "\"path\"", DATE)),
  BAD_RECORD ("status empty", RECORD (TASK, URL, "\"\"", "\"path\"", DATE)),
  BAD_RECORD ("status unknown", RECORD (TASK, URL, "\"invalid\"", "\"path\"", DATE)),
  BAD_RECORD ("status with a blank", RECORD (TASK, URL, "\"done \"", "\"path\"", DATE)),
  BAD_RECORD ("status longer", RECORD (TASK, URL, "\"done!\"", "\"path\"", DATE)),
  BAD_RECORD ("type null", RECORD (TASK, URL, "\"done\"", "null", DATE)),
  BAD_RECORD ("type a number", RECORD (TASK, URL, "\"done\"", "1", DATE)),
  BAD_RECORD ("type unknown", RECORD (TASK, URL, "\"done\"", "\"dir\"", DATE)),
  BAD_RECORD ("date null", RECORD (TASK, URL, "\"done\"", "\"path\"", "null")),
  BAD_RECORD ("date a number", RECORD (TASK, URL, "\"done\"", "\"path\"", "1486378800")),
  BAD_RECORD ("date as in ISO 8601",
              RECORD (TASK, URL, "\"done\"", "\"path\"", "\"2017-02-06T19:00:00+08:00\"")),
  BAD_RECORD ("date of February 30",
              RECORD (TASK, URL, "\"done\"", "\"path\"", "\"2017-02-30 19:00:00\"")),
  BAD_RECORD ("status twice",
              "{\"TaskId\":" TASK ",\"Url\":" URL ",\"Status\":\"fail\",\"Status\":\"done\","
              "\"PurgeType\":\"path\",\"CreateTime\":" DATE "}"),

  /* What the records are in. */
  { "no logs", 200, BODY ("{\"Response\":{\"TotalCount\":0}}"), UNCLEAR },
  { "logs null", 200, BODY ("{\"Response\":{\"PurgeLogs\":null,\"TotalCount\":0}}"), UNCLEAR },
  { "logs an object", 200, BODY ("{\"Response\":{\"PurgeLogs\":{},\"TotalCount\":0}}"), UNCLEAR },
  { "logs in logs", 200, BODY (LOGS ("1", "[" GOOD "]")), UNCLEAR },
  { "logs beside the response", 200,
    BODY ("{\"Response\":{\"TotalCount\":0},\"PurgeLogs\":[]}"), UNCLEAR },
  { "no total", 200, BODY ("{\"Response\":{\"PurgeLogs\":[]}}"), UNCLEAR },
  { "a cut log", 200, BODY (LOGS ("2", GOOD)), UNCLEAR },
  { "an empty page of a log", 200, BODY (LOGS ("1", "")), UNCLEAR },
  { "a total in words", 200, BODY (LOGS ("\"1\"", GOOD)), UNCLEAR },
  { "a total null", 200, BODY (LOGS ("null", "")), UNCLEAR },
  { "a fraction of a total", 200, BODY (LOGS ("1.0", GOOD)), UNCLEAR },
  { "a large total", 200, BODY (LOGS ("4294967296", "")), UNCLEAR },

  /* The answer around it. */
  { "records and an error", 200,
    BODY ("{\"Response\":{\"PurgeLogs\":[],\"TotalCount\":0,\"Error\":null}}"), UNCLEAR },
  { "no response", 200, BODY ("{\"PurgeLogs\":[],\"TotalCount\":0}"), UNCLEAR },
  { "the log of API 2.0", 200, BODY ("{\"code\":0,\"data\":{\"logs\":[]}}"), UNCLEAR },
  { "nothing", 200, BODY (""), UNCLEAR },
  { "something after it", 200, BODY (LOGS ("0", "") "{}"), UNCLEAR },
  { "invalid UTF-8", 200, BODY (LOGS ("1", RECORD (TASK, "\"\xff\"", "\"done\"", "\"path\"", DATE))),
    UNCLEAR },
  { "a web page", 200, BODY ("<html>"), PURGE_BATCH_EVENT_LOST, PURGE_CAUSE_WEB_PAGE },
  { "refused", 200, BODY (ERROR ("AuthFailure.UnauthorizedOperation")),
    PURGE_BATCH_EVENT_REJECTED, PURGE_CAUSE_REFUSED_BY_API },
  { "internal error", 200, BODY (ERROR ("InternalError")),
    PURGE_BATCH_EVENT_LOST, PURGE_CAUSE_SERVER_INTERNAL },
  { "too often", 200, BODY (ERROR ("RequestLimitExceeded")),
    PURGE_BATCH_EVENT_NOT_EXECUTED, PURGE_CAUSE_TOO_MANY_REQUESTS },
  { "204", 204, BODY (""), UNCLEAR },
  { "302", 302, BODY (LOGS ("1", GOOD)), PURGE_BATCH_EVENT_REJECTED, PURGE_CAUSE_REDIRECTED },
  { "403 that says success", 403, BODY (LOGS ("1", GOOD)), UNCLEAR },
  { "500 that says success", 500, BODY (LOGS ("1", GOOD)),
    PURGE_BATCH_EVENT_LOST, PURGE_CAUSE_SERVER_ERROR },
};

static void
test_bad (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (PurgeLookUp) look_up = read_body (bad[i].status, bad[i].body, bad[i].length);

      g_test_message ("%s", bad[i].rule);
      g_assert_nonnull (look_up->failure);
      g_assert_cmpuint (look_up->records->len, ==, 0);
      g_assert_cmpint (look_up->failure->event, ==, bad[i].event);
      g_assert_cmpint (look_up->failure->cause, ==, bad[i].cause);
    }
}

/* A purge has one record a URL, all with its task: together they are the batch. */
static void
test_is_matched (void)
{
#define OF(task, url, status) RECORD ("\"" task "\"", "\"http://" url "\"", "\"" status "\"", \
                                      "\"path\"", DATE)
  static const struct
  {
    const char *rule;
    const char *body;
    gboolean by_task;
    gboolean found;
    PurgeBatchEvent event;
  } logs[] = {
    { "done", LOGS ("2", OF ("7", "a.cn/b/", "done") "," OF ("7", "c.cn/d/", "done")), FALSE, TRUE,
      PURGE_BATCH_EVENT_DONE },
    { "a part is under way", LOGS ("2", OF ("7", "a.cn/b/", "process") ","
                                        OF ("7", "c.cn/d/", "done")), FALSE, TRUE,
      PURGE_BATCH_EVENT_ACCEPTED },
    { "a part failed", LOGS ("2", OF ("7", "a.cn/b/", "done") "," OF ("7", "c.cn/d/", "fail")),
      FALSE, TRUE, PURGE_BATCH_EVENT_FAILED },
    { "of its task", LOGS ("2", OF ("7", "c.cn/d/", "done") "," OF ("7", "a.cn/b/", "done")), TRUE,
      TRUE, PURGE_BATCH_EVENT_DONE },
    { "less", LOGS ("1", OF ("7", "a.cn/b/", "done")), FALSE, FALSE },
    { "less of its task", LOGS ("1", OF ("7", "a.cn/b/", "done")), TRUE, FALSE },
    { "more", LOGS ("3", OF ("7", "a.cn/b/", "done") "," OF ("7", "c.cn/d/", "done") ","
                         OF ("7", "e.cn/f/", "done")), FALSE, FALSE },
    { "more of its task", LOGS ("3", OF ("7", "a.cn/b/", "done") "," OF ("7", "c.cn/d/", "done") ","
                                     OF ("7", "e.cn/f/", "done")), TRUE, FALSE },
    { "a purge of somebody else besides",
      LOGS ("4", OF ("8", "a.cn/b/", "fail") "," OF ("7", "a.cn/b/", "done") ","
                 OF ("8", "a.cn/x/", "fail") "," OF ("7", "c.cn/d/", "done")), FALSE, TRUE,
      PURGE_BATCH_EVENT_DONE },
  };
  static const char * const batch[] = { "http://a.cn/b/", "http://c.cn/d/", NULL };

  for (guint i = 0; i < G_N_ELEMENTS (logs); i++)
    {
      g_autoptr (PurgeLookUp) look_up = read_body (200, logs[i].body, strlen (logs[i].body));
      g_auto (PurgeMatch) match = { PURGE_BATCH_EVENT_SEND, NULL };

      g_test_message ("%s", logs[i].rule);
      g_assert_null (look_up->failure);
      g_assert_cmpint (purge_match_find (look_up, PURGE_KIND_DIRECTORY, batch, SINCE, UNTIL, NULL, 0, logs[i].by_task,
                                         &match), ==, logs[i].found);
      if (!logs[i].found)
        continue;
      g_assert_cmpint (match.event, ==, logs[i].event);
      g_assert_cmpuint (g_strv_length (match.ids), ==, 1);
      g_assert_cmpstr (match.ids[0], ==, "7");
    }
}

/* Wherever the answer ends too early, nothing is believed. */
static void
test_truncations (void)
{
  const char *body = LOGS ("2", GOOD "," GOOD);

  for (gsize length = 0; length < strlen (body); length++)
    {
      g_autoptr (PurgeLookUp) look_up = read_body (200, body, length);

      g_assert_nonnull (look_up->failure);
      g_assert_cmpuint (look_up->records->len, ==, 0);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/look-up-v3/requests", test_requests);
  g_test_add_func ("/look-up-v3/refused-calls", test_refused_calls);
  g_test_add_func ("/look-up-v3/good", test_good);
  g_test_add_func ("/look-up-v3/bad", test_bad);
  g_test_add_func ("/look-up-v3/is-matched", test_is_matched);
  g_test_add_func ("/look-up-v3/truncations", test_truncations);

  return g_test_run ();
}
