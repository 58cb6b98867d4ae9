/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* A broken program, made of a good one and a transport that lies to it or for it. */

#include "campaign-mutant.h"

#include <string.h>

struct _CampaignMutant
{
  GObject           parent_instance;

  PurgeTransport   *inner;
  CampaignMutation  mutation;
};

static void campaign_mutant_transport_init (PurgeTransportInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CampaignMutant, campaign_mutant, G_TYPE_OBJECT,
  G_IMPLEMENT_INTERFACE (PURGE_TYPE_TRANSPORT, campaign_mutant_transport_init))

typedef struct
{
  PurgeRequest *request;
  gboolean      again;
} Sending;

static void
sending_free (gpointer data)
{
  Sending *sending = data;

  purge_request_unref (sending->request);
  g_free (sending);
}

/* The nonce stands before an ampersand, or in a part of its own; its first digit is changed. */
static void
change_nonce (char *text)
{
  char *nonce = strstr (text, "Nonce=");
  char *digit = nonce != NULL ? nonce + strlen ("Nonce=") : NULL;

  if (nonce == NULL && (nonce = strstr (text, "name=\"Nonce\"\r\n\r\n")) != NULL)
    digit = nonce + strlen ("name=\"Nonce\"\r\n\r\n");
  g_assert_nonnull (digit);
  *digit = *digit == '9' ? '1' : *digit + 1;
}

/* The same request with another nonce, which no server here verifies the signature of. */
static PurgeRequest *
sign_again (PurgeRequest *request)
{
  GBytes *bytes = purge_request_get_body (request);
  g_autofree char *uri = g_strdup (purge_request_get_uri (request));
  g_autofree char *text = NULL;
  g_autoptr (GBytes) body = NULL;
  PurgeRequest *other;

  if (bytes == NULL)
    {
      change_nonce (uri);
      return purge_request_new ("GET", uri);
    }

  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  change_nonce (text);
  body = g_bytes_new (text, strlen (text));
  other = purge_request_new ("POST", uri);
  purge_request_set_body (other, purge_request_get_content_type (request), body);
  return other;
}

static PurgeExchange *
answer_new (const char *json)
{
  g_autoptr (GBytes) body = g_bytes_new (json, strlen (json));

  return purge_exchange_new_answer (200, body);
}

static gboolean
looks_like_success (const PurgeExchange *exchange)
{
  g_autofree char *text = g_strndup (g_bytes_get_data (exchange->body, NULL),
                                     g_bytes_get_size (exchange->body));

  return strstr (text, "\"code\":\"0\"") != NULL || strstr (text, "\"code\":0") != NULL ||
         strstr (text, "\"code\":null") != NULL;
}

static gboolean
is_success (const PurgeExchange *exchange)
{
  return exchange->status == 200 &&
         g_strstr_len (g_bytes_get_data (exchange->body, NULL), g_bytes_get_size (exchange->body),
                       "\"code\":0,") != NULL;
}

/* What the program is told in place of the truth, or NULL. */
static PurgeExchange *
distort (CampaignMutant      *self,
         const PurgeExchange *exchange)
{
  gboolean answered = exchange->kind == PURGE_EXCHANGE_ANSWERED;

  if (self->mutation == CAMPAIGN_CALLS_LOST_NOT_SENT && exchange->kind == PURGE_EXCHANGE_LOST)
    return purge_exchange_new_failed (PURGE_EXCHANGE_NOT_SENT, PURGE_CAUSE_NO_CONNECTION, NULL);
  if (self->mutation == CAMPAIGN_READS_LENIENTLY && answered && looks_like_success (exchange))
    return answer_new ("{\"code\":0}");
  if (self->mutation == CAMPAIGN_READS_PAGES && answered && exchange->status == 200)
    return answer_new ("{\"code\":0}");
  if (self->mutation == CAMPAIGN_REFUSES && answered && is_success (exchange))
    return answer_new ("{\"code\":4000,\"message\":\"no\"}");

  return NULL;
}

static void
on_ignored_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  purge_exchange_unref (purge_transport_send_finish (PURGE_TRANSPORT (source), result));
  g_object_unref (user_data);
}

/* When the program believes that all is over. */
static gboolean
on_later_cb (gpointer user_data)
{
  GTask *task = user_data;
  CampaignMutant *self = g_task_get_source_object (task);
  Sending *sending = g_task_get_task_data (task);
  g_autoptr (PurgeRequest) request = sign_again (sending->request);

  purge_transport_send_async (self->inner, request, NULL, on_ignored_cb, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
on_sent_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  CampaignMutant *self = g_task_get_source_object (task);
  Sending *sending = g_task_get_task_data (task);
  g_autoptr (PurgeExchange) exchange =
    purge_transport_send_finish (PURGE_TRANSPORT (source), result);
  PurgeExchange *distorted = distort (self, exchange);
  g_autoptr (PurgeRequest) request = NULL;

  if (exchange->kind == PURGE_EXCHANGE_LOST && !sending->again &&
      (self->mutation == CAMPAIGN_SENDS_TWICE || self->mutation == CAMPAIGN_SIGNS_AGAIN))
    {
      sending->again = TRUE;
      request = self->mutation == CAMPAIGN_SIGNS_AGAIN ? sign_again (sending->request)
                                                       : purge_request_ref (sending->request);
      purge_transport_send_async (self->inner, request, NULL, on_sent_cb, g_steal_pointer (&task));
      return;
    }

  if (self->mutation == CAMPAIGN_SENDS_LATER)
    g_timeout_add_full (G_PRIORITY_LOW, 1, on_later_cb, g_object_ref (task), g_object_unref);
  g_task_return_pointer (task, distorted != NULL ? distorted : purge_exchange_ref (exchange),
                         (GDestroyNotify) purge_exchange_unref);
}

static void
campaign_mutant_send_async (PurgeTransport      *transport,
                            PurgeRequest        *request,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  CampaignMutant *self = CAMPAIGN_MUTANT (transport);
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  Sending *sending = g_new0 (Sending, 1);

  sending->request = self->mutation == CAMPAIGN_SENDS_BEFORE_JOURNAL ? sign_again (request)
                                                                     : purge_request_ref (request);
  g_task_set_source_tag (task, campaign_mutant_send_async);
  g_task_set_task_data (task, sending, sending_free);
  purge_transport_send_async (self->inner, sending->request, cancellable, on_sent_cb,
                              g_steal_pointer (&task));
}

static PurgeExchange *
campaign_mutant_send_finish (PurgeTransport *transport,
                             GAsyncResult   *result)
{
  g_assert_true (g_task_is_valid (result, transport));

  return g_task_propagate_pointer (G_TASK (result), NULL);
}

static void
campaign_mutant_transport_init (PurgeTransportInterface *iface)
{
  iface->send_async = campaign_mutant_send_async;
  iface->send_finish = campaign_mutant_send_finish;
}

static void
campaign_mutant_finalize (GObject *object)
{
  g_object_unref (CAMPAIGN_MUTANT (object)->inner);

  G_OBJECT_CLASS (campaign_mutant_parent_class)->finalize (object);
}

static void
campaign_mutant_class_init (CampaignMutantClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = campaign_mutant_finalize;
}

static void
campaign_mutant_init (CampaignMutant *self)
{
}

/* A transport that is broken in one way. */
PurgeTransport *
campaign_mutant_new (PurgeTransport   *inner,
                     CampaignMutation  mutation)
{
  CampaignMutant *self = g_object_new (CAMPAIGN_TYPE_MUTANT, NULL);

  self->inner = g_object_ref (inner);
  self->mutation = mutation;
  return PURGE_TRANSPORT (self);
}
