/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* One submission as a value: what was to be purged, in which batches. Knows how a list is cut into
 * batches; does not know where it is stored or sent. */

#define G_LOG_DOMAIN "purge-submission"

#include "config.h"

#include "purge-submission.h"

#include "purge-enum.h"

G_DEFINE_BOXED_TYPE (PurgeSubmission, purge_submission, purge_submission_ref, purge_submission_unref)

static void
batch_record_free (gpointer data)
{
  PurgeBatchRecord *record = data;

  g_strfreev (record->urls);
  g_clear_pointer (&record->outcome, purge_outcome_unref);
  g_clear_pointer (&record->attempt, purge_attempt_free);
  g_free (record);
}

static GStrv
copy_urls (const char * const *urls,
           guint               n_urls)
{
  GStrv copy = g_new0 (char *, n_urls + 1);

  for (guint i = 0; i < n_urls; i++)
    copy[i] = g_strdup (urls[i]);

  return copy;
}

static void
append_batches (PurgeSubmission   *self,
                PurgeOrder        *order,
                PurgeKind          kind,
                const PurgeLimits *limits)
{
  const char * const *urls = purge_order_get (order, kind);
  guint n_urls = purge_order_count (order, kind);
  guint limit = limits->of[kind].batch;

  for (guint i = 0; i < n_urls; i += limit)
    {
      PurgeBatchRecord *record = purge_submission_append (self);

      record->kind = kind;
      record->urls = copy_urls (urls + i, MIN (limit, n_urls - i));
    }
}

/**
 * purge_submission_new:
 * @account: the account it goes through
 * @endpoint: the endpoint it goes to, as text
 * @order: what was confirmed; something at least
 * @limits: how much fits into one request
 * @created: now, in UNIX seconds
 *
 * Cuts an order into batches of one kind each, first those of directories, that are as full as can be,
 * in its order, and byte for byte.
 *
 * Returns: (transfer full): a submission that is not stored yet, all its batches waiting
 */
PurgeSubmission *
purge_submission_new (PurgeAccount      *account,
                      const char        *endpoint,
                      PurgeOrder        *order,
                      const PurgeLimits *limits,
                      gint64             created)
{
  PurgeSubmission *self;

  g_return_val_if_fail (PURGE_IS_ACCOUNT (account), NULL);
  g_return_val_if_fail (endpoint != NULL, NULL);
  g_return_val_if_fail (order != NULL, NULL);
  g_return_val_if_fail (limits != NULL, NULL);
  for (guint kind = 0; kind < PURGE_N_KINDS; kind++)
    g_return_val_if_fail (limits->of[kind].batch > 0 || purge_order_count (order, kind) == 0, NULL);

  self = purge_submission_new_stored (0);
  self->account_uuid = g_strdup (purge_account_get_uuid (account));
  self->account_name = g_strdup (purge_account_get_name (account));
  self->api = g_strdup (purge_enum_to_nick (PURGE_TYPE_API_KIND, purge_account_get_api (account)));
  self->endpoint = g_strdup (endpoint);
  self->key_serial = purge_account_get_key_serial (account);
  self->mode = purge_order_get_mode (order);
  self->area = purge_order_get_area (order);
  self->created = created;
  for (guint kind = 0; kind < PURGE_N_KINDS; kind++)
    append_batches (self, order, kind, limits);

  return self;
}

/**
 * purge_submission_new_stored:
 * @id: its id
 *
 * Returns: (transfer full): a submission with nothing in it, to be filled in before it is shared
 */
PurgeSubmission *
purge_submission_new_stored (gint64 id)
{
  PurgeSubmission *self = g_new0 (PurgeSubmission, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->id = id;
  self->batches = g_ptr_array_new_with_free_func (batch_record_free);
  return self;
}

/**
 * purge_submission_append:
 * @self: a submission
 *
 * Returns: (transfer none): a new last batch that is waiting, to be filled in before it is shared
 */
PurgeBatchRecord *
purge_submission_append (PurgeSubmission *self)
{
  PurgeBatchRecord *record;

  g_return_val_if_fail (self != NULL, NULL);

  record = g_new0 (PurgeBatchRecord, 1);
  g_ptr_array_add (self->batches, record);
  record->number = self->batches->len;
  record->state = PURGE_BATCH_WAITING;
  return record;
}

/**
 * purge_submission_ref:
 * @self: a submission
 *
 * Returns: (transfer full): @self
 */
PurgeSubmission *
purge_submission_ref (PurgeSubmission *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * purge_submission_unref:
 * @self: (transfer full): a submission
 */
void
purge_submission_unref (PurgeSubmission *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->account_uuid);
  g_free (self->account_name);
  g_free (self->api);
  g_free (self->endpoint);
  g_ptr_array_unref (self->batches);
  g_free (self);
}
