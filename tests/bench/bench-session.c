/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* From the confirmed button to the last result: bench-session CERTIFICATES FOLDER ROUNDS. Through the
 * objects that the window has, without their widgets: the session saves the draft, takes the key out of
 * the keyring (one in memory), writes the journal on the disk, and sends. After each line of ours one of
 * the limit: a request and its answer, by hand, on a connection that is there. */

#include <stdlib.h>
#include <string.h>

#include "await.h"
#include "fault-server.h"
#include "purge-memory-keyring.h"
#include "purge-session.h"
#include "purge-soup-transport.h"
#include "slow-road.h"
#include "timing.h"

#define N_DIRECTORIES 100
#define ONE_WAY_MS 50

/* Longer than connections are kept, so that none is left of the round before. */
#define QUIET_MS 4000

/* Long enough for three round trips and six handshakes, and shorter than they are kept. */
#define READY_MS 1500

typedef struct
{
  char               *base;
  guint16             port;
  GSocketConnectable *identity;
  GTlsDatabase       *trusted;
  PurgeWorkspace     *workspace;
  PurgeAccounts      *accounts;
  PurgeSession       *session;
} Bench;

typedef struct
{
  const Bench *bench;
  guint        nonce;
  double       ms;
  gboolean     over;
} Limit;

static gboolean
on_over_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
pass (guint ms)
{
  gboolean over = FALSE;

  g_timeout_add (ms, on_over_cb, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

static FaultServer *
server_new (const char *certificates)
{
  g_autofree char *pem = g_build_filename (certificates, "server.pem", NULL);
  g_autofree char *key = g_build_filename (certificates, "server.key", NULL);
  const FaultServerOptions options = { .mind.quota = 1000000, .certificate = pem, .key = key };
  g_autoptr (GError) error = NULL;
  FaultServer *server = fault_server_new (&options, &error);

  g_assert_no_error (error);
  return server;
}

static void
add_account (Bench *bench)
{
  g_autoptr (PurgeAccount) account = purge_account_new (NULL, "Production");
  g_autoptr (PurgeSecret) key = purge_secret_new ("0123456789abcdefghij", -1);
  g_autoptr (PurgeCredentials) credentials = purge_credentials_new ("AKIDtest", key, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (PurgeEndpoint) endpoint = purge_endpoint_parse (bench->base, &error);
  g_autoptr (GAsyncResult) result = NULL;

  g_assert_no_error (error);
  g_object_set (account, "endpoint", endpoint, NULL);
  purge_accounts_put_async (bench->accounts, account, credentials, NULL, await_cb, &result);
  purge_accounts_put_finish (bench->accounts, await (&result), &error);
  g_assert_no_error (error);
}

static void
fill (Bench *bench)
{
  g_autoptr (GString) text = g_string_new (NULL);
  PurgeAddReport report;

  for (guint i = 1; i <= N_DIRECTORIES; i++)
    g_string_append_printf (text, "https://www.example.com/%u/\n", i);

  g_assert_true (purge_directory_list_set_all_text (purge_session_get_list (bench->session),
                                                    text->str, text->len, &report, NULL));
}

static void
open_session (Bench      *bench,
              const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "journal.db", NULL);
  g_autoptr (PurgeClock) clock = purge_clock_new ();
  g_autoptr (PurgeKeyring) keyring = purge_memory_keyring_new ();
  g_autoptr (PurgeTransport) transport =
    g_object_new (PURGE_TYPE_SOUP_TRANSPORT, "tls-database", bench->trusted, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  bench->workspace = purge_workspace_new (path, keyring, transport, clock);
  bench->accounts = purge_accounts_new (bench->workspace);
  bench->session = purge_session_new (bench->workspace, bench->accounts);
  /* What became of the round before would be asked for in the next. */
  purge_watcher_set_asking (purge_session_get_watcher (bench->session), FALSE);
  purge_session_open_async (bench->session, NULL, await_cb, &result);
  purge_session_open_finish (bench->session, await (&result), &error);
  g_assert_no_error (error);
}

/* Presses the button, which was confirmed. */
static double
measure_ours (Bench    *bench,
              gboolean  ready)
{
  g_auto (GStrv) directories =
    purge_directory_list_dup_urls (purge_session_get_list (bench->session), PURGE_KIND_DIRECTORY);
  g_autoptr (PurgeOrder) order = purge_order_new (PURGE_MODE_UPDATED, PURGE_AREA_NONE,
                                                  (const char * const *) directories, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 since;
  double ms;

  pass (QUIET_MS);
  if (ready)
    {
      purge_readiness_expect (purge_session_get_readiness (bench->session),
                              purge_session_get_account (bench->session));
      pass (READY_MS);
    }

  since = g_get_monotonic_time ();
  purge_session_send_async (bench->session, order, await_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  ms = timing_get_ms (since);

  g_assert_true (purge_session_send_finish (bench->session, result, &error));
  g_assert_cmpuint (purge_job_count (purge_session_get_job (bench->session), PURGE_BATCH_ACCEPTED),
                    ==, N_DIRECTORIES);
  return ms;
}

/* As long as a batch, and answered as one. */
static char *
request_new (guint nonce)
{
  g_autofree char *padding = g_strnfill (1000, '0');
  g_autofree char *body =
    g_strdup_printf ("Action=RefreshCdnDir&Nonce=%u&SecretId=id&Signature=%s&Timestamp=%"
                     G_GINT64_FORMAT "&dirs.0=http%%3A%%2F%%2Fa.example%%2F", nonce, padding,
                     g_get_real_time () / G_USEC_PER_SEC);

  return g_strdup_printf ("POST /v2/index.php HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                          "Content-Type: application/x-www-form-urlencoded\r\n"
                          "Content-Length: %zu\r\n\r\n%s", strlen (body), body);
}

/* In a thread, since the road is built in the main loop. */
static gpointer
measure_by_hand (gpointer user_data)
{
  Limit *limit = user_data;
  const Bench *bench = limit->bench;
  g_autofree char *request = request_new (limit->nonce);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketConnection) plain =
    g_socket_client_connect_to_host (client, "127.0.0.1", bench->port, NULL, &error);
  g_autoptr (GIOStream) tls = g_tls_client_connection_new (G_IO_STREAM (plain), NULL, &error);
  char buffer[4096];
  gint64 since;

  g_tls_connection_set_database (G_TLS_CONNECTION (tls), bench->trusted);
  g_tls_client_connection_set_server_identity (G_TLS_CLIENT_CONNECTION (tls), bench->identity);
  g_tls_connection_handshake (G_TLS_CONNECTION (tls), NULL, &error);
  g_assert_no_error (error);

  since = g_get_monotonic_time ();
  g_output_stream_write_all (g_io_stream_get_output_stream (tls), request, strlen (request), NULL,
                             NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_input_stream_read (g_io_stream_get_input_stream (tls), buffer, sizeof buffer,
                                        NULL, &error), >, 0);
  limit->ms = timing_get_ms (since);
  g_idle_add (on_over_cb, &limit->over);
  return NULL;
}

static double
measure_limit (const Bench *bench,
               guint        nonce)
{
  Limit limit = { .bench = bench, .nonce = nonce };
  GThread *thread = g_thread_new ("limit", measure_by_hand, &limit);

  while (!limit.over)
    g_main_context_iteration (NULL, TRUE);
  g_thread_join (thread);

  return limit.ms;
}

int
main (int   argc,
      char *argv[])
{
  const char *certificates = argv[1];
  guint n_rounds = argc == 4 ? atoi (argv[3]) : 0;
  g_autofree char *ca = g_build_filename (certificates, "ca.pem", NULL);
  g_autoptr (FaultServer) server = server_new (certificates);
  g_autoptr (GError) error = NULL;
  Bench bench = { 0 };

  bench.port = slow_road_new (fault_server_get_port (server), ONE_WAY_MS);
  bench.base = g_strdup_printf ("https://127.0.0.1:%u", bench.port);
  bench.identity = g_network_address_new ("127.0.0.1", bench.port);
  bench.trusted = g_tls_file_database_new (ca, &error);
  g_assert_no_error (error);

  open_session (&bench, argv[2]);
  add_account (&bench);
  fill (&bench);
  /* The canary's, and nobody's; then one without what this is about. */
  measure_ours (&bench, FALSE);
  g_print ("cold %.3f\n", measure_ours (&bench, FALSE));
  for (guint i = 0; i < n_rounds; i++)
    {
      g_print ("ready %.3f\n", measure_ours (&bench, TRUE));
      g_print ("limit %.3f\n", measure_limit (&bench, 1000000 + i));
    }

  return 0;
}
