/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* A broken program, made of a good one and a transport that lies to it or for it. */

#include "campaign-mutant.h"

#include <string.h>

#include "campaign-request.h"

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

/* The same request, or where that is what is broken another one that asks for the same. */
static PurgeRequest *
dup_request (CampaignMutant   *self,
             CampaignMutation  mutation,
             PurgeRequest     *request)
{
  return self->mutation == mutation ? campaign_request_disguise (request)
                                    : purge_request_ref (request);
}

static PurgeExchange *
answer_new (const char *json)
{
  g_autoptr (GBytes) body = g_bytes_new (json, strlen (json));

  return purge_exchange_new_answer (200, body);
}

static gboolean
is_v3 (const PurgeRequest *request)
{
  return g_str_has_prefix (purge_request_get_content_type (request) != NULL
                             ? purge_request_get_content_type (request) : "", "application/json");
}

static PurgeExchange *
success_new (const PurgeRequest *request)
{
  return answer_new (is_v3 (request) ? "{\"Response\":{\"TaskId\":\"1\"}}" : "{\"code\":0}");
}

static PurgeExchange *
refusal_new (const PurgeRequest *request)
{
  return answer_new (is_v3 (request) ? "{\"Response\":{\"Error\":{\"Code\":\"FailedOperation\"}}}"
                                     : "{\"code\":4000,\"message\":\"no\"}");
}

static gboolean
has (const PurgeExchange *exchange,
     const char          *text)
{
  return g_strstr_len (g_bytes_get_data (exchange->body, NULL), g_bytes_get_size (exchange->body),
                       text) != NULL;
}

static gboolean
looks_like_success (const PurgeExchange *exchange)
{
  return has (exchange, "\"code\":\"0\"") || has (exchange, "\"code\":0") ||
         has (exchange, "\"code\":null") || has (exchange, "\"TaskId\":");
}

static gboolean
is_success (const PurgeExchange *exchange)
{
  return exchange->status == 200 &&
         (has (exchange, "\"code\":0,") || has (exchange, "{\"Response\":{\"TaskId\":\""));
}

/* What the program makes of an answer, or NULL. */
static PurgeExchange *
distort_answer (CampaignMutant      *self,
                const PurgeRequest  *request,
                const PurgeExchange *exchange)
{
  switch (self->mutation)
    {
    case CAMPAIGN_READS_LENIENTLY:
      return looks_like_success (exchange) ? success_new (request) : NULL;
    case CAMPAIGN_READS_PAGES:
      return exchange->status == 200 ? success_new (request) : NULL;
    case CAMPAIGN_REFUSES:
      return is_success (exchange) ? refusal_new (request) : NULL;
    case CAMPAIGN_OVERLOOKS_ERRORS:
      return is_v3 (request) && has (exchange, "\"TaskId\":\"1\"") ? success_new (request) : NULL;
    case CAMPAIGN_BELIEVES_INTERNAL_ERRORS:
      return has (exchange, "\"Code\":\"InternalError") ? refusal_new (request) : NULL;
    case CAMPAIGN_CALLS_LOST_NOT_SENT:
    case CAMPAIGN_SENDS_BEFORE_JOURNAL:
    case CAMPAIGN_SENDS_TWICE:
    case CAMPAIGN_SIGNS_AGAIN:
    case CAMPAIGN_SENDS_LATER:
    default:
      return NULL;
    }
}

/* What the program is told in place of the truth, or NULL. */
static PurgeExchange *
distort (CampaignMutant      *self,
         const PurgeRequest  *request,
         const PurgeExchange *exchange)
{
  if (self->mutation == CAMPAIGN_CALLS_LOST_NOT_SENT && exchange->kind == PURGE_EXCHANGE_LOST)
    return purge_exchange_new_failed (PURGE_EXCHANGE_NOT_SENT, PURGE_CAUSE_NO_CONNECTION, NULL);

  return exchange->kind == PURGE_EXCHANGE_ANSWERED ? distort_answer (self, request, exchange)
                                                   : NULL;
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
  g_autoptr (PurgeRequest) request = campaign_request_disguise (sending->request);

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
  PurgeExchange *distorted = distort (self, sending->request, exchange);
  g_autoptr (PurgeRequest) request = NULL;

  if (exchange->kind == PURGE_EXCHANGE_LOST && !sending->again &&
      (self->mutation == CAMPAIGN_SENDS_TWICE || self->mutation == CAMPAIGN_SIGNS_AGAIN))
    {
      sending->again = TRUE;
      request = dup_request (self, CAMPAIGN_SIGNS_AGAIN, sending->request);
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

  sending->request = dup_request (self, CAMPAIGN_SENDS_BEFORE_JOURNAL, request);
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
