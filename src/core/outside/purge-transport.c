/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The seam between the work and the network. */

#define G_LOG_DOMAIN "purge-transport"

#include "config.h"

#include "purge-transport.h"

G_DEFINE_INTERFACE (PurgeTransport, purge_transport, G_TYPE_OBJECT)

static void
purge_transport_default_init (PurgeTransportInterface *iface)
{
}

/**
 * purge_transport_preconnect:
 * @self: a transport
 * @uri: where requests will soon go
 * @n_requests: how many side by side
 *
 * Makes connections ready, with TLS where that is spoken, so that requests in the next seconds need
 * not wait for them. No byte of HTTP is sent, and the other side must prove who it is as for a
 * request. What is there or under way already is not made twice. It is closed by itself where no
 * request comes, and where it fails nobody is told: the next request will be.
 */
void
purge_transport_preconnect (PurgeTransport *self,
                            const char     *uri,
                            guint           n_requests)
{
  g_return_if_fail (PURGE_IS_TRANSPORT (self));
  g_return_if_fail (uri != NULL);

  if (PURGE_TRANSPORT_GET_IFACE (self)->preconnect != NULL && n_requests > 0)
    PURGE_TRANSPORT_GET_IFACE (self)->preconnect (self, uri, n_requests);
}

/**
 * purge_transport_send_async:
 * @self: a transport
 * @request: what to put on the wire, byte for byte and once
 * @cancellable: (nullable): cancels it; before the first byte nothing was sent, after it the outcome
 *   is lost
 * @callback: called in the caller's main context when it is over
 * @user_data: for @callback
 *
 * Sends one request. Never sends it a second time by itself, whatever happens.
 */
void
purge_transport_send_async (PurgeTransport      *self,
                            PurgeRequest        *request,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_return_if_fail (PURGE_IS_TRANSPORT (self));
  g_return_if_fail (request != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  PURGE_TRANSPORT_GET_IFACE (self)->send_async (self, request, cancellable, callback, user_data);
}

/**
 * purge_transport_send_finish:
 * @self: a transport
 * @result: what the callback was given
 *
 * There is no error here: everything that can become of a request is a value, since what matters is
 * not that it failed but how far it came.
 *
 * Returns: (transfer full): what became of the request
 */
PurgeExchange *
purge_transport_send_finish (PurgeTransport *self,
                             GAsyncResult   *result)
{
  g_return_val_if_fail (PURGE_IS_TRANSPORT (self), NULL);

  return PURGE_TRANSPORT_GET_IFACE (self)->send_finish (self, result);
}
