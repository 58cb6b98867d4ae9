/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The server: a port that is kept whether or not it listens, and a thread a connection. */

#include "fault-server.h"

#include <sys/socket.h>

#include "fault-connection.h"

struct _FaultServer
{
  FaultServing     serving;
  char            *other;
  char            *base_url;
  guint16          port;
  GSocket         *keeper;
  GThread         *thread;
  GMutex           mutex;
  GCond            changed;
  GSocket         *listener;
  gboolean         wanted;
  GCancellable    *wake;
  GPtrArray       *connections;
  gboolean         ended;
  guint            n_go;
};

typedef struct
{
  FaultServer *server;
  GSocket     *socket;
} Accepted;

/* A socket of the port, 0 for any. As long as one is held, nobody else can have the port, and a
 * second one may listen. */
static GSocket *
bind_socket (guint16   port,
             GError  **error)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, port);
  g_autoptr (GSocket) socket =
    g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);

  if (socket == NULL || !g_socket_bind (socket, address, TRUE, error))
    return NULL;

  return g_steal_pointer (&socket);
}

static GSocket *
listen_on (guint16 port)
{
  g_autoptr (GError) error = NULL;
  GSocket *socket = bind_socket (port, &error);

  g_assert_no_error (error);
  g_socket_set_listen_backlog (socket, 64);
  g_socket_listen (socket, &error);
  g_assert_no_error (error);
  return socket;
}

static gpointer
serve_connection (gpointer data)
{
  Accepted *accepted = data;

  fault_connection_serve (&accepted->server->serving, accepted->socket);
  g_object_unref (accepted->socket);
  g_free (accepted);
  return NULL;
}

static void
accept_one (FaultServer *self)
{
  GSocket *socket = g_socket_accept (self->listener, self->wake, NULL);
  Accepted *accepted;

  if (socket == NULL)
    return;

  accepted = g_new (Accepted, 1);
  *accepted = (Accepted) { self, socket };
  g_mutex_lock (&self->mutex);
  g_ptr_array_add (self->connections, g_thread_new ("connection", serve_connection, accepted));
  g_mutex_unlock (&self->mutex);
}

static void
change_listener (FaultServer *self)
{
  if (self->listener != NULL)
    {
      g_socket_close (self->listener, NULL);
      g_clear_object (&self->listener);
    }
  else
    self->listener = listen_on (self->port);

  g_cond_broadcast (&self->changed);
}

/* Waits until there is something to listen on; returns whether there will be. */
static gboolean
adjust (FaultServer *self)
{
  gboolean listens;

  g_mutex_lock (&self->mutex);
  g_cancellable_reset (self->wake);
  while (!self->ended && !(self->wanted && self->listener != NULL))
    if (self->wanted == (self->listener != NULL))
      g_cond_wait (&self->changed, &self->mutex);
    else
      change_listener (self);
  listens = !self->ended;
  g_mutex_unlock (&self->mutex);

  return listens;
}

static gpointer
serve (gpointer data)
{
  FaultServer *self = data;

  while (adjust (self))
    accept_one (self);

  return NULL;
}

static guint
mark_go_on (gpointer data)
{
  FaultServer *self = data;
  guint mark;

  g_mutex_lock (&self->mutex);
  mark = self->n_go;
  g_mutex_unlock (&self->mutex);

  return mark;
}

/* A connection waits here until the script may go on. */
static void
wait_to_go_on (gpointer data,
               guint    mark)
{
  FaultServer *self = data;

  g_mutex_lock (&self->mutex);
  while (self->n_go == mark && !self->ended)
    g_cond_wait (&self->changed, &self->mutex);
  g_mutex_unlock (&self->mutex);
}

static void
go_deaf (gpointer data)
{
  fault_server_set_listening (data, FALSE);
}

static gboolean
set_up (FaultServer               *self,
        const FaultServerOptions  *options,
        GError                   **error)
{
  g_autoptr (GSocketAddress) address = NULL;

  self->serving.log = fault_log_new (options->log, error);
  if (self->serving.log == NULL)
    return FALSE;

  if (options->certificate != NULL)
    {
      self->serving.certificate =
        g_tls_certificate_new_from_files (options->certificate, options->key, error);
      if (self->serving.certificate == NULL)
        return FALSE;
    }

  self->keeper = bind_socket (0, error);
  if (self->keeper == NULL)
    return FALSE;

  address = g_socket_get_local_address (self->keeper, error);
  if (address == NULL)
    return FALSE;

  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address));
  return TRUE;
}

/**
 * fault_server_new:
 * @options: how it is to be
 * @error: return location for what files and sockets say
 *
 * Returns: (transfer full) (nullable): a server that listens on a free port of the loopback address
 */
FaultServer *
fault_server_new (const FaultServerOptions  *options,
                  GError                   **error)
{
  g_autoptr (FaultServer) self = g_new0 (FaultServer, 1);

  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  self->wake = g_cancellable_new ();
  self->connections = g_ptr_array_new ();
  self->other = g_strdup (options->other);
  self->serving.other = self->other;
  self->serving.mind = fault_mind_new (&options->mind);
  self->serving.script = fault_script_new ();
  self->serving.ended = g_cancellable_new ();
  self->serving.mark = mark_go_on;
  self->serving.wait = wait_to_go_on;
  self->serving.go_deaf = go_deaf;
  self->serving.data = self;
  if (!set_up (self, options, error))
    return NULL;

  self->base_url = g_strdup_printf ("%s://127.0.0.1:%u",
                                    options->certificate != NULL ? "https" : "http", self->port);
  self->thread = g_thread_new ("fault-server", serve, self);
  fault_server_set_listening (self, TRUE);
  return g_steal_pointer (&self);
}

/**
 * fault_server_stop:
 * @self: a server
 *
 * Ends whatever its scripts wait for, and every connection; mind and log stay as they are then.
 */
void
fault_server_stop (FaultServer *self)
{
  if (self->thread == NULL)
    return;

  g_mutex_lock (&self->mutex);
  self->ended = TRUE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
  g_cancellable_cancel (self->serving.ended);
  g_cancellable_cancel (self->wake);

  g_thread_join (g_steal_pointer (&self->thread));
  for (guint i = 0; i < self->connections->len; i++)
    g_thread_join (g_ptr_array_index (self->connections, i));
}

/**
 * fault_server_free:
 * @self: (transfer full): a server, which is stopped
 */
void
fault_server_free (FaultServer *self)
{
  fault_server_stop (self);
  g_clear_object (&self->listener);
  g_clear_object (&self->keeper);
  g_ptr_array_unref (self->connections);
  g_clear_object (&self->serving.certificate);
  g_clear_object (&self->serving.ended);
  g_clear_object (&self->wake);
  g_clear_pointer (&self->serving.log, fault_log_free);
  fault_script_free (self->serving.script);
  fault_mind_free (self->serving.mind);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->changed);
  g_free (self->other);
  g_free (self->base_url);
  g_free (self);
}

const char *
fault_server_get_base_url (FaultServer *self)
{
  return self->base_url;
}

guint16
fault_server_get_port (FaultServer *self)
{
  return self->port;
}

FaultMind *
fault_server_get_mind (FaultServer *self)
{
  return self->serving.mind;
}

FaultScript *
fault_server_get_script (FaultServer *self)
{
  return self->serving.script;
}

FaultLog *
fault_server_get_log (FaultServer *self)
{
  return self->serving.log;
}

/**
 * fault_server_set_listening:
 * @self: a server
 * @listening: whether connections are taken; where not, they are refused
 *
 * From any thread, and true when it returns. Connections that are there stay.
 */
void
fault_server_set_listening (FaultServer *self,
                            gboolean     listening)
{
  g_mutex_lock (&self->mutex);
  self->wanted = listening;
  g_cond_broadcast (&self->changed);
  while ((self->listener != NULL) != listening && !self->ended)
    {
      g_cancellable_cancel (self->wake);
      g_cond_wait (&self->changed, &self->mutex);
    }
  g_mutex_unlock (&self->mutex);
}

/* What was stopped by the script goes on. */
void
fault_server_go_on (FaultServer *self)
{
  g_mutex_lock (&self->mutex);
  self->n_go++;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
}

/* How many connections there were; once it is stopped. */
guint
fault_server_count_connections (FaultServer *self)
{
  g_return_val_if_fail (self->thread == NULL, 0);

  return self->connections->len;
}
