/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The transport against servers that do what servers should not. What counts is not that it failed
 * but how far it came, and that nothing is ever sent twice. */

#include "purge-soup-transport.h"

#include <string.h>

#include "await.h"
#include "wire-server.h"

#define OK "HTTP/1.1 200 OK\r\n"

/* Long where something else has to happen first, short where nothing else will. */
#define PATIENT_MS 20000
#define SHORT_MS 400

static char *certificates;

static void
answer_ok (WireCall *call)
{
  wire_call_write (call, OK "Content-Type: text/json\r\nDate: Thu, 01 Jan 2026 00:00:00 GMT\r\n"
                   "Content-Length: 10\r\n\r\n{\"code\":0}");
}

static void
answer_chunked (WireCall *call)
{
  wire_call_write (call, OK "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"cod\r\n5\r\ne\":0}\r\n0\r\n\r\n");
}

static void
answer_404 (WireCall *call)
{
  wire_call_write (call, "HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno");
}

static void
answer_401 (WireCall *call)
{
  wire_call_write (call, "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"x\"\r\n"
                   "Content-Length: 2\r\n\r\nno");
}

static void
answer_redirect (WireCall *call)
{
  wire_call_write (call, "HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n");
}

static void
reset_at_once (WireCall *call)
{
  wire_call_reset (call);
}

static void
close_at_once (WireCall *call)
{
}

static void
close_in_body (WireCall *call)
{
  wire_call_write (call, OK "Content-Length: 100\r\n\r\n{\"code\":");
}

static void
reset_in_body (WireCall *call)
{
  wire_call_write (call, OK "Content-Length: 100\r\n\r\n{\"code\":");
  wire_call_wait (call, 100);
  wire_call_reset (call);
}

static void
never_answer (WireCall *call)
{
  while (wire_call_wait (call, 1000))
    ;
}

static void
hang_in_body (WireCall *call)
{
  wire_call_write (call, OK "Content-Length: 100\r\n\r\n{\"code\":");
  never_answer (call);
}

static void
drip (WireCall *call)
{
  wire_call_write (call, OK "Content-Length: 100000\r\n\r\n");
  do
    wire_call_write (call, " ");
  while (wire_call_wait (call, 50));
}

static void
continue_for_ever (WireCall *call)
{
  do
    wire_call_write (call, "HTTP/1.1 100 Continue\r\n\r\n");
  while (wire_call_wait (call, 20));
}

static void
answer_too_long (WireCall *call)
{
  g_autofree char *block = g_strnfill (16 * 1024, ' ');

  wire_call_write (call, OK "Content-Length: 104857600\r\n\r\n");
  for (guint i = 0; i < 6400 && wire_call_wait (call, 0); i++)
    wire_call_write (call, block);
}

static void
answer_gzip (WireCall *call)
{
  wire_call_write (call, OK "Content-Encoding: gzip\r\nContent-Length: 10\r\n\r\n{\"code\":0}");
}

static void
answer_garbage (WireCall *call)
{
  wire_call_write (call, "SSH-2.0-OpenSSH_9.2\r\n\r\n");
}

static void
answer_long_header (WireCall *call)
{
  g_autofree char *block = g_strnfill (64 * 1024, 'x');

  wire_call_write (call, OK "X: ");
  for (guint i = 0; i < 1600 && wire_call_wait (call, 0); i++)
    wire_call_write (call, block);
}

static const struct
{
  const char        *name;
  WireScript         script;
  PurgeExchangeKind  kind;
  PurgeCause         cause;
  guint              status;
  const char        *body;
} wire_cases[] = {
  { "ok", answer_ok, PURGE_EXCHANGE_ANSWERED, PURGE_CAUSE_NONE, 200, "{\"code\":0}" },
  { "chunked", answer_chunked, PURGE_EXCHANGE_ANSWERED, PURGE_CAUSE_NONE, 200, "{\"code\":0}" },
  { "404", answer_404, PURGE_EXCHANGE_ANSWERED, PURGE_CAUSE_NONE, 404, "no" },
  { "no-login-prompt", answer_401, PURGE_EXCHANGE_ANSWERED, PURGE_CAUSE_NONE, 401, "no" },
  { "redirect-not-followed", answer_redirect, PURGE_EXCHANGE_ANSWERED, PURGE_CAUSE_NONE, 302, "" },
  { "reset", reset_at_once, PURGE_EXCHANGE_LOST, PURGE_CAUSE_CONNECTION_LOST, 0, NULL },
  { "closed", close_at_once, PURGE_EXCHANGE_LOST, PURGE_CAUSE_CONNECTION_LOST, 0, NULL },
  { "closed-in-body", close_in_body, PURGE_EXCHANGE_LOST, PURGE_CAUSE_CONNECTION_LOST, 0, NULL },
  { "reset-in-body", reset_in_body, PURGE_EXCHANGE_LOST, PURGE_CAUSE_CONNECTION_LOST, 0, NULL },
  { "never-answers", never_answer, PURGE_EXCHANGE_LOST, PURGE_CAUSE_TIMEOUT, 0, NULL },
  { "hangs-in-body", hang_in_body, PURGE_EXCHANGE_LOST, PURGE_CAUSE_TIMEOUT, 0, NULL },
  { "drips", drip, PURGE_EXCHANGE_LOST, PURGE_CAUSE_TIMEOUT, 0, NULL },
  { "continues-for-ever", continue_for_ever, PURGE_EXCHANGE_LOST, PURGE_CAUSE_TIMEOUT, 0, NULL },
  { "too-long", answer_too_long, PURGE_EXCHANGE_LOST, PURGE_CAUSE_ANSWER_TOO_LONG, 0, NULL },
  { "encoded", answer_gzip, PURGE_EXCHANGE_LOST, PURGE_CAUSE_ANSWER_ENCODED, 200, NULL },
  { "garbage", answer_garbage, PURGE_EXCHANGE_LOST, PURGE_CAUSE_CONNECTION_LOST, 0, NULL },
  { "long-header", answer_long_header, PURGE_EXCHANGE_LOST, PURGE_CAUSE_CONNECTION_LOST, 0, NULL },
};

static PurgeTransport *
transport_new (GProxyResolver *resolver,
               guint           deadline_ms)
{
  g_autofree char *ca = g_build_filename (certificates, "ca.pem", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsDatabase) database = g_tls_file_database_new (ca, &error);

  g_assert_no_error (error);
  return g_object_new (PURGE_TYPE_SOUP_TRANSPORT,
                       "tls-database", database,
                       "proxy-resolver", resolver,
                       "deadline-ms", deadline_ms,
                       "connect-deadline-ms", deadline_ms,
                       NULL);
}

static PurgeRequest *
request_new (const char *method,
             const char *uri)
{
  PurgeRequest *request = purge_request_new (method, uri);
  g_autoptr (GBytes) body = g_bytes_new_static ("dirs.0=http%3A%2F%2Fa%2F", 24);

  if (g_str_equal (method, "POST"))
    purge_request_set_body (request, "application/x-www-form-urlencoded", body);
  purge_request_add_header (request, "X-TC-Action", "Test");

  return request;
}

static PurgeExchange *
send (PurgeTransport *transport,
      const char     *method,
      const char     *uri,
      GCancellable   *cancellable)
{
  g_autoptr (PurgeRequest) request = request_new (method, uri);
  g_autoptr (GAsyncResult) result = NULL;

  purge_transport_send_async (transport, request, cancellable, await_cb, &result);

  return purge_transport_send_finish (transport, await (&result));
}

static void
assert_exchange (PurgeExchange     *exchange,
                 PurgeExchangeKind  kind,
                 PurgeCause         cause)
{
  g_test_message ("kind %d, cause %s, detail %s", exchange->kind,
                  purge_cause_to_string (exchange->cause), exchange->detail);
  g_assert_cmpint (exchange->kind, ==, kind);
  g_assert_cmpstr (purge_cause_to_string (exchange->cause), ==, purge_cause_to_string (cause));
}

/* Both methods, since libsoup resends by method; one request arrives, whatever happens. */
static void
test_wire (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  static const char * const methods[] = { "POST", "GET" };

  for (guint m = 0; m < G_N_ELEMENTS (methods); m++)
    {
      g_autoptr (WireServer) server = wire_server_new (wire_cases[i].script, NULL);
      g_autoptr (PurgeTransport) transport = transport_new (NULL, wire_cases[i].cause == PURGE_CAUSE_TIMEOUT
                                                                  ? SHORT_MS : PATIENT_MS);
      g_autofree char *uri = g_strdup_printf ("http://127.0.0.1:%u/v2/index.php?a=%%20b",
                                              wire_server_get_port (server));
      g_autoptr (PurgeExchange) exchange = send (transport, methods[m], uri, NULL);

      assert_exchange (exchange, wire_cases[i].kind, wire_cases[i].cause);
      g_assert_cmpuint (exchange->status, ==, wire_cases[i].status);
      if (wire_cases[i].body != NULL)
        g_assert_cmpmem (g_bytes_get_data (exchange->body, NULL), g_bytes_get_size (exchange->body),
                         wire_cases[i].body, strlen (wire_cases[i].body));
      else
        g_assert_null (exchange->body);
      g_assert_cmpuint (wire_server_count (server), ==, 1);
    }
}

/* Four requests on what would be one kept connection: each arrives once, though the server drops
 * every connection after its answer. */
static void
test_nothing_twice (void)
{
  g_autoptr (WireServer) server = wire_server_new (answer_ok, NULL);
  g_autoptr (PurgeTransport) transport = transport_new (NULL, PATIENT_MS);
  g_autofree char *uri = g_strdup_printf ("http://127.0.0.1:%u/", wire_server_get_port (server));

  for (guint i = 1; i <= 4; i++)
    {
      g_autoptr (PurgeExchange) exchange = send (transport, i % 2 ? "GET" : "POST", uri, NULL);

      g_assert_cmpint (exchange->kind, ==, PURGE_EXCHANGE_ANSWERED);
      g_assert_cmpuint (wire_server_count (server), ==, i);
    }
}

static void
test_bytes (void)
{
  g_autoptr (WireServer) server = wire_server_new (answer_ok, NULL);
  g_autoptr (PurgeTransport) transport = transport_new (NULL, PATIENT_MS);
  g_autofree char *uri =
    g_strdup_printf ("http://127.0.0.1:%u/v2/index.php", wire_server_get_port (server));
  g_autofree char *host =
    g_strdup_printf ("\r\nHost: 127.0.0.1:%u\r\n", wire_server_get_port (server));
  g_autoptr (PurgeExchange) exchange = send (transport, "POST", uri, NULL);
  g_autofree char *request = wire_server_dup_request (server);

  g_assert_true (g_str_has_prefix (request, "POST /v2/index.php HTTP/1.1\r\n"));
  g_assert_nonnull (strstr (request, host));
  g_assert_nonnull (strstr (request, "\r\nContent-Type: application/x-www-form-urlencoded\r\n"));
  g_assert_nonnull (strstr (request, "\r\nX-TC-Action: Test\r\n"));
  g_assert_true (g_str_has_suffix (request, "\r\n\r\ndirs.0=http%3A%2F%2Fa%2F"));
  g_assert_null (strstr (request, "Accept-Encoding"));
  g_assert_null (strstr (request, "Cookie"));

  g_assert_cmpstr (exchange->content_type, ==, "text/json");
  g_assert_cmpstr (exchange->date, ==, "Thu, 01 Jan 2026 00:00:00 GMT");
  g_assert_null (exchange->retry_after);
}

static guint16
dup_closed_port (void)
{
  g_autoptr (WireServer) server = wire_server_new (answer_ok, NULL);

  return wire_server_get_port (server);
}

static void
test_not_sent (void)
{
  g_autoptr (PurgeTransport) transport = transport_new (NULL, PATIENT_MS);
  g_autofree char *closed = g_strdup_printf ("http://127.0.0.1:%u/", dup_closed_port ());
  g_autoptr (PurgeExchange) refused = send (transport, "POST", closed, NULL);
  g_autoptr (PurgeExchange) unfound = send (transport, "POST", "https://nowhere.invalid/", NULL);

  assert_exchange (refused, PURGE_EXCHANGE_NOT_SENT, PURGE_CAUSE_NO_CONNECTION);
  assert_exchange (unfound, PURGE_EXCHANGE_NOT_SENT, PURGE_CAUSE_NAME_LOOKUP);
}

static void
refuse_tunnel (WireCall *call)
{
  wire_call_write (call, "HTTP/1.1 407 Proxy Authentication Required\r\n"
                   "Proxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n");
}

/* The proxy is asked for a tunnel and refuses it: nothing of the request reached anybody. A loopback
 * address never goes through a proxy. */
static void
test_proxy (void)
{
  g_autoptr (WireServer) proxy = wire_server_new (refuse_tunnel, NULL);
  g_autoptr (WireServer) server = wire_server_new (answer_ok, NULL);
  g_autofree char *proxy_uri =
    g_strdup_printf ("http://127.0.0.1:%u", wire_server_get_port (proxy));
  g_autoptr (GProxyResolver) resolver = g_simple_proxy_resolver_new (proxy_uri, NULL);
  g_autoptr (PurgeTransport) transport = transport_new (resolver, PATIENT_MS);
  g_autofree char *direct = g_strdup_printf ("http://127.0.0.1:%u/", wire_server_get_port (server));
  g_autoptr (PurgeExchange) refused = send (transport, "POST", "https://cdn.example/", NULL);
  g_autoptr (PurgeExchange) answered = NULL;
  g_autofree char *request = wire_server_dup_request (proxy);

  assert_exchange (refused, PURGE_EXCHANGE_NOT_SENT, PURGE_CAUSE_PROXY);
  g_assert_true (g_str_has_prefix (request, "CONNECT cdn.example:443 HTTP/1.1\r\n"));
  g_assert_null (strstr (request, "dirs.0"));
  g_assert_cmpuint (wire_server_count (proxy), ==, 1);

  answered = send (transport, "POST", direct, NULL);
  assert_exchange (answered, PURGE_EXCHANGE_ANSWERED, PURGE_CAUSE_NONE);
  g_assert_cmpuint (wire_server_count (proxy), ==, 1);
}

typedef struct
{
  WireServer   *server;
  GCancellable *cancellable;
} CancelWhenRead;

static gboolean
on_look_cb (gpointer user_data)
{
  CancelWhenRead *look = user_data;

  if (wire_server_count (look->server) == 0)
    return G_SOURCE_CONTINUE;

  g_cancellable_cancel (look->cancellable);
  return G_SOURCE_REMOVE;
}

static void
cancel_when_read (WireServer   *server,
                  GCancellable *cancellable)
{
  CancelWhenRead look = { server, cancellable };

  g_timeout_add_full (G_PRIORITY_DEFAULT, 5, on_look_cb, g_memdup2 (&look, sizeof look), g_free);
}

static void
test_cancel (void)
{
  g_autoptr (WireServer) server = wire_server_new (never_answer, NULL);
  g_autoptr (PurgeTransport) transport = transport_new (NULL, PATIENT_MS);
  g_autofree char *uri = g_strdup_printf ("http://127.0.0.1:%u/", wire_server_get_port (server));
  g_autoptr (GCancellable) before = g_cancellable_new ();
  g_autoptr (GCancellable) after = g_cancellable_new ();
  g_autoptr (PurgeExchange) not_sent = NULL;
  g_autoptr (PurgeExchange) lost = NULL;

  g_cancellable_cancel (before);
  not_sent = send (transport, "POST", uri, before);
  assert_exchange (not_sent, PURGE_EXCHANGE_NOT_SENT, PURGE_CAUSE_CANCELLED_BEFORE);
  g_assert_cmpuint (wire_server_count (server), ==, 0);

  cancel_when_read (server, after);
  lost = send (transport, "POST", uri, after);
  assert_exchange (lost, PURGE_EXCHANGE_LOST, PURGE_CAUSE_CANCELLED_AFTER);
  g_assert_cmpuint (wire_server_count (server), ==, 1);
}

static GTlsCertificate *
load_certificate (const char *name)
{
  g_autofree char *pem = g_strdup_printf ("%s/%s.pem", certificates, name);
  g_autofree char *key = g_strdup_printf ("%s/%s.key", certificates, name);
  g_autoptr (GError) error = NULL;
  GTlsCertificate *certificate = g_tls_certificate_new_from_files (pem, key, &error);

  g_assert_no_error (error);
  return certificate;
}

static const struct
{
  const char        *certificate;
  PurgeExchangeKind  kind;
  PurgeCause         cause;
} tls_cases[] = {
  { "server", PURGE_EXCHANGE_ANSWERED, PURGE_CAUSE_NONE },
  { "expired", PURGE_EXCHANGE_UNTRUSTED, PURGE_CAUSE_CERTIFICATE },
  { "stranger", PURGE_EXCHANGE_UNTRUSTED, PURGE_CAUSE_CERTIFICATE },
  { "impostor", PURGE_EXCHANGE_UNTRUSTED, PURGE_CAUSE_CERTIFICATE },
};

static void
test_certificates (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (tls_cases); i++)
    {
      g_autoptr (GTlsCertificate) certificate = load_certificate (tls_cases[i].certificate);
      g_autoptr (WireServer) server = wire_server_new (answer_ok, certificate);
      g_autoptr (PurgeTransport) transport = transport_new (NULL, PATIENT_MS);
      g_autofree char *uri =
        g_strdup_printf ("https://localhost:%u/", wire_server_get_port (server));
      g_autoptr (PurgeExchange) exchange = NULL;

      g_test_message ("certificate %s", tls_cases[i].certificate);
      purge_transport_preconnect (transport, uri, 1);
      exchange = send (transport, "POST", uri, NULL);
      assert_exchange (exchange, tls_cases[i].kind, tls_cases[i].cause);
      g_assert_cmpuint (wire_server_count (server), ==,
                        tls_cases[i].kind == PURGE_EXCHANGE_ANSWERED ? 1 : 0);
    }
}

/* A plain-text server on the other side of a TLS client: it never gets a request to read. */
static void
test_no_tls (void)
{
  g_autoptr (WireServer) server = wire_server_new (answer_ok, NULL);
  g_autoptr (PurgeTransport) transport = transport_new (NULL, PATIENT_MS);
  g_autofree char *uri = g_strdup_printf ("https://127.0.0.1:%u/", wire_server_get_port (server));
  g_autoptr (PurgeExchange) exchange = send (transport, "POST", uri, NULL);

  assert_exchange (exchange, PURGE_EXCHANGE_NOT_SENT, PURGE_CAUSE_TLS_FAILED);
  g_assert_cmpuint (wire_server_count (server), ==, 0);
}

static char *
read_port (GSubprocess *openssl)
{
  g_autoptr (GDataInputStream) output =
    g_data_input_stream_new (g_subprocess_get_stdout_pipe (openssl));
  g_autofree char *line = NULL;

  /* "ACCEPT 127.0.0.1:34567" */
  while ((line = g_data_input_stream_read_line (output, NULL, NULL, NULL)) != NULL)
    {
      if (g_str_has_prefix (line, "ACCEPT"))
        return g_strdup (strrchr (line, ':') + 1);
      g_free (line);
    }

  g_assert_not_reached ();
}

static void
check_old_tls (gboolean ready)
{
  g_autofree char *pem = g_build_filename (certificates, "server.pem", NULL);
  g_autofree char *key = g_build_filename (certificates, "server.key", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) openssl =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE |
                      G_SUBPROCESS_FLAGS_STDIN_PIPE, &error,
                      "openssl", "s_server", "-accept", "127.0.0.1:0", "-naccept", ready ? "2" : "1",
                      "-cert", pem, "-key", key, "-tls1_1", "-cipher", "DEFAULT@SECLEVEL=0", NULL);
  g_autofree char *port = NULL;
  g_autofree char *uri = NULL;
  g_autoptr (PurgeTransport) transport = transport_new (NULL, PATIENT_MS);
  g_autoptr (PurgeExchange) exchange = NULL;

  g_assert_no_error (error);
  port = read_port (openssl);
  uri = g_strdup_printf ("https://127.0.0.1:%s/", port);
  if (ready)
    purge_transport_preconnect (transport, uri, 1);
  exchange = send (transport, "POST", uri, NULL);
  g_subprocess_force_exit (openssl);
  g_subprocess_wait (openssl, NULL, NULL);

  assert_exchange (exchange, PURGE_EXCHANGE_UNTRUSTED, PURGE_CAUSE_TLS_TOO_OLD);
}

/* A server that speaks nothing newer than TLS 1.1 gets a handshake and not one byte of a request; so
 * where the connection was to be made ready. */
static void
test_old_tls (void)
{
  check_old_tls (FALSE);
  check_old_tls (TRUE);
}

/* A TLS server that takes the connection and stays silent. */
static void
test_silent_tls (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
  g_autoptr (PurgeTransport) transport = transport_new (NULL, SHORT_MS);
  g_autofree char *uri = g_strdup_printf ("https://127.0.0.1:%u/", port);
  g_autoptr (PurgeExchange) exchange = send (transport, "POST", uri, NULL);

  assert_exchange (exchange, PURGE_EXCHANGE_NOT_SENT, PURGE_CAUSE_TLS_FAILED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  certificates = g_test_build_filename (G_TEST_BUILT, "fixtures", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (wire_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/soup-transport/wire/%s", wire_cases[i].name);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_wire);
    }
  g_test_add_func ("/soup-transport/nothing-twice", test_nothing_twice);
  g_test_add_func ("/soup-transport/bytes", test_bytes);
  g_test_add_func ("/soup-transport/not-sent", test_not_sent);
  g_test_add_func ("/soup-transport/proxy", test_proxy);
  g_test_add_func ("/soup-transport/cancel", test_cancel);
  g_test_add_func ("/soup-transport/certificates", test_certificates);
  g_test_add_func ("/soup-transport/no-tls", test_no_tls);
  g_test_add_func ("/soup-transport/old-tls", test_old_tls);
  g_test_add_func ("/soup-transport/silent-tls", test_silent_tls);

  return g_test_run ();
}
