/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The connections to one server, counted. Knows no library that speaks HTTP, and opens nothing.
 *
 * A library that is handed six requests at once opens their connections one after the other, lest
 * the first one turn out to carry them all. Who counts can do better: one connection tells which
 * HTTP the server speaks, and then the others are made side by side, or not at all. */

#define G_LOG_DOMAIN "purge-line"

#include "config.h"

#include "purge-line.h"

#define AHEAD_DEADLINE_S 5

struct _PurgeLine
{
  GUri         *uri;
  GPtrArray    *open;
  GCancellable *ahead;
  guint         watch;
  guint         n_begun;
  guint         n_requests;
  guint         n_wanted;
  gboolean      known;
  gboolean      shares;
};

/* Called while the connection is being freed. */
static void
on_closed_cb (gpointer  user_data,
              GObject  *connection)
{
  PurgeLine *self = user_data;

  g_ptr_array_remove_fast (self->open, connection);
}

/**
 * purge_line_new:
 *
 * Returns: (transfer full): a line to nowhere
 */
PurgeLine *
purge_line_new (void)
{
  PurgeLine *self = g_new0 (PurgeLine, 1);

  self->open = g_ptr_array_new ();
  self->ahead = g_cancellable_new ();
  return self;
}

/**
 * purge_line_free:
 * @self: (transfer full): a line
 *
 * Forgets the connections; closes none.
 */
void
purge_line_free (PurgeLine *self)
{
  purge_line_forget (self);
  g_ptr_array_unref (self->open);
  g_clear_handle_id (&self->watch, g_source_remove);
  g_object_unref (self->ahead);
  g_clear_pointer (&self->uri, g_uri_unref);
  g_free (self);
}

/**
 * purge_line_is_local:
 * @uri: a server
 *
 * Returns: whether it is an address of this computer, which no proxy leads to
 */
gboolean
purge_line_is_local (GUri *uri)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (g_uri_get_host (uri));

  return address != NULL && g_inet_address_get_is_loopback (address);
}

/* Of two servers, the events of one say nothing of the other. */
static gboolean
leads_to (PurgeLine *self,
          GUri      *uri)
{
  return self->uri != NULL &&
         g_str_equal (g_uri_get_scheme (self->uri), g_uri_get_scheme (uri)) &&
         g_str_equal (g_uri_get_host (self->uri), g_uri_get_host (uri)) &&
         g_uri_get_port (self->uri) == g_uri_get_port (uri);
}

/**
 * purge_line_forget:
 * @self: a line
 *
 * Forgets the connections that are open, and what was learnt of them.
 */
void
purge_line_forget (PurgeLine *self)
{
  for (guint i = 0; i < self->open->len; i++)
    g_object_weak_unref (g_ptr_array_index (self->open, i), on_closed_cb, self);
  g_ptr_array_set_size (self->open, 0);
  self->known = self->shares = FALSE;
  self->n_wanted = 0;
}

/**
 * purge_line_turn_to:
 * @self: a line
 * @uri: (transfer none): the server that is meant from here on
 *
 * Forgets what was learnt of another server, and gives up what is made ahead for it.
 */
void
purge_line_turn_to (PurgeLine *self,
                    GUri      *uri)
{
  if (leads_to (self, uri))
    return;

  purge_line_forget (self);
  purge_line_give_up (self);
  self->n_begun = self->n_requests = 0;
  g_clear_pointer (&self->uri, g_uri_unref);
  self->uri = g_uri_ref (uri);
}

/**
 * purge_line_get_uri:
 * @self: a line
 *
 * Returns: (transfer none) (nullable): of which server it is
 */
GUri *
purge_line_get_uri (PurgeLine *self)
{
  return self->uri;
}

/**
 * purge_line_begin:
 * @self: a line
 * @uri: to which server
 *
 * A connection is being made, for a request.
 */
void
purge_line_begin (PurgeLine *self,
                  GUri      *uri)
{
  if (leads_to (self, uri))
    self->n_begun++;
}

/* Where the network has changed nobody waits for what began before. A request under way has a
 * deadline of its own. */
static gboolean
on_watch_cb (gpointer user_data)
{
  PurgeLine *self = user_data;

  self->watch = 0;
  if (self->n_requests == 0)
    purge_line_give_up (self);

  return G_SOURCE_REMOVE;
}

/**
 * purge_line_begin_ahead:
 * @self: a line
 *
 * A connection is being made, before there is a request.
 *
 * Returns: (transfer none): gives it up
 */
GCancellable *
purge_line_begin_ahead (PurgeLine *self)
{
  self->n_begun++;
  g_clear_handle_id (&self->watch, g_source_remove);
  self->watch = g_timeout_add_seconds (AHEAD_DEADLINE_S, on_watch_cb, self);

  return self->ahead;
}

/**
 * purge_line_give_up:
 * @self: a line
 *
 * Gives up all connections that are being made ahead.
 */
void
purge_line_give_up (PurgeLine *self)
{
  g_autoptr (GCancellable) ahead = g_steal_pointer (&self->ahead);

  self->ahead = g_cancellable_new ();
  self->n_wanted = 0;
  g_cancellable_cancel (ahead);
}

/**
 * purge_line_end:
 * @self: a line
 * @uri: to which server
 *
 * One that was being made is there, or will not be.
 */
void
purge_line_end (PurgeLine *self,
                GUri      *uri)
{
  if (leads_to (self, uri) && self->n_begun > 0)
    self->n_begun--;
}

static void
add (PurgeLine *self,
     GIOStream *connection)
{
  if (g_ptr_array_find (self->open, connection, NULL))
    return;

  g_object_weak_ref (G_OBJECT (connection), on_closed_cb, self);
  g_ptr_array_add (self->open, connection);
}

static PurgeLineNews
learn (PurgeLine *self,
       gboolean   shares)
{
  gboolean is_news = !self->known || self->shares != shares;

  self->known = TRUE;
  self->shares = shares;

  return is_news ? PURGE_LINE_KNOWN : PURGE_LINE_NO_NEWS;
}

/* GnuTLS as Debian ships it still speaks TLS 1.0. */
static gboolean
is_too_old (GIOStream *connection)
{
  return G_IS_TLS_CONNECTION (connection) &&
         g_tls_connection_get_protocol_version (G_TLS_CONNECTION (connection)) <
           G_TLS_PROTOCOL_VERSION_TLS_1_2;
}

static gboolean
is_http2 (GIOStream *connection)
{
  return G_IS_TLS_CONNECTION (connection) &&
         g_strcmp0 (g_tls_connection_get_negotiated_protocol (G_TLS_CONNECTION (connection)),
                    "h2") == 0;
}

/**
 * purge_line_watch:
 * @self: a line
 * @uri: to which server
 * @event: what happened
 * @connection: (nullable) (transfer none): to which connection; one that is complete counts until it is
 *   closed or freed
 *
 * Returns: what was learnt from it
 */
PurgeLineNews
purge_line_watch (PurgeLine          *self,
                  GUri               *uri,
                  GSocketClientEvent  event,
                  GIOStream          *connection)
{
  if (event == G_SOCKET_CLIENT_TLS_HANDSHAKED && is_too_old (connection))
    return PURGE_LINE_TOO_OLD;

  if (event != G_SOCKET_CLIENT_COMPLETE || connection == NULL || !leads_to (self, uri))
    return PURGE_LINE_NO_NEWS;

  add (self, connection);
  return learn (self, is_http2 (connection));
}

static guint
count_connections (PurgeLine *self)
{
  guint n = self->n_begun;

  for (guint i = 0; i < self->open->len; i++)
    n += !g_io_stream_is_closed (g_ptr_array_index (self->open, i));

  return n;
}

/**
 * purge_line_take:
 * @self: a line
 *
 * A request is handed over.
 */
void
purge_line_take (PurgeLine *self)
{
  self->n_requests++;
}

/**
 * purge_line_leave:
 * @self: a line
 * @uri: to which server
 *
 * A request is over.
 */
void
purge_line_leave (PurgeLine *self,
                  GUri      *uri)
{
  if (leads_to (self, uri) && self->n_requests > 0)
    self->n_requests--;
}

/**
 * purge_line_is_short:
 * @self: a line
 *
 * Whether one of the requests that were taken would wait for another to be over, and should have a
 * connection made for itself. While it is not known what the server speaks, only the first does.
 *
 * Returns: whether a connection more is to be made
 */
gboolean
purge_line_is_short (PurgeLine *self)
{
  guint n = count_connections (self);

  if (!self->known || self->shares)
    return self->n_requests > 0 && n == 0;

  return self->n_requests > n && n < PURGE_LINE_MAX_CONNECTIONS;
}

/**
 * purge_line_count_missing:
 * @self: a line
 * @n_wanted: for how many requests more connections should be ready; 0 asks for what was wanted last
 *
 * Returns: how many connections are to be made now; where that is not all, since it has to be learnt
 *   first what the server speaks, the rest is told when it is asked with 0
 */
guint
purge_line_count_missing (PurgeLine *self,
                          guint      n_wanted)
{
  guint n = count_connections (self);
  guint target;

  if (n_wanted > 0)
    self->n_wanted = n_wanted;

  target = MIN (self->n_requests + self->n_wanted, PURGE_LINE_MAX_CONNECTIONS);
  if (!self->known || self->shares)
    target = MIN (target, 1);
  if (self->known)
    self->n_wanted = 0;

  return target > n ? target - n : 0;
}
