/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* A server below HTTP. */

#include "wire-server.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

struct _WireServer
{
  GSocketService  *service;
  GTlsCertificate *certificate;
  WireScript       script;
  guint16          port;
  GMutex           mutex;
  GCond            over;
  gboolean         ended;
  guint            n_requests;
  GString         *request;
};

static gsize
body_length (const char *head)
{
  const char *header = strstr (head, "\r\nContent-Length: ");

  return header != NULL ? strtoul (header + strlen ("\r\nContent-Length: "), NULL, 10) : 0;
}

/* Whether text holds a whole request. */
static gboolean
is_whole (const GString *text)
{
  const char *end = strstr (text->str, "\r\n\r\n");

  return end != NULL && text->len >= (gsize) (end + 4 - text->str) + body_length (text->str);
}

static char *
read_request (GIOStream *stream)
{
  GInputStream *input = g_io_stream_get_input_stream (stream);
  g_autoptr (GString) text = g_string_new (NULL);
  char buffer[4096];

  while (!is_whole (text))
    {
      gssize n = g_input_stream_read (input, buffer, sizeof buffer, NULL, NULL);

      if (n <= 0)
        return NULL;
      g_string_append_len (text, buffer, n);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static GIOStream *
wrap (WireServer *self,
      GIOStream  *stream)
{
  GIOStream *tls;

  if (self->certificate == NULL)
    return g_object_ref (stream);

  tls = g_tls_server_connection_new (stream, self->certificate, NULL);
  g_assert_nonnull (tls);
  return tls;
}

static gboolean
on_run_cb (GThreadedSocketService *service,
           GSocketConnection      *connection,
           GObject                *source,
           gpointer                user_data)
{
  WireServer *self = user_data;
  g_autoptr (GIOStream) stream = wrap (self, G_IO_STREAM (connection));
  g_autofree char *request = read_request (stream);
  WireCall call = { self, g_socket_connection_get_socket (connection), stream, request };

  if (request == NULL)
    return TRUE;

  g_mutex_lock (&self->mutex);
  self->n_requests++;
  g_string_assign (self->request, request);
  g_mutex_unlock (&self->mutex);

  self->script (&call);
  g_io_stream_close (stream, NULL, NULL);
  return TRUE;
}

static void
release (gpointer data)
{
  WireServer *self = data;

  g_clear_object (&self->certificate);
  g_string_free (self->request, TRUE);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->over);
}

static void
release_closure (gpointer  data,
                 GClosure *closure)
{
  g_atomic_rc_box_release_full (data, release);
}

/* Serves on a free port of the loopback address until it is freed. */
WireServer *
wire_server_new (WireScript       script,
                 GTlsCertificate *certificate)
{
  WireServer *self = g_atomic_rc_box_new0 (WireServer);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;

  self->script = script;
  self->certificate = certificate != NULL ? g_object_ref (certificate) : NULL;
  self->request = g_string_new (NULL);
  self->service = g_threaded_socket_service_new (20);
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), address, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &bound, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  g_signal_connect_data (self->service, "run", G_CALLBACK (on_run_cb),
                         g_atomic_rc_box_acquire (self), release_closure, 0);

  return self;
}

/* Ends whatever scripts wait for. A thread that is still at it keeps what it needs until it is done. */
void
wire_server_free (WireServer *self)
{
  g_mutex_lock (&self->mutex);
  self->ended = TRUE;
  g_cond_broadcast (&self->over);
  g_mutex_unlock (&self->mutex);

  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_clear_object (&self->service);
  g_atomic_rc_box_release_full (self, release);
}

guint16
wire_server_get_port (WireServer *self)
{
  return self->port;
}

/* How many whole requests arrived. */
guint
wire_server_count (WireServer *self)
{
  guint n;

  g_mutex_lock (&self->mutex);
  n = self->n_requests;
  g_mutex_unlock (&self->mutex);

  return n;
}

/* The last request, byte for byte. */
char *
wire_server_dup_request (WireServer *self)
{
  char *request;

  g_mutex_lock (&self->mutex);
  request = g_strdup (self->request->str);
  g_mutex_unlock (&self->mutex);

  return request;
}

/* Writes; a client that has gone is no error of the server's. */
void
wire_call_write (WireCall   *call,
                 const char *text)
{
  g_output_stream_write_all (g_io_stream_get_output_stream (call->stream), text, strlen (text),
                             NULL, NULL, NULL);
}

/* Ends the connection with a reset. */
void
wire_call_reset (WireCall *call)
{
  struct linger now = { 1, 0 };

  setsockopt (g_socket_get_fd (call->socket), SOL_SOCKET, SO_LINGER, &now, sizeof now);
  g_socket_close (call->socket, NULL);
}

/* Waits; returns FALSE when the test is over and the script should return. */
gboolean
wire_call_wait (WireCall *call,
                guint     ms)
{
  WireServer *self = call->server;
  gint64 until = g_get_monotonic_time () + ms * G_TIME_SPAN_MILLISECOND;
  gboolean ended;

  g_mutex_lock (&self->mutex);
  while (!self->ended && g_cond_wait_until (&self->over, &self->mutex, until))
    ;
  ended = self->ended;
  g_mutex_unlock (&self->mutex);

  return !ended;
}
