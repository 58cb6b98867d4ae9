/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The real wire: what becomes of a request. Knows how far it comes and when libsoup is to be stopped;
 * knows nothing of what is asked or answered, and leaves the making of connections to its routes.
 *
 * What libsoup does by itself and must not do here (each seen with libsoup 3.2): it follows a
 * redirect of a POST with a GET and returns that page as the answer; it sends a GET again when a
 * reused connection drops, and anything again that an HTTP/2 server refused or took for misdirected;
 * what was cancelled it still writes to an HTTP/2 connection that is there; it inflates a small gzip
 * body without limit; its timeout is one of a single read, which a dripping server never meets. */

#define G_LOG_DOMAIN "purge-soup-transport"

#include "config.h"

#include "purge-soup-transport.h"

#include "purge-capped-read.h"
#include "purge-patience.h"
#include "purge-soup-route.h"
#include "purge-soup-words.h"
#include "purge-wire-failure.h"

#define CONNECT_DEADLINE_MS 15000
#define DEADLINE_MS 45000

struct _PurgeSoupTransport
{
  GObject         parent_instance;

  PurgeSoupRoute *direct;
  PurgeSoupRoute *proxied;
  PurgeClock     *clock;
  GProxyResolver *proxy_resolver;
  GTlsDatabase   *tls_database;
  guint           connect_deadline_ms;
  guint           deadline_ms;
};

typedef enum {
  PROP_CLOCK = 1,
  PROP_PROXY_RESOLVER,
  PROP_TLS_DATABASE,
  PROP_CONNECT_DEADLINE_MS,
  PROP_DEADLINE_MS,
} PurgeSoupTransportProperty;

static GParamSpec *properties[PROP_DEADLINE_MS + 1];

static void purge_soup_transport_iface_init (PurgeTransportInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PurgeSoupTransport, purge_soup_transport, G_TYPE_OBJECT,
  G_IMPLEMENT_INTERFACE (PURGE_TYPE_TRANSPORT, purge_soup_transport_iface_init))

/* A request. It has a task until it is over, and belongs to libsoup, which may need it for longer. */
typedef struct
{
  GTask            *task;
  PurgeRequest     *request;
  SoupMessage      *message;
  PurgeSoupRoute   *route;
  GCancellable     *inner;
  PurgePatience    *patience;
  guint             abandon;
  gboolean          connects;
  PurgeWireFailure  so_far;
  GInputStream     *stream;
} Sending;

static void
sending_free (Sending *sending)
{
  purge_request_unref (sending->request);
  g_object_unref (sending->inner);
  if (sending->message != NULL)
    g_signal_handlers_disconnect_by_data (sending->message, sending);
  g_clear_object (&sending->message);
  g_clear_object (&sending->stream);
  purge_soup_route_unref (sending->route);
  g_free (sending);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sending, sending_free)

/* The connection it asked for is there, or will not be. */
static void
sending_connected (Sending *sending)
{
  if (sending->connects)
    purge_line_end (sending->route->line, soup_message_get_uri (sending->message));
  sending->connects = FALSE;
}

/* The only way out. */
static void
return_exchange (Sending       *sending,
                 PurgeExchange *exchange)
{
  g_autoptr (GTask) task = g_steal_pointer (&sending->task);

  g_clear_handle_id (&sending->abandon, g_source_remove);
  g_clear_pointer (&sending->patience, purge_patience_free);
  sending_connected (sending);
  g_ptr_array_remove_fast (sending->route->requests, sending);
  if (sending->message != NULL)
    purge_line_leave (sending->route->line, soup_message_get_uri (sending->message));
  g_task_return_pointer (task, exchange, (GDestroyNotify) purge_exchange_unref);
}

static void
return_error (Sending *sending,
              GError  *error)
{
  /* libsoup never lets go of an HTTP/2 connection that it could not write to. */
  if (sending->so_far.starting && soup_message_get_http_version (sending->message) == SOUP_HTTP_2_0)
    sending->route->spoilt = TRUE;
  return_exchange (sending, purge_wire_failure_to_exchange (&sending->so_far, error));
}

/* Whatever libsoup does: on HTTP/2 it sees that one is cancelled when something comes, or never. */
static gboolean
on_abandon_cb (gpointer user_data)
{
  Sending *sending = user_data;
  g_autoptr (GError) error = NULL;

  sending->abandon = 0;
  g_cancellable_set_error_if_cancelled (sending->inner, &error);
  return_error (sending, error);

  return G_SOURCE_REMOVE;
}

/* It gets no connection that is there, and where it is cancelled no new one is made for it; nor one
 * that is made ready, and may have been set aside for it. */
static void
keep_from_connections (Sending *sending)
{
  soup_message_add_flags (sending->message, SOUP_MESSAGE_NEW_CONNECTION);
  purge_line_give_up (sending->route->line);
}

/* Gives the request up for a reason of our own; the first reason counts. */
static void
sending_stop (gpointer   user_data,
              PurgeCause cause)
{
  Sending *sending = user_data;

  if (sending->task == NULL || sending->so_far.stopped_by != PURGE_CAUSE_NONE)
    return;

  sending->so_far.stopped_by = cause;
  if (!sending->so_far.starting)
    keep_from_connections (sending);
  sending->abandon = g_idle_add_full (G_PRIORITY_DEFAULT, on_abandon_cb, sending, NULL);
  g_cancellable_cancel (sending->inner);
}

static void
on_body_read_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (Sending) sending = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = purge_capped_read_finish (G_INPUT_STREAM (source), result, &error);

  if (sending->task == NULL)
    return;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE))
    sending_stop (sending, PURGE_CAUSE_ANSWER_TOO_LONG);

  if (body != NULL)
    return_exchange (sending, purge_soup_words_new_exchange (sending->message, body));
  else
    return_error (sending, error);
}

static void
give_own_connection (Sending *sending)
{
  soup_message_add_flags (sending->message, SOUP_MESSAGE_NEW_CONNECTION);
  sending->so_far.phase = G_SOCKET_CLIENT_RESOLVING;
  sending->connects = TRUE;
  purge_line_begin (sending->route->line, soup_message_get_uri (sending->message));
}

/* libsoup let it have a connection that was being made ready, and that was given up since: for another
 * request, which may have had it as well, or for another server. */
static gboolean
was_robbed (Sending      *sending,
            const GError *error)
{
  return !sending->so_far.starting && !g_cancellable_is_cancelled (sending->inner) &&
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void send_message (Sending *sending);

/* Nothing of it was sent, and nobody gave it up. */
static void
begin_anew (Sending *sending)
{
  g_autoptr (SoupMessage) robbed = g_steal_pointer (&sending->message);

  g_signal_handlers_disconnect_by_data (robbed, sending);
  /* It is over for libsoup, too; should it not be, it gets neither this connection nor the next. */
  soup_message_add_flags (robbed, SOUP_MESSAGE_NEW_CONNECTION);
  g_cancellable_cancel (sending->inner);
  g_object_unref (sending->inner);
  sending->inner = g_cancellable_new ();
  sending->message = purge_soup_words_new_message (sending->request, soup_message_get_uri (robbed));
  sending_connected (sending);
  give_own_connection (sending);
  send_message (sending);
}

static void
on_headers_read_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (Sending) sending = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PurgeExchange) failed = NULL;
  Sending *reading;

  sending->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (sending->task == NULL)
    return;

  if (sending->stream == NULL)
    {
      if (was_robbed (sending, error))
        begin_anew (g_steal_pointer (&sending));
      else
        return_error (sending, error);
      return;
    }

  /* An answer to a request that never started came from a proxy that refused the tunnel. */
  if (!sending->so_far.starting)
    failed = purge_exchange_new_failed (PURGE_EXCHANGE_NOT_SENT, PURGE_CAUSE_PROXY,
                                        soup_message_get_reason_phrase (sending->message));
  else if (purge_soup_words_are_encoded (sending->message))
    failed = purge_exchange_new_failed (PURGE_EXCHANGE_LOST, PURGE_CAUSE_ANSWER_ENCODED, NULL);

  if (failed != NULL)
    {
      failed->status = soup_message_get_status (sending->message);
      return_exchange (sending, g_steal_pointer (&failed));
      g_cancellable_cancel (sending->inner);
      return;
    }

  reading = g_steal_pointer (&sending);
  purge_capped_read_async (reading->stream, PURGE_EXCHANGE_MAX_BODY, reading->inner,
                           on_body_read_cb, reading);
}

/* What the server speaks is known now: whatever waited for that is given a connection, or shares. */
static void
catch_up (PurgeSoupRoute *route)
{
  for (guint i = 0; i < route->requests->len && purge_line_is_short (route->line); i++)
    {
      Sending *sending = g_ptr_array_index (route->requests, i);

      if (!sending->connects && !sending->so_far.starting &&
          sending->so_far.phase != G_SOCKET_CLIENT_COMPLETE)
        give_own_connection (sending);
    }
}

static void
on_network_event_cb (SoupMessage        *message,
                     GSocketClientEvent  event,
                     GIOStream          *connection,
                     gpointer            user_data)
{
  Sending *sending = user_data;

  sending->so_far.phase = event;
  if (event == G_SOCKET_CLIENT_COMPLETE)
    sending_connected (sending);
  if (!purge_soup_route_watch (sending->route, message, event, connection))
    sending_stop (sending, PURGE_CAUSE_TLS_TOO_OLD);
}

/* The line between not sent and lost. What was given up while it waited for its connection comes
 * here too: libsoup looks for that before it writes HTTP/1.1, and writes HTTP/2 at once. */
static void
on_starting_cb (SoupMessage *message,
                gpointer     user_data)
{
  Sending *sending = user_data;

  if (sending->task == NULL || (sending->so_far.stopped_by != PURGE_CAUSE_NONE &&
                                soup_message_get_http_version (message) != SOUP_HTTP_2_0))
    return;

  sending->so_far.starting = TRUE;
  purge_patience_begin (sending->patience);
}

/* libsoup is about to send it again, and would do so also where it was given up a moment ago. */
static void
on_restarted_cb (SoupMessage *message,
                 gpointer     user_data)
{
  Sending *sending = user_data;

  keep_from_connections (sending);
  g_cancellable_cancel (sending->inner);
  sending_stop (sending, PURGE_CAUSE_RESTARTED);
}

static PurgeSoupRoute *
find_route (PurgeSoupTransport *self,
            GUri               *uri)
{
  PurgeSoupRoute *route = purge_line_is_local (uri) ? self->direct : self->proxied;

  purge_soup_route_turn_to (route, uri);
  return route;
}

/* Belongs to the callback from here on. */
static void
send_message (Sending *sending)
{
  g_signal_connect (sending->message, "network-event", G_CALLBACK (on_network_event_cb), sending);
  g_signal_connect (sending->message, "starting", G_CALLBACK (on_starting_cb), sending);
  g_signal_connect (sending->message, "restarted", G_CALLBACK (on_restarted_cb), sending);
  soup_session_send_async (sending->route->session, sending->message, G_PRIORITY_DEFAULT,
                           sending->inner, on_headers_read_cb, sending);
}

static void
purge_soup_transport_send_async (PurgeTransport      *transport,
                                 PurgeRequest        *request,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  PurgeSoupTransport *self = PURGE_SOUP_TRANSPORT (transport);
  g_autoptr (GError) error = NULL;
  g_autoptr (GUri) uri = g_uri_parse (purge_request_get_uri (request), SOUP_HTTP_URI_FLAGS, &error);
  g_autoptr (Sending) sending = g_new0 (Sending, 1);
  PurgeSoupRoute *route = uri != NULL ? find_route (self, uri) : self->direct;

  sending->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (sending->task, purge_soup_transport_send_async);
  /* A cancelled request has an outcome too: how far it came. */
  g_task_set_check_cancellable (sending->task, FALSE);

  sending->request = purge_request_ref (request);
  sending->route = purge_soup_route_ref (route);
  sending->inner = g_cancellable_new ();
  g_ptr_array_add (route->requests, sending);

  if (uri == NULL)
    {
      return_error (sending, error);
      return;
    }

  sending->message = purge_soup_words_new_message (request, uri);
  purge_line_take (route->line);
  sending->so_far.phase = G_SOCKET_CLIENT_CONNECTING;
  if (purge_request_get_body (request) == NULL || purge_line_is_short (route->line))
    give_own_connection (sending);
  sending->patience = purge_patience_new (self->clock, self->connect_deadline_ms, self->deadline_ms,
                                          cancellable, sending_stop, sending);
  send_message (g_steal_pointer (&sending));
}

static PurgeExchange *
purge_soup_transport_send_finish (PurgeTransport *transport,
                                  GAsyncResult   *result)
{
  g_return_val_if_fail (g_task_is_valid (result, transport), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, purge_soup_transport_send_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), NULL);
}

static void
purge_soup_transport_preconnect (PurgeTransport *transport,
                                 const char     *text,
                                 guint           n_requests)
{
  PurgeSoupTransport *self = PURGE_SOUP_TRANSPORT (transport);
  g_autoptr (GUri) uri = g_uri_parse (text, SOUP_HTTP_URI_FLAGS, NULL);
  PurgeSoupRoute *route = uri != NULL ? find_route (self, uri) : NULL;

  g_return_if_fail (route != NULL);

  purge_soup_route_preconnect (route, n_requests);
}

static void
purge_soup_transport_iface_init (PurgeTransportInterface *iface)
{
  iface->preconnect = purge_soup_transport_preconnect;
  iface->send_async = purge_soup_transport_send_async;
  iface->send_finish = purge_soup_transport_send_finish;
}

static void
purge_soup_transport_constructed (GObject *object)
{
  PurgeSoupTransport *self = PURGE_SOUP_TRANSPORT (object);

  G_OBJECT_CLASS (purge_soup_transport_parent_class)->constructed (object);

  if (self->clock == NULL)
    self->clock = purge_clock_new ();

  self->direct = purge_soup_route_new (FALSE, NULL, self->tls_database, catch_up);
  self->proxied = purge_soup_route_new (TRUE, self->proxy_resolver, self->tls_database, catch_up);
}

static void
purge_soup_transport_dispose (GObject *object)
{
  PurgeSoupTransport *self = PURGE_SOUP_TRANSPORT (object);

  g_clear_pointer (&self->direct, purge_soup_route_close);
  g_clear_pointer (&self->proxied, purge_soup_route_close);
  g_clear_object (&self->clock);
  g_clear_object (&self->proxy_resolver);
  g_clear_object (&self->tls_database);

  G_OBJECT_CLASS (purge_soup_transport_parent_class)->dispose (object);
}

static void
purge_soup_transport_set_property (GObject      *object,
                                   guint         property_id,
                                   const GValue *value,
                                   GParamSpec   *pspec)
{
  PurgeSoupTransport *self = PURGE_SOUP_TRANSPORT (object);

  switch ((PurgeSoupTransportProperty) property_id)
    {
    case PROP_CLOCK:
      self->clock = g_value_dup_object (value);
      break;
    case PROP_PROXY_RESOLVER:
      self->proxy_resolver = g_value_dup_object (value);
      break;
    case PROP_TLS_DATABASE:
      self->tls_database = g_value_dup_object (value);
      break;
    case PROP_CONNECT_DEADLINE_MS:
      self->connect_deadline_ms = g_value_get_uint (value);
      break;
    case PROP_DEADLINE_MS:
      self->deadline_ms = g_value_get_uint (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
purge_soup_transport_class_init (PurgeSoupTransportClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->constructed = purge_soup_transport_constructed;
  object_class->dispose = purge_soup_transport_dispose;
  object_class->set_property = purge_soup_transport_set_property;

  properties[PROP_CLOCK] = g_param_spec_object ("clock", NULL, NULL, PURGE_TYPE_CLOCK, flags);
  properties[PROP_PROXY_RESOLVER] =
    g_param_spec_object ("proxy-resolver", NULL, NULL, G_TYPE_PROXY_RESOLVER, flags);
  properties[PROP_TLS_DATABASE] =
    g_param_spec_object ("tls-database", NULL, NULL, G_TYPE_TLS_DATABASE, flags);
  properties[PROP_CONNECT_DEADLINE_MS] =
    g_param_spec_uint ("connect-deadline-ms", NULL, NULL, 1, G_MAXUINT, CONNECT_DEADLINE_MS, flags);
  properties[PROP_DEADLINE_MS] =
    g_param_spec_uint ("deadline-ms", NULL, NULL, 1, G_MAXUINT, DEADLINE_MS, flags);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
purge_soup_transport_init (PurgeSoupTransport *self)
{
}

/**
 * purge_soup_transport_new:
 *
 * Makes the transport that the programs use: the system's trust store, the system's proxy except for
 * loopback addresses, 15 seconds to get as far as sending, 45 seconds for the whole. The construct
 * properties `clock`, `proxy-resolver`, `tls-database`, `connect-deadline-ms` and `deadline-ms`
 * are for tests; no option of any program reaches them.
 *
 * Returns: (transfer full): a new transport, for the main thread
 */
PurgeTransport *
purge_soup_transport_new (void)
{
  return g_object_new (PURGE_TYPE_SOUP_TRANSPORT, NULL);
}
