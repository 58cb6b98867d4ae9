/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What it means that a request failed. Knows how far a connection comes, and the errors that GIO has
 * for it; knows no library that speaks HTTP. */

#define G_LOG_DOMAIN "purge-wire-failure"

#include "config.h"

#include "purge-wire-failure.h"

static PurgeCause
cause_of_phase (GSocketClientEvent phase)
{
  switch (phase)
    {
    case G_SOCKET_CLIENT_RESOLVING:
      return PURGE_CAUSE_NAME_LOOKUP;
    case G_SOCKET_CLIENT_PROXY_NEGOTIATING:
    case G_SOCKET_CLIENT_PROXY_NEGOTIATED:
      return PURGE_CAUSE_PROXY;
    case G_SOCKET_CLIENT_TLS_HANDSHAKING:
    case G_SOCKET_CLIENT_TLS_HANDSHAKED:
      return PURGE_CAUSE_TLS_FAILED;
    case G_SOCKET_CLIENT_RESOLVED:
    case G_SOCKET_CLIENT_CONNECTING:
    case G_SOCKET_CLIENT_CONNECTED:
    case G_SOCKET_CLIENT_COMPLETE:
    default:
      return PURGE_CAUSE_CONNECT_TIMEOUT;
    }
}

/* The cause of a failure before the first byte. */
static PurgeCause
cause_before_sending (const PurgeWireFailure *self,
                      const GError           *error)
{
  if (g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE))
    return PURGE_CAUSE_CERTIFICATE;
  if (error->domain == G_TLS_ERROR)
    return PURGE_CAUSE_TLS_FAILED;
  if (error->domain == G_RESOLVER_ERROR)
    return PURGE_CAUSE_NAME_LOOKUP;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PROXY_FAILED) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PROXY_AUTH_FAILED) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PROXY_NEED_AUTH) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PROXY_NOT_ALLOWED))
    return PURGE_CAUSE_PROXY;
  if (self->phase == G_SOCKET_CLIENT_TLS_HANDSHAKING)
    return PURGE_CAUSE_TLS_FAILED;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return cause_of_phase (self->phase);

  return PURGE_CAUSE_NO_CONNECTION;
}

/**
 * purge_wire_failure_to_exchange:
 * @self: how far the request came
 * @error: what the library said
 *
 * Returns: (transfer full): not sent where its first byte certainly was not written, untrusted where
 *   that was since the other side could not prove who it is, else lost
 */
PurgeExchange *
purge_wire_failure_to_exchange (const PurgeWireFailure *self,
                                const GError           *error)
{
  PurgeCause cause;

  g_return_val_if_fail (self != NULL && error != NULL, NULL);

  cause = self->stopped_by;

  if (cause == PURGE_CAUSE_TIMEOUT && !self->starting)
    cause = cause_of_phase (self->phase);
  if (cause == PURGE_CAUSE_CANCELLED_AFTER && !self->starting)
    cause = PURGE_CAUSE_CANCELLED_BEFORE;

  if (!self->starting)
    {
      if (cause == PURGE_CAUSE_NONE)
        cause = cause_before_sending (self, error);
      return purge_exchange_new_failed (cause == PURGE_CAUSE_CERTIFICATE ||
                                        cause == PURGE_CAUSE_TLS_TOO_OLD
                                          ? PURGE_EXCHANGE_UNTRUSTED
                                          : PURGE_EXCHANGE_NOT_SENT,
                                        cause, error->message);
    }

  if (cause == PURGE_CAUSE_NONE)
    cause = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT) ? PURGE_CAUSE_TIMEOUT
                                                                      : PURGE_CAUSE_CONNECTION_LOST;
  return purge_exchange_new_failed (PURGE_EXCHANGE_LOST, cause, error->message);
}
