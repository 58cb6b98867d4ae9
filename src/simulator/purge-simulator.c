/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The HTTP side of the simulator: listens, takes a request apart, lets the API it is for answer it,
 * logs it, and sends the answer when it is due. Knows no rule of any API. */

#define G_LOG_DOMAIN "purge-simulator"

#include "config.h"

#include "purge-simulator.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <libsoup/soup.h>

#include "purge-simulator-areas.h"
#include "purge-simulator-log.h"
#include "purge-simulator-state.h"
#include "purge-simulator-v2.h"
#include "purge-simulator-v3.h"

/* Longer bodies are read to their end, so that the answer arrives, and thrown away. */
#define KEPT_BODY_LENGTH (10 * 1024 * 1024)

struct _PurgeSimulator
{
  GObject              parent_instance;

  GSocketService      *service;
  GTlsCertificate     *certificate; /* nullable */
  SoupServer          *server;
  int                  silent_fd;   /* the other end of what the server listens on, or -1 */
  PurgeSimulatorState *state;
  PurgeSimulatorLog   *log;         /* nullable */
  GMainContext        *context;
  GHashTable          *exchanges;   /* of SoupServerMessage -> Exchange, those that are not over */
  char                *base_url;
  guint                latency_ms;
};

G_DEFINE_FINAL_TYPE (PurgeSimulator, purge_simulator, G_TYPE_OBJECT)

typedef struct {
  gsize    n_received;
  GSource *delay; /* nullable: runs while the answer waits */
} Exchange;

static void
exchange_free (gpointer data)
{
  Exchange *exchange = data;

  if (exchange->delay != NULL)
    {
      g_source_destroy (exchange->delay);
      g_source_unref (exchange->delay);
    }
  g_free (exchange);
}

static GBytes *
dup_body (SoupServerMessage *message)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);

  return soup_message_body_get_accumulate (body) ? soup_message_body_flatten (body) : NULL;
}

static void
add_header (const char *name,
            const char *value,
            gpointer    user_data)
{
  GHashTable *headers = user_data;
  char *small = g_ascii_strdown (name, -1);
  const char *former = g_hash_table_lookup (headers, small);
  g_autofree char *text = g_utf8_make_valid (value, -1);

  g_hash_table_replace (headers, small, former != NULL ? g_strjoin (", ", former, text, NULL)
                                                       : g_steal_pointer (&text));
}

static GHashTable *
list_headers (SoupMessageHeaders *message_headers,
              const char         *host)
{
  GHashTable *headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  soup_message_headers_foreach (message_headers, add_header, headers);
  if (*host != '\0' && !g_hash_table_contains (headers, "host"))
    add_header ("Host", host, headers);

  return headers;
}

/* HTTP/2 names the host in a field of its own, of which libsoup makes the URI. */
static char *
dup_host (SoupServerMessage *message)
{
  GUri *uri = soup_server_message_get_uri (message);
  const char *host =
    soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Host");

  if (soup_server_message_get_http_version (message) == SOUP_HTTP_2_0)
    return g_strdup_printf ("%s:%d", g_uri_get_host (uri), g_uri_get_port (uri));

  return g_strdup (host != NULL ? host : "");
}

static PurgeSimulatorAnswer *
answer_call (PurgeSimulator           *self,
             const PurgeSimulatorCall *call)
{
  PurgeSimulatorAnswer *answer;

  if (g_str_equal (call->path, PURGE_SIMULATOR_V2_PATH))
    return purge_simulator_v2_answer (self->state, call);
  /* What a CONNECT asks for is no path, and a success would make a tunnel of the connection. */
  if (g_str_equal (call->path, PURGE_SIMULATOR_V3_PATH) && !g_str_equal (call->method, "CONNECT"))
    return purge_simulator_v3_answer (self->state, call);

  answer = purge_simulator_answer_new ();
  purge_simulator_answer_set_status (answer, SOUP_STATUS_NOT_FOUND);
  return answer;
}

static void
send_answer (SoupServerMessage          *message,
             const PurgeSimulatorAnswer *answer)
{
  soup_server_message_set_status (message, answer->status, NULL);
  if (answer->status == SOUP_STATUS_METHOD_NOT_ALLOWED)
    soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                  "Allow", "GET, POST");
  if (answer->body != NULL)
    soup_server_message_set_response (message, "application/json; charset=utf-8",
                                      SOUP_MEMORY_COPY, answer->body, strlen (answer->body));
}

/* Without its line in the log an answer must not leave. */
static void
log_and_send (PurgeSimulator             *self,
              SoupServerMessage          *message,
              const PurgeSimulatorCall   *call,
              const PurgeSimulatorAnswer *answer)
{
  g_autoptr (GError) error = NULL;

  if (self->log == NULL || purge_simulator_log_write (self->log, call, answer, &error))
    {
      send_answer (message, answer);
      return;
    }

  g_warning ("The log could not be written: %s", error->message);
  soup_server_message_set_status (message, SOUP_STATUS_INTERNAL_SERVER_ERROR, NULL);
}

static gboolean
on_delay_over_cb (gpointer user_data)
{
  SoupServerMessage *message = user_data;

  soup_server_message_unpause (message);
  return G_SOURCE_REMOVE;
}

/* The request is executed and logged when it comes; only its answer waits. So a client that gives
 * up cannot know, which is the case that it must be able to bear. */
static void
delay_answer (PurgeSimulator    *self,
              SoupServerMessage *message)
{
  Exchange *exchange = g_hash_table_lookup (self->exchanges, message);

  if (self->latency_ms == 0 || exchange == NULL)
    return;

  soup_server_message_pause (message);
  exchange->delay = g_timeout_source_new (self->latency_ms);
  g_source_set_callback (exchange->delay, on_delay_over_cb, g_object_ref (message),
                         g_object_unref);
  g_source_attach (exchange->delay, self->context);
}

static void
on_message_finished_cb (PurgeSimulator    *self,
                        SoupServerMessage *message)
{
  g_hash_table_remove (self->exchanges, message);
}

static void
on_message_chunk_cb (PurgeSimulator    *self,
                     GBytes            *chunk,
                     SoupServerMessage *message)
{
  Exchange *exchange = g_hash_table_lookup (self->exchanges, message);
  SoupMessageBody *body = soup_server_message_get_request_body (message);

  exchange->n_received += g_bytes_get_size (chunk);
  if (exchange->n_received > KEPT_BODY_LENGTH && soup_message_body_get_accumulate (body))
    {
      soup_message_body_set_accumulate (body, FALSE);
      soup_message_body_truncate (body);
    }
}

static void
on_headers_cb (SoupServer        *server,
               SoupServerMessage *message,
               const char        *path,
               GHashTable        *query,
               gpointer           user_data)
{
  PurgeSimulator *self = PURGE_SIMULATOR (user_data);

  g_hash_table_insert (self->exchanges, message, g_new0 (Exchange, 1));
  g_signal_connect_object (message, "got-chunk", G_CALLBACK (on_message_chunk_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (message, "finished", G_CALLBACK (on_message_finished_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
on_request_cb (SoupServer        *server,
               SoupServerMessage *message,
               const char        *path,
               GHashTable        *query,
               gpointer           user_data)
{
  PurgeSimulator *self = PURGE_SIMULATOR (user_data);
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  g_autofree char *host = dup_host (message);
  GUri *uri = soup_server_message_get_uri (message);
  GHashTable *parameters = NULL;
  const char *media_type = soup_message_headers_get_content_type (headers, &parameters);
  g_autoptr (GHashTable) all_headers = list_headers (headers, host);
  g_autoptr (GBytes) body = dup_body (message);
  PurgeSimulatorCall call = {
    .method = soup_server_message_get_method (message),
    .host = host,
    .path = g_uri_get_path (uri),
    .query = g_uri_get_query (uri),
    .headers = all_headers,
    .media_type = media_type,
    .boundary = parameters != NULL ? g_hash_table_lookup (parameters, "boundary") : NULL,
    .body = body,
    .secure = self->certificate != NULL,
    .now = g_get_real_time (),
  };
  g_autoptr (PurgeSimulatorAnswer) answer = answer_call (self, &call);

  log_and_send (self, message, &call, answer);
  delay_answer (self, message);
  g_clear_pointer (&parameters, g_hash_table_unref);
}

static GIOStream *
encrypt_connection (PurgeSimulator     *self,
                    GSocketConnection  *connection,
                    GError            **error)
{
  static const char * const protocols[] = { "http/1.1", NULL };
  /* Clients show no certificate; without this the whole trust store would be read for each of them. */
  GIOStream *stream =
    g_initable_new (g_tls_backend_get_server_connection_type (g_tls_backend_get_default ()), NULL,
                    error, "base-io-stream", connection, "certificate", self->certificate,
                    "database", NULL, NULL);

  if (stream != NULL)
    {
      g_tls_connection_set_require_close_notify (G_TLS_CONNECTION (stream), FALSE);
      g_tls_connection_set_advertised_protocols (G_TLS_CONNECTION (stream), protocols);
    }

  return stream;
}

static gboolean
accept_connection (PurgeSimulator     *self,
                   GSocketConnection  *connection,
                   GError            **error)
{
  g_autoptr (GSocketAddress) local = g_socket_connection_get_local_address (connection, NULL);
  g_autoptr (GSocketAddress) remote = g_socket_connection_get_remote_address (connection, NULL);
  g_autoptr (GIOStream) stream = NULL;

  /* A client that is gone already has no address any more, and nobody to answer to. */
  if (local == NULL || remote == NULL)
    return TRUE;

  if (self->certificate == NULL)
    return soup_server_accept_iostream (self->server, G_IO_STREAM (connection), local, remote, error);

  stream = encrypt_connection (self, connection, error);
  return stream != NULL &&
         soup_server_accept_iostream (self->server, stream, local, remote, error);
}

/* libsoup's own listener (3.2) loses a socket for each connection and an address for itself, so the
 * connections are accepted here. */
static gboolean
on_incoming_cb (PurgeSimulator    *self,
                GSocketConnection *connection)
{
  g_autoptr (GError) error = NULL;

  /* Head and body of an answer are written one after the other, and must not wait for each other. */
  g_socket_set_option (g_socket_connection_get_socket (connection), IPPROTO_TCP, TCP_NODELAY, 1,
                       NULL);
  if (!accept_connection (self, connection, &error))
    g_warning ("A connection could not be accepted: %s", error->message);

  return TRUE;
}

static void
purge_simulator_dispose (GObject *object)
{
  PurgeSimulator *self = PURGE_SIMULATOR (object);

  if (self->service != NULL)
    {
      g_socket_service_stop (self->service);
      g_socket_listener_close (G_SOCKET_LISTENER (self->service));
    }
  g_clear_object (&self->service);
  if (self->server != NULL)
    {
      soup_server_remove_handler (self->server, NULL);
      soup_server_disconnect (self->server);
    }
  g_clear_object (&self->server);
  if (self->silent_fd >= 0)
    close (self->silent_fd);
  self->silent_fd = -1;
  g_hash_table_remove_all (self->exchanges);

  G_OBJECT_CLASS (purge_simulator_parent_class)->dispose (object);
}

static void
purge_simulator_finalize (GObject *object)
{
  PurgeSimulator *self = PURGE_SIMULATOR (object);

  g_hash_table_unref (self->exchanges);
  g_clear_pointer (&self->state, purge_simulator_state_free);
  g_clear_pointer (&self->log, purge_simulator_log_close);
  g_clear_object (&self->certificate);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_free (self->base_url);

  G_OBJECT_CLASS (purge_simulator_parent_class)->finalize (object);
}

static void
purge_simulator_class_init (PurgeSimulatorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = purge_simulator_dispose;
  object_class->finalize = purge_simulator_finalize;
}

static void
purge_simulator_init (PurgeSimulator *self)
{
  self->silent_fd = -1;
  self->context = g_main_context_ref_thread_default ();
  self->exchanges = g_hash_table_new_full (NULL, NULL, NULL, exchange_free);
}

static gboolean
check_options (const PurgeSimulatorOptions  *options,
               GError                      **error)
{
  if (options->area != NULL && !purge_simulator_areas_is_area (options->area))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                 "There is no area “%s”", options->area);
  else if (options->fail_code != NULL && !purge_simulator_v2_knows_error (options->fail_code)
           && !purge_simulator_v3_knows_error (options->fail_code))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                 "No API documents an error “%s”", options->fail_code);
  else if ((options->secret_id == NULL) != (options->secret_key == NULL))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                 "A SecretId needs a SecretKey");
  else if ((options->tls_certificate == NULL) != (options->tls_key == NULL))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                 "A TLS certificate needs a key");
  else
    return TRUE;

  return FALSE;
}

/* A certificate is for names; an address only where it says so. */
static const char *
choose_name (GTlsCertificate *certificate)
{
  g_autoptr (GSocketConnectable) localhost = NULL;

  if (certificate == NULL)
    return "127.0.0.1";

  localhost = g_network_address_new ("localhost", 0);
  if (g_tls_certificate_verify (certificate, localhost, NULL) & G_TLS_CERTIFICATE_BAD_IDENTITY)
    return "127.0.0.1";

  return "localhost";
}

static char *
make_base_url (PurgeSimulator *self,
               int             port)
{
  return g_strdup_printf ("%s://%s:%d", self->certificate != NULL ? "https" : "http",
                          choose_name (self->certificate), port);
}

/* libsoup speaks HTTP/2 to those only whom it accepts itself, and only where its own variable says so:
 * for measurements, which bear that it then loses a socket for each connection. */
static gboolean
listen_for_http2 (PurgeSimulator  *self,
                  guint16          port,
                  GError         **error)
{
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", port);
  g_autoslist (GUri) uris = NULL;

  soup_server_set_tls_certificate (self->server, self->certificate);
  if (!soup_server_listen (self->server, address, SOUP_SERVER_LISTEN_HTTPS, error))
    return FALSE;

  uris = soup_server_get_uris (self->server);
  self->base_url = make_base_url (self, g_uri_get_port (uris->data));
  return TRUE;
}

/* libsoup keeps a connection for another request only while it listens itself: so it listens, on a
 * socket that nobody can reach. */
static gboolean
listen_to_nobody (PurgeSimulator  *self,
                  GError         **error)
{
  g_autoptr (GSocket) silent = NULL;
  int pair[2];

  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
    {
      int code = errno;

      g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (code), g_strerror (code));
      return FALSE;
    }

  self->silent_fd = pair[1];
  silent = g_socket_new_from_fd (pair[0], error);
  if (silent == NULL)
    {
      close (pair[0]);
      return FALSE;
    }

  return soup_server_listen_socket (self->server, silent, 0, error);
}

static gboolean
listen_on (PurgeSimulator  *self,
           guint16          port,
           GError         **error)
{
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new_from_string ("127.0.0.1", port);
  g_autoptr (GSocketAddress) effective = NULL;

  self->service = g_socket_service_new ();
  g_signal_connect_object (self->service, "incoming", G_CALLBACK (on_incoming_cb), self,
                           G_CONNECT_SWAPPED);
  if (!g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), wanted,
                                      G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL,
                                      &effective, error))
    return FALSE;

  port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (effective));
  self->base_url = make_base_url (self, port);
  return TRUE;
}

static gboolean
start_listening (PurgeSimulator  *self,
                 guint16          port,
                 GError         **error)
{
  if (self->certificate != NULL && g_strcmp0 (g_getenv ("SOUP_SERVER_HTTP2"), "1") == 0)
    return listen_for_http2 (self, port, error);

  return listen_to_nobody (self, error) && listen_on (self, port, error);
}

/**
 * purge_simulator_new:
 * @options: how to behave; everything is copied
 * @error: return location for an error of %G_IO_ERROR, %G_FILE_ERROR or %G_TLS_ERROR
 *
 * Starts a simulator. It listens when this function returns.
 *
 * Returns: (transfer full): a new simulator, or %NULL
 */
PurgeSimulator *
purge_simulator_new (const PurgeSimulatorOptions  *options,
                     GError                      **error)
{
  g_autoptr (PurgeSimulator) self = NULL;

  g_return_val_if_fail (options != NULL, NULL);

  if (!check_options (options, error))
    return NULL;

  self = g_object_new (PURGE_TYPE_SIMULATOR, NULL);
  self->state = purge_simulator_state_new (options);
  self->latency_ms = options->latency_ms;

  if (options->log != NULL)
    {
      self->log = purge_simulator_log_open (options->log, error);
      if (self->log == NULL)
        return NULL;
    }

  if (options->tls_certificate != NULL)
    {
      self->certificate = g_tls_certificate_new_from_files (options->tls_certificate,
                                                            options->tls_key, error);
      if (self->certificate == NULL)
        return NULL;
    }

  self->server = soup_server_new (NULL, NULL);
  soup_server_add_early_handler (self->server, NULL, on_headers_cb, self, NULL);
  soup_server_add_handler (self->server, NULL, on_request_cb, self, NULL);
  if (!start_listening (self, options->port, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * purge_simulator_get_base_url:
 * @self: a simulator
 *
 * Returns: (transfer none): scheme, host and port: `http://127.0.0.1:8080`, or with TLS
 *   `https://localhost:8443` (`https://127.0.0.1:8443` where the certificate is for another name)
 */
const char *
purge_simulator_get_base_url (PurgeSimulator *self)
{
  g_return_val_if_fail (PURGE_IS_SIMULATOR (self), NULL);

  return self->base_url;
}

/**
 * purge_simulator_get_n_requests:
 * @self: a simulator
 *
 * Returns: how many requests to an API have come, whatever was answered
 */
guint
purge_simulator_get_n_requests (PurgeSimulator *self)
{
  g_return_val_if_fail (PURGE_IS_SIMULATOR (self), 0);

  return self->state->n_requests;
}
