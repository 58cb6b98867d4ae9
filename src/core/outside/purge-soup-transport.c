/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The real wire. The only file that includes libsoup's client side; knows HTTP and TLS, and nothing
 * of what is asked or answered.
 *
 * What libsoup does by itself and must not do here (each seen with libsoup 3.2): it follows a
 * redirect of a POST with a GET and returns that page as the answer; it sends a GET again when a
 * reused connection drops; it inflates a small gzip body without limit; its timeout is one of a single read, which a dripping
 * server never meets. */

#define G_LOG_DOMAIN "purge-soup-transport"

#include "config.h"

#include "purge-soup-transport.h"

#include <libsoup/soup.h>

#include "purge-clock.h"

#define BODY_MAX_BYTES (256 * 1024)
#define READ_TIMEOUT_S 20
#define CONNECT_DEADLINE_MS 15000
#define DEADLINE_MS 45000
#define MAX_CONNECTIONS 6

struct _PurgeSoupTransport
{
  GObject         parent_instance;

  SoupSession    *direct;
  SoupSession    *proxied;
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

/* One request under way. */
typedef struct
{
  SoupMessage        *message;
  GCancellable       *inner;
  GCancellable       *outer;
  gulong              outer_handler;
  guint               watch;
  gint64              begun;
  GSocketClientEvent  phase;
  gboolean            starting;
  PurgeCause          stopped_by;
  GInputStream       *stream;
  GByteArray         *body;
} Sending;

static void
sending_free (gpointer data)
{
  Sending *sending = data;

  g_clear_handle_id (&sending->watch, g_source_remove);
  g_cancellable_disconnect (sending->outer, sending->outer_handler);
  g_clear_object (&sending->outer);
  g_clear_object (&sending->inner);
  if (sending->message != NULL)
    g_signal_handlers_disconnect_by_data (sending->message, sending);
  g_clear_object (&sending->message);
  g_clear_object (&sending->stream);
  g_clear_pointer (&sending->body, g_byte_array_unref);
  g_free (sending);
}

/* Gives the request up for a reason of our own; the first reason counts. */
static void
sending_stop (Sending    *sending,
              PurgeCause  cause)
{
  if (sending->stopped_by != PURGE_CAUSE_NONE)
    return;

  sending->stopped_by = cause;
  g_cancellable_cancel (sending->inner);
}

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
cause_before_sending (const Sending *sending,
                      const GError  *error)
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
  if (sending->phase == G_SOCKET_CLIENT_TLS_HANDSHAKING)
    return PURGE_CAUSE_TLS_FAILED;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return cause_of_phase (sending->phase);

  return PURGE_CAUSE_NO_CONNECTION;
}

static PurgeExchange *
exchange_from_error (const Sending *sending,
                     const GError  *error)
{
  PurgeCause cause = sending->stopped_by;

  if (cause == PURGE_CAUSE_TIMEOUT && !sending->starting)
    cause = cause_of_phase (sending->phase);
  if (cause == PURGE_CAUSE_CANCELLED_AFTER && !sending->starting)
    cause = PURGE_CAUSE_CANCELLED_BEFORE;

  if (!sending->starting)
    {
      if (cause == PURGE_CAUSE_NONE)
        cause = cause_before_sending (sending, error);
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

static void
return_error (GTask  *task,
              GError *error)
{
  Sending *sending = g_task_get_task_data (task);

  g_task_return_pointer (task, exchange_from_error (sending, error),
                         (GDestroyNotify) purge_exchange_unref);
}

static char *
dup_header (SoupMessage *message,
            const char  *name)
{
  return g_strdup (soup_message_headers_get_one (soup_message_get_response_headers (message), name));
}

static void
return_answer (GTask *task)
{
  Sending *sending = g_task_get_task_data (task);
  SoupMessage *message = sending->message;
  g_autoptr (GBytes) body = g_byte_array_free_to_bytes (g_steal_pointer (&sending->body));
  g_autoptr (PurgeExchange) exchange =
    purge_exchange_new_answer (soup_message_get_status (message), body);

  exchange->content_type = dup_header (message, "Content-Type");
  exchange->location = dup_header (message, "Location");
  exchange->date = dup_header (message, "Date");
  exchange->age = dup_header (message, "Age");
  exchange->retry_after = dup_header (message, "Retry-After");

  g_task_return_pointer (task, g_steal_pointer (&exchange), (GDestroyNotify) purge_exchange_unref);
}

static void on_body_read_cb (GObject      *source,
                             GAsyncResult *result,
                             gpointer      user_data);

static void
read_more (GTask *task)
{
  Sending *sending = g_task_get_task_data (task);

  g_input_stream_read_bytes_async (sending->stream, 16 * 1024, G_PRIORITY_DEFAULT, sending->inner,
                                   on_body_read_cb, task);
}

static void
on_body_read_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Sending *sending = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes =
    g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  gsize length;
  gconstpointer data;

  if (bytes == NULL)
    {
      return_error (task, error);
      return;
    }

  data = g_bytes_get_data (bytes, &length);
  if (length == 0)
    {
      return_answer (task);
      return;
    }

  if (sending->body->len + length > BODY_MAX_BYTES)
    {
      sending_stop (sending, PURGE_CAUSE_ANSWER_TOO_LONG);
      g_task_return_pointer (task,
                             purge_exchange_new_failed (PURGE_EXCHANGE_LOST,
                                                        PURGE_CAUSE_ANSWER_TOO_LONG, NULL),
                             (GDestroyNotify) purge_exchange_unref);
      return;
    }

  g_byte_array_append (sending->body, data, length);
  read_more (g_steal_pointer (&task));
}

static gboolean
is_encoded (SoupMessage *message)
{
  const char *encoding =
    soup_message_headers_get_list (soup_message_get_response_headers (message), "Content-Encoding");

  return encoding != NULL && g_ascii_strcasecmp (encoding, "identity") != 0;
}

static void
on_headers_read_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Sending *sending = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (PurgeExchange) failed = NULL;

  sending->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (sending->stream == NULL)
    {
      return_error (task, error);
      return;
    }

  /* An answer to a request that never started came from a proxy that refused the tunnel. */
  if (!sending->starting)
    failed = purge_exchange_new_failed (PURGE_EXCHANGE_NOT_SENT, PURGE_CAUSE_PROXY,
                                        soup_message_get_reason_phrase (sending->message));
  else if (is_encoded (sending->message))
    failed = purge_exchange_new_failed (PURGE_EXCHANGE_LOST, PURGE_CAUSE_ANSWER_ENCODED, NULL);

  if (failed != NULL)
    {
      failed->status = soup_message_get_status (sending->message);
      g_cancellable_cancel (sending->inner);
      g_task_return_pointer (task, g_steal_pointer (&failed),
                             (GDestroyNotify) purge_exchange_unref);
      return;
    }

  sending->body = g_byte_array_new ();
  read_more (g_steal_pointer (&task));
}

static void
on_network_event_cb (SoupMessage        *message,
                     GSocketClientEvent  event,
                     GIOStream          *connection,
                     gpointer            user_data)
{
  Sending *sending = user_data;

  sending->phase = event;

  /* GnuTLS as Debian ships it still speaks TLS 1.0; nothing of ours has been written yet. */
  if (event == G_SOCKET_CLIENT_TLS_HANDSHAKED && G_IS_TLS_CONNECTION (connection))
    {
      GTlsProtocolVersion version =
        g_tls_connection_get_protocol_version (G_TLS_CONNECTION (connection));

      if (version < G_TLS_PROTOCOL_VERSION_TLS_1_2)
        sending_stop (sending, PURGE_CAUSE_TLS_TOO_OLD);
    }
}

static void
on_starting_cb (SoupMessage *message,
                gpointer     user_data)
{
  Sending *sending = user_data;

  sending->starting = TRUE;
}

static void
on_restarted_cb (SoupMessage *message,
                 gpointer     user_data)
{
  sending_stop (user_data, PURGE_CAUSE_RESTARTED);
}

static void
on_outer_cancelled_cb (GCancellable *outer,
                       gpointer      user_data)
{
  sending_stop (user_data, PURGE_CAUSE_CANCELLED_AFTER);
}

static gboolean
on_watch_cb (gpointer user_data)
{
  GTask *task = user_data;
  PurgeSoupTransport *self = g_task_get_source_object (task);
  Sending *sending = g_task_get_task_data (task);
  gint64 age = purge_clock_get_boot_time (self->clock) - sending->begun;

  if (age > self->deadline_ms || (!sending->starting && age > self->connect_deadline_ms))
    sending_stop (sending, PURGE_CAUSE_TIMEOUT);

  return G_SOURCE_CONTINUE;
}

static gboolean
is_loopback (GUri *uri)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (g_uri_get_host (uri));

  return address != NULL && g_inet_address_get_is_loopback (address);
}

static SoupMessage *
message_new (PurgeRequest *request,
             GUri         *uri)
{
  SoupMessage *message = soup_message_new_from_uri (purge_request_get_method (request), uri);
  SoupMessageFlags flags = SOUP_MESSAGE_NO_REDIRECT;

  /* libsoup sends a GET again by itself where a reused connection drops; on one of its own it
   * cannot. */
  if (purge_request_get_body (request) == NULL)
    flags |= SOUP_MESSAGE_NEW_CONNECTION;
  else
    soup_message_set_request_body_from_bytes (message, purge_request_get_content_type (request),
                                              purge_request_get_body (request));
  soup_message_set_flags (message, flags);

  for (guint i = 0; i < purge_request_get_n_headers (request); i++)
    {
      const char *value;
      const char *name = purge_request_get_header (request, i, &value);

      soup_message_headers_append (soup_message_get_request_headers (message), name, value);
    }

  return message;
}

static void
watch_message (Sending      *sending,
               GTask        *task,
               GCancellable *cancellable)
{
  PurgeSoupTransport *self = g_task_get_source_object (task);
  guint shortest = MIN (self->connect_deadline_ms, self->deadline_ms);

  g_signal_connect (sending->message, "network-event", G_CALLBACK (on_network_event_cb), sending);
  g_signal_connect (sending->message, "starting", G_CALLBACK (on_starting_cb), sending);
  g_signal_connect (sending->message, "restarted", G_CALLBACK (on_restarted_cb), sending);

  sending->begun = purge_clock_get_boot_time (self->clock);
  sending->watch = g_timeout_add (CLAMP (shortest / 10, 10, 1000), on_watch_cb, task);
  if (cancellable != NULL)
    {
      sending->outer = g_object_ref (cancellable);
      sending->outer_handler = g_cancellable_connect (cancellable,
                                                      G_CALLBACK (on_outer_cancelled_cb),
                                                      sending, NULL);
    }
}

static void
purge_soup_transport_send_async (PurgeTransport      *transport,
                                 PurgeRequest        *request,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  PurgeSoupTransport *self = PURGE_SOUP_TRANSPORT (transport);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GUri) uri = g_uri_parse (purge_request_get_uri (request), SOUP_HTTP_URI_FLAGS, &error);
  SoupSession *session;
  Sending *sending;

  g_task_set_source_tag (task, purge_soup_transport_send_async);
  /* A cancelled request has an outcome too: how far it came. */
  g_task_set_check_cancellable (task, FALSE);

  sending = g_new0 (Sending, 1);
  sending->phase = G_SOCKET_CLIENT_RESOLVING;
  sending->inner = g_cancellable_new ();
  g_task_set_task_data (task, sending, sending_free);

  if (uri == NULL)
    {
      return_error (task, error);
      return;
    }

  session = is_loopback (uri) ? self->direct : self->proxied;
  sending->message = message_new (request, uri);
  watch_message (sending, task, cancellable);
  soup_session_send_async (session, sending->message, G_PRIORITY_DEFAULT, sending->inner,
                           on_headers_read_cb, g_steal_pointer (&task));
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
purge_soup_transport_iface_init (PurgeTransportInterface *iface)
{
  iface->send_async = purge_soup_transport_send_async;
  iface->send_finish = purge_soup_transport_send_finish;
}

static SoupSession *
session_new (PurgeSoupTransport *self)
{
  SoupSession *session = soup_session_new_with_options ("timeout", READ_TIMEOUT_S,
                                                        "max-conns", MAX_CONNECTIONS,
                                                        "max-conns-per-host", MAX_CONNECTIONS,
                                                        "user-agent", "cdn-purge/" VERSION,
                                                        NULL);

  soup_session_remove_feature_by_type (session, SOUP_TYPE_CONTENT_DECODER);
  soup_session_remove_feature_by_type (session, SOUP_TYPE_AUTH_MANAGER);
  if (self->tls_database != NULL)
    soup_session_set_tls_database (session, self->tls_database);

  return session;
}

static void
purge_soup_transport_constructed (GObject *object)
{
  PurgeSoupTransport *self = PURGE_SOUP_TRANSPORT (object);

  G_OBJECT_CLASS (purge_soup_transport_parent_class)->constructed (object);

  if (self->clock == NULL)
    self->clock = purge_clock_new ();

  self->direct = session_new (self);
  soup_session_set_proxy_resolver (self->direct, NULL);
  self->proxied = session_new (self);
  if (self->proxy_resolver != NULL)
    soup_session_set_proxy_resolver (self->proxied, self->proxy_resolver);
}

static void
purge_soup_transport_dispose (GObject *object)
{
  PurgeSoupTransport *self = PURGE_SOUP_TRANSPORT (object);

  if (self->direct != NULL)
    soup_session_abort (self->direct);
  if (self->proxied != NULL)
    soup_session_abort (self->proxied);
  g_clear_object (&self->direct);
  g_clear_object (&self->proxied);
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
