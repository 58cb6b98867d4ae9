/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The guard. Knows what may be on the wire: what a person asked for (I6), and what the disk has as
 * being sent, with this nonce and these directories (I2). */

#include "campaign-guard.h"

#include "campaign-request.h"

struct _CampaignGuard
{
  GObject            parent_instance;

  PurgeTransport    *inner;
  CampaignBook      *book;
  CampaignDisk      *disk;
  CampaignGuardFunc  hook;
  gpointer           user_data;
  guint              n_purges;
  guint              n_look_ups;
  gboolean           again;
  GArray            *sends;
};

static void campaign_guard_transport_init (PurgeTransportInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CampaignGuard, campaign_guard, G_TYPE_OBJECT,
  G_IMPLEMENT_INTERFACE (PURGE_TYPE_TRANSPORT, campaign_guard_transport_init))

/* What the two APIs call the same. */
static gboolean
has_mode (const FaultRequest *request,
          PurgeMode           mode)
{
  static const char * const words[][2] = {
    [FAULT_API_2_0] = { "1", "2" }, [FAULT_API_3_0] = { "flush", "delete" },
  };

  return g_strcmp0 (fault_request_get_mode (request),
                    words[request->api][mode == PURGE_MODE_ALL]) == 0;
}

/* Whether this is the request that the journal has for a batch which is being sent, or which is
 * sent again. One of API 3.0 has no nonce, and is never sent again. */
static gboolean
is_of_batch (const FaultRequest     *request,
             guint64                 nonce,
             const PurgeSubmission  *submission,
             const PurgeBatchRecord *batch)
{
  g_auto (GStrv) directories = fault_request_dup_directories (request);
  gboolean is_v2 = request->api == FAULT_API_2_0;

  return batch->attempt != NULL && (!is_v2 || batch->attempt->nonce == nonce) &&
         is_v2 == (batch->attempt->api == PURGE_API_KIND_2_0) &&
         batch->attempt->timestamp == fault_request_get_number (request, "Timestamp") &&
         (batch->state == PURGE_BATCH_SENDING ||
          (is_v2 && batch->state == PURGE_BATCH_UNKNOWN && batch->sent_again)) &&
         g_strv_equal ((const char * const *) batch->urls, (const char * const *) directories) &&
         has_mode (request, submission->mode);
}

/* Whose request it is, and the nonce of that on the disk. */
static void
find_batch (CampaignGuard      *self,
            const FaultRequest *request,
            CampaignSend       *send)
{
  g_autoptr (GPtrArray) submissions = campaign_disk_read (self->disk);

  for (guint i = 0; i < submissions->len; i++)
    {
      const PurgeSubmission *submission = g_ptr_array_index (submissions, i);

      for (guint j = 0; j < submission->batches->len; j++)
        {
          const PurgeBatchRecord *batch = g_ptr_array_index (submission->batches, j);

          if (is_of_batch (request, send->nonce, submission, batch))
            {
              send->batch_id = batch->id;
              send->nonce = batch->attempt->nonce;
              return;
            }
        }
    }
}

static gboolean
was_sent (CampaignGuard      *self,
          const CampaignSend *send)
{
  for (guint i = 0; i < self->sends->len; i++)
    {
      const CampaignSend *other = &g_array_index (self->sends, CampaignSend, i);

      if (send->nonce != 0 && other->nonce == send->nonce && other->timestamp == send->timestamp)
        return TRUE;
    }

  return FALSE;
}

static void
take (guint        *n_allowed,
      CampaignBook *book,
      const char   *what)
{
  if (*n_allowed == 0)
    campaign_book_note (book, "I6", "a %s that nobody asked for", what);
  else
    (*n_allowed)--;
}

static void
look_at_purge (CampaignGuard      *self,
               const FaultRequest *request,
               CampaignSend       *send)
{
  self->book->n_purges++;
  take (&self->n_purges, self->book, "purge");
  find_batch (self, request, send);
  send->again = was_sent (self, send);
  if (send->again && !self->again)
    campaign_book_note (self->book, "nonce", "nonce %" G_GUINT64_FORMAT " was sent again, and "
                        "nobody asked for it", send->nonce);
  if (send->batch_id == 0)
    campaign_book_note (self->book, "I2", "nonce %" G_GUINT64_FORMAT ", timestamp %"
                        G_GINT64_FORMAT " is on the wire and not on the disk", send->nonce,
                        send->timestamp);
}

static void
look_at_look_up (CampaignGuard *self,
                 CampaignSend  *send)
{
  self->book->n_look_ups++;
  take (&self->n_look_ups, self->book, "look-up");
  send->again = was_sent (self, send);
  if (send->again)
    campaign_book_note (self->book, "nonce", "a look-up has a nonce that was used");
}

/* Notes the request; returns its mark. */
static guint
look_at (CampaignGuard      *self,
         const FaultRequest *request)
{
  const char *nonce = fault_request_get (request, "Nonce");
  CampaignSend send = {
    .mark = self->sends->len + 1,
    .nonce = nonce != NULL ? g_ascii_strtoull (nonce, NULL, 10) : 0,
    .timestamp = fault_request_get_number (request, "Timestamp"),
    .purge = fault_request_is_purge (request),
  };

  if (send.purge)
    look_at_purge (self, request, &send);
  else
    look_at_look_up (self, &send);

  g_array_append_val (self->sends, send);
  return send.mark;
}

static void
on_sent_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  CampaignGuard *self = g_task_get_source_object (task);
  PurgeExchange *exchange = purge_transport_send_finish (PURGE_TRANSPORT (source), result);
  guint mark = GPOINTER_TO_UINT (g_task_get_task_data (task));
  CampaignSend *send = &g_array_index (self->sends, CampaignSend, mark - 1);

  send->over = TRUE;
  send->kind = exchange->kind;
  g_task_return_pointer (task, exchange, (GDestroyNotify) purge_exchange_unref);
}

static void
campaign_guard_send_async (PurgeTransport      *transport,
                           PurgeRequest        *request,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  CampaignGuard *self = CAMPAIGN_GUARD (transport);
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  g_autoptr (FaultRequest) parsed = campaign_request_parse (request);
  guint mark = look_at (self, parsed);
  g_autoptr (PurgeRequest) marked = campaign_request_mark (request, mark);

  g_task_set_source_tag (task, campaign_guard_send_async);
  g_task_set_task_data (task, GUINT_TO_POINTER (mark), NULL);
  if (self->hook != NULL)
    self->hook (self->user_data);

  purge_transport_send_async (self->inner, marked, cancellable, on_sent_cb,
                              g_steal_pointer (&task));
}

static PurgeExchange *
campaign_guard_send_finish (PurgeTransport *transport,
                            GAsyncResult   *result)
{
  g_assert_true (g_task_is_valid (result, transport));

  return g_task_propagate_pointer (G_TASK (result), NULL);
}

static void
campaign_guard_transport_init (PurgeTransportInterface *iface)
{
  iface->send_async = campaign_guard_send_async;
  iface->send_finish = campaign_guard_send_finish;
}

static void
campaign_guard_finalize (GObject *object)
{
  CampaignGuard *self = CAMPAIGN_GUARD (object);

  g_object_unref (self->inner);
  g_array_unref (self->sends);

  G_OBJECT_CLASS (campaign_guard_parent_class)->finalize (object);
}

static void
campaign_guard_class_init (CampaignGuardClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = campaign_guard_finalize;
}

static void
campaign_guard_init (CampaignGuard *self)
{
  self->sends = g_array_new (FALSE, FALSE, sizeof (CampaignSend));
}

CampaignGuard *
campaign_guard_new (PurgeTransport *inner,
                    CampaignBook   *book)
{
  CampaignGuard *self = g_object_new (CAMPAIGN_TYPE_GUARD, NULL);

  self->inner = g_object_ref (inner);
  self->book = book;
  return self;
}

/* Where it looks; to be there before anything is sent. */
void
campaign_guard_set_disk (CampaignGuard *self,
                         CampaignDisk  *disk)
{
  self->disk = disk;
}

/* Called whenever something is about to be sent. */
void
campaign_guard_set_hook (CampaignGuard     *self,
                         CampaignGuardFunc  hook,
                         gpointer           user_data)
{
  self->hook = hook;
  self->user_data = user_data;
}

/* What a person asked for, and no more than it may take; again: the same request once more. */
void
campaign_guard_allow (CampaignGuard *self,
                      guint          n_purges,
                      guint          n_look_ups,
                      gboolean       again)
{
  self->again = again;
  self->n_purges = n_purges;
  self->n_look_ups = n_look_ups;
}

/* (element-type CampaignSend) (transfer none): everything that was sent. */
GArray *
campaign_guard_get_sends (CampaignGuard *self)
{
  return self->sends;
}
