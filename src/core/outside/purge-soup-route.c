/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The way to a server: libsoup's session with its connections, and those that are made ready before
 * there is a request. Knows what a session is told not to do, and when one is of no use any more; does
 * not know what a request is, or what becomes of one. */

#define G_LOG_DOMAIN "purge-soup-route"

#include "config.h"

#include "purge-soup-route.h"

#define READ_TIMEOUT_S 20

/* What was silent for longer may be gone, which costs a batch its answer: libsoup drops what was never
 * used after as long, some servers what they have not heard of for five seconds. */
#define IDLE_S 3

static SoupSession *
session_new (PurgeSoupRoute *self)
{
  SoupSession *session =
    soup_session_new_with_options ("timeout", READ_TIMEOUT_S, "idle-timeout", IDLE_S,
                                   "max-conns", PURGE_LINE_MAX_CONNECTIONS,
                                   "max-conns-per-host", PURGE_LINE_MAX_CONNECTIONS,
                                   "user-agent", "cdn-purge/" VERSION, NULL);

  soup_session_remove_feature_by_type (session, SOUP_TYPE_CONTENT_DECODER);
  soup_session_remove_feature_by_type (session, SOUP_TYPE_AUTH_MANAGER);
  if (self->tls_database != NULL)
    soup_session_set_tls_database (session, self->tls_database);

  if (!self->proxied || self->proxy_resolver != NULL)
    soup_session_set_proxy_resolver (session, self->proxied ? self->proxy_resolver : NULL);

  return session;
}

/**
 * purge_soup_route_new:
 * @proxied: whether servers are reached through a proxy where there is one
 * @proxy_resolver: (nullable): which proxy that is; %NULL is the system's
 * @tls_database: (nullable): whom to trust; %NULL is the system's
 * @known: called when it is known what a server speaks
 *
 * Returns: (transfer full): a way to servers, to be closed with purge_soup_route_close(); no connection
 *   is made yet
 */
PurgeSoupRoute *
purge_soup_route_new (gboolean             proxied,
                      GProxyResolver      *proxy_resolver,
                      GTlsDatabase        *tls_database,
                      PurgeSoupRouteKnown  known)
{
  PurgeSoupRoute *self = g_rc_box_new0 (PurgeSoupRoute);

  self->proxied = proxied;
  g_set_object (&self->proxy_resolver, proxy_resolver);
  g_set_object (&self->tls_database, tls_database);
  self->known = known;
  self->session = session_new (self);
  self->line = purge_line_new ();
  self->requests = g_ptr_array_new ();

  return self;
}

/**
 * purge_soup_route_ref:
 * @self: a route
 *
 * Returns: (transfer full): @self
 */
PurgeSoupRoute *
purge_soup_route_ref (PurgeSoupRoute *self)
{
  return g_rc_box_acquire (self);
}

static void
release (gpointer data)
{
  PurgeSoupRoute *self = data;

  purge_line_free (self->line);
  g_ptr_array_unref (self->requests);
  g_clear_object (&self->proxy_resolver);
  g_clear_object (&self->tls_database);
}

/**
 * purge_soup_route_unref:
 * @self: (transfer full): a route, which whoever made it closes before the last reference goes
 */
void
purge_soup_route_unref (PurgeSoupRoute *self)
{
  g_rc_box_release_full (self, release);
}

/**
 * purge_soup_route_close:
 * @self: (transfer full): a route
 *
 * Ends all that is under way on it.
 */
void
purge_soup_route_close (PurgeSoupRoute *self)
{
  soup_session_abort (self->session);
  g_clear_object (&self->session);
  purge_soup_route_unref (self);
}

/**
 * purge_soup_route_turn_to:
 * @self: a route
 * @uri: (transfer none): the server that is meant from here on
 *
 * Gets ready for a request to a server. A route that is spoilt, and that nothing is under way on, begins
 * a session.
 */
void
purge_soup_route_turn_to (PurgeSoupRoute *self,
                          GUri           *uri)
{
  if (self->spoilt && self->requests->len == 0)
    {
      soup_session_abort (self->session);
      g_object_unref (self->session);
      self->session = session_new (self);
      self->spoilt = FALSE;
      purge_line_forget (self->line);
      purge_line_give_up (self->line);
    }

  purge_line_turn_to (self->line, uri);
}

static void preconnect (PurgeSoupRoute *self, guint n);

/**
 * purge_soup_route_watch:
 * @self: a route
 * @message: what the connection is made for
 * @event: what happened to it
 * @connection: (nullable): the connection
 *
 * Learns from a connection that is being made.
 *
 * Returns: whether it may be used
 */
gboolean
purge_soup_route_watch (PurgeSoupRoute     *self,
                        SoupMessage        *message,
                        GSocketClientEvent  event,
                        GIOStream          *connection)
{
  PurgeLineNews news = purge_line_watch (self->line, soup_message_get_uri (message), event,
                                         connection);

  /* What is closed learns nothing more. */
  if (news == PURGE_LINE_KNOWN && self->session != NULL)
    {
      self->known (self);
      preconnect (self, purge_line_count_missing (self->line, 0));
    }

  return news != PURGE_LINE_TOO_OLD;
}

/* The message has its route as long as its connection counts as one that is being made. */
static void
on_preconnect_event_cb (SoupMessage        *message,
                        GSocketClientEvent  event,
                        GIOStream          *connection,
                        gpointer            user_data)
{
  g_autoptr (PurgeSoupRoute) route = g_object_steal_data (G_OBJECT (message), "route");

  if (route == NULL)
    return;

  if (event == G_SOCKET_CLIENT_COMPLETE)
    purge_line_end (route->line, soup_message_get_uri (message));
  if (!purge_soup_route_watch (route, message, event, connection))
    purge_line_give_up (route->line);
  if (event != G_SOCKET_CLIENT_COMPLETE)
    g_object_set_data (G_OBJECT (message), "route", g_steal_pointer (&route));
}

/* What hindered it hinders the next request too, which tells. */
static void
on_preconnected_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (SoupMessage) message = user_data;
  g_autoptr (PurgeSoupRoute) route = g_object_steal_data (G_OBJECT (message), "route");

  soup_session_preconnect_finish (SOUP_SESSION (source), result, NULL);
  if (route != NULL)
    purge_line_end (route->line, soup_message_get_uri (message));
}

static void
preconnect (PurgeSoupRoute *self,
            guint           n)
{
  for (; n > 0; n--)
    {
      SoupMessage *message = soup_message_new_from_uri (SOUP_METHOD_POST,
                                                        purge_line_get_uri (self->line));

      soup_message_set_flags (message, SOUP_MESSAGE_NEW_CONNECTION | SOUP_MESSAGE_NO_REDIRECT);
      g_object_set_data (G_OBJECT (message), "route", purge_soup_route_ref (self));
      g_signal_connect (message, "network-event", G_CALLBACK (on_preconnect_event_cb), NULL);
      soup_session_preconnect_async (self->session, message, G_PRIORITY_DEFAULT,
                                     purge_line_begin_ahead (self->line), on_preconnected_cb,
                                     message);
    }
}

/**
 * purge_soup_route_preconnect:
 * @self: a route that was turned to a server
 * @n_requests: for how many requests
 *
 * Makes connections ready, as many as are missing.
 */
void
purge_soup_route_preconnect (PurgeSoupRoute *self,
                             guint           n_requests)
{
  preconnect (self, purge_line_count_missing (self->line, n_requests));
}
