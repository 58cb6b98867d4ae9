/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* HTTP/2, as much of it as a server needs that misbehaves (RFC 9113). Requests are counted by their
 * HEADERS, which it does not decode; of the answers' headers only the status is said. */

#include "h2-server.h"

#include <string.h>
#include <sys/socket.h>

#define PREFACE "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
#define ANSWER "{\"code\":0}"
#define HALF (strlen (ANSWER) / 2)

enum { DATA, HEADERS, PRIORITY, RST_STREAM, SETTINGS, PUSH_PROMISE, PING, GOAWAY };

#define END_STREAM 0x1
#define ACK 0x1
#define END_HEADERS 0x4

struct _H2Server
{
  GSocket         *listener;
  GTlsCertificate *certificate;
  H2Fault          fault;
  guint16          port;
  GThread         *thread;
  GCancellable    *ended;
  GMutex           mutex;
  GCond            let_go;
  gboolean         held;
  guint            n_connections;
  GPtrArray       *open;
  guint            n_requests;
  guint            n_faults;
};

typedef struct
{
  H2Server  *server;
  GSocket   *socket;
  GIOStream *stream;
  guint32    faulty;
} Connection;

typedef struct
{
  guint8  type;
  guint8  flags;
  guint32 stream;
  guint32 length;
  guint8  payload[16 * 1024];
} Frame;

static gboolean
read_all (Connection *self,
          gpointer    buffer,
          gsize       length)
{
  gsize n;

  return g_input_stream_read_all (g_io_stream_get_input_stream (self->stream), buffer, length, &n,
                                  NULL, NULL) && n == length;
}

static gboolean
read_frame (Connection *self,
            Frame      *frame)
{
  guint8 head[9];

  if (!read_all (self, head, sizeof head))
    return FALSE;

  frame->length = head[0] << 16 | head[1] << 8 | head[2];
  frame->type = head[3];
  frame->flags = head[4];
  frame->stream = (head[5] & 0x7f) << 24 | head[6] << 16 | head[7] << 8 | head[8];

  return frame->length <= sizeof frame->payload &&
         read_all (self, frame->payload, frame->length);
}

static void
write_frame (Connection    *self,
             guint8         type,
             guint8         flags,
             guint32        stream,
             gconstpointer  payload,
             gsize          length)
{
  guint8 head[9] = { length >> 16, length >> 8, length, type, flags,
                     stream >> 24, stream >> 16, stream >> 8, stream };
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  g_byte_array_append (bytes, head, sizeof head);
  if (length > 0)
    g_byte_array_append (bytes, payload, length);
  /* A client that has gone is no error of the server's. */
  g_output_stream_write_all (g_io_stream_get_output_stream (self->stream), bytes->data, bytes->len,
                             NULL, NULL, NULL);
}

/* ":status" is the eighth entry of HPACK's static table, and with 200 in it an entry of its own. */
static void
say_status (Connection *self,
            guint32     stream,
            guint       status,
            gboolean    last)
{
  g_autofree char *text = g_strdup_printf ("\x08\x03%u", status);

  if (status == 200)
    write_frame (self, HEADERS, END_HEADERS | (last ? END_STREAM : 0), stream, "\x88", 1);
  else
    write_frame (self, HEADERS, END_HEADERS | (last ? END_STREAM : 0), stream, text, 5);
}

static void
say_error (Connection *self,
           guint32     stream)
{
  guint32 code = GUINT32_TO_BE (self->server->fault.code);

  write_frame (self, RST_STREAM, 0, stream, &code, sizeof code);
}

static void
say_goaway (Connection *self,
            guint32     stream)
{
  const H2Fault *fault = &self->server->fault;
  guint32 last = fault->last == G_MAXUINT ? G_MAXINT32
                                          : stream - MIN (stream, 2 * fault->last);
  guint32 payload[] = { GUINT32_TO_BE (last), GUINT32_TO_BE (fault->code) };

  write_frame (self, GOAWAY, 0, 0, payload, sizeof payload);
}

static void
reset (Connection *self)
{
  struct linger now = { 1, 0 };

  setsockopt (g_socket_get_fd (self->socket), SOL_SOCKET, SO_LINGER, &now, sizeof now);
  g_socket_close (self->socket, NULL);
}

static void
wait_while_held (H2Server *self)
{
  g_mutex_lock (&self->mutex);
  while (self->held)
    g_cond_wait (&self->let_go, &self->mutex);
  g_mutex_unlock (&self->mutex);
}

/* Returns whether the request goes on. */
static gboolean
do_deed (Connection *self,
         guint32     stream)
{
  switch (self->server->fault.deed)
    {
    case H2_RESET:
      reset (self);
      return FALSE;
    case H2_CLOSE:
      g_io_stream_close (self->stream, NULL, NULL);
      return FALSE;
    case H2_RST_STREAM:
      say_error (self, stream);
      return FALSE;
    case H2_GOAWAY:
      say_goaway (self, stream);
      return self->server->fault.last == G_MAXUINT || self->server->fault.last == 0;
    case H2_GOAWAY_CLOSE:
      say_goaway (self, stream);
      g_io_stream_close (self->stream, NULL, NULL);
      return FALSE;
    case H2_STATUS:
      say_status (self, stream, self->server->fault.code, TRUE);
      return FALSE;
    case H2_NOTHING:
    default:
      return TRUE;
    }
}

/* Does what the fault is, if it is for this request and this moment. Returns whether this request
 * goes on. */
static gboolean
act (Connection *self,
     guint32     stream,
     H2Moment    moment)
{
  H2Server *server = self->server;
  gboolean goes_on;

  if (stream != self->faulty || moment != server->fault.moment)
    return TRUE;

  wait_while_held (server);
  goes_on = do_deed (self, stream);
  g_mutex_lock (&server->mutex);
  server->n_faults++;
  g_mutex_unlock (&server->mutex);

  return goes_on;
}

static void
answer (Connection *self,
        guint32     stream)
{
  if (!act (self, stream, H2_AT_WHOLE))
    return;

  say_status (self, stream, 200, FALSE);
  if (!act (self, stream, H2_AT_ANSWER_HEAD))
    return;

  write_frame (self, DATA, 0, stream, ANSWER, HALF);
  if (!act (self, stream, H2_AT_ANSWER_BODY))
    return;

  write_frame (self, DATA, END_STREAM, stream, &ANSWER[HALF], strlen (ANSWER) - HALF);
  act (self, stream, H2_AT_ANSWERED);
}

static void
begin (Connection *self,
       guint32     stream)
{
  H2Server *server = self->server;

  g_mutex_lock (&server->mutex);
  if (++server->n_requests == server->fault.number)
    self->faulty = stream;
  g_mutex_unlock (&server->mutex);

  act (self, stream, H2_AT_HEAD);
}

/* What a fault at an early moment has ended gets no answer. */
static gboolean
is_over (Connection *self,
         guint32     stream)
{
  const H2Fault *fault = &self->server->fault;

  return stream == self->faulty && fault->moment < H2_AT_WHOLE && fault->deed != H2_NOTHING &&
         !(fault->deed == H2_GOAWAY && (fault->last == 0 || fault->last == G_MAXUINT));
}

static void
end (Connection  *self,
     const Frame *frame)
{
  if ((frame->flags & END_STREAM) != 0 && !is_over (self, frame->stream))
    answer (self, frame->stream);
}

static void
take_frame (Connection  *self,
            const Frame *frame)
{
  switch (frame->type)
    {
    case SETTINGS:
      if ((frame->flags & ACK) == 0)
        write_frame (self, SETTINGS, ACK, 0, NULL, 0);
      break;
    case PING:
      if ((frame->flags & ACK) == 0)
        write_frame (self, PING, ACK, 0, frame->payload, frame->length);
      break;
    case HEADERS:
      begin (self, frame->stream);
      end (self, frame);
      break;
    case DATA:
      if ((frame->flags & END_STREAM) == 0)
        act (self, frame->stream, H2_AT_BODY);
      end (self, frame);
      break;
    default:
      break;
    }
}

static gpointer
serve (gpointer data)
{
  Connection *self = data;
  const char * const protocols[] = { "h2", NULL };
  g_autoptr (GSocketConnection) plain = g_socket_connection_factory_create_connection (self->socket);
  g_autoptr (GIOStream) stream =
    g_tls_server_connection_new (G_IO_STREAM (plain), self->server->certificate, NULL);
  char preface[sizeof PREFACE - 1];
  Frame frame;

  g_tls_connection_set_advertised_protocols (G_TLS_CONNECTION (stream), protocols);
  g_tls_connection_set_require_close_notify (G_TLS_CONNECTION (stream), FALSE);
  self->stream = stream;

  wait_while_held (self->server);
  if (g_tls_connection_handshake (G_TLS_CONNECTION (stream), NULL, NULL) &&
      read_all (self, preface, sizeof preface))
    {
      write_frame (self, SETTINGS, 0, 0, NULL, 0);
      while (read_frame (self, &frame))
        take_frame (self, &frame);
    }

  g_mutex_lock (&self->server->mutex);
  g_ptr_array_remove_fast (self->server->open, self->socket);
  g_mutex_unlock (&self->server->mutex);

  g_socket_close (self->socket, NULL);
  g_object_unref (self->socket);
  g_free (self);
  return NULL;
}

static gpointer
listen_on (gpointer data)
{
  H2Server *self = data;
  g_autoptr (GPtrArray) threads = g_ptr_array_new ();
  GSocket *socket;

  while ((socket = g_socket_accept (self->listener, self->ended, NULL)) != NULL)
    {
      Connection *connection = g_new0 (Connection, 1);

      connection->server = self;
      connection->socket = socket;
      g_mutex_lock (&self->mutex);
      self->n_connections++;
      g_ptr_array_add (self->open, socket);
      g_mutex_unlock (&self->mutex);
      g_ptr_array_add (threads, g_thread_new ("h2-connection", serve, connection));
    }

  for (guint i = 0; i < threads->len; i++)
    g_thread_join (g_ptr_array_index (threads, i));

  return NULL;
}

/* Serves on a free port of the loopback address. */
H2Server *
h2_server_new (GTlsCertificate *certificate,
               const H2Fault   *fault)
{
  H2Server *self = g_new0 (H2Server, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;

  self->certificate = g_object_ref (certificate);
  self->fault = *fault;
  self->ended = g_cancellable_new ();
  self->open = g_ptr_array_new ();
  self->listener = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP,
                                 &error);
  g_assert_no_error (error);
  g_assert_true (g_socket_bind (self->listener, address, FALSE, NULL));
  g_assert_true (g_socket_listen (self->listener, NULL));
  bound = g_socket_get_local_address (self->listener, NULL);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  self->thread = g_thread_new ("h2-server", listen_on, self);

  return self;
}

/* Waits until its clients have gone. */
void
h2_server_free (H2Server *self)
{
  g_cancellable_cancel (self->ended);
  g_thread_join (self->thread);
  g_object_unref (self->listener);
  g_object_unref (self->certificate);
  g_object_unref (self->ended);
  g_ptr_array_unref (self->open);
  g_free (self);
}

guint16
h2_server_get_port (H2Server *self)
{
  return self->port;
}

static guint
read_count (H2Server    *self,
            const guint *count)
{
  guint n;

  g_mutex_lock (&self->mutex);
  n = *count;
  g_mutex_unlock (&self->mutex);

  return n;
}

/* Requests so far, by their HEADERS. */
guint
h2_server_count_requests (H2Server *self)
{
  return read_count (self, &self->n_requests);
}

/* How often the fault was done, and all of it handed to the socket. */
guint
h2_server_count_faults (H2Server *self)
{
  return read_count (self, &self->n_faults);
}

guint
h2_server_count_connections (H2Server *self)
{
  return read_count (self, &self->n_connections);
}

/* While it is held no handshake begins, and the fault is not done. */
void
h2_server_set_held (H2Server *self,
                    gboolean  held)
{
  g_mutex_lock (&self->mutex);
  self->held = held;
  g_cond_broadcast (&self->let_go);
  g_mutex_unlock (&self->mutex);
}

/* Says nothing more, and reads on. */
void
h2_server_hang_up (H2Server *self)
{
  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->open->len; i++)
    g_socket_shutdown (g_ptr_array_index (self->open, i), FALSE, TRUE, NULL);
  g_mutex_unlock (&self->mutex);
}

/* Connections whose client is still there; where there is none all that it wrote was read. */
guint
h2_server_count_open (H2Server *self)
{
  return read_count (self, &self->open->len);
}
