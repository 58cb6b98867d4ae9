/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#include "purge-answer-v2.h"

#include <string.h>

#include "purge-code.h"
#include "verdict.h"

#define N_SENT 3

#define SUCCESS_BODY BODY ("{\"code\":0,\"message\":\"\",\"codeDesc\":\"Success\"}")
#define NUMBER(text) .code = text, .code_is_number = TRUE

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
  gboolean code_is_number;
  const char *code_desc;
  const char *message;
  int module_code;
  const char *task_id;
  const char *count;
} Case;

static const Case cases[] = {
  /* Successes, in every shape that Tencent's pages and users show. */
  { "success of the page", 200, SUCCESS_BODY, ACCEPTED,
    NUMBER ("0"), .code_desc = "Success", .message = "" },
  { "success with a task", 200,
    BODY ("{\"code\":0,\"message\":\"\",\"codeDesc\":\"Success\",\"data\":{\"count\":3,"
          "\"task_id\":\"1540810210711616112\"}}"),
    ACCEPTED, NUMBER ("0"), .code_desc = "Success", .message = "",
    .task_id = "1540810210711616112", .count = "3" },
  { "success of the old tools", 200,
    BODY ("{\"code\":0,\"data\":[{\"log_id\":220332,\"count\":3}]}"),
    ACCEPTED, NUMBER ("0"), .task_id = "220332", .count = "3" },
  { "success in two tasks", 200,
    BODY ("{\"code\":0,\"data\":[{\"log_id\":1,\"count\":1},{\"log_id\":2,\"count\":2}]}"),
    ACCEPTED, NUMBER ("0"), .task_id = "1", .count = "3" },
  { "success with a count only", 200, BODY ("{\"code\":0,\"data\":{\"count\":3}}"), ACCEPTED,
    NUMBER ("0"), .count = "3" },
  { "success with more than was sent", 200, BODY ("{\"code\":0,\"data\":{\"count\":4}}"), ACCEPTED,
    NUMBER ("0"), .count = "4" },
  { "success with nothing but the code", 200, BODY ("{\"code\":0}"), ACCEPTED, NUMBER ("0") },
  { "blanks around", 200, BODY (" \r\n\t{ \"code\" : 0 }\n"), ACCEPTED, NUMBER ("0") },
  { "other members are ignored", 200,
    BODY ("{\"retcode\":1,\"errmsg\":\"x\",\"code\":0,\"a\":[{\"code\":1}],\"Code\":4100}"),
    ACCEPTED, NUMBER ("0") },
  { "escaped name", 200, BODY ("{\"\\u0063ode\":0}"), ACCEPTED, NUMBER ("0") },
  { "content type does not decide", 200, SUCCESS_BODY, ACCEPTED, .content_type = "text/html",
    NUMBER ("0"), .code_desc = "Success", .message = "" },
  { "codeDesc does not decide: failure", 200,
    BODY ("{\"code\":0,\"codeDesc\":\"AuthFailure\"}"),
    ACCEPTED, NUMBER ("0"), .code_desc = "AuthFailure" },
  { "message does not decide: failure", 200,
    BODY ("{\"code\":0,\"message\":\"(9110)x\"}"),
    ACCEPTED, NUMBER ("0"), .message = "(9110)x", .module_code = 9110 },
  { "data of an unknown type", 200, BODY ("{\"code\":0,\"data\":\"ok\"}"), ACCEPTED, NUMBER ("0") },
  { "data null", 200, BODY ("{\"code\":0,\"data\":null}"), ACCEPTED, NUMBER ("0") },
  { "data an empty list", 200, BODY ("{\"code\":0,\"data\":[]}"), ACCEPTED, NUMBER ("0") },
  { "data a list of other things", 200,
    BODY ("{\"code\":0,\"data\":[1,\"x\",[{\"count\":0}]]}"),
    ACCEPTED, NUMBER ("0") },
  { "a task id that is a number", 200,
    BODY ("{\"code\":0,\"data\":{\"task_id\":1540810210711616112}}"),
    ACCEPTED, NUMBER ("0"), .task_id = "1540810210711616112" },
  { "a task id that is none", 200,
    BODY ("{\"code\":0,\"data\":{\"task_id\":{\"a\":1}}}"),
    ACCEPTED, NUMBER ("0") },

  /* Fewer taken than sent. */
  { "fewer", 200, BODY ("{\"code\":0,\"data\":{\"count\":2,\"task_id\":\"7\"}}"), FEWER,
    NUMBER ("0"), .task_id = "7", .count = "2" },
  { "none taken", 200,
    BODY ("{\"code\":0,\"data\":{\"count\":0}}"),
    FEWER, NUMBER ("0"), .count = "0" },
  { "less than none taken", 200,
    BODY ("{\"code\":0,\"data\":{\"count\":-3}}"),
    FEWER, NUMBER ("0"), .count = "0" },
  { "fewer in two tasks", 200, BODY ("{\"code\":0,\"data\":[{\"count\":1},{\"count\":1}]}"), FEWER,
    NUMBER ("0"), .count = "2" },
  { "a count that is none", 200,
    BODY ("{\"code\":0,\"data\":{\"count\":\"1\"}}"),
    ACCEPTED, NUMBER ("0") },
  { "partly executed", 200, BODY ("{\"code\":5400}"), FEWER, NUMBER ("5400") },

  /* Refusals. */
  { "no such domain, as on the page", 200,
    BODY ("{\"code\":4000,\"message\":\"(9110)没有这个域名的信息 cdn no such host\",\"codeDesc\":9110}"),
    REFUSED, NUMBER ("4000"), .code_desc = "9110",
    .message = "(9110)没有这个域名的信息 cdn no such host", .module_code = 9110 },
  { "no such domain, codeDesc in words", 200,
    BODY ("{\"code\":4000,\"message\":\"(9110)x\",\"codeDesc\":\"9110\"}"), REFUSED,
    NUMBER ("4000"), .code_desc = "9110", .message = "(9110)x", .module_code = 9110 },
  { "authentication", 200,
    BODY ("{\"code\":4100,\"message\":\"身份认证失败\",\"codeDesc\":\"AuthFailure\"}"), REFUSED_STOPS,
    NUMBER ("4100"), .code_desc = "AuthFailure", .message = "身份认证失败" },
  { "not deployed in mainland", 200,
    BODY ("{\"code\":4000,\"message\":\"(1012)传参错误 invalid error code[域名 a.cn 未部署在 mainland]\","
          "\"codeDesc\":\"InvalidParameter\"}"),
    REFUSED, NUMBER ("4000"), .code_desc = "InvalidParameter",
    .message = "(1012)传参错误 invalid error code[域名 a.cn 未部署在 mainland]", .module_code = 1012 },
  { "codeDesc with a trailing blank", 200,
    BODY ("{\"code\":4000,\"codeDesc\":\"StrategyResourceInvalid \"}"),
    REFUSED, NUMBER ("4000"), .code_desc = "StrategyResourceInvalid" },
  { "codeDesc says success", 200, BODY ("{\"code\":4000,\"codeDesc\":\"Success\"}"), REFUSED,
    NUMBER ("4000"), .code_desc = "Success" },
  { "codeDesc null", 200, BODY ("{\"code\":4000,\"codeDesc\":null}"), REFUSED, NUMBER ("4000") },
  { "codeDesc a list", 200, BODY ("{\"code\":4000,\"codeDesc\":[1]}"), REFUSED, NUMBER ("4000") },
  { "codeDesc true", 200, BODY ("{\"code\":4000,\"codeDesc\":true}"), REFUSED, NUMBER ("4000") },
  { "message null", 200, BODY ("{\"code\":4000,\"message\":null}"), REFUSED, NUMBER ("4000") },
  { "message a number", 200, BODY ("{\"code\":4000,\"message\":9110}"), REFUSED, NUMBER ("4000") },
  { "message with markup and bidi marks", 200,
    BODY ("{\"code\":4000,\"message\":\"<b>&\\u202e%s%n</b>\"}"), REFUSED,
    NUMBER ("4000"), .message = "<b>&\xe2\x80\xae%s%n</b>" },
  { "code in words", 200,
    BODY ("{\"code\":\"5100\",\"message\":\"x\"}"),
    REFUSED, .code = "5100", .message = "x" },
  { "code in words with blanks", 200, BODY ("{\"code\":\" 4000 \"}"), REFUSED, .code = "4000" },
  { "negative code in words", 200, BODY ("{\"code\":\"-1\"}"), REFUSED, .code = "-1" },
  { "negative code", 200, BODY ("{\"code\":-1}"), REFUSED, NUMBER ("-1") },
  { "unknown code", 200,
    BODY ("{\"code\":7777,\"message\":\"new\"}"),
    REFUSED, NUMBER ("7777"), .message = "new" },
  { "unknown authentication code", 200, BODY ("{\"code\":4199}"), REFUSED_STOPS, NUMBER ("4199") },
  { "code 1", 200, BODY ("{\"code\":1}"), REFUSED, NUMBER ("1") },
  { "the largest code", 200,
    BODY ("{\"code\":9223372036854775807}"),
    REFUSED, NUMBER ("9223372036854775807") },
  { "the smallest code", 200,
    BODY ("{\"code\":-9223372036854775808}"),
    REFUSED, NUMBER ("-9223372036854775808") },
  { "a code that is 0 in 32 bits", 200,
    BODY ("{\"code\":4294967296}"),
    REFUSED, NUMBER ("4294967296") },
  { "a refusal with a task", 200,
    BODY ("{\"code\":4000,\"data\":{\"task_id\":\"1\",\"count\":3}}"),
    REFUSED, NUMBER ("4000"), .task_id = "1", .count = "3" },
  { "requests used up", 200, BODY ("{\"code\":4400}"), REFUSED_STOPS, NUMBER ("4400") },
  { "directories used up", 200,
    BODY ("{\"code\":4000,\"message\":\"(22046)目录刷新数目超出单日限额\"}"),
    REFUSED_STOPS, NUMBER ("4000"), .message = "(22046)目录刷新数目超出单日限额", .module_code = 22046 },
  { "too many in one request", 200, BODY ("{\"code\":4000,\"message\":\"(22045)x\"}"), REFUSED,
    NUMBER ("4000"), .message = "(22045)x", .module_code = 22045 },
  { "too often", 200, BODY ("{\"code\":4000,\"message\":\"(9163)操作频繁\"}"), TOO_MANY,
    NUMBER ("4000"), .message = "(9163)操作频繁", .module_code = 9163 },
  { "clock", 200, BODY ("{\"code\":4200}"), REFUSED_STOPS, NUMBER ("4200") },
  { "no https", 200, BODY ("{\"code\":4600}"), REFUSED_STOPS, NUMBER ("4600") },
  { "unknown module code", 200,
    BODY ("{\"code\":4000,\"message\":\"(60024)you are not resource owner\"}"),
    REFUSED,
    NUMBER ("4000"), .message = "(60024)you are not resource owner", .module_code = 60024 },
  { "the smallest number is no module code", 200,
    BODY ("{\"code\":4000,\"message\":\"(-9223372036854775808)x\"}"), REFUSED,
    NUMBER ("4000"), .message = "(-9223372036854775808)x" },
  { "module code after blanks", 200, BODY ("{\"code\":4000,\"message\":\" \\n(9110) x\"}"), REFUSED,
    NUMBER ("4000"), .message = " \n(9110) x", .module_code = 9110 },
  { "module code further on is none", 200,
    BODY ("{\"code\":4000,\"message\":\"x (9110)\"}"),
    REFUSED, NUMBER ("4000"), .message = "x (9110)" },
  { "module code without an end is none", 200,
    BODY ("{\"code\":4000,\"message\":\"(9110\"}"),
    REFUSED, NUMBER ("4000"), .message = "(9110" },
  { "module code with more in it is none", 200,
    BODY ("{\"code\":4000,\"message\":\"(9110 )\"}"),
    REFUSED, NUMBER ("4000"), .message = "(9110 )" },
  { "module code without digits is none", 200,
    BODY ("{\"code\":4000,\"message\":\"(-)\"}"),
    REFUSED, NUMBER ("4000"), .message = "(-)" },
  { "module code of too many digits is none", 200,
    BODY ("{\"code\":4000,\"message\":\"(99999999999999999999)\"}"), REFUSED,
    NUMBER ("4000"), .message = "(99999999999999999999)" },
  { "a module code does not lift a stop", 200,
    BODY ("{\"code\":4100,\"message\":\"(9110)\"}"),
    REFUSED_STOPS, NUMBER ("4100"), .message = "(9110)", .module_code = 9110 },

  /* Tencent's own failures: they may have executed. */
  { "internal", 200,
    BODY ("{\"code\":6000,\"message\":\"x\"}"),
    INTERNAL, NUMBER ("6000"), .message = "x" },
  { "internal in words", 200, BODY ("{\"code\":\"6000\"}"), INTERNAL, .code = "6000" },
  { "not supported", 200, BODY ("{\"code\":6100}"), INTERNAL_STOPS, NUMBER ("6100") },
  { "maintenance", 200, BODY ("{\"code\":6200}"), INTERNAL_STOPS, NUMBER ("6200") },
  { "unknown code of that family", 200, BODY ("{\"code\":6999}"), INTERNAL, NUMBER ("6999") },
  { "internal module code", 200, BODY ("{\"code\":4000,\"message\":\"(9151)x\"}"), INTERNAL,
    NUMBER ("4000"), .message = "(9151)x", .module_code = 9151 },
  { "negative module code", 200, BODY ("{\"code\":5100,\"message\":\"(-9015)x\"}"), INTERNAL,
    NUMBER ("5100"), .message = "(-9015)x", .module_code = -9015 },
  { "a module code does not lift the doubt", 200,
    BODY ("{\"code\":6000,\"message\":\"(9110)x\"}"),
    INTERNAL,
    NUMBER ("6000"), .message = "(9110)x", .module_code = 9110 },
  { "replay", 200, BODY ("{\"code\":4500}"), REPLAY, NUMBER ("4500") },
  { "replay with a module code", 200, BODY ("{\"code\":4500,\"message\":\"(9110)\"}"), REPLAY,
    NUMBER ("4500"), .message = "(9110)", .module_code = 9110 },

  /* A code that is no integer is never a success. */
  { "code in words: zero", 200, BODY ("{\"code\":\"0\"}"), UNCLEAR, .code = "0" },
  { "code in words: zeros", 200, BODY ("{\"code\":\"000\"}"), UNCLEAR, .code = "000" },
  { "code in words: negative zero", 200, BODY ("{\"code\":\"-0\"}"), UNCLEAR, .code = "-0" },
  { "code in words: empty", 200, BODY ("{\"code\":\"\"}"), UNCLEAR, .code = "" },
  { "code in words: success", 200, BODY ("{\"code\":\"Success\"}"), UNCLEAR, .code = "Success" },
  { "code in words: number and more", 200,
    BODY ("{\"code\":\"4000x\"}"),
    UNCLEAR, .code = "4000x" },
  { "code in words: too large", 200,
    BODY ("{\"code\":\"9223372036854775808\"}"),
    UNCLEAR, .code = "9223372036854775808" },
  { "code 0.0", 200, BODY ("{\"code\":0.0}"), UNCLEAR },
  { "code 0e0", 200, BODY ("{\"code\":0e0}"), UNCLEAR },
  { "code 4000.0", 200, BODY ("{\"code\":4000.0}"), UNCLEAR },
  { "code 1e400", 200, BODY ("{\"code\":1e400}"), UNCLEAR },
  { "code false", 200, BODY ("{\"code\":false}"), UNCLEAR },
  { "code true", 200, BODY ("{\"code\":true}"), UNCLEAR },
  { "code null", 200, BODY ("{\"code\":null}"), UNCLEAR },
  { "code a list", 200, BODY ("{\"code\":[0]}"), UNCLEAR },
  { "code an object", 200, BODY ("{\"code\":{\"code\":0}}"), UNCLEAR },
  { "code missing", 200, BODY ("{\"message\":\"\",\"codeDesc\":\"Success\"}"), UNCLEAR,
    .code_desc = "Success", .message = "" },
  { "code in other letters", 200, BODY ("{\"Code\":0}"), UNCLEAR },
  { "code deeper down", 200, BODY ("{\"Response\":{\"code\":0}}"), UNCLEAR },
  { "code too large", 200, BODY ("{\"code\":9223372036854775808}"), UNCLEAR },
  { "code 0 in 64 bits", 200, BODY ("{\"code\":18446744073709551616}"), UNCLEAR },
  { "code -0", 200, BODY ("{\"code\":-0}"), UNCLEAR },
  { "code after NUL", 200, BODY ("{\"code\\u0000\":0}"), UNCLEAR },

  /* What is not one strict object is never a success. */
  { "nothing", 200, BODY (""), UNCLEAR },
  { "blanks", 200, BODY (" \n"), UNCLEAR },
  { "a bare zero", 200, BODY ("0"), UNCLEAR },
  { "a list", 200, BODY ("[{\"code\":0}]"), UNCLEAR },
  { "two objects", 200, BODY ("{\"code\":0}{\"code\":1}"), UNCLEAR },
  { "an end", 200, BODY ("{\"code\":0};"), UNCLEAR },
  { "an assignment", 200, BODY ("var x={\"code\":0};"), UNCLEAR },
  { "a comment", 200, BODY ("/*c*/{\"code\":0}"), UNCLEAR },
  { "single quotes", 200, BODY ("{'code':0}"), UNCLEAR },
  { "no quotes", 200, BODY ("{code:0}"), UNCLEAR },
  { "a byte order mark", 200, BODY ("\xef\xbb\xbf{\"code\":0}"), UNCLEAR },
  { "the same name twice", 200, BODY ("{\"code\":0,\"code\":0}"), UNCLEAR },
  { "the same name twice, escaped", 200, BODY ("{\"code\":0,\"cod\\u0065\":4000}"), UNCLEAR },
  { "cut", 200, BODY ("{\"code\":0,\"message\":\"\""), UNCLEAR },
  { "a call", 200, BODY ("callback({\"code\":0})"), UNCLEAR },
  { "invalid UTF-8", 200, BODY ("{\"code\":0,\"message\":\"\xff\"}"), UNCLEAR },
  { "a lone surrogate", 200, BODY ("{\"code\":0,\"message\":\"\\ud800\"}"), UNCLEAR },
  { "a NUL", 200, BODY ("{\"code\":0}\0"), UNCLEAR },
  { "UTF-16", 200, BODY ("{\0\"\0c\0o\0d\0e\0\"\0:\0\060\0}\0"), UNCLEAR },
  { "an API 3.0 success", 200,
    BODY ("{\"Response\":{\"TaskId\":\"1\",\"RequestId\":\"2\"}}"),
    UNCLEAR },
  { "plain words", 200, BODY ("request is success."), UNCLEAR },

  /* Web pages. */
  { "a web page", 200,
    BODY ("<!DOCTYPE html><title>Sign in</title>"),
    WEB_PAGE, .content_type = "text/html" },
  { "a web page of no type", 200, BODY ("\r\n <html>{\"code\":0}</html>"), WEB_PAGE },
  { "a web page by its type", 200,
    BODY ("Please sign in"),
    WEB_PAGE, .content_type = "TEXT/HTML; charset=utf-8" },
  { "XML", 200, BODY ("<?xml version=\"1.0\"?><code>0</code>"), WEB_PAGE },

  /* Other statuses. */
  { "201", 201, SUCCESS_BODY, UNCLEAR, NUMBER ("0"), .code_desc = "Success", .message = "" },
  { "204", 204, BODY (""), UNCLEAR },
  { "206", 206, SUCCESS_BODY, UNCLEAR, NUMBER ("0"), .code_desc = "Success", .message = "" },
  { "206 with a refusal", 206, BODY ("{\"code\":4100}"), UNCLEAR, NUMBER ("4100") },
  { "100", 100, SUCCESS_BODY, UNCLEAR, NUMBER ("0"), .code_desc = "Success", .message = "" },
  { "999", 999, SUCCESS_BODY, UNCLEAR, NUMBER ("0"), .code_desc = "Success", .message = "" },
  { "301", 301, BODY (""), REDIRECTED },
  { "302 that says success", 302, SUCCESS_BODY, REDIRECTED,
    NUMBER ("0"), .code_desc = "Success", .message = "" },
  { "303", 303, BODY ("<html>"), REDIRECTED },
  { "304", 304, BODY (""), REDIRECTED },
  { "307", 307, BODY (""), REDIRECTED },
  { "308", 308, BODY (""), REDIRECTED },
  { "400", 400, BODY ("Bad Request"), HTTP_REFUSED },
  { "401", 401, BODY (""), HTTP_REFUSED },
  { "403 with a page", 403,
    BODY ("<html>Forbidden</html>"),
    HTTP_REFUSED, .content_type = "text/html" },
  { "404", 404, BODY (""), HTTP_REFUSED },
  { "405", 405, BODY (""), HTTP_REFUSED },
  { "411", 411, BODY (""), HTTP_REFUSED },
  { "413", 413, BODY (""), HTTP_REFUSED },
  { "414", 414, BODY (""), HTTP_REFUSED },
  { "403 with other JSON", 403, BODY ("{\"error\":\"forbidden\"}"), HTTP_REFUSED },
  { "403 with a code", 403, BODY ("{\"code\":4000,\"message\":\"(9110)\"}"), REFUSED,
    NUMBER ("4000"), .message = "(9110)", .module_code = 9110 },
  { "403 that says success", 403, SUCCESS_BODY, UNCLEAR,
    NUMBER ("0"), .code_desc = "Success", .message = "" },
  { "429", 429, BODY (""), TOO_MANY },
  { "429 with a code", 429, BODY ("{\"code\":4400}"), TOO_MANY, NUMBER ("4400") },
  { "429 that says success", 429, SUCCESS_BODY, UNCLEAR,
    NUMBER ("0"), .code_desc = "Success", .message = "" },
  { "500", 500, BODY (""), SERVER_ERROR },
  { "501", 501, BODY ("<html>"), SERVER_ERROR },
  { "502 with a page", 502,
    BODY ("<html>Bad Gateway</html>"),
    SERVER_ERROR, .content_type = "text/html" },
  { "503", 503, BODY ("busy"), SERVER_ERROR },
  { "504", 504, BODY (""), SERVER_ERROR },
  { "500 that says success", 500, SUCCESS_BODY, SERVER_ERROR,
    NUMBER ("0"), .code_desc = "Success", .message = "" },
  { "500 with a code of Tencent's", 500, BODY ("{\"code\":4100}"), REFUSED_STOPS, NUMBER ("4100") },
  { "500 with a module code of Tencent's", 500,
    BODY ("{\"code\":1,\"message\":\"(9110)\"}"),
    REFUSED, NUMBER ("1"), .message = "(9110)", .module_code = 9110 },
  { "500 with an internal code", 500, BODY ("{\"code\":6000}"), INTERNAL, NUMBER ("6000") },
  { "502 with a gateway's code", 502, BODY ("{\"code\":502}"), SERVER_ERROR, NUMBER ("502") },
};

static PurgeOutcome *
read_answer (guint       status,
             const char *body,
             gsize       length,
             const char *content_type)
{
  /* A copy without a NUL after it, so that a sanitizer sees one step too far. */
  g_autoptr (GBytes) bytes = g_bytes_new (body, length);
  g_autoptr (PurgeExchange) exchange = purge_exchange_new_answer (status, bytes);

  exchange->content_type = g_strdup (content_type);
  return purge_answer_v2_read (exchange, N_SENT);
}

static void
check_case (const Case *one)
{
  g_autoptr (PurgeOutcome) outcome = read_answer (one->status, one->body, one->length,
                                                  one->content_type);
  const PurgeAnswer *answer = &outcome->answer;
  g_autofree char *count = answer->count < 0
    ? NULL : g_strdup_printf ("%" G_GINT64_FORMAT, answer->count);

  g_test_message ("%s", one->rule);
  g_assert_cmpint (outcome->event, ==, one->event);
  g_assert_cmpstr (purge_cause_to_string (outcome->cause), ==, purge_cause_to_string (one->cause));
  g_assert_cmpint (outcome->stops_queue, ==, one->stops_queue);
  g_assert_cmpuint (outcome->http_status, ==, one->status);
  g_assert_cmpstr (answer->code, ==, one->code);
  g_assert_cmpint (answer->code_is_number, ==, one->code_is_number);
  g_assert_cmpstr (answer->code_desc, ==, one->code_desc);
  g_assert_cmpstr (answer->message, ==, one->message);
  g_assert_cmpint (answer->module_code, ==, one->module_code);
  g_assert_cmpstr (answer->task_id, ==, one->task_id);
  g_assert_cmpstr (count, ==, one->count);
  g_assert_null (answer->request_id);
  g_assert_nonnull (answer->raw);
  g_assert_true (g_utf8_validate (answer->raw, -1, NULL));
}

static void
test_cases (void)
{
  g_assert_cmpuint (G_N_ELEMENTS (cases), >=, 90);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    check_case (&cases[i]);
}

/* A success cut anywhere is no success, whatever else it is. */
static void
test_truncations (void)
{
  const char *body = "{\"code\":0,\"message\":\"\",\"codeDesc\":\"Success\","
                     "\"data\":{\"count\":3,\"task_id\":\"1\"}}";

  for (gsize length = 0; length < strlen (body); length++)
    {
      g_autoptr (PurgeOutcome) outcome = read_answer (200, body, length, NULL);

      g_assert_cmpint (outcome->event, ==, PURGE_BATCH_EVENT_LOST);
    }
}

/* Every code of the table is judged as the table says, as a code or before a message. */
static void
test_codes (void)
{
  guint n_codes;
  const PurgeCode *codes = purge_code_list_common (&n_codes);

  for (guint i = 0; i < n_codes; i++)
    {
      g_autofree char *body = g_strdup_printf ("{\"code\":%d}", codes[i].code);
      g_autoptr (PurgeOutcome) outcome = read_answer (200, body, strlen (body), NULL);

      g_assert_cmpint (outcome->event, ==, codes[i].event);
      g_assert_cmpint (outcome->cause, ==, codes[i].cause);
      g_assert_cmpint (outcome->stops_queue, ==, codes[i].stops_queue);
    }

  codes = purge_code_list_module (&n_codes);
  for (guint i = 0; i < n_codes; i++)
    {
      g_autofree char *body = g_strdup_printf ("{\"code\":4000,\"message\":\"(%d)\"}",
                                               codes[i].code);
      g_autoptr (PurgeOutcome) outcome = read_answer (200, body, strlen (body), NULL);

      g_assert_cmpint (outcome->event, ==, codes[i].event);
      g_assert_cmpint (outcome->cause, ==, codes[i].cause);
      g_assert_cmpint (outcome->stops_queue, ==, codes[i].stops_queue);
    }
}

static void
test_raw (void)
{
  static const struct { const char *body; gsize length; const char *raw; } bodies[] = {
    { BODY (""), "" },
    { BODY ("{\"code\":0}\n"), "{\"code\":0}\n" },
    { BODY ("域<b>"), "域<b>" },
    { BODY ("a\xff\xfe" "b"), "a‹0xFF›‹0xFE›b" },
    { BODY ("a\0b"), "a‹0x00›b" },
    { BODY ("\xe5\x9f"), "‹0xE5›‹0x9F›" },
    { BODY ("\xc0\x80"), "‹0xC0›‹0x80›" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (PurgeOutcome) outcome = read_answer (200, bodies[i].body, bodies[i].length, NULL);

      g_assert_cmpstr (outcome->answer.raw, ==, bodies[i].raw);
    }
}

static void
test_long_answers (void)
{
  static const struct
  {
    gsize length;
    const char *filler;
    PurgeBatchEvent event;
    PurgeCause cause;
  } bodies[] = {
    { PURGE_EXCHANGE_MAX_BODY, "x", PURGE_BATCH_EVENT_ACCEPTED, PURGE_CAUSE_NONE },
    { PURGE_EXCHANGE_MAX_BODY + 1, "x", PURGE_BATCH_EVENT_LOST, PURGE_CAUSE_ANSWER_TOO_LONG },
    { 1024 * 1024, "x", PURGE_BATCH_EVENT_LOST, PURGE_CAUSE_ANSWER_TOO_LONG },
    { PURGE_EXCHANGE_MAX_BODY, "\xff", PURGE_BATCH_EVENT_LOST, PURGE_CAUSE_ANSWER_UNCLEAR },
    { PURGE_EXCHANGE_MAX_BODY + 2, "\xe5\x9f\x9f",
      PURGE_BATCH_EVENT_LOST, PURGE_CAUSE_ANSWER_TOO_LONG },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      const char *start = "{\"code\":0,\"message\":\"";
      g_autoptr (GString) body = g_string_new (start);
      g_autoptr (PurgeOutcome) outcome = NULL;

      while (body->len < bodies[i].length - 2)
        g_string_append (body, bodies[i].filler);
      g_string_truncate (body, bodies[i].length - 2);
      g_string_append (body, "\"}");

      outcome = read_answer (200, body->str, body->len, NULL);
      g_assert_cmpint (outcome->event, ==, bodies[i].event);
      g_assert_cmpint (outcome->cause, ==, bodies[i].cause);
      g_assert_cmpuint (strlen (outcome->answer.raw), <=, PURGE_EXCHANGE_MAX_BODY);
      g_assert_cmpuint (strlen (outcome->answer.raw), >=, PURGE_EXCHANGE_MAX_BODY - 3);
      g_assert_true (g_utf8_validate (outcome->answer.raw, -1, NULL));
      g_assert_true (g_str_has_prefix (outcome->answer.raw, start));
    }
}

static void
test_deep_answer (void)
{
  g_autofree char *brackets = g_strnfill (100000, '[');
  g_autofree char *body = g_strconcat ("{\"code\":0,\"a\":", brackets, NULL);
  g_autoptr (PurgeOutcome) outcome = read_answer (200, body, strlen (body), NULL);

  g_assert_cmpint (outcome->cause, ==, PURGE_CAUSE_ANSWER_UNCLEAR);
}

static void
test_details (void)
{
  g_autoptr (PurgeExchange) exchange = purge_exchange_new_answer (302, NULL);
  g_autoptr (PurgeOutcome) redirected = NULL;
  g_autoptr (PurgeOutcome) refused = read_answer (403, BODY ("{}"), NULL);
  g_autoptr (PurgeOutcome) unclear = read_answer (200, BODY ("{"), NULL);
  g_autoptr (PurgeOutcome) accepted = read_answer (200, BODY ("{\"code\":0}"), NULL);

  exchange->location = g_strdup ("http://portal.test/%s\xff");
  redirected = purge_answer_v2_read (exchange, N_SENT);
  g_assert_cmpstr (redirected->detail, ==, "HTTP status 302, to http://portal.test/%s‹0xFF›");
  g_assert_cmpstr (refused->detail, ==, "HTTP status 403");
  g_assert_cmpstr (unclear->detail, ==, "The answer is not one JSON object: a string is missing");
  g_assert_null (accepted->detail);
}

/* How long to wait is said by a header of any answer, and by the server's own clock. */
static void
test_waits (void)
{
  static const struct
  {
    guint status;
    const char *retry_after;
    const char *date;
    gint64 seconds;
  } waits[] = {
    { 429, NULL, "Sun, 06 Nov 1994 08:49:37 GMT", -1 },
    { 429, "3", NULL, 3 },
    { 429, "Sun, 06 Nov 1994 08:52:37 GMT", "Sun, 06 Nov 1994 08:49:37 GMT", 180 },
    { 429, "Sun, 06 Nov 1994 08:52:37 GMT", NULL, -1 },
    { 429, "-1", NULL, -1 },
    { 503, "120", NULL, 120 },
    { 200, "3", NULL, 3 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (waits); i++)
    {
      g_autoptr (PurgeExchange) exchange = purge_exchange_new_answer (waits[i].status, NULL);
      g_autoptr (PurgeOutcome) outcome = NULL;

      exchange->retry_after = g_strdup (waits[i].retry_after);
      exchange->date = g_strdup (waits[i].date);
      outcome = purge_answer_v2_read (exchange, N_SENT);
      g_assert_cmpint (outcome->retry_after, ==, waits[i].seconds);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/answer-v2/cases", test_cases);
  g_test_add_func ("/answer-v2/truncations", test_truncations);
  g_test_add_func ("/answer-v2/codes", test_codes);
  g_test_add_func ("/answer-v2/raw", test_raw);
  g_test_add_func ("/answer-v2/long-answers", test_long_answers);
  g_test_add_func ("/answer-v2/deep-answer", test_deep_answer);
  g_test_add_func ("/answer-v2/details", test_details);
  g_test_add_func ("/answer-v2/waits", test_waits);

  return g_test_run ();
}
