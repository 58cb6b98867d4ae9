/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#include "purge-answer-v3.h"

#include <string.h>

#include "purge-code-v3.h"
#include "verdict.h"

/* A refusal as Tencent's pages have it. */
#define CODE(rule, text, verdict) \
  { rule, 200, \
    BODY ("{\"Response\":{\"Error\":{\"Code\":\"" text "\",\"Message\":\"x\"}," \
          "\"RequestId\":\"r-1\"}}"), \
    verdict, .code = text, .message = "x", .request_id = "r-1" }

typedef struct
{
  const char *rule;
  guint status;
  const char *body;
  gsize length;
  PurgeBatchEvent event;
  PurgeCause cause;
  gboolean stops_queue;
  const char *content_type;
  const char *code;
  const char *message;
  const char *task_id;
  const char *request_id;
} Case;

static const Case cases[] = {
  /* Successes. */
  { "success of the page", 200,
    BODY ("{\"Response\":{\"TaskId\":\"1533045796-i60rfmzm\",\"RequestId\":\"r-1\"}}"),
    ACCEPTED, .task_id = "1533045796-i60rfmzm", .request_id = "r-1" },
  { "without a request id", 200,
    BODY ("{\"Response\":{\"TaskId\":\"1\"}}"),
    ACCEPTED, .task_id = "1" },
  { "a request id that is none", 200,
    BODY ("{\"Response\":{\"TaskId\":\"1\",\"RequestId\":7}}"),
    ACCEPTED, .task_id = "1" },
  { "blanks around", 200,
    BODY (" \r\n{ \"Response\" : { \"TaskId\" : \"1\" } }\n"),
    ACCEPTED, .task_id = "1" },
  { "blanks around the task", 200,
    BODY ("{\"Response\":{\"TaskId\":\" 1 \"}}"),
    ACCEPTED, .task_id = "1" },
  { "other members are ignored", 200,
    BODY ("{\"code\":4000,\"Response\":{\"TaskId\":\"1\",\"DeprecatedWarning\":\"x\","
          "\"Errors\":[],\"error\":{\"Code\":\"y\"}},\"Error\":{\"Code\":\"x\"}}"),
    ACCEPTED, .task_id = "1" },
  { "escaped names", 200,
    BODY ("{\"\\u0052esponse\":{\"T\\u0061skId\":\"1\"}}"),
    ACCEPTED, .task_id = "1" },
  { "content type does not decide", 200,
    BODY ("{\"Response\":{\"TaskId\":\"1533045796-i60rfmzm\",\"RequestId\":\"r-1\"}}"),
    ACCEPTED, .content_type = "text/html", .task_id = "1533045796-i60rfmzm", .request_id = "r-1" },

  /* Refusals. */
  { "as on the page", 200,
    BODY ("{\"Response\":{\"Error\":{\"Code\":\"AuthFailure.SignatureFailure\","
          "\"Message\":\"The provided credentials could not be validated.\"},"
          "\"RequestId\":\"r-1\"}}"),
    REFUSED_STOPS, .code = "AuthFailure.SignatureFailure",
    .message = "The provided credentials could not be validated.", .request_id = "r-1" },
  CODE (NULL, "AuthFailure", REFUSED_STOPS),
  CODE (NULL, "AuthFailure.SecretIdNotFound", REFUSED_STOPS),
  CODE (NULL, "AuthFailure.SignatureExpire", REFUSED_STOPS),
  CODE (NULL, "AuthFailure.TokenFailure", REFUSED_STOPS),
  CODE (NULL, "AuthFailure.UnauthorizedOperation", REFUSED_STOPS),
  CODE (NULL, "UnauthorizedOperation", REFUSED_STOPS),
  CODE (NULL, "UnauthorizedOperation.CdnCamUnauthorized", REFUSED_STOPS),
  CODE (NULL, "UnauthorizedOperation.CdnHostUnauthorized", REFUSED_STOPS),
  CODE (NULL, "LimitExceeded.CdnPurgePathExceedDayLimit", REFUSED_STOPS),
  CODE (NULL, "LimitExceeded.CdnPurgeUrlExceedDayLimit", REFUSED_STOPS),
  CODE (NULL, "LimitExceeded.CdnPurgePathExceedBatchLimit", REFUSED_STOPS),
  CODE (NULL, "ActionOffline", REFUSED_STOPS),
  CODE (NULL, "OperationDenied.ProductUpgraded", REFUSED_STOPS),
  CODE (NULL, "ResourceNotFound.CdnUserNotExists", REFUSED_STOPS),
  CODE (NULL, "InvalidAction", REFUSED_STOPS),
  CODE (NULL, "ResourceNotFound.CdnHostNotExists", REFUSED),
  CODE (NULL, "InvalidParameter", REFUSED),
  CODE (NULL, "InvalidParameter.CdnPurgeWildcardNotAllowed", REFUSED),
  CODE (NULL, "InvalidParameter.CdnUrlExceedLength", REFUSED),
  CODE (NULL, "FailedOperation", REFUSED),
  CODE ("too many requests", "RequestLimitExceeded", TOO_MANY),
  CODE ("too many requests of the account", "RequestLimitExceeded.UinLimitExceeded", TOO_MANY),
  CODE ("too often", "UnauthorizedOperation.OperationTooOften", TOO_MANY),
  CODE ("an unknown code", "SomethingNew.Unheard", REFUSED),
  CODE ("an unknown code of a family", "AuthFailure.New", REFUSED_STOPS),
  CODE ("an unknown limit", "LimitExceeded.New", REFUSED_STOPS),
  CODE ("an unknown parameter", "InvalidParameter.New", REFUSED),
  CODE ("an unknown limit of requests", "RequestLimitExceeded.New.Deeper", TOO_MANY),
  CODE ("a family in other letters is none", "authfailure", REFUSED),
  CODE ("a longer family is another", "AuthFailures", REFUSED),
  CODE ("a shorter family is another", "Auth", REFUSED),
  CODE ("a code that begins with a dot", ".AuthFailure", REFUSED),
  { "a code with blanks", 200,
    BODY ("{\"Response\":{\"Error\":{\"Code\":\" AuthFailure \",\"Message\":\"x\"},"
          "\"RequestId\":\"r-1\"}}"),
    REFUSED_STOPS, .code = "AuthFailure", .message = "x", .request_id = "r-1" },
  { "a hostile code", 200,
    BODY ("{\"Response\":{\"Error\":{\"Code\":\"<b>%s\\u202e\",\"Message\":\"x\"},"
          "\"RequestId\":\"r-1\"}}"),
    REFUSED, .code = "<b>%s\xe2\x80\xae", .message = "x", .request_id = "r-1" },
  CODE ("a code in words that say success", "Success", REFUSED),
  { "no message", 200,
    BODY ("{\"Response\":{\"Error\":{\"Code\":\"AuthFailure\"}}}"),
    REFUSED_STOPS, .code = "AuthFailure" },
  { "message null", 200,
    BODY ("{\"Response\":{\"Error\":{\"Code\":\"AuthFailure\",\"Message\":null}}}"),
    REFUSED_STOPS, .code = "AuthFailure" },
  { "message with markup and bidi marks", 200,
    BODY ("{\"Response\":{\"Error\":{\"Code\":\"AuthFailure\","
          "\"Message\":\"<b>&\\u202e%s%n</b>\"},\"RequestId\":\"r-1\"}}"),
    REFUSED_STOPS, .code = "AuthFailure", .message = "<b>&\xe2\x80\xae%s%n</b>",
    .request_id = "r-1" },
  { "a refusal with a task", 200,
    BODY ("{\"Response\":{\"Error\":{\"Code\":\"AuthFailure\",\"Message\":\"x\"},"
          "\"TaskId\":\"1\",\"RequestId\":\"r-1\"}}"),
    REFUSED_STOPS, .code = "AuthFailure", .message = "x", .task_id = "1", .request_id = "r-1" },
  { "a refusal after a task", 200,
    BODY ("{\"Response\":{\"TaskId\":\"1\",\"Error\":{\"Code\":\"InvalidParameter\","
          "\"Message\":\"x\"}}}"),
    REFUSED, .code = "InvalidParameter", .message = "x", .task_id = "1" },

  /* Tencent's own failures: they may have executed. */
  CODE (NULL, "InternalError", INTERNAL),
  CODE (NULL, "InternalError.CdnSystemError", INTERNAL),
  CODE (NULL, "InternalError.New", INTERNAL),
  CODE (NULL, "InvalidParameter.CdnInterfaceError", INTERNAL),
  CODE (NULL, "UnauthorizedOperation.CsrfError", INTERNAL),
  CODE (NULL, "ResponseSizeLimitExceeded", INTERNAL),
  CODE (NULL, "ServiceUnavailable", INTERNAL_STOPS),

  /* Neither a yes nor a no. */
  { "no response", 200, BODY ("{\"TaskId\":\"1\"}"), UNCLEAR },
  { "an empty object", 200, BODY ("{}"), UNCLEAR },
  { "an empty response", 200, BODY ("{\"Response\":{}}"), UNCLEAR },
  { "a response in other letters", 200, BODY ("{\"response\":{\"TaskId\":\"1\"}}"), UNCLEAR },
  { "response null", 200, BODY ("{\"Response\":null}"), UNCLEAR },
  { "response a list", 200, BODY ("{\"Response\":[{\"TaskId\":\"1\"}]}"), UNCLEAR },
  { "response text", 200, BODY ("{\"Response\":\"TaskId\"}"), UNCLEAR },
  { "response true", 200, BODY ("{\"Response\":true}"), UNCLEAR },
  { "response deeper down", 200, BODY ("{\"data\":{\"Response\":{\"TaskId\":\"1\"}}}"), UNCLEAR },
  { "response in a response", 200,
    BODY ("{\"Response\":{\"Response\":{\"TaskId\":\"1\"}}}"),
    UNCLEAR },
  { "a request id only", 200,
    BODY ("{\"Response\":{\"RequestId\":\"r-1\"}}"),
    UNCLEAR, .request_id = "r-1" },
  { "task a number", 200,
    BODY ("{\"Response\":{\"TaskId\":1,\"RequestId\":\"r-1\"}}"),
    UNCLEAR, .request_id = "r-1" },
  { "task a fraction", 200,
    BODY ("{\"Response\":{\"TaskId\":1.5,\"RequestId\":\"r-1\"}}"),
    UNCLEAR, .request_id = "r-1" },
  { "task null", 200,
    BODY ("{\"Response\":{\"TaskId\":null,\"RequestId\":\"r-1\"}}"),
    UNCLEAR, .request_id = "r-1" },
  { "task true", 200,
    BODY ("{\"Response\":{\"TaskId\":true,\"RequestId\":\"r-1\"}}"),
    UNCLEAR, .request_id = "r-1" },
  { "task a list", 200,
    BODY ("{\"Response\":{\"TaskId\":[\"1\"],\"RequestId\":\"r-1\"}}"),
    UNCLEAR, .request_id = "r-1" },
  { "task an object", 200,
    BODY ("{\"Response\":{\"TaskId\":{\"TaskId\":\"1\"},\"RequestId\":\"r-1\"}}"),
    UNCLEAR, .request_id = "r-1" },
  { "task empty", 200,
    BODY ("{\"Response\":{\"TaskId\":\"\",\"RequestId\":\"r-1\"}}"),
    UNCLEAR, .request_id = "r-1" },
  { "task of blanks", 200,
    BODY ("{\"Response\":{\"TaskId\":\" \\t\",\"RequestId\":\"r-1\"}}"),
    UNCLEAR, .request_id = "r-1" },
  { "task in other letters", 200, BODY ("{\"Response\":{\"taskId\":\"1\"}}"), UNCLEAR },
  { "a task, and an error that is null", 200,
    BODY ("{\"Response\":{\"TaskId\":\"1\",\"Error\":null}}"),
    UNCLEAR, .task_id = "1" },
  { "a task, and an error that is text", 200,
    BODY ("{\"Response\":{\"TaskId\":\"1\",\"Error\":\"AuthFailure\"}}"),
    UNCLEAR, .task_id = "1" },
  { "a task, and an error that is a number", 200,
    BODY ("{\"Response\":{\"TaskId\":\"1\",\"Error\":0}}"),
    UNCLEAR, .task_id = "1" },
  { "a task, and an error that is false", 200,
    BODY ("{\"Response\":{\"TaskId\":\"1\",\"Error\":false}}"),
    UNCLEAR, .task_id = "1" },
  { "a task, and an error that is an empty list", 200,
    BODY ("{\"Response\":{\"TaskId\":\"1\",\"Error\":[]}}"),
    UNCLEAR, .task_id = "1" },
  { "a task, and an error that is a list", 200,
    BODY ("{\"Response\":{\"TaskId\":\"1\",\"Error\":[{\"Code\":\"AuthFailure\"}]}}"),
    UNCLEAR, .task_id = "1" },
  { "a task, and an error that is empty", 200,
    BODY ("{\"Response\":{\"TaskId\":\"1\",\"Error\":{}}}"),
    UNCLEAR, .task_id = "1" },
  { "an error whose code is null", 200,
    BODY ("{\"Response\":{\"Error\":{\"Code\":null,\"Message\":\"x\"}}}"),
    UNCLEAR, .message = "x" },
  { "an error whose code is a number", 200,
    BODY ("{\"Response\":{\"Error\":{\"Code\":4100,\"Message\":\"x\"}}}"),
    UNCLEAR, .message = "x" },
  { "an error whose code is empty", 200,
    BODY ("{\"Response\":{\"Error\":{\"Code\":\"\",\"Message\":\"x\"}}}"),
    UNCLEAR, .message = "x" },
  { "an error whose code is of blanks", 200,
    BODY ("{\"Response\":{\"Error\":{\"Code\":\" \",\"Message\":\"x\"}}}"),
    UNCLEAR, .message = "x" },
  { "an error whose code is a list", 200,
    BODY ("{\"Response\":{\"Error\":{\"Code\":[\"AuthFailure\"],\"Message\":\"x\"}}}"),
    UNCLEAR, .message = "x" },
  { "an error with a code in other letters", 200,
    BODY ("{\"Response\":{\"Error\":{\"code\":\"AuthFailure\"}}}"),
    UNCLEAR },
  { "the envelope of API 2.0", 200,
    BODY ("{\"code\":0,\"message\":\"\",\"codeDesc\":\"Success\"}"),
    UNCLEAR },
  { "a refusal of API 2.0", 200, BODY ("{\"code\":4100,\"message\":\"x\"}"), UNCLEAR },

  /* What is not one strict object is never a success. */
  { "nothing", 200, BODY (""), UNCLEAR },
  { "a list", 200,
    BODY ("[{\"Response\":{\"TaskId\":\"1533045796-i60rfmzm\",\"RequestId\":\"r-1\"}}]"),
    UNCLEAR },
  { "two objects", 200,
    BODY ("{\"Response\":{\"TaskId\":\"1533045796-i60rfmzm\","
          "\"RequestId\":\"r-1\"}}{\"Response\":{\"TaskId\":\"1533045796-i60rfmzm\","
          "\"RequestId\":\"r-1\"}}"),
    UNCLEAR },
  { "an end", 200,
    BODY ("{\"Response\":{\"TaskId\":\"1533045796-i60rfmzm\",\"RequestId\":\"r-1\"}};"),
    UNCLEAR },
  { "a comment", 200,
    BODY ("/**/{\"Response\":{\"TaskId\":\"1533045796-i60rfmzm\",\"RequestId\":\"r-1\"}}"),
    UNCLEAR },
  { "single quotes", 200, BODY ("{'Response':{'TaskId':'1'}}"), UNCLEAR },
  { "a call", 200,
    BODY ("f({\"Response\":{\"TaskId\":\"1533045796-i60rfmzm\",\"RequestId\":\"r-1\"}})"),
    UNCLEAR },
  { "a byte order mark", 200,
    BODY ("\xef\xbb\xbf" "{\"Response\":{\"TaskId\":\"1533045796-i60rfmzm\","
          "\"RequestId\":\"r-1\"}}"),
    UNCLEAR },
  { "the response twice", 200,
    BODY ("{\"Response\":{\"TaskId\":\"1\"},\"Response\":{\"TaskId\":\"1\"}}"),
    UNCLEAR },
  { "the task twice", 200, BODY ("{\"Response\":{\"TaskId\":\"1\",\"TaskId\":\"1\"}}"), UNCLEAR },
  { "the task twice, escaped", 200,
    BODY ("{\"Response\":{\"TaskId\":\"1\",\"Task\\u0049d\":\"2\"}}"),
    UNCLEAR },
  { "the error twice", 200,
    BODY ("{\"Response\":{\"Error\":{\"Code\":\"a\"},\"Error\":{\"Code\":\"b\"}}}"),
    UNCLEAR },
  { "a NUL in a name", 200, BODY ("{\"Response\":{\"TaskId\\u0000\":\"1\"}}"), UNCLEAR },
  { "a NUL in a task", 200, BODY ("{\"Response\":{\"TaskId\":\"1\\u0000\"}}"), UNCLEAR },
  { "cut", 200, BODY ("{\"Response\":{\"TaskId\":\"1\"}"), UNCLEAR },
  { "invalid UTF-8", 200, BODY ("{\"Response\":{\"TaskId\":\"\xff\"}}"), UNCLEAR },

  /* Statuses. */
  { "204", 204, BODY (""), UNCLEAR },
  { "206 that says success", 206,
    BODY ("{\"Response\":{\"TaskId\":\"1533045796-i60rfmzm\",\"RequestId\":\"r-1\"}}"),
    UNCLEAR, .task_id = "1533045796-i60rfmzm", .request_id = "r-1" },
  { "302 that says success", 302,
    BODY ("{\"Response\":{\"TaskId\":\"1533045796-i60rfmzm\",\"RequestId\":\"r-1\"}}"),
    REDIRECTED, .task_id = "1533045796-i60rfmzm", .request_id = "r-1" },
  { "a web page", 200, BODY ("<html>"), WEB_PAGE },
  { "a web page by its type", 200,
    BODY ("sign in"),
    WEB_PAGE, .content_type = "text/html; charset=utf-8" },
  { "403", 403, BODY (""), HTTP_REFUSED },
  { "404 that says success", 404,
    BODY ("{\"Response\":{\"TaskId\":\"1533045796-i60rfmzm\",\"RequestId\":\"r-1\"}}"),
    UNCLEAR, .task_id = "1533045796-i60rfmzm", .request_id = "r-1" },
  { "403 with a code", 403,
    BODY ("{\"Response\":{\"Error\":{\"Code\":\"AuthFailure.SecretIdNotFound\","
          "\"Message\":\"x\"},\"RequestId\":\"r-1\"}}"),
    REFUSED_STOPS, .code = "AuthFailure.SecretIdNotFound", .message = "x", .request_id = "r-1" },
  { "429", 429, BODY (""), TOO_MANY },
  { "429 with a code", 429,
    BODY ("{\"Response\":{\"Error\":{\"Code\":\"LimitExceeded\",\"Message\":\"x\"},"
          "\"RequestId\":\"r-1\"}}"),
    TOO_MANY, .code = "LimitExceeded", .message = "x", .request_id = "r-1" },
  { "500", 500, BODY (""), SERVER_ERROR },
  { "502 with a page", 502, BODY ("<html>"), SERVER_ERROR },
  { "500 that says success", 500,
    BODY ("{\"Response\":{\"TaskId\":\"1533045796-i60rfmzm\",\"RequestId\":\"r-1\"}}"),
    SERVER_ERROR, .task_id = "1533045796-i60rfmzm", .request_id = "r-1" },
  { "500 with a code of Tencent's", 500,
    BODY ("{\"Response\":{\"Error\":{\"Code\":\"AuthFailure\",\"Message\":\"x\"},"
          "\"RequestId\":\"r-1\"}}"),
    REFUSED_STOPS, .code = "AuthFailure", .message = "x", .request_id = "r-1" },
  { "500 with a family of Tencent's", 500,
    BODY ("{\"Response\":{\"Error\":{\"Code\":\"InternalError.New\",\"Message\":\"x\"},"
          "\"RequestId\":\"r-1\"}}"),
    INTERNAL, .code = "InternalError.New", .message = "x", .request_id = "r-1" },
  { "502 with a gateway's code", 502,
    BODY ("{\"Response\":{\"Error\":{\"Code\":\"BadGateway\",\"Message\":\"x\"},"
          "\"RequestId\":\"r-1\"}}"),
    SERVER_ERROR, .code = "BadGateway", .message = "x", .request_id = "r-1" },
};

static PurgeExchange *
make_exchange (guint       status,
               const char *body,
               gsize       length)
{
  /* A copy without a NUL after it, so that a sanitizer sees one step too far. */
  g_autoptr (GBytes) bytes = g_bytes_new (body, length);

  return purge_exchange_new_answer (status, bytes);
}

static PurgeOutcome *
read_text (const char *body)
{
  g_autoptr (PurgeExchange) exchange = make_exchange (200, body, strlen (body));

  return purge_answer_v3_read (exchange, 3);
}

static void
check_case (const Case *one)
{
  g_autoptr (PurgeExchange) exchange = make_exchange (one->status, one->body, one->length);
  g_autoptr (PurgeOutcome) outcome = NULL;

  exchange->content_type = g_strdup (one->content_type);
  outcome = purge_answer_v3_read (exchange, 3);

  g_test_message ("%s", one->rule != NULL ? one->rule : one->code);
  g_assert_cmpint (outcome->event, ==, one->event);
  g_assert_cmpstr (purge_cause_to_string (outcome->cause), ==, purge_cause_to_string (one->cause));
  g_assert_cmpint (outcome->stops_queue, ==, one->stops_queue);
  g_assert_cmpuint (outcome->http_status, ==, one->status);
  g_assert_cmpstr (outcome->answer.code, ==, one->code);
  g_assert_cmpstr (outcome->answer.message, ==, one->message);
  g_assert_cmpstr (outcome->answer.task_id, ==, one->task_id);
  g_assert_cmpstr (outcome->answer.request_id, ==, one->request_id);
  g_assert_false (outcome->answer.code_is_number);
  g_assert_cmpint (outcome->answer.module_code, ==, 0);
  g_assert_cmpint (outcome->answer.count, ==, -1);
  g_assert_nonnull (outcome->answer.raw);
  g_assert_true (g_utf8_validate (outcome->answer.raw, -1, NULL));
}

static void
test_cases (void)
{
  g_assert_cmpuint (G_N_ELEMENTS (cases), >=, 100);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    check_case (&cases[i]);
}

/* A success cut anywhere is no success, whatever else it is. */
static void
test_truncations (void)
{
  const char *body = "{\"Response\":{\"TaskId\":\"1533045796-i60rfmzm\",\"RequestId\":\"r\"}}";

  for (gsize length = 0; length < strlen (body); length++)
    {
      g_autoptr (PurgeExchange) exchange = make_exchange (200, body, length);
      g_autoptr (PurgeOutcome) outcome = purge_answer_v3_read (exchange, 3);

      g_assert_cmpint (outcome->event, ==, PURGE_BATCH_EVENT_LOST);
    }
}

/* Every code of the table is judged as the table says. */
static void
test_codes (void)
{
  guint n_codes;
  const PurgeCodeV3 *codes = purge_code_v3_list (&n_codes);

  for (guint i = 0; i < n_codes; i++)
    {
      g_autofree char *body =
        g_strdup_printf ("{\"Response\":{\"Error\":{\"Code\":\"%s\",\"Message\":\"\"}}}",
                         codes[i].name);
      g_autoptr (PurgeOutcome) outcome = read_text (body);

      g_assert_cmpint (outcome->event, ==, codes[i].code.event);
      g_assert_cmpint (outcome->cause, ==, codes[i].code.cause);
      g_assert_cmpint (outcome->stops_queue, ==, codes[i].code.stops_queue);
    }
}

/* What makes no task needs none, but is no success with an error. */
static void
test_response (void)
{
  static const struct { const char *body; PurgeBatchEvent event; } bodies[] = {
    { "{\"Response\":{}}", PURGE_BATCH_EVENT_ACCEPTED },
    { "{\"Response\":{\"RequestId\":\"r\"}}", PURGE_BATCH_EVENT_ACCEPTED },
    { "{\"Response\":{\"Error\":null}}", PURGE_BATCH_EVENT_LOST },
    { "{\"Response\":{\"Error\":{\"Code\":\"AuthFailure\"}}}", PURGE_BATCH_EVENT_REJECTED },
    { "{\"Response\":[]}", PURGE_BATCH_EVENT_LOST },
    { "{}", PURGE_BATCH_EVENT_LOST },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (PurgeExchange) exchange = make_exchange (200, bodies[i].body,
                                                          strlen (bodies[i].body));
      g_autoptr (JsonNode) body = NULL;
      g_autoptr (PurgeOutcome) outcome = purge_answer_v3_read_response (exchange, &body);

      g_assert_cmpint (outcome->event, ==, bodies[i].event);
      g_assert_nonnull (body);
      if (outcome->event == PURGE_BATCH_EVENT_ACCEPTED)
        g_assert_nonnull (purge_answer_v3_get_response (body));
    }
}

static void
test_long_and_deep (void)
{
  g_autofree char *filler = g_strnfill (PURGE_EXCHANGE_MAX_BODY, ' ');
  g_autofree char *brackets = g_strnfill (100000, '[');
  g_autofree char *too_long = g_strconcat ("{\"Response\":{\"TaskId\":\"1\"}}", filler, NULL);
  g_autofree char *deep = g_strconcat ("{\"Response\":{\"TaskId\":\"1\",\"a\":", brackets, NULL);
  g_autoptr (PurgeOutcome) long_outcome = read_text (too_long);
  g_autoptr (PurgeOutcome) deep_outcome = read_text (deep);

  g_assert_cmpint (long_outcome->event, ==, PURGE_BATCH_EVENT_LOST);
  g_assert_cmpint (long_outcome->cause, ==, PURGE_CAUSE_ANSWER_TOO_LONG);
  g_assert_cmpint (deep_outcome->event, ==, PURGE_BATCH_EVENT_LOST);
  g_assert_cmpint (deep_outcome->cause, ==, PURGE_CAUSE_ANSWER_UNCLEAR);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/answer-v3/cases", test_cases);
  g_test_add_func ("/answer-v3/truncations", test_truncations);
  g_test_add_func ("/answer-v3/codes", test_codes);
  g_test_add_func ("/answer-v3/response", test_response);
  g_test_add_func ("/answer-v3/long-and-deep", test_long_and_deep);

  return g_test_run ();
}
