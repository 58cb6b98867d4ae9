/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The judge: compares what the disk says with what the server knows. Knows the invariants, each in
 * words of its own, and nothing of how the program keeps them. */

#include "campaign-judge.h"

/* How far from the time of a batch what somebody else purged may be taken for it: a minute before
 * and five after, and a second for the clocks of the two. */
#define EARLIEST_S 61
#define LATEST_S 301

static const PurgeBatchRecord *
get_batch (const PurgeSubmission *submission,
           guint                  index)
{
  return g_ptr_array_index (submission->batches, index);
}

static gboolean
is_of (const FaultEntry   *entry,
       const CampaignSend *send)
{
  return entry->whole && entry->mark == send->mark && entry->timestamp == send->timestamp;
}

static const FaultEntry *
find_executed (const CampaignCase *what,
               const CampaignSend *send)
{
  for (guint i = 0; i < what->entries->len; i++)
    {
      const FaultEntry *entry = g_ptr_array_index (what->entries, i);

      if (entry->n_executions > 0 && is_of (entry, send))
        return entry;
    }

  return NULL;
}

/**
 * campaign_judge_count_executed:
 * @what: the case
 * @batch_id: a batch
 *
 * Returns: how many directories of @batch_id the server purged, by whichever of its requests
 */
guint
campaign_judge_count_executed (const CampaignCase *what,
                               gint64              batch_id)
{
  guint n = 0;

  for (guint i = 0; i < what->sends->len; i++)
    {
      const CampaignSend *send = &g_array_index (what->sends, CampaignSend, i);
      const FaultEntry *entry = send->batch_id == batch_id ? find_executed (what, send) : NULL;

      n += entry != NULL ? entry->n_executed : 0;
    }

  return n;
}

/* I1: every confirmed directory is in exactly one live entry, and nothing else is. */
static void
judge_entries (const PurgeSubmission *submission,
               const GStrv            confirmed,
               CampaignBook          *book)
{
  g_autoptr (GHashTable) live = g_hash_table_new (g_str_hash, g_str_equal);
  guint n = 0;

  for (guint i = 0; i < submission->batches->len; i++)
    {
      const PurgeBatchRecord *batch = get_batch (submission, i);

      if (batch->successor != 0)
        continue;
      for (guint j = 0; batch->urls[j] != NULL; j++, n++)
        if (!g_hash_table_add (live, batch->urls[j]))
          campaign_book_note (book, "I1", "%s is in two live entries", batch->urls[j]);
    }

  for (guint i = 0; confirmed[i] != NULL; i++)
    if (!g_hash_table_contains (live, confirmed[i]))
      campaign_book_note (book, "I1", "%s is in no live entry", confirmed[i]);
  if (n != g_strv_length (confirmed))
    campaign_book_note (book, "I1", "%u live entries of %u directories", n,
                        g_strv_length (confirmed));
}

/* What may be executed once: with API 2.0 a nonce with its timestamp, as the documents have it;
 * with API 3.0, which has none, what the program handed over once. */
static char *
dup_identity (const FaultEntry *entry)
{
  if (entry->api == FAULT_API_3_0)
    return g_strdup_printf ("request %u", entry->mark);

  return g_strdup_printf ("nonce %s of %" G_GINT64_FORMAT, entry->nonce, entry->timestamp);
}

/* I3: each was executed once at most. What the network delivers twice API 3.0 executes twice, and
 * nobody can help it. */
static void
judge_nonces (const CampaignCase *what,
              CampaignBook       *book)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < what->entries->len; i++)
    {
      const FaultEntry *entry = g_ptr_array_index (what->entries, i);
      guint most = entry->api == FAULT_API_3_0 ? G_MAXUINT : 1;

      if (entry->n_executions > most ||
          (entry->n_executions > 0 && !g_hash_table_add (seen, dup_identity (entry))))
        {
          g_autofree char *identity = dup_identity (entry);

          campaign_book_note (book, "I3", "%s was executed twice", identity);
        }
    }
}

/* When a batch went out by the server's clock: as its timestamp says where that was corrected. */
static gint64
get_server_time (const CampaignCase     *what,
                 const PurgeBatchRecord *batch)
{
  const PurgeAttempt *attempt = batch->attempt;
  gboolean corrected = attempt != NULL && attempt->timestamp != attempt->started;

  return corrected ? batch->timestamp : batch->timestamp - what->offset;
}

/* A server's log does not say whose a purge was. What was looked up may be found in what somebody
 * else purged for the same account: exactly the same directories at the same time, once. */
static gboolean
is_borrowed (const CampaignCase     *what,
             const PurgeBatchRecord *batch,
             GHashTable             *taken)
{
  if (batch->n_look_ups == 0)
    return FALSE;

  for (guint i = 0; i < what->others->len; i++)
    {
      FaultEntry *entry = g_ptr_array_index (what->others, i);
      gint64 later = entry->timestamp - get_server_time (what, batch);

      if (entry->n_executed == g_strv_length (batch->urls) && later >= -EARLIEST_S &&
          later <= LATEST_S && g_strv_equal ((const char * const *) entry->directories,
                                             (const char * const *) batch->urls) &&
          g_hash_table_add (taken, entry))
        return TRUE;
    }

  return FALSE;
}

/* I4: accepted means executed; rejected and waiting mean not executed. */
static void
judge_batch (const CampaignCase     *what,
             const PurgeBatchRecord *batch,
             GHashTable             *taken,
             CampaignBook           *book)
{
  guint n_executed = campaign_judge_count_executed (what, batch->id);
  guint n = g_strv_length (batch->urls);

  switch (batch->state)
    {
    case PURGE_BATCH_ACCEPTED:
    case PURGE_BATCH_DONE:
    case PURGE_BATCH_FAILED:
      if (n_executed >= n || is_borrowed (what, batch, taken))
        break;
      book->n_false_accepted++;
      campaign_book_note (book, "I4", "batch %u is %s, and %u of its %u directories were executed",
                          batch->number, purge_batch_state_to_string (batch->state), n_executed, n);
      break;
    case PURGE_BATCH_WAITING:
    case PURGE_BATCH_REJECTED:
      if (n_executed == 0)
        break;
      book->n_false_not_sent++;
      campaign_book_note (book, "I4", "batch %u is %s, and %u of its %u directories were executed",
                          batch->number, purge_batch_state_to_string (batch->state), n_executed, n);
      break;
    case PURGE_BATCH_SENDING:
      campaign_book_note (book, "I4", "batch %u is being sent, and nobody is at work",
                          batch->number);
      break;
    case PURGE_BATCH_UNKNOWN:
    case PURGE_BATCH_SUPERSEDED:
    default:
      break;
    }
}

/* Nobody is left in doubt without a reason: what is unknown had a request of which bytes may have
 * left. */
static void
judge_doubt (const CampaignCase     *what,
             const PurgeBatchRecord *batch,
             CampaignBook           *book)
{
  if (batch->state != PURGE_BATCH_UNKNOWN)
    return;

  for (guint i = 0; i < what->sends->len; i++)
    {
      const CampaignSend *send = &g_array_index (what->sends, CampaignSend, i);

      if (send->batch_id == batch->id &&
          (!send->over || send->kind == PURGE_EXCHANGE_LOST ||
           send->kind == PURGE_EXCHANGE_ANSWERED))
        return;
    }

  campaign_book_note (book, "doubt", "batch %u is unknown, and no byte of it left", batch->number);
}

/* I5: what is over stays as it is. */
static gboolean
may_become (PurgeBatchState from,
            PurgeBatchState to)
{
  switch (from)
    {
    case PURGE_BATCH_REJECTED:
    case PURGE_BATCH_SUPERSEDED:
    case PURGE_BATCH_DONE:
    case PURGE_BATCH_FAILED:
      return to == from;
    case PURGE_BATCH_ACCEPTED:
      return to == from || to == PURGE_BATCH_DONE || to == PURGE_BATCH_FAILED;
    case PURGE_BATCH_UNKNOWN:
      return to != PURGE_BATCH_WAITING && to != PURGE_BATCH_SENDING && to != PURGE_BATCH_REJECTED;
    case PURGE_BATCH_WAITING:
    case PURGE_BATCH_SENDING:
    default:
      return TRUE;
    }
}

static void
judge_change (const PurgeSubmission *before,
              const PurgeSubmission *now,
              CampaignBook          *book)
{
  if (now->batches->len < before->batches->len)
    campaign_book_note (book, "I5", "%u batches were %u", now->batches->len, before->batches->len);

  for (guint i = 0; i < MIN (before->batches->len, now->batches->len); i++)
    {
      const PurgeBatchRecord *old = get_batch (before, i);
      const PurgeBatchRecord *batch = get_batch (now, i);

      if (!may_become (old->state, batch->state))
        campaign_book_note (book, "I5", "batch %u was %s and is %s", batch->number,
                            purge_batch_state_to_string (old->state),
                            purge_batch_state_to_string (batch->state));
      if (old->id != batch->id || !g_strv_equal ((const char * const *) old->urls,
                                                 (const char * const *) batch->urls))
        campaign_book_note (book, "I5", "batch %u is another one", batch->number);
      if (old->successor != 0 && old->successor != batch->successor)
        campaign_book_note (book, "I5", "batch %u has another successor", batch->number);
    }
}

/* How often a person confirmed each directory. */
static GHashTable *
count_confirmed (const CampaignCase *what)
{
  GHashTable *n_allowed = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < what->confirmed->len; i++)
    {
      char **confirmed = g_ptr_array_index (what->confirmed, i);

      for (guint j = 0; confirmed[j] != NULL; j++)
        g_hash_table_insert (n_allowed, confirmed[j],
                             GUINT_TO_POINTER (GPOINTER_TO_UINT (
                               g_hash_table_lookup (n_allowed, confirmed[j])) + 1));
    }

  return n_allowed;
}

/* No directory is purged more often than a person asked for it. */
static void
judge_repetition (const CampaignCase *what,
                  CampaignBook       *book)
{
  g_autoptr (GHashTable) n_allowed = count_confirmed (what);
  g_autoptr (GHashTable) n_purged = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < what->entries->len; i++)
    {
      const FaultEntry *entry = g_ptr_array_index (what->entries, i);

      for (guint j = 0; j < entry->n_executed; j++)
        {
          char *url = entry->directories[j];
          guint n = GPOINTER_TO_UINT (g_hash_table_lookup (n_purged, url)) + 1;

          g_hash_table_insert (n_purged, url, GUINT_TO_POINTER (n));
          if (n > GPOINTER_TO_UINT (g_hash_table_lookup (n_allowed, url)) +
                    GPOINTER_TO_UINT (g_hash_table_lookup (what->resubmitted, url)))
            campaign_book_note (book, "twice", "%s was purged %u times", url, n);
        }
    }
}

/* The transport does not call what arrived not sent. */
static void
judge_transport (const CampaignCase *what,
                 CampaignBook       *book)
{
  guint n_left = 0;
  guint n_arrived = 0;

  for (guint i = 0; i < what->sends->len; i++)
    {
      const CampaignSend *send = &g_array_index (what->sends, CampaignSend, i);

      n_left += send->kind == PURGE_EXCHANGE_LOST || send->kind == PURGE_EXCHANGE_ANSWERED;
      if (!send->over)
        campaign_book_note (book, "transport", "a request is still under way");
    }
  for (guint i = 0; i < what->entries->len; i++)
    n_arrived += ((const FaultEntry *) g_ptr_array_index (what->entries, i))->n_bytes > 0;

  if (n_arrived > n_left)
    campaign_book_note (book, "transport", "of %u requests bytes arrived, and of %u bytes left",
                        n_arrived, n_left);
}

/* I6: there is no request without a submission, and no submission without a person. */
static void
judge_origin (const CampaignCase *what,
              CampaignBook       *book)
{
  if (what->submissions->len > what->confirmed->len)
    campaign_book_note (book, "I6", "%u submissions, and %u were confirmed",
                        what->submissions->len, what->confirmed->len);
  if (what->submissions->len < what->confirmed->len)
    campaign_book_note (book, "I1", "%u submissions, and %u were confirmed",
                        what->submissions->len, what->confirmed->len);

  for (guint i = 0; i < what->entries->len; i++)
    {
      const FaultEntry *entry = g_ptr_array_index (what->entries, i);
      gboolean known = !entry->whole;

      for (guint j = 0; !known && j < what->sends->len; j++)
        known = is_of (entry, &g_array_index (what->sends, CampaignSend, j));
      if (!known)
        campaign_book_note (book, "I6", "request %u came from nowhere", entry->number);
    }
}

/**
 * campaign_judge:
 * @what: the case, nothing of it under way
 * @book: where it is noted what does not hold
 */
void
campaign_judge (const CampaignCase *what,
                CampaignBook       *book)
{
  g_autoptr (GHashTable) taken = g_hash_table_new (NULL, NULL);

  judge_origin (what, book);
  judge_nonces (what, book);
  judge_repetition (what, book);
  judge_transport (what, book);

  for (guint i = 0; i < MIN (what->submissions->len, what->confirmed->len); i++)
    {
      const PurgeSubmission *submission = g_ptr_array_index (what->submissions, i);

      judge_entries (submission, g_ptr_array_index (what->confirmed, i), book);
      for (guint j = 0; j < submission->batches->len; j++)
        {
          judge_batch (what, get_batch (submission, j), taken, book);
          judge_doubt (what, get_batch (submission, j), book);
        }
      if (what->before != NULL && i < what->before->len)
        judge_change (g_ptr_array_index (what->before, i), submission, book);
    }
}
