/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* A road that takes its time. */

#include "slow-road.h"

#include <netinet/in.h>
#include <netinet/tcp.h>

typedef struct
{
  guint16 port;
  guint   ms;
} Road;

typedef struct
{
  GSocket     *from;
  GSocket     *to;
  GAsyncQueue *queue;
  guint        ms;
} Lane;

/* Something that is under way; without bytes it is the end. */
typedef struct
{
  gint64  due;
  GBytes *bytes;
} Load;

static void
send_all (GSocket *socket,
          GBytes  *bytes)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  while (length > 0)
    {
      gssize n = g_socket_send (socket, data, length, NULL, NULL);

      if (n <= 0)
        return;
      data += n;
      length -= n;
    }
}

static gpointer
unload (gpointer user_data)
{
  Lane *lane = user_data;

  while (TRUE)
    {
      g_autofree Load *load = g_async_queue_pop (lane->queue);
      g_autoptr (GBytes) bytes = load->bytes;
      gint64 wait = load->due - g_get_monotonic_time ();

      if (wait > 0)
        g_usleep (wait);
      if (bytes == NULL)
        break;
      send_all (lane->to, bytes);
    }

  g_socket_shutdown (lane->to, FALSE, TRUE, NULL);
  return NULL;
}

static gpointer
drive (gpointer user_data)
{
  Lane *lane = user_data;
  g_autoptr (GThread) unloader = NULL;
  char buffer[64 * 1024];
  gssize n;

  lane->queue = g_async_queue_new ();
  unloader = g_thread_new ("unload", unload, lane);
  do
    {
      Load *load = g_new0 (Load, 1);

      n = g_socket_receive (lane->from, buffer, sizeof buffer, NULL, NULL);
      load->due = g_get_monotonic_time () + lane->ms * G_TIME_SPAN_MILLISECOND;
      load->bytes = n > 0 ? g_bytes_new (buffer, n) : NULL;
      g_async_queue_push (lane->queue, load);
    }
  while (n > 0);

  g_thread_join (g_steal_pointer (&unloader));
  g_async_queue_unref (lane->queue);
  g_object_unref (lane->from);
  g_object_unref (lane->to);
  g_free (lane);
  return NULL;
}

static void
begin_lane (GSocket *from,
            GSocket *to,
            guint    ms)
{
  Lane *lane = g_new0 (Lane, 1);

  lane->from = g_object_ref (from);
  lane->to = g_object_ref (to);
  lane->ms = ms;
  g_thread_unref (g_thread_new ("lane", drive, lane));
}

static gboolean
on_run_cb (GThreadedSocketService *service,
           GSocketConnection      *connection,
           GObject                *source,
           gpointer                user_data)
{
  const Road *road = user_data;
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) server = NULL;
  GSocket *near = g_socket_connection_get_socket (connection);
  GSocket *far;

  g_socket_client_set_enable_proxy (client, FALSE);
  server = g_socket_client_connect_to_host (client, "127.0.0.1", road->port, NULL, NULL);
  if (server == NULL)
    return TRUE;

  far = g_socket_connection_get_socket (server);
  g_socket_set_option (near, IPPROTO_TCP, TCP_NODELAY, TRUE, NULL);
  g_socket_set_option (far, IPPROTO_TCP, TCP_NODELAY, TRUE, NULL);
  begin_lane (near, far, road->ms);
  drive (g_memdup2 (&(Lane) { g_object_ref (far), g_object_ref (near), NULL, road->ms },
                    sizeof (Lane)));
  return TRUE;
}

/* A road to a port, with so many milliseconds in each direction; returns the port where it begins. */
guint16
slow_road_new (guint16 port,
               guint   ms)
{
  GSocketService *service = g_threaded_socket_service_new (64);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;

  g_socket_listener_add_address (G_SOCKET_LISTENER (service), address, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &bound, &error);
  g_assert_no_error (error);
  g_signal_connect_data (service, "run", G_CALLBACK (on_run_cb),
                         g_memdup2 (&(Road) { port, ms }, sizeof (Road)),
                         (GClosureNotify) (void (*) (void)) g_free, 0);

  return g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
}
