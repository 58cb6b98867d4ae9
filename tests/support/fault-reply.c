/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Answers that do not come from the mind: those of gateways, proxies, portals, and of servers that
 * are broken or lie. One table; whatever says success without meaning it belongs here. */

#include "fault-reply.h"

static const FaultReply replies[] = {
  { "http-301", "301 Moved Permanently", "Location: {other}\r\n", NULL, 1, TRUE },
  { "http-302", "302 Found", "Location: {other}\r\n", NULL, 1, TRUE },
  { "http-303", "303 See Other", "Location: {other}\r\n", NULL, 1, TRUE },
  { "http-307", "307 Temporary Redirect", "Location: {other}\r\n", NULL, 1, TRUE },
  { "http-308", "308 Permanent Redirect", "Location: {other}\r\n", NULL, 1, TRUE },
  { "http-302-success", "302 Found", "Location: {other}\r\n", "{\"code\":0}", 1, TRUE },
  { "http-300", "300 Multiple Choices", NULL, NULL, 1, TRUE },
  { "http-400", "400 Bad Request", NULL, "<html>no</html>", 1, TRUE },
  { "http-401", "401 Unauthorized", "WWW-Authenticate: Basic realm=\"x\"\r\n",
    "<html>no</html>", 1, TRUE },
  { "http-403", "403 Forbidden", NULL, "<html>no</html>", 1, TRUE },
  { "http-404", "404 Not Found", NULL, "<html>no</html>", 1, TRUE },
  { "http-405", "405 Method Not Allowed", NULL, "<html>no</html>", 1, TRUE },
  { "http-411", "411 Length Required", NULL, "<html>no</html>", 1, TRUE },
  { "http-413", "413 Content Too Large", NULL, "<html>no</html>", 1, TRUE },
  { "http-414", "414 URI Too Long", NULL, "<html>no</html>", 1, TRUE },
  { "http-407", "407 Proxy Authentication Required", "Proxy-Authenticate: Basic realm=\"x\"\r\n",
    "no", 1, TRUE },
  { "http-429", "429 Too Many Requests", NULL, "slow down", 1, TRUE },
  { "http-429-3", "429 Too Many Requests", "Retry-After: 3\r\n", "slow down", 1, TRUE },
  { "http-429-date", "429 Too Many Requests", "Retry-After: Fri, 31 Dec 2100 23:59:59 GMT\r\n",
    "slow down", 1, TRUE },
  { "http-429-minus", "429 Too Many Requests", "Retry-After: -1\r\n", "slow down", 1, TRUE },
  { "http-429-huge", "429 Too Many Requests", "Retry-After: 1e9\r\n", "slow down", 1, TRUE },
  { "http-429-junk", "429 Too Many Requests", "Retry-After: soon\r\n", "slow down", 1, TRUE },
  { "http-429-61", "429 Too Many Requests", "Retry-After: 61\r\n", "slow down", 1, TRUE },
  { "http-429-vast", "429 Too Many Requests", "Retry-After: 99999999999999999999\r\n",
    "slow down", 1, TRUE },
  { "http-500", "500 Internal Server Error", "Content-Type: text/html\r\n",
    "<html>sorry</html>", 1, FALSE },
  { "http-501", "501 Not Implemented", "Content-Type: text/html\r\n",
    "<html>sorry</html>", 1, FALSE },
  { "http-502", "502 Bad Gateway", "Content-Type: text/html\r\n", "<html>sorry</html>", 1, FALSE },
  { "http-503", "503 Service Unavailable", "Content-Type: text/html\r\n",
    "<html>sorry</html>", 1, FALSE },
  { "http-504", "504 Gateway Timeout", "Content-Type: text/html\r\n",
    "<html>sorry</html>", 1, FALSE },
  { "http-500-json", "500 Internal Server Error", NULL,
    "{\"code\":9999,\"message\":\"gateway\",\"codeDesc\":\"Gateway\"}", 1, FALSE },
  { "http-500-success", "500 Internal Server Error", NULL, "{\"code\":0}", 1, FALSE },
  { "http-500-known", "500 Internal Server Error", NULL,
    "{\"code\":4000,\"message\":\"(9110)cdn no such host\",\"codeDesc\":9110}", 1, TRUE },
  { "http-503-internal", "503 Service Unavailable", NULL,
    "{\"code\":6200,\"message\":\"\",\"codeDesc\":\"\"}", 1, FALSE },
  { "http-404-success", "404 Not Found", NULL, "{\"code\":0}", 1, FALSE },
  { "http-204", "204 No Content", NULL, NULL, 1, FALSE },
  { "http-206", "206 Partial Content", NULL, "{\"code\":0}", 1, FALSE },
  { "http-201", "201 Created", NULL, "{\"code\":0}", 1, FALSE },
  { "http-101", "101 Switching Protocols", "Upgrade: h2c\r\n", NULL, 1, FALSE },
  { "http-999", "999 Odd", NULL, "{\"code\":0}", 1, FALSE },
  { "http-0.9", NULL, NULL, "{\"code\":0}\n", 1, FALSE },
  { "garbage", NULL, NULL, "SSH-2.0-OpenSSH_9.2\r\n\r\n", 1, FALSE },
  { "http2", NULL, NULL, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 1, FALSE },
  { "nothing", "200 OK", NULL, NULL, 1, FALSE },
  { "html", "200 OK", "Content-Type: text/html\r\n",
    "<html><body>Sign in</body></html>", 1, FALSE },
  { "html-zero", "200 OK", "Content-Type: text/html\r\n", "<!-- {\"code\":0} -->", 1, FALSE },
  { "gzip", "200 OK", "Content-Encoding: gzip\r\n", "{\"code\":0}", 1, FALSE },
  { "gzip-list", "200 OK", "Content-Encoding: identity\r\nContent-Encoding: gzip\r\n",
    "{\"code\":0}", 1, FALSE },
  { "json-cut", "200 OK", "Content-Type: application/json\r\n", "{\"code\":0", 1, FALSE },
  { "json-trailing", "200 OK", "Content-Type: application/json\r\n", "{\"code\":0} x", 1, FALSE },
  { "json-two", "200 OK", "Content-Type: application/json\r\n",
    "{\"code\":0}{\"code\":4000}", 1, FALSE },
  { "json-two-zero", "200 OK", "Content-Type: application/json\r\n",
    "{\"code\":0}{\"code\":0}", 1, FALSE },
  { "json-array", "200 OK", "Content-Type: application/json\r\n", "[{\"code\":0}]", 1, FALSE },
  { "json-comment", "200 OK", "Content-Type: application/json\r\n", "{/* */\"code\":0}", 1, FALSE },
  { "json-comment-end", "200 OK", "Content-Type: application/json\r\n",
    "{\"code\":0}//", 1, FALSE },
  { "json-single-quotes", "200 OK", "Content-Type: application/json\r\n", "{'code':0}", 1, FALSE },
  { "json-bom", "200 OK", "Content-Type: application/json\r\n",
    "\xef\xbb\xbf{\"code\":0}", 1, FALSE },
  { "json-assignment", "200 OK", "Content-Type: application/json\r\n",
    "var x = {\"code\":0};", 1, FALSE },
  { "json-callback", "200 OK", "Content-Type: application/json\r\n",
    "callback({\"code\":0})", 1, FALSE },
  { "json-trailing-comma", "200 OK", "Content-Type: application/json\r\n",
    "{\"code\":0,}", 1, FALSE },
  { "json-no-quotes", "200 OK", "Content-Type: application/json\r\n", "{code:0}", 1, FALSE },
  { "json-plus", "200 OK", "Content-Type: application/json\r\n", "{\"code\":+0}", 1, FALSE },
  { "json-minus-zero", "200 OK", "Content-Type: application/json\r\n", "{\"code\":-0}", 1, FALSE },
  { "json-leading-zeros", "200 OK", "Content-Type: application/json\r\n",
    "{\"code\":00}", 1, FALSE },
  { "json-hex", "200 OK", "Content-Type: application/json\r\n", "{\"code\":0x0}", 1, FALSE },
  { "json-string", "200 OK", "Content-Type: application/json\r\n", "{\"code\":\"0\"}", 1, FALSE },
  { "json-string-empty", "200 OK", "Content-Type: application/json\r\n",
    "{\"code\":\"\"}", 1, FALSE },
  { "json-real", "200 OK", "Content-Type: application/json\r\n", "{\"code\":0.0}", 1, FALSE },
  { "json-exponent", "200 OK", "Content-Type: application/json\r\n", "{\"code\":0e0}", 1, FALSE },
  { "json-tiny", "200 OK", "Content-Type: application/json\r\n", "{\"code\":1e-400}", 1, FALSE },
  { "json-huge", "200 OK", "Content-Type: application/json\r\n", "{\"code\":1e400}", 1, FALSE },
  { "json-overflow", "200 OK", "Content-Type: application/json\r\n",
    "{\"code\":9223372036854775808}", 1, FALSE },
  { "json-wrap", "200 OK", "Content-Type: application/json\r\n",
    "{\"code\":18446744073709551616}", 1, FALSE },
  { "json-false", "200 OK", "Content-Type: application/json\r\n", "{\"code\":false}", 1, FALSE },
  { "json-null", "200 OK", "Content-Type: application/json\r\n", "{\"code\":null}", 1, FALSE },
  { "json-missing", "200 OK", "Content-Type: application/json\r\n",
    "{\"message\":\"\",\"codeDesc\":\"Success\"}", 1, FALSE },
  { "json-list", "200 OK", "Content-Type: application/json\r\n", "{\"code\":[0]}", 1, FALSE },
  { "json-object", "200 OK", "Content-Type: application/json\r\n",
    "{\"code\":{\"code\":0}}", 1, FALSE },
  { "json-inner", "200 OK", "Content-Type: application/json\r\n",
    "{\"data\":{\"code\":0}}", 1, FALSE },
  { "json-case", "200 OK", "Content-Type: application/json\r\n", "{\"Code\":0}", 1, FALSE },
  { "json-escaped-name", "200 OK", "Content-Type: application/json\r\n",
    "{\"c\\u006fde\":0,\"code\":4000}", 1, FALSE },
  { "json-twice", "200 OK", "Content-Type: application/json\r\n",
    "{\"code\":4000,\"code\":0}", 1, FALSE },
  { "json-twice-back", "200 OK", "Content-Type: application/json\r\n",
    "{\"code\":0,\"code\":4000}", 1, FALSE },
  { "json-twice-escaped", "200 OK", "Content-Type: application/json\r\n",
    "{\"code\":4000,\"\\u0063ode\":0}", 1, FALSE },
  { "json-nul", "200 OK", "Content-Type: application/json\r\n", "{\"code\":0}\a", 1, FALSE },
  { "json-not-utf8", "200 OK", "Content-Type: application/json\r\n",
    "{\"code\":0,\"message\":\"\xff\"}", 1, FALSE },
  { "json-surrogate", "200 OK", "Content-Type: application/json\r\n",
    "{\"code\":0,\"message\":\"\\ud800\"}", 1, FALSE },
  { "json-control", "200 OK", "Content-Type: application/json\r\n",
    "{\"code\":0,\"message\":\"\1\"}", 1, FALSE },
  { "json-depth", "200 OK", "Content-Type: application/json\r\n", "[", 100000, FALSE },
  { "json-depth-object", "200 OK", "Content-Type: application/json\r\n", "{\"a\":", 100000, FALSE },
  { "json-spaces", "200 OK", "Content-Type: application/json\r\n", " ", 4096, FALSE },
  { "json-v3", "200 OK", "Content-Type: application/json\r\n",
    "{\"Response\":{\"TaskId\":\"1\",\"RequestId\":\"2\"}}", 1, FALSE },
  { "json-fewer-none", "200 OK", "Content-Type: application/json\r\n",
    "{\"code\":0,\"data\":{\"count\":0}}", 1, FALSE },
  { "json-fewer-negative", "200 OK", "Content-Type: application/json\r\n",
    "{\"code\":0,\"data\":{\"count\":-5}}", 1, FALSE },
  { "json-refusal-string", "200 OK", "Content-Type: application/json\r\n",
    "{\"code\":\"5100\",\"message\":\"no\"}", 1, TRUE },
  { "json-refusal-desc-null", "200 OK", "Content-Type: application/json\r\n",
    "{\"code\":4000,\"message\":null,\"codeDesc\":null}", 1, TRUE },
  { "json-refusal-markup", "200 OK", "Content-Type: application/json\r\n",
    "{\"code\":4000,\"message\":\"<b>&amp;\u202e\",\"codeDesc\":\"x\"}", 1, TRUE },
  { "json-refusal-negative", "200 OK", "Content-Type: application/json\r\n",
    "{\"code\":-1,\"message\":\"no\"}", 1, TRUE },
};

guint
fault_reply_count (void)
{
  return G_N_ELEMENTS (replies);
}

const FaultReply *
fault_reply_get (guint index)
{
  g_assert_cmpuint (index, <, G_N_ELEMENTS (replies));

  return &replies[index];
}

/* The reply of that name, or NULL. */
const FaultReply *
fault_reply_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (replies); i++)
    if (g_str_equal (replies[i].name, name))
      return &replies[i];

  return NULL;
}

/* The whole body; a bell in the table is a NUL byte on the wire. */
GBytes *
fault_reply_dup_body (const FaultReply *self)
{
  GString *body = g_string_new (NULL);

  for (guint i = 0; self->body != NULL && i < self->repeat; i++)
    g_string_append (body, self->body);
  for (gsize i = 0; i < body->len; i++)
    if (body->str[i] == '\a')
      body->str[i] = '\0';

  return g_string_free_to_bytes (body);
}
