/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The fault server without a socket. */

#include "campaign-wire.h"

#include <string.h>

#include "campaign-request.h"
#include "fault-answer.h"

#define LONGEST_BODY (256 * 1024)

/* A request on the wire: what it is made of does not matter, how long it is does. */
#define HEAD_BYTES 180

struct _CampaignWire
{
  GObject            parent_instance;

  FaultMind         *mind;
  FaultScript       *script;
  FaultLog          *log;
  GRand             *dice;
  gboolean           deaf;
  CampaignStopFunc   stop;
  gpointer           user_data;
  guint              first_failure;
  guint              last_failure;
  PurgeExchangeKind  kind;
  PurgeCause         cause;
};

static void campaign_wire_transport_init (PurgeTransportInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CampaignWire, campaign_wire, G_TYPE_OBJECT,
  G_IMPLEMENT_INTERFACE (PURGE_TYPE_TRANSPORT, campaign_wire_transport_init))

/* One request under way. */
typedef struct
{
  CampaignWire *wire;
  PurgeRequest *request;
  GCancellable *cancellable;
  guint         number;
  FaultStep     step;
  guint         n_turns;
} Sending;

static void
sending_free (gpointer data)
{
  Sending *sending = data;

  purge_request_unref (sending->request);
  g_clear_object (&sending->cancellable);
  g_free (sending);
}

static PurgeExchange *
lose (PurgeCause cause)
{
  return purge_exchange_new_failed (PURGE_EXCHANGE_LOST, cause, "campaign");
}

static gboolean
toss (CampaignWire *self)
{
  return g_rand_boolean (self->dice);
}

/* Before the first byte a broken connection is one that was not made, or one that was lost: both
 * are true to life. */
static PurgeExchange *
fail_at_accept (Sending *sending)
{
  PurgeCause cause = sending->step.deed == FAULT_SILENT ? PURGE_CAUSE_CONNECT_TIMEOUT
                                                        : PURGE_CAUSE_NO_CONNECTION;

  if (toss (sending->wire))
    return purge_exchange_new_failed (PURGE_EXCHANGE_NOT_SENT, cause, "campaign");

  return lose (sending->step.deed == FAULT_SILENT ? PURGE_CAUSE_TIMEOUT
                                                  : PURGE_CAUSE_CONNECTION_LOST);
}

/* What comes of a deed that ends the exchange, or NULL where it does not. */
static PurgeExchange *
fail (Sending *sending)
{
  switch (sending->step.deed)
    {
    case FAULT_RESET:
    case FAULT_CLOSE:
    case FAULT_FLOOD_HEAD:
      return lose (PURGE_CAUSE_CONNECTION_LOST);
    case FAULT_SILENT:
    case FAULT_DRIP:
    case FAULT_CONTINUE:
      return lose (PURGE_CAUSE_TIMEOUT);
    case FAULT_FLOOD:
      return lose (PURGE_CAUSE_ANSWER_TOO_LONG);
    case FAULT_STOP:
      if (sending->wire->stop != NULL)
        sending->wire->stop (sending->wire->user_data);
      return g_cancellable_is_cancelled (sending->cancellable) ? lose (PURGE_CAUSE_CANCELLED_AFTER)
                                                               : NULL;
    case FAULT_DEAF:
      sending->wire->deaf = TRUE;
      return NULL;
    case FAULT_ANSWER:
    default:
      return NULL;
    }
}

static gsize
measure (const PurgeRequest *request)
{
  GBytes *body = purge_request_get_body (request);

  return HEAD_BYTES + strlen (purge_request_get_uri (request)) +
         (body != NULL ? g_bytes_get_size (body) : 0);
}

static void
note_bytes (Sending *sending)
{
  gsize whole = measure (sending->request);
  gsize n = sending->step.phase == FAULT_AT_BYTE ? MIN (sending->step.at, whole)
            : sending->step.phase == FAULT_AT_HEAD ? HEAD_BYTES
            : sending->step.phase == FAULT_AT_BODY ? whole / 2
            : sending->step.phase == FAULT_AT_LAST ? whole - 1 : whole;

  if (sending->step.phase != FAULT_AT_ACCEPT)
    fault_log_receive (sending->wire->log, sending->number, n, whole);
}

static PurgeExchange *
exchange_of (const FaultAnswer *answer,
             gsize              length)
{
  g_autoptr (GBytes) body = g_bytes_new_from_bytes (answer->body, 0, length);
  g_autofree char *encoding = fault_answer_dup_header (answer, "Content-Encoding");
  PurgeExchange *exchange;

  if (answer->status == 0)
    return lose (PURGE_CAUSE_CONNECTION_LOST);
  if (encoding != NULL)
    return lose (PURGE_CAUSE_ANSWER_ENCODED);
  if (length > LONGEST_BODY)
    return lose (PURGE_CAUSE_ANSWER_TOO_LONG);

  exchange = purge_exchange_new_answer (answer->status, body);
  exchange->content_type = fault_answer_dup_header (answer, "Content-Type");
  exchange->location = fault_answer_dup_header (answer, "Location");
  exchange->date = fault_answer_dup_header (answer, "Date");
  exchange->age = fault_answer_dup_header (answer, "Age");
  exchange->retry_after = fault_answer_dup_header (answer, "Retry-After");
  return exchange;
}

/* What a client is given of an answer that is cut: nothing where the length tells that it is, and
 * what there is where nothing tells it, as libsoup does with chunks. */
static PurgeExchange *
say (Sending           *sending,
     const FaultAnswer *answer)
{
  gsize length = g_bytes_get_size (answer->body);
  FaultPhase phase = sending->step.phase;
  FaultFraming framing = sending->step.framing;
  g_autoptr (PurgeExchange) failed = NULL;

  if (phase > FAULT_AT_EXECUTED && phase < FAULT_AT_ANSWERED)
    failed = fail (sending);
  if (failed != NULL && (phase <= FAULT_AT_ANSWER_HEAD || framing == FAULT_FRAMING_LENGTH ||
                         framing == FAULT_FRAMING_SHORT || failed->cause == PURGE_CAUSE_TIMEOUT))
    return g_steal_pointer (&failed);

  if (failed != NULL)
    length = phase == FAULT_AT_ANSWER_BODY ? length / 2
             : framing == FAULT_FRAMING_EOF && length > 0 ? length - 1 : length;
  else if (framing == FAULT_FRAMING_SHORT && length > 3)
    length -= 3;
  else if (phase == FAULT_AT_ANSWERED && sending->step.deed == FAULT_DEAF)
    sending->wire->deaf = TRUE;

  return exchange_of (answer, length);
}

/* The server has all of it. */
static PurgeExchange *
arrive (Sending *sending)
{
  CampaignWire *self = sending->wire;
  g_autoptr (FaultRequest) request = campaign_request_parse (sending->request);
  g_auto (FaultVerdict) verdict = { 0 };
  g_auto (FaultAnswer) answer = { 0 };
  PurgeExchange *failed = NULL;

  fault_log_read (self->log, sending->number, request);
  if (sending->step.phase == FAULT_AT_WHOLE)
    failed = fail (sending);
  /* Who only goes away has sent it all the same. */
  if (failed != NULL && sending->step.deed != FAULT_STOP)
    return failed;

  fault_answer_init (&answer, self->mind, request, &sending->step, NULL, &verdict);
  fault_log_judge (self->log, sending->number, &verdict);
  if (failed == NULL && sending->step.phase == FAULT_AT_EXECUTED)
    failed = fail (sending);

  return failed != NULL ? failed : say (sending, &answer);
}

/* The whole life of one request, in one go. */
static PurgeExchange *
live (Sending *sending)
{
  CampaignWire *self = sending->wire;
  PurgeExchange *failed = NULL;

  if (g_cancellable_is_cancelled (sending->cancellable))
    return purge_exchange_new_failed (PURGE_EXCHANGE_NOT_SENT, PURGE_CAUSE_CANCELLED_BEFORE,
                                      "campaign");
  if (self->deaf)
    return purge_exchange_new_failed (PURGE_EXCHANGE_NOT_SENT, PURGE_CAUSE_NO_CONNECTION,
                                      "campaign");

  sending->number = fault_log_begin (self->log);
  fault_script_get (self->script, sending->number, &sending->step);
  if (self->cause != PURGE_CAUSE_NONE && self->first_failure <= sending->number &&
      sending->number <= self->last_failure)
    return purge_exchange_new_failed (self->kind, self->cause, "campaign");

  note_bytes (sending);
  if (sending->step.phase < FAULT_AT_WHOLE)
    {
      failed = fail (sending);
      if (failed != NULL && sending->step.phase == FAULT_AT_ACCEPT &&
          sending->step.deed != FAULT_STOP)
        {
          purge_exchange_unref (failed);
          return fail_at_accept (sending);
        }
    }

  /* Bytes that are on their way arrive even though the client has gone. */
  if (failed != NULL && (sending->step.deed != FAULT_STOP || toss (self)))
    return failed;
  if (failed == NULL)
    return arrive (sending);

  purge_exchange_unref (arrive (sending));
  return failed;
}

/* After some turns of the main loop, so that requests overtake each other. */
static gboolean
on_turn_cb (gpointer user_data)
{
  GTask *task = user_data;
  Sending *sending = g_task_get_task_data (task);

  if (sending->n_turns-- > 0)
    return G_SOURCE_CONTINUE;

  g_task_return_pointer (task, live (sending), (GDestroyNotify) purge_exchange_unref);
  return G_SOURCE_REMOVE;
}

static void
campaign_wire_send_async (PurgeTransport      *transport,
                          PurgeRequest        *request,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  CampaignWire *self = CAMPAIGN_WIRE (transport);
  GTask *task = g_task_new (self, NULL, callback, user_data);
  Sending *sending = g_new0 (Sending, 1);

  sending->wire = self;
  sending->request = purge_request_ref (request);
  sending->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  sending->n_turns = g_rand_int_range (self->dice, 0, 6);
  g_task_set_source_tag (task, campaign_wire_send_async);
  g_task_set_task_data (task, sending, sending_free);
  g_idle_add_full (G_PRIORITY_DEFAULT, on_turn_cb, task, g_object_unref);
}

static PurgeExchange *
campaign_wire_send_finish (PurgeTransport *transport,
                           GAsyncResult   *result)
{
  g_assert_true (g_task_is_valid (result, transport));

  return g_task_propagate_pointer (G_TASK (result), NULL);
}

static void
campaign_wire_transport_init (PurgeTransportInterface *iface)
{
  iface->send_async = campaign_wire_send_async;
  iface->send_finish = campaign_wire_send_finish;
}

static void
campaign_wire_class_init (CampaignWireClass *klass)
{
}

static void
campaign_wire_init (CampaignWire *self)
{
}

/* None of its parts is owned. */
CampaignWire *
campaign_wire_new (FaultMind   *mind,
                   FaultScript *script,
                   FaultLog    *log,
                   GRand       *dice)
{
  CampaignWire *self = g_object_new (CAMPAIGN_TYPE_WIRE, NULL);

  self->mind = mind;
  self->script = script;
  self->log = log;
  self->dice = dice;
  return self;
}

void
campaign_wire_set_stop (CampaignWire     *self,
                        CampaignStopFunc  stop,
                        gpointer          user_data)
{
  self->stop = stop;
  self->user_data = user_data;
}

/* The requests of these numbers come only so far; none where cause is %PURGE_CAUSE_NONE. */
void
campaign_wire_set_failure (CampaignWire      *self,
                           guint              first,
                           guint              last,
                           PurgeExchangeKind  kind,
                           PurgeCause         cause)
{
  self->first_failure = first;
  self->last_failure = last;
  self->kind = kind;
  self->cause = cause;
}

void
campaign_wire_set_deaf (CampaignWire *self,
                        gboolean      deaf)
{
  self->deaf = deaf;
}
