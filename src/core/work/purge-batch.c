/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* One batch, for showing. Knows its record and how to explain it; moves nothing by itself. */

#define G_LOG_DOMAIN "purge-batch"

#include "config.h"

#include "purge-batch.h"

#include "purge-explanation.h"
#include "purge-retirement.h"

struct _PurgeBatch
{
  GObject           parent_instance;

  PurgeSubmission  *submission;
  PurgeBatchRecord *record;
  PurgeExplanation *explanation;
  guint             retry_in;
};

G_DEFINE_FINAL_TYPE (PurgeBatch, purge_batch, G_TYPE_OBJECT)

typedef enum {
  PROP_NUMBER = 1,
  PROP_STATE,
  PROP_N_DIRECTORIES,
  PROP_CODE,
  PROP_CODE_DESC,
  PROP_MESSAGE,
  PROP_TASK_ID,
  PROP_RAW,
  PROP_SENTENCE,
  PROP_SENT,
  PROP_QUOTA,
  PROP_NEXT_STEP,
  PROP_RETRY_IN,
  PROP_SUCCESSOR,
  PROP_SENT_AGAIN,
} PurgeBatchProperty;

static GParamSpec *properties[PROP_SENT_AGAIN + 1];

static void
explain (PurgeBatch *self)
{
  g_clear_pointer (&self->explanation, purge_explanation_free);
  self->explanation = purge_explanation_new (self->record->state, self->record->outcome);
  if (purge_batch_looks_retired (self))
    purge_explanation_mention_retirement (self->explanation);
}

static void
purge_batch_finalize (GObject *object)
{
  PurgeBatch *self = PURGE_BATCH (object);

  g_clear_pointer (&self->explanation, purge_explanation_free);
  purge_submission_unref (self->submission);

  G_OBJECT_CLASS (purge_batch_parent_class)->finalize (object);
}

static void
get_said (const PurgeOutcome *outcome,
          guint               property_id,
          GValue             *value)
{
  if (outcome == NULL)
    return;

  switch (property_id)
    {
    case PROP_CODE:
      g_value_set_string (value, outcome->answer.code);
      break;
    case PROP_CODE_DESC:
      g_value_set_string (value, outcome->answer.code_desc);
      break;
    case PROP_MESSAGE:
      g_value_set_string (value, outcome->answer.message);
      break;
    case PROP_TASK_ID:
      g_value_set_string (value, outcome->answer.task_id);
      break;
    default:
      g_value_set_string (value, outcome->answer.raw);
    }
}

static void
purge_batch_get_property (GObject    *object,
                          guint       property_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  PurgeBatch *self = PURGE_BATCH (object);

  switch ((PurgeBatchProperty) property_id)
    {
    case PROP_NUMBER:
      g_value_set_uint (value, self->record->number);
      break;
    case PROP_STATE:
      g_value_set_enum (value, self->record->state);
      break;
    case PROP_N_DIRECTORIES:
      g_value_set_uint (value, purge_batch_get_n_directories (self));
      break;
    case PROP_CODE:
    case PROP_CODE_DESC:
    case PROP_MESSAGE:
    case PROP_TASK_ID:
    case PROP_RAW:
      get_said (self->record->outcome, property_id, value);
      break;
    case PROP_SENTENCE:
      g_value_set_string (value, self->explanation->sentence);
      break;
    case PROP_SENT:
      g_value_set_string (value, self->explanation->sent);
      break;
    case PROP_QUOTA:
      g_value_set_string (value, self->explanation->quota);
      break;
    case PROP_NEXT_STEP:
      g_value_set_string (value, self->explanation->next_step);
      break;
    case PROP_RETRY_IN:
      g_value_set_uint (value, self->retry_in);
      break;
    case PROP_SUCCESSOR:
      g_value_set_uint (value, self->record->successor);
      break;
    case PROP_SENT_AGAIN:
      g_value_set_boolean (value, self->record->sent_again);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
purge_batch_class_init (PurgeBatchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  static const char * const strings[] = {
    "code", "code-desc", "message", "task-id", "raw", "sentence", "sent", "quota", "next-step",
  };

  object_class->finalize = purge_batch_finalize;
  object_class->get_property = purge_batch_get_property;

  properties[PROP_NUMBER] = g_param_spec_uint ("number", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, PURGE_TYPE_BATCH_STATE,
                                              PURGE_BATCH_WAITING, flags);
  properties[PROP_N_DIRECTORIES] =
    g_param_spec_uint ("n-directories", NULL, NULL, 0, G_MAXUINT, 0, flags);
  for (guint i = 0; i < G_N_ELEMENTS (strings); i++)
    properties[PROP_CODE + i] = g_param_spec_string (strings[i], NULL, NULL, NULL, flags);
  properties[PROP_RETRY_IN] =
    g_param_spec_uint ("retry-in", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_SUCCESSOR] =
    g_param_spec_uint ("successor", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_SENT_AGAIN] = g_param_spec_boolean ("sent-again", NULL, NULL, FALSE, flags);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
purge_batch_init (PurgeBatch *self)
{
}

/**
 * purge_batch_new:
 * @submission: a submission
 * @index: which of its batches, from 0
 *
 * Returns: (transfer full): a batch that shows that record and keeps the submission alive
 */
PurgeBatch *
purge_batch_new (PurgeSubmission *submission,
                 guint            index)
{
  PurgeBatch *self;

  g_return_val_if_fail (submission != NULL && index < submission->batches->len, NULL);

  self = g_object_new (PURGE_TYPE_BATCH, NULL);
  self->submission = purge_submission_ref (submission);
  self->record = g_ptr_array_index (submission->batches, index);
  explain (self);

  return self;
}

/**
 * purge_batch_set:
 * @self: a batch
 * @state: its state now
 * @outcome: (nullable): what became of it
 *
 * Shows what was decided elsewhere, and says so to whoever is bound to it.
 */
void
purge_batch_set (PurgeBatch      *self,
                 PurgeBatchState  state,
                 PurgeOutcome    *outcome)
{
  g_return_if_fail (PURGE_IS_BATCH (self));

  if (outcome != NULL)
    purge_outcome_ref (outcome);
  g_clear_pointer (&self->record->outcome, purge_outcome_unref);
  self->record->outcome = outcome;
  self->record->state = state;
  explain (self);

  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = PROP_STATE; i <= PROP_NEXT_STEP; i++)
    if (i != PROP_N_DIRECTORIES)
      g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * purge_batch_update:
 * @self: a batch
 * @record: the same batch, as the journal has it now
 *
 * Shows what went on elsewhere: in another window, or in a look-up.
 *
 * Returns: whether anything is different from what was shown
 */
gboolean
purge_batch_update (PurgeBatch             *self,
                    const PurgeBatchRecord *record)
{
  gboolean moved;
  gboolean changed;

  g_return_val_if_fail (PURGE_IS_BATCH (self), FALSE);
  g_return_val_if_fail (record != NULL && record->id == self->record->id, FALSE);

  moved = record->state != self->record->state;
  changed = moved || record->successor != self->record->successor ||
            record->sent_again != self->record->sent_again;
  if (record->attempt != NULL)
    purge_batch_set_attempt (self, record->attempt);
  self->record->successor = record->successor;
  self->record->sent_again = record->sent_again;
  if (moved)
    purge_batch_set (self, record->state, record->outcome);

  if (changed)
    {
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUCCESSOR]);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SENT_AGAIN]);
    }

  return changed;
}

/**
 * purge_batch_set_attempt:
 * @self: a batch
 * @attempt: the request that went out for it last
 *
 * Keeps what a look-up and a safe resend need.
 */
void
purge_batch_set_attempt (PurgeBatch         *self,
                         const PurgeAttempt *attempt)
{
  PurgeAttempt *copy;

  g_return_if_fail (PURGE_IS_BATCH (self));
  g_return_if_fail (attempt != NULL);

  copy = purge_attempt_copy (attempt);
  g_clear_pointer (&self->record->attempt, purge_attempt_free);
  self->record->attempt = copy;
}

/**
 * purge_batch_set_sent_again:
 * @self: a batch
 *
 * Remembers that its request was sent again, byte for byte; that is done once.
 */
void
purge_batch_set_sent_again (PurgeBatch *self)
{
  g_return_if_fail (PURGE_IS_BATCH (self));

  self->record->sent_again = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SENT_AGAIN]);
}

/**
 * purge_batch_set_retry_in:
 * @self: a batch that waits
 * @seconds: when it is tried again by itself, or 0
 *
 * Shows a countdown.
 */
void
purge_batch_set_retry_in (PurgeBatch *self,
                          guint       seconds)
{
  g_return_if_fail (PURGE_IS_BATCH (self));

  if (self->retry_in == seconds)
    return;

  self->retry_in = seconds;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RETRY_IN]);
}

/**
 * purge_batch_get_attempt:
 * @self: a batch
 *
 * Returns: (transfer none) (nullable): the request that went out for it last; until the next one does
 */
const PurgeAttempt *
purge_batch_get_attempt (PurgeBatch *self)
{
  g_return_val_if_fail (PURGE_IS_BATCH (self), NULL);

  return self->record->attempt;
}

/**
 * purge_batch_get_sent_again:
 * @self: a batch
 *
 * Returns: whether its request was sent a second time, byte for byte
 */
gboolean
purge_batch_get_sent_again (PurgeBatch *self)
{
  g_return_val_if_fail (PURGE_IS_BATCH (self), FALSE);

  return self->record->sent_again;
}

/**
 * purge_batch_get_record:
 * @self: a batch
 *
 * Gives what the journal had of the batch when it was loaded, and what was shown of it since. How
 * often it was sent and looked up is not counted on.
 *
 * Returns: (transfer none): its record; until the batch changes
 */
const PurgeBatchRecord *
purge_batch_get_record (PurgeBatch *self)
{
  g_return_val_if_fail (PURGE_IS_BATCH (self), NULL);

  return self->record;
}

/**
 * purge_batch_get_successor:
 * @self: a batch
 *
 * Returns: the number of the batch that was made of it, which counts in its place; or 0
 */
guint
purge_batch_get_successor (PurgeBatch *self)
{
  g_return_val_if_fail (PURGE_IS_BATCH (self), 0);

  return self->record->successor;
}

/**
 * purge_batch_get_id:
 * @self: a batch
 *
 * Returns: its row in the journal, or 0 where it is not stored yet
 */
gint64
purge_batch_get_id (PurgeBatch *self)
{
  g_return_val_if_fail (PURGE_IS_BATCH (self), 0);

  return self->record->id;
}

/**
 * purge_batch_get_number:
 * @self: a batch
 *
 * Returns: its place in the submission, from 1
 */
guint
purge_batch_get_number (PurgeBatch *self)
{
  g_return_val_if_fail (PURGE_IS_BATCH (self), 0);

  return self->record->number;
}

/**
 * purge_batch_get_state:
 * @self: a batch
 *
 * Returns: its state, which is that of its directories
 */
PurgeBatchState
purge_batch_get_state (PurgeBatch *self)
{
  g_return_val_if_fail (PURGE_IS_BATCH (self), PURGE_BATCH_WAITING);

  return self->record->state;
}

/**
 * purge_batch_get_kind:
 * @self: a batch
 *
 * Returns: what all of its entries are
 */
PurgeKind
purge_batch_get_kind (PurgeBatch *self)
{
  g_return_val_if_fail (PURGE_IS_BATCH (self), PURGE_KIND_DIRECTORY);

  return self->record->kind;
}

/**
 * purge_batch_get_call:
 * @self: a batch
 *
 * Returns: what a request for it says, without timestamp and nonce; borrows from @self
 */
PurgeCall
purge_batch_get_call (PurgeBatch *self)
{
  g_return_val_if_fail (PURGE_IS_BATCH (self), (PurgeCall) { 0 });

  return (PurgeCall) {
    .urls = (const char * const *) self->record->urls,
    .mode = self->submission->mode,
    .kind = self->record->kind,
    .area = self->submission->area,
  };
}

/**
 * purge_batch_get_directories:
 * @self: a batch
 *
 * Returns: (transfer none) (array zero-terminated=1): its directories, byte for byte as sent
 */
const char * const *
purge_batch_get_directories (PurgeBatch *self)
{
  g_return_val_if_fail (PURGE_IS_BATCH (self), NULL);

  return (const char * const *) self->record->urls;
}

/**
 * purge_batch_get_n_directories:
 * @self: a batch
 *
 * Returns: how many directories it has
 */
guint
purge_batch_get_n_directories (PurgeBatch *self)
{
  g_return_val_if_fail (PURGE_IS_BATCH (self), 0);

  return g_strv_length (self->record->urls);
}

/**
 * purge_batch_get_outcome:
 * @self: a batch
 *
 * Returns: (transfer none) (nullable): what became of it
 */
PurgeOutcome *
purge_batch_get_outcome (PurgeBatch *self)
{
  g_return_val_if_fail (PURGE_IS_BATCH (self), NULL);

  return self->record->outcome;
}

/**
 * purge_batch_get_sentence:
 * @self: a batch
 *
 * Returns: (transfer none): what became of it, in one translated sentence
 */
const char *
purge_batch_get_sentence (PurgeBatch *self)
{
  g_return_val_if_fail (PURGE_IS_BATCH (self), NULL);

  return self->explanation->sentence;
}

/**
 * purge_batch_dup_explanation:
 * @self: a batch
 *
 * Returns: (transfer full): the whole explanation: what happened, whether anything was sent, whether
 *   quota was spent, what to do next
 */
char *
purge_batch_dup_explanation (PurgeBatch *self)
{
  g_return_val_if_fail (PURGE_IS_BATCH (self), NULL);

  return purge_explanation_dup_text (self->explanation);
}

/**
 * purge_batch_looks_retired:
 * @self: a batch
 *
 * Returns: whether it failed as one does for which API 2.0 has ended (see
 *   purge_retirement_is_likely())
 */
gboolean
purge_batch_looks_retired (PurgeBatch *self)
{
  g_return_val_if_fail (PURGE_IS_BATCH (self), FALSE);

  return purge_retirement_was_likely (self->submission->api, self->submission->endpoint,
                                      self->record->state, self->record->outcome);
}
