/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* A proxy on top of the wire server: the request that it reads is the one for a tunnel. */

#include "tunnel-proxy.h"

#include "wire-server.h"

struct _TunnelProxy
{
  WireServer *server;
};

/* Where every tunnel leads; one proxy a test program is enough. */
static guint16 target_port;

static gpointer
splice_back (gpointer data)
{
  GIOStream **streams = data;

  g_output_stream_splice (g_io_stream_get_output_stream (streams[0]),
                          g_io_stream_get_input_stream (streams[1]),
                          G_OUTPUT_STREAM_SPLICE_NONE, NULL, NULL);
  g_socket_shutdown (g_socket_connection_get_socket (G_SOCKET_CONNECTION (streams[0])), FALSE, TRUE,
                     NULL);
  return NULL;
}

static void
make_tunnel (WireCall *call)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) target = NULL;
  GIOStream *streams[2];
  GThread *thread;

  g_socket_client_set_enable_proxy (client, FALSE);
  target = g_socket_client_connect_to_host (client, "127.0.0.1", target_port, NULL, NULL);
  if (target == NULL)
    {
      wire_call_write (call, "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n");
      return;
    }

  wire_call_write (call, "HTTP/1.1 200 Connection established\r\n\r\n");
  streams[0] = call->stream;
  streams[1] = G_IO_STREAM (target);
  thread = g_thread_new ("tunnel", splice_back, streams);
  g_output_stream_splice (g_io_stream_get_output_stream (streams[1]),
                          g_io_stream_get_input_stream (streams[0]),
                          G_OUTPUT_STREAM_SPLICE_NONE, NULL, NULL);
  g_socket_shutdown (g_socket_connection_get_socket (target), TRUE, TRUE, NULL);
  g_thread_join (thread);
}

TunnelProxy *
tunnel_proxy_new (guint16 port)
{
  TunnelProxy *self = g_new0 (TunnelProxy, 1);

  target_port = port;
  self->server = wire_server_new (make_tunnel, NULL);
  return self;
}

void
tunnel_proxy_free (TunnelProxy *self)
{
  wire_server_free (self->server);
  g_free (self);
}

/* A resolver that sends everything through the proxy. */
GProxyResolver *
tunnel_proxy_new_resolver (TunnelProxy *self)
{
  g_autofree char *uri =
    g_strdup_printf ("http://127.0.0.1:%u", wire_server_get_port (self->server));

  return g_simple_proxy_resolver_new (uri, NULL);
}

/* How many tunnels were asked for. */
guint
tunnel_proxy_count (TunnelProxy *self)
{
  return wire_server_count (self->server);
}

/* What the last one was asked with. */
char *
tunnel_proxy_dup_target (TunnelProxy *self)
{
  return wire_server_dup_request (self->server);
}
