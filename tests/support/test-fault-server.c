/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The fault server, met by a client that reads and writes bytes: what it says, what it executes,
 * and how far it lets a request come. */

#include "fault-server.h"

#include <string.h>

#define BODY "Action=RefreshCdnDir&Nonce=%u&SecretId=id&Signature=s%%3D" \
  "&Timestamp=%" G_GINT64_FORMAT "&dirs.0=http%%3A%%2F%%2Fa.example%%2Fx%%2F" \
  "&dirs.1=http%%3A%%2F%%2Fb.example%%2F&type=1"

static gint64
now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

static char *
post_new (guint nonce)
{
  g_autofree char *body = g_strdup_printf (BODY, nonce, now ());

  return g_strdup_printf ("POST /v2/index.php HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                          "Content-Type: application/x-www-form-urlencoded\r\n"
                          "Content-Length: %zu\r\n\r\n%s", strlen (body), body);
}

static char *
get_new (guint nonce)
{
  g_autofree char *query = g_strdup_printf (BODY, nonce, now ());

  return g_strdup_printf ("GET /v2/index.php?%s HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", query);
}

static char *
multipart_new (guint nonce)
{
  g_autofree char *form = g_strdup_printf (BODY, nonce, now ());
  g_auto (GStrv) pairs = g_strsplit (form, "&", -1);
  g_autoptr (GString) body = g_string_new (NULL);

  for (guint i = 0; pairs[i] != NULL; i++)
    {
      g_autofree char *value = g_uri_unescape_string (strchr (pairs[i], '=') + 1, NULL);

      g_string_append (body, "--B\r\nContent-Disposition: form-data; ");
      g_string_append_printf (body, "name=\"%.*s\"\r\n\r\n%s\r\n", (int) strcspn (pairs[i], "="),
                              pairs[i], value);
    }
  g_string_append (body, "--B--\r\n");

  return g_strdup_printf ("POST /v2/index.php HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                          "Content-Type: multipart/form-data; boundary=B\r\n"
                          "Content-Length: %zu\r\n\r\n%s", body->len, body->str);
}

static char *
object_new (void)
{
  const char *body = "{\"Paths\":[\"http://a.example/x/\",\"http://b.example/\"],"
                     "\"FlushType\":\"flush\"}";
  g_autoptr (GDateTime) date = g_date_time_new_now_utc ();
  g_autofree char *scope = g_date_time_format (date, "%Y-%m-%d");

  return g_strdup_printf ("POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-TC-Action: PurgePathCache\r\n"
                          "X-TC-Version: 2018-06-06\r\nX-TC-Timestamp: %" G_GINT64_FORMAT "\r\n"
                          "Authorization: TC3-HMAC-SHA256 Credential=id/%s/cdn/tc3_request, "
                          "SignedHeaders=content-type;host;x-tc-action, Signature=s\r\n"
                          "Content-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s",
                          now (), scope, strlen (body), body);
}

static FaultServer *
server_new (const char *script)
{
  const FaultServerOptions options = { .other = "http://other.example/" };
  g_auto (GStrv) lines = g_strsplit (script, "\n", -1);
  g_autoptr (GError) error = NULL;
  FaultServer *server = fault_server_new (&options, &error);

  g_assert_no_error (error);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      fault_script_add (fault_server_get_script (server), lines[i], &error);
      g_assert_no_error (error);
    }

  return server;
}

static GSocketConnection *
connect_to (FaultServer  *server,
            GError      **error)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();

  g_socket_client_set_enable_proxy (client, FALSE);
  return g_socket_client_connect_to_host (client, "127.0.0.1", fault_server_get_port (server), NULL,
                                          error);
}

/* Reads until the end, or until the text has all of end; returns what came, and the error. */
static char *
receive (GSocketConnection  *connection,
         const char         *end,
         GError            **error)
{
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  g_autoptr (GString) text = g_string_new (NULL);
  char buffer[4096];
  gssize n = 1;

  g_socket_set_timeout (g_socket_connection_get_socket (connection), 30);
  while (n > 0 && (end == NULL || strstr (text->str, end) == NULL))
    {
      n = g_input_stream_read (input, buffer, sizeof buffer, NULL, error);
      g_string_append_len (text, buffer, MAX (n, 0));
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
transmit (GSocketConnection *connection,
          const char        *text)
{
  /* A server that resets early may not let all of it through. */
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), text,
                             strlen (text), NULL, NULL, NULL);
}

static FaultEntry *
get_entry (GPtrArray *entries,
           guint      number)
{
  g_assert_cmpuint (entries->len, >=, number);

  return g_ptr_array_index (entries, number - 1);
}

static void
await_first (FaultServer *server)
{
  while (fault_log_count (fault_server_get_log (server)) == 0)
    g_thread_yield ();
}

#define SUCCESS "{\"code\":0,\"message\":\"\",\"codeDesc\":\"Success\",\"data\":{\"count\":2,"

static void
test_forms (void)
{
  g_autofree char *post = post_new (1);
  g_autofree char *multipart = multipart_new (2);
  g_autofree char *get = get_new (3);
  const char *requests[] = { post, multipart, get };
  g_autoptr (FaultServer) server = server_new ("");
  g_autoptr (GSocketConnection) connection = connect_to (server, NULL);
  g_autoptr (GPtrArray) entries = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      g_autofree char *answer = NULL;

      transmit (connection, requests[i]);
      answer = receive (connection, "}}", NULL);
      g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 200 OK\r\nDate: "));
      g_assert_nonnull (strstr (answer, "\r\n\r\n" SUCCESS));
    }

  entries = fault_log_dup_entries (fault_server_get_log (server));
  g_assert_cmpuint (entries->len, ==, 3);
  for (guint i = 1; i <= 3; i++)
    {
      FaultEntry *entry = get_entry (entries, i);
      const char *directories[] = { "http://a.example/x/", "http://b.example/", NULL };

      g_assert_true (entry->whole && entry->judged);
      g_assert_cmpuint (entry->n_bytes, ==, strlen (requests[i - 1]));
      g_assert_cmpuint (entry->n_executed, ==, 2);
      g_assert_cmpstr (entry->who, ==, "id");
      g_assert_cmpstr (entry->type, ==, "1");
      g_assert_cmpstrv (entry->directories, directories);
    }
}

/* The same through API 3.0, which says everything in its own envelope, and executes twice what is
 * delivered twice. */
static void
test_envelope (void)
{
  const struct { const char *has; guint n_executions; } answers[] = {
    { "\r\n\r\n{\"Response\":{\"TaskId\":\"", 1 },
    { "\r\n\r\n{\"Response\":{\"Error\":{\"Code\":\"RequestLimitExceeded\",", 0 },
    { "\r\n\r\n{\"Response\":{\"TaskId\":\"", 2 },
    { "\r\n\r\n{\"Response\":{\"Error\":{\"Code\":\"InternalError\",", 0 },
  };
  g_autoptr (FaultServer) server =
    server_new ("2 answer code=RequestLimitExceeded\n3 answer twice\n4 answer unexecuted");
  g_autoptr (GSocketConnection) connection = connect_to (server, NULL);
  g_autofree char *request = object_new ();
  g_autoptr (GPtrArray) entries = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autofree char *answer = NULL;

      transmit (connection, request);
      answer = receive (connection, "}}", NULL);
      g_assert_nonnull (strstr (answer, answers[i].has));
    }

  entries = fault_log_dup_entries (fault_server_get_log (server));
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      FaultEntry *entry = get_entry (entries, i + 1);

      g_assert_cmpint (entry->api, ==, FAULT_API_3_0);
      g_assert_cmpstr (entry->action, ==, "PurgePathCache");
      g_assert_cmpstr (entry->who, ==, "id");
      g_assert_cmpstr (entry->type, ==, "flush");
      g_assert_null (entry->nonce);
      g_assert_cmpuint (g_strv_length (entry->directories), ==, 2);
      g_assert_cmpuint (entry->n_executions, ==, answers[i].n_executions);
      g_assert_cmpuint (entry->n_executed, ==, answers[i].n_executions > 0 ? 2 : 0);
    }
}

/* What became of the request: how many bytes of it were read, whether it was executed, what of an
 * answer came, and whether the end was a reset. */
static const struct
{
  const char *script;
  gboolean    executed;
  const char *begins;
  const char *has;
  gboolean    reset;
} cases[] = {
  { "1 reset at=accept", FALSE, "", NULL, TRUE },
  { "1 reset at=0", FALSE, "", NULL, TRUE },
  { "1 reset at=17", FALSE, "", NULL, TRUE },
  { "1 reset at=head", FALSE, "", NULL, TRUE },
  { "1 close at=body", FALSE, "", NULL, FALSE },
  { "1 close at=last", FALSE, "", NULL, FALSE },
  { "1 reset at=whole", FALSE, "", NULL, TRUE },
  { "1 reset at=executed", TRUE, "", NULL, TRUE },
  { "1 close at=executed", TRUE, "", NULL, FALSE },
  { "1 close at=status", TRUE, "HTTP/", NULL, FALSE },
  { "1 close at=answer-head", TRUE, "HTTP/1.1 200 OK\r\n", NULL, FALSE },
  { "1 close at=answer-body", TRUE, "HTTP/1.1 200 OK\r\n", "\r\n\r\n{\"code\":0", FALSE },
  { "1 close at=tail", TRUE, "HTTP/1.1 200 OK\r\n", "task_id", FALSE },
  { "1 close at=tail framing=chunked", TRUE, "HTTP/1.1 200 OK\r\n", "chunked\r\n\r\n", FALSE },
  { "1 close", TRUE, "HTTP/1.1 200 OK\r\n", "}}", FALSE },
  { "1 answer framing=eof", TRUE, "HTTP/1.1 200 OK\r\n", "}}", FALSE },
  { "1 close reply=http-302", FALSE, "HTTP/1.1 302 ", "\r\nLocation: http://other.example/\r\n",
    FALSE },
  { "1 close reply=http-429-3", FALSE, "HTTP/1.1 429 ", "\r\nRetry-After: 3\r\n", FALSE },
  { "1 close reply=http-502", TRUE, "HTTP/1.1 502 ", NULL, FALSE },
  { "1 close reply=http-502 unexecuted", FALSE, "HTTP/1.1 502 ", NULL, FALSE },
  { "1 answer reply=http-0.9", TRUE, "{\"code\":0}\n", NULL, FALSE },
  { "1 close code=4100", FALSE, "HTTP/1.1 200 ", "{\"code\":4100,", FALSE },
  { "1 close code=4000/9110", FALSE, "HTTP/1.1 200 ", "\"(9110)no\",\"codeDesc\":9110}", FALSE },
  { "1 close code=6000 executed", TRUE, "HTTP/1.1 200 ", "{\"code\":6000,", FALSE },
  { "1 close twice", TRUE, "HTTP/1.1 200 ", "{\"code\":4500,", FALSE },
  { "1 close fewer", TRUE, "HTTP/1.1 200 ", "\"count\":1,", FALSE },
  { "1 close 'header=Date: junk' 'header=Age: 3'", TRUE,
    "HTTP/1.1 200 OK\r\nDate: junk\r\nAge: 3\r\n", "}}", FALSE },
};

static void
test_case (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (FaultServer) server = server_new (cases[i].script);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketConnection) connection = connect_to (server, &error);
  g_autofree char *request = post_new (1);
  g_autoptr (GPtrArray) entries = NULL;
  g_autofree char *answer = NULL;

  if (connection != NULL)
    {
      transmit (connection, request);
      answer = receive (connection, NULL, &error);
    }
  else
    {
      /* It was reset before the client knew that it was there. */
      g_assert_true (g_str_has_suffix (cases[i].script, "at=accept") ||
                     g_str_has_suffix (cases[i].script, "at=0"));
      answer = g_strdup ("");
      await_first (server);
    }

  g_assert_true (g_str_has_prefix (answer, cases[i].begins));
  g_assert_true (*cases[i].begins != '\0' || *answer == '\0');
  g_assert_true (cases[i].has == NULL || strstr (answer, cases[i].has) != NULL);
  if (cases[i].reset)
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);
  else
    g_assert_no_error (error);

  entries = fault_log_dup_entries (fault_server_get_log (server));
  g_assert_cmpuint (entries->len, ==, 1);
  g_assert_cmpuint (get_entry (entries, 1)->n_executions, ==, cases[i].executed);
}

/* Not a byte further than the script says. */
static void
test_bytes (void)
{
  g_autofree char *request = post_new (1);
  gsize head = strstr (request, "\r\n\r\n") + 4 - request;
  gsize whole = strlen (request);
  const struct { const char *script; gsize n_bytes; } limits[] = {
    { "1 close at=0", 0 }, { "1 close at=1", 1 }, { "1 close at=100", 100 },
    { "1 close at=head", head }, { "1 close at=body", head + (whole - head) / 2 },
    { "1 close at=last", whole - 1 }, { "1 close at=99999", whole }, { "1 close at=whole", whole },
  };

  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      g_autoptr (FaultServer) server = server_new (limits[i].script);
      g_autoptr (GSocketConnection) connection = connect_to (server, NULL);
      g_autoptr (GPtrArray) entries = NULL;
      g_autofree char *answer = NULL;

      transmit (connection, request);
      answer = receive (connection, NULL, NULL);
      g_assert_cmpstr (answer, ==, "");
      entries = fault_log_dup_entries (fault_server_get_log (server));
      g_assert_cmpuint (get_entry (entries, 1)->n_bytes, ==, limits[i].n_bytes);
      g_assert_cmpuint (get_entry (entries, 1)->n_executions, ==, 0);
    }
}

/* The same nonce is executed once; another one is another request. API 3.0 has none. */
static void
test_mind (void)
{
  const FaultMindOptions options = { .quota = 5 };
  const char *urls[] = { "http://a.example/", "http://b.example/", NULL };
  const char *unknown[] = { "http://a.example/", "http://b.invalid/", NULL };
  const char *nothing[] = { NULL };
  const struct
  {
    FaultApi     api;
    const char **urls;
    guint        nonce;
    gint64       off;
    const char  *code;
    guint        n;
    const char  *has;
  } asked[] = {
    { FAULT_API_2_0, unknown, 1, 0, "4000", 0, "(9110)" },
    { FAULT_API_2_0, urls, 1, 0, "4500", 0, NULL },
    { FAULT_API_2_0, urls, 2, 0, "0", 2, "\"count\":2" },
    { FAULT_API_2_0, urls, 2, 0, "4500", 0, NULL },
    { FAULT_API_2_0, urls, 3, -7300, "4200", 0, NULL },
    { FAULT_API_2_0, urls, 4, 7300, "4500", 0, NULL },
    { FAULT_API_3_0, unknown, 0, 0, "ResourceNotFound.CdnHostNotExists", 0, "\"Error\":{\"Code\"" },
    { FAULT_API_3_0, nothing, 0, 0, "MissingParameter", 0, NULL },
    { FAULT_API_3_0, urls, 0, -310, "AuthFailure.SignatureExpire", 0, NULL },
    { FAULT_API_3_0, urls, 0, 310, "AuthFailure.SignatureExpire", 0, NULL },
    { FAULT_API_3_0, urls, 0, -290, "0", 2, "{\"Response\":{\"TaskId\":\"" },
    { FAULT_API_3_0, urls, 0, 0, "LimitExceeded.CdnPurgePathExceedDayLimit", 0, "\"RequestId\"" },
    { FAULT_API_2_0, urls, 5, 0, "4000", 0, "(22046)" },
  };
  g_autoptr (FaultMind) mind = fault_mind_new (&options);
  gint64 time = now ();

  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    {
      g_autoptr (FaultRequest) request =
        fault_request_new_purge (asked[i].api, asked[i].urls, asked[i].nonce, time + asked[i].off);
      g_auto (FaultVerdict) verdict = { 0 };

      fault_mind_judge (mind, request, G_MAXUINT, &verdict);
      g_assert_cmpstr (verdict.code, ==, asked[i].code);
      g_assert_cmpuint (verdict.n_executed, ==, asked[i].n);
      g_assert_cmpuint (verdict.n_executions, ==, asked[i].n > 0);
      g_assert_true (asked[i].has == NULL || strstr (verdict.json, asked[i].has) != NULL);
    }
}

/* What API 3.0 cannot do without, and what is no object. */
static void
test_object (void)
{
  const struct
  {
    const char *headers;
    const char *body;
    const char *code;
  } asked[] = {
    { "", "{\"Paths\":[\"http://a/\"],\"FlushType\":\"flush\",\"UrlEncode\":false}", "0" },
    { "", " { \"Paths\" : [ \"http:\\/\\/a\\u002f\" , \"http://b/\" ] , "
      "\"FlushType\" : \"delete\" } ", "0" },
    { "", "{\"Paths\":[\"http://a/\"]}", "MissingParameter" },
    { "", "{\"Paths\":[],\"FlushType\":\"flush\"}", "MissingParameter" },
    { "", "{\"Paths\":[\"http://a/\"],\"FlushType\":\"flush\"}}", "InvalidParameter" },
    { "", "{\"Paths\":[\"http://a/\",],\"FlushType\":\"flush\"}", "InvalidParameter" },
    { "", "{\"Paths\":[\"http://a/\"],\"FlushType\":\"flush\",\"FlushType\":\"delete\"}",
      "InvalidParameter" },
    { "", "{\"Paths\":[\"http://a/\"],\"FlushType\":flush}", "InvalidParameter" },
    { "", "Paths.0=http://a/&FlushType=flush", "InvalidParameter" },
    { "", "", "InvalidParameter" },
    { "X-TC-Version: 2017-03-12\r\n", "{}", "NoSuchVersion" },
    { "Authorization: none\r\n", "{}", "AuthFailure.InvalidAuthorization" },
    { "X-TC-Action: PushUrlsCache\r\n", "{}", "InvalidAction" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    {
      g_autoptr (FaultMind) mind = fault_mind_new (NULL);
      g_autofree char *time = g_strdup_printf ("%" G_GINT64_FORMAT, now ());
      g_autoptr (GDateTime) date = g_date_time_new_now_utc ();
      g_autofree char *scope = g_date_time_format (date, "%Y-%m-%d");
      g_autofree char *headers =
        g_strdup_printf ("%sContent-Type: application/json; charset=utf-8\r\n"
                         "X-TC-Action: PurgePathCache\r\nX-TC-Version: 2018-06-06\r\n"
                         "X-TC-Timestamp: %s\r\nX-Mark: 7\r\n"
                         "Authorization: TC3-HMAC-SHA256 Credential=id/%s/cdn/tc3_request, "
                         "SignedHeaders=content-type;host, Signature=s\r\n", asked[i].headers,
                         time, scope);
      g_autoptr (GBytes) body = g_bytes_new_static (asked[i].body, strlen (asked[i].body));
      g_autoptr (FaultRequest) request =
        fault_request_parse_parts ("POST", "https://cdn.example/", headers, body);
      g_auto (FaultVerdict) verdict = { 0 };

      fault_mind_judge (mind, request, G_MAXUINT, &verdict);
      g_assert_cmpint (request->api, ==, FAULT_API_3_0);
      g_assert_cmpuint (request->mark, ==, 7);
      g_assert_cmpstr (verdict.code, ==, asked[i].code);
    }
}

static FaultRequest *
look_up_new (FaultApi    api,
             guint       nonce,
             const char *name,
             const char *value,
             const char *other_name,
             const char *other_value)
{
  const char *action = api == FAULT_API_3_0 ? "DescribePurgeTasks" : "GetCdnRefreshLog";
  FaultRequest *request = fault_request_new (api, action, nonce, now ());

  g_hash_table_replace (request->parameters, g_strdup (name), g_strdup (value));
  if (other_name != NULL)
    g_hash_table_replace (request->parameters, g_strdup (other_name), g_strdup (other_value));
  return request;
}

/* The refresh log has one line a host, and with API 3.0 one a URL, in Beijing's time. */
static void
test_refresh_log (void)
{
  const char *urls[] = { "http://a.example/", "http://b.example/", "http://a.example/x/", NULL };
  const char *early = "2001-01-01 00:00:00";
  const char *late = "2099-12-31 23:59:59";
  const struct
  {
    FaultApi    api;
    const char *names[2];
    const char *values[2];
    const char *code;
    const char *has;
  } asked[] = {
    { FAULT_API_2_0, { "startDate", "endDate" }, { early, late }, "0",
      "\"url_list\":[\"http://a.example/\",\"http://a.example/x/\"]" },
    { FAULT_API_2_0, { "startDate", "endDate" }, { early, late }, "0", "\"total\":2" },
    { FAULT_API_2_0, { "startDate", "endDate" }, { early, early }, "0",
      "\"logs\":[],\"total\":0" },
    { FAULT_API_2_0, { "startDate", NULL }, { "yesterday", NULL }, "4000", NULL },
    { FAULT_API_2_0, { "taskId", NULL }, { "17", NULL }, "0", "\"logs\":[],\"total\":0" },
    { FAULT_API_3_0, { "StartTime", "EndTime" }, { early, late }, "0",
      "\"Url\":\"http://a.example/x/\",\"Status\":\"done\",\"PurgeType\":\"path\","
      "\"FlushType\":\"flush\"" },
    { FAULT_API_3_0, { "StartTime", "EndTime" }, { early, late }, "0", "\"TotalCount\":3" },
    { FAULT_API_3_0, { "StartTime", "EndTime" }, { late, early },
      "InvalidParameter.CdnStatInvalidDate", NULL },
    { FAULT_API_3_0, { "TaskId", NULL }, { "17", NULL }, "0",
      "\"PurgeLogs\":[],\"TotalCount\":0" },
  };
  g_autoptr (FaultRequest) question = fault_request_new (FAULT_API_3_0, "DescribePurgeQuota", 0,
                                                         now ());
  g_auto (FaultVerdict) told = { 0 };
  g_autoptr (FaultMind) mind = fault_mind_new (NULL);
  g_autoptr (FaultRequest) purge = fault_request_new_purge (FAULT_API_3_0, urls, 0, now ());
  g_auto (FaultVerdict) purged = { 0 };

  fault_mind_judge (mind, purge, G_MAXUINT, &purged);
  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    {
      g_autoptr (FaultRequest) request =
        look_up_new (asked[i].api, i + 1, asked[i].names[0], asked[i].values[0], asked[i].names[1],
                     asked[i].values[1]);
      g_auto (FaultVerdict) verdict = { 0 };

      fault_mind_judge (mind, request, G_MAXUINT, &verdict);
      g_assert_cmpstr (verdict.code, ==, asked[i].code);
      g_assert_true (asked[i].has == NULL || strstr (verdict.json, asked[i].has) != NULL);
    }

  fault_mind_judge (mind, question, G_MAXUINT, &told);
  g_assert_nonnull (strstr (told.json, "\"Total\":100,\"Available\":97,\"Area\":\"overseas\""));
}

/* A port that does not listen refuses, and listens again when it is told to. */
static void
test_deaf (void)
{
  g_autoptr (FaultServer) server = server_new ("1 deaf at=executed");
  g_autoptr (GSocketConnection) first = connect_to (server, NULL);
  g_autoptr (GSocketConnection) second = NULL;
  g_autofree char *request = post_new (1);
  g_autofree char *answer = NULL;
  g_autoptr (GError) error = NULL;

  transmit (first, request);
  answer = receive (first, NULL, NULL);
  g_assert_nonnull (strstr (answer, SUCCESS));
  g_assert_null (connect_to (server, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);

  fault_server_set_listening (server, TRUE);
  second = connect_to (server, NULL);
  g_assert_nonnull (second);
}

static void
on_event (const char       *event,
          const FaultEntry *entry,
          gpointer          user_data)
{
  if (g_str_equal (event, "stopped"))
    g_async_queue_push (user_data, GSIZE_TO_POINTER (entry->n_bytes));
}

/* Nothing happens until the server may go on. */
static void
test_stop (void)
{
  g_autoptr (GAsyncQueue) stops = g_async_queue_new ();
  g_autoptr (FaultServer) server = server_new ("1 stop at=100");
  g_autoptr (GSocketConnection) connection = NULL;
  g_autofree char *request = post_new (1);
  g_autofree char *answer = NULL;
  g_autoptr (GPtrArray) entries = NULL;

  fault_log_set_observer (fault_server_get_log (server), on_event, stops);
  connection = connect_to (server, NULL);
  transmit (connection, request);
  g_assert_cmpuint (GPOINTER_TO_SIZE (g_async_queue_pop (stops)), ==, 100);
  entries = fault_log_dup_entries (fault_server_get_log (server));
  g_assert_false (get_entry (entries, 1)->whole);

  fault_server_go_on (server);
  answer = receive (connection, "}}", NULL);
  g_assert_nonnull (strstr (answer, SUCCESS));
}

/* What ends never is ended by the server's end. */
static void
test_endless (void)
{
  const char *scripts[] = {
    "1 silent at=accept", "1 silent at=5", "1 silent at=executed", "1 drip at=executed",
    "1 drip at=answer-body", "1 continue at=executed", "1 stop at=whole",
  };

  for (guint i = 0; i < G_N_ELEMENTS (scripts); i++)
    {
      g_autoptr (FaultServer) server = server_new (scripts[i]);
      g_autoptr (GSocketConnection) connection = connect_to (server, NULL);
      g_autofree char *request = post_new (1);

      transmit (connection, request);
      await_first (server);
    }
}

static void
test_script (void)
{
  const char *bad[] = {
    "1", "1 dance", "1 reset at=noon", "1 reset reply=nothing-like-it", "* close x",
  };
  g_autoptr (FaultScript) script = fault_script_new ();
  FaultStep step;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (fault_script_add (script, bad[i], &error));
      g_assert_nonnull (error);
    }

  g_assert_true (fault_script_add (script, "# nothing", NULL));
  g_assert_true (fault_script_add (script, "* close", NULL));
  g_assert_true (fault_script_add (script, "2-3 reset at=7", NULL));
  fault_script_get (script, 1, &step);
  g_assert_cmpint (step.deed, ==, FAULT_CLOSE);
  fault_script_get (script, 3, &step);
  g_assert_cmpint (step.deed, ==, FAULT_RESET);
  g_assert_cmpuint (step.at, ==, 7);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/fault-server/forms", test_forms);
  g_test_add_func ("/fault-server/envelope", test_envelope);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/fault-server/case/%s", cases[i].script);

      g_strdelimit (path + strlen ("/fault-server/case/"), "/ '=:", '-');
      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_case);
    }
  g_test_add_func ("/fault-server/bytes", test_bytes);
  g_test_add_func ("/fault-server/mind", test_mind);
  g_test_add_func ("/fault-server/object", test_object);
  g_test_add_func ("/fault-server/refresh-log", test_refresh_log);
  g_test_add_func ("/fault-server/deaf", test_deaf);
  g_test_add_func ("/fault-server/stop", test_stop);
  g_test_add_func ("/fault-server/endless", test_endless);
  g_test_add_func ("/fault-server/script", test_script);

  return g_test_run ();
}
