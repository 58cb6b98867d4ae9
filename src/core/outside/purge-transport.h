/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <gio/gio.h>

#include "purge-exchange.h"
#include "purge-request.h"

G_BEGIN_DECLS

/**
 * PurgeTransport:
 *
 * Puts one request on the wire, once, and tells what became of it. The seam between the work and the
 * network: tests put their own behind it.
 */
#define PURGE_TYPE_TRANSPORT (purge_transport_get_type ())

G_DECLARE_INTERFACE (PurgeTransport, purge_transport, PURGE, TRANSPORT, GObject)

struct _PurgeTransportInterface
{
  GTypeInterface parent_iface;

  void           (*preconnect)  (PurgeTransport       *self,
                                 const char           *uri,
                                 guint                 n_requests);
  void           (*send_async)  (PurgeTransport       *self,
                                 PurgeRequest         *request,
                                 GCancellable         *cancellable,
                                 GAsyncReadyCallback   callback,
                                 gpointer              user_data);
  PurgeExchange *(*send_finish) (PurgeTransport       *self,
                                 GAsyncResult         *result);
};

void           purge_transport_preconnect  (PurgeTransport       *self,
                                            const char           *uri,
                                            guint                 n_requests);
void           purge_transport_send_async  (PurgeTransport       *self,
                                            PurgeRequest         *request,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
PurgeExchange *purge_transport_send_finish (PurgeTransport       *self,
                                            GAsyncResult         *result);

G_END_DECLS
