/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* A wire without a wire. */

#include "mock-transport.h"

#include <string.h>

struct _MockTransport
{
  GObject    parent_instance;

  GPtrArray *requests;
  GPtrArray *tasks;
  char      *script;
  char      *ahead;
};

static void mock_transport_iface_init (PurgeTransportInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MockTransport, mock_transport, G_TYPE_OBJECT,
  G_IMPLEMENT_INTERFACE (PURGE_TYPE_TRANSPORT, mock_transport_iface_init))

/* What a sign of a script says. */
static PurgeExchange *
exchange_of (char sign)
{
  const char *json;
  g_autoptr (GBytes) body = NULL;

  switch (sign)
    {
    case 'a':
      json = "{\"code\":0,\"message\":\"\",\"codeDesc\":\"Success\",\"data\":{\"task_id\":\"15\"}}";
      break;
    case 'r':
      json = "{\"code\":4000,\"message\":\"(9110)没有这个域名的信息 cdn no such host\",\"codeDesc\":9110}";
      break;
    case 'k':
      json = "{\"code\":4100,\"message\":\"身份认证失败\",\"codeDesc\":\"AuthFailure\"}";
      break;
    case 'q':
      json = "{\"code\":4000,\"message\":\"(22046)目录刷新数目超出单日限额\",\"codeDesc\":22046}";
      break;
    case 'l':
      return purge_exchange_new_failed (PURGE_EXCHANGE_LOST, PURGE_CAUSE_TIMEOUT, "mock");
    case 'n':
      return purge_exchange_new_failed (PURGE_EXCHANGE_NOT_SENT, PURGE_CAUSE_NO_CONNECTION, "mock");
    case 'u':
      return purge_exchange_new_failed (PURGE_EXCHANGE_UNTRUSTED, PURGE_CAUSE_CERTIFICATE, "mock");
    case 'b':
      body = g_bytes_new_static ("", 0);
      return purge_exchange_new_answer (429, body);
    default:
      g_assert_not_reached ();
    }

  body = g_bytes_new (json, strlen (json));
  return purge_exchange_new_answer (200, body);
}

static void
mock_transport_send_async (PurgeTransport      *transport,
                           PurgeRequest        *request,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  MockTransport *self = MOCK_TRANSPORT (transport);
  GTask *task = g_task_new (self, NULL, callback, user_data);
  guint index = self->requests->len;

  g_task_set_source_tag (task, mock_transport_send_async);
  g_ptr_array_add (self->requests, purge_request_ref (request));
  g_ptr_array_add (self->tasks, task);

  if (self->script != NULL && index < strlen (self->script))
    {
      g_autoptr (PurgeExchange) exchange = exchange_of (self->script[index]);

      mock_transport_answer (self, index, exchange);
    }
}

static PurgeExchange *
mock_transport_send_finish (PurgeTransport *transport,
                            GAsyncResult   *result)
{
  g_assert_true (g_task_is_valid (result, transport));

  return g_task_propagate_pointer (G_TASK (result), NULL);
}

static void
mock_transport_preconnect (PurgeTransport *transport,
                           const char     *uri,
                           guint           n_requests)
{
  MockTransport *self = MOCK_TRANSPORT (transport);

  g_free (self->ahead);
  self->ahead = g_strdup_printf ("%s %u", uri, n_requests);
}

static void
mock_transport_iface_init (PurgeTransportInterface *iface)
{
  iface->preconnect = mock_transport_preconnect;
  iface->send_async = mock_transport_send_async;
  iface->send_finish = mock_transport_send_finish;
}

static void
mock_transport_finalize (GObject *object)
{
  MockTransport *self = MOCK_TRANSPORT (object);

  g_assert_cmpuint (mock_transport_count_open (self), ==, 0);
  g_ptr_array_unref (self->requests);
  g_ptr_array_unref (self->tasks);
  g_free (self->script);
  g_free (self->ahead);

  G_OBJECT_CLASS (mock_transport_parent_class)->finalize (object);
}

static void
mock_transport_class_init (MockTransportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mock_transport_finalize;
}

static void
mock_transport_init (MockTransport *self)
{
  self->requests = g_ptr_array_new_with_free_func ((GDestroyNotify) purge_request_unref);
  self->tasks = g_ptr_array_new ();
}

MockTransport *
mock_transport_new (void)
{
  return g_object_new (MOCK_TYPE_TRANSPORT, NULL);
}

/* How many requests were sent so far. */
guint
mock_transport_count (MockTransport *self)
{
  return self->requests->len;
}

/* How many of them are under way. */
guint
mock_transport_count_open (MockTransport *self)
{
  guint n = 0;

  for (guint i = 0; i < self->tasks->len; i++)
    n += g_ptr_array_index (self->tasks, i) != NULL;

  return n;
}

PurgeRequest *
mock_transport_get_request (MockTransport *self,
                            guint          index)
{
  return g_ptr_array_index (self->requests, index);
}

/* Says what became of a request. */
void
mock_transport_answer (MockTransport *self,
                       guint          index,
                       PurgeExchange *exchange)
{
  g_autoptr (GTask) task = g_steal_pointer (&g_ptr_array_index (self->tasks, index));

  g_assert_nonnull (task);
  g_task_return_pointer (task, purge_exchange_ref (exchange),
                         (GDestroyNotify) purge_exchange_unref);
}

/* The same with an answer of status 200. */
void
mock_transport_say (MockTransport *self,
                    guint          index,
                    const char    *json)
{
  g_autoptr (GBytes) body = g_bytes_new (json, strlen (json));
  g_autoptr (PurgeExchange) exchange = purge_exchange_new_answer (200, body);

  mock_transport_answer (self, index, exchange);
}

/* What becomes of the first requests, one sign each: accepted, rejected (9110), key refused (4100),
 * quota gone (22046), lost, not sent, untrusted, busy (HTTP 429). */
void
mock_transport_set_script (MockTransport *self,
                           const char    *signs)
{
  g_free (self->script);
  self->script = g_strdup (signs);
}

/* To where connections were made ready since this was asked last, and how many; or NULL. */
char *
mock_transport_steal_ahead (MockTransport *self)
{
  return g_steal_pointer (&self->ahead);
}
