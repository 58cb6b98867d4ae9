/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <libsoup/soup.h>

#include "purge-line.h"

G_BEGIN_DECLS

typedef struct _PurgeSoupRoute PurgeSoupRoute;

/**
 * PurgeSoupRouteKnown:
 * @route: the way to a server
 *
 * Called when it is known what the server speaks, before more connections are made ready: the requests
 * of @route that wait for one come first.
 */
typedef void (*PurgeSoupRouteKnown) (PurgeSoupRoute *route);

/**
 * PurgeSoupRoute:
 * @session: (nullable): libsoup's, which has the connections; %NULL when the route was closed
 * @line: the connections to the server that is meant, counted
 * @requests: those that are under way; each stands here only as long as whoever has it knows of it
 * @spoilt: whether libsoup keeps a connection that carries nothing any more
 *
 * A way to servers, with a proxy or without. Outlives whoever made it while a connection is made.
 * Main thread only; what follows is this file's own.
 */
struct _PurgeSoupRoute
{
  SoupSession         *session;
  PurgeLine           *line;
  GPtrArray           *requests;
  gboolean             spoilt;

  /*< private >*/
  gboolean             proxied;
  GProxyResolver      *proxy_resolver;
  GTlsDatabase        *tls_database;
  PurgeSoupRouteKnown  known;
};

PurgeSoupRoute *purge_soup_route_new        (gboolean             proxied,
                                             GProxyResolver      *proxy_resolver,
                                             GTlsDatabase        *tls_database,
                                             PurgeSoupRouteKnown  known);
PurgeSoupRoute *purge_soup_route_ref        (PurgeSoupRoute      *self);
void            purge_soup_route_unref      (PurgeSoupRoute      *self);
void            purge_soup_route_close      (PurgeSoupRoute      *self);
void            purge_soup_route_turn_to    (PurgeSoupRoute      *self,
                                             GUri                *uri);
gboolean        purge_soup_route_watch      (PurgeSoupRoute      *self,
                                             SoupMessage         *message,
                                             GSocketClientEvent   event,
                                             GIOStream           *connection);
void            purge_soup_route_preconnect (PurgeSoupRoute      *self,
                                             guint                n_requests);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PurgeSoupRoute, purge_soup_route_unref)

G_END_DECLS
