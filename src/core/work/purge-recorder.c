/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Verdicts on their way to the disk. Knows when to try again; the journal knows how to write. */

#define G_LOG_DOMAIN "purge-recorder"

#include "config.h"

#include "purge-recorder.h"

#include "purge-error.h"

#define TRY_AGAIN_MS 5000

struct _PurgeRecorder
{
  GObject       parent_instance;

  PurgeJournal *journal;
  PurgeClock   *clock;
  GCancellable *stopped;
  GQueue        pending;
  gboolean      trying;
};

G_DEFINE_FINAL_TYPE (PurgeRecorder, purge_recorder, G_TYPE_OBJECT)

typedef enum {
  PROP_N_PENDING = 1,
} PurgeRecorderProperty;

static GParamSpec *properties[PROP_N_PENDING + 1];

typedef struct {
  gint64        batch_id;
  PurgeOutcome *outcome;
  gint64        now;
} Verdict;

static Verdict *
verdict_new (gint64        batch_id,
             PurgeOutcome *outcome,
             gint64        now)
{
  Verdict *verdict = g_new0 (Verdict, 1);

  verdict->batch_id = batch_id;
  verdict->outcome = purge_outcome_ref (outcome);
  verdict->now = now;
  return verdict;
}

static void
verdict_free (gpointer data)
{
  Verdict *verdict = data;

  purge_outcome_unref (verdict->outcome);
  g_free (verdict);
}

static void try_again (PurgeRecorder *self);

static void
notify_pending (PurgeRecorder *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_PENDING]);
}

static gboolean
is_of_disk (const GError *error)
{
  return g_error_matches (error, PURGE_ERROR, PURGE_ERROR_STORAGE) ||
         g_error_matches (error, PURGE_ERROR, PURGE_ERROR_STORAGE_DAMAGED);
}

static void
on_waited_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (PurgeRecorder) self = user_data;

  self->trying = FALSE;
  if (purge_clock_wait_finish (PURGE_CLOCK (source), result, NULL))
    try_again (self);
}

/* The first of those that wait; a verdict that the journal has no place for any more is done too. */
static void
on_recorded_again_cb (GObject      *source,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  g_autoptr (PurgeRecorder) self = user_data;
  g_autoptr (GError) error = NULL;
  PurgeBatchState state;

  if (!purge_journal_record_finish (PURGE_JOURNAL (source), result, &state, &error) &&
      is_of_disk (error))
    {
      purge_clock_wait_async (self->clock, TRY_AGAIN_MS, self->stopped, on_waited_cb,
                              g_object_ref (self));
      return;
    }

  if (error != NULL)
    g_warning ("A verdict came too late: %s", error->message);
  self->trying = FALSE;
  verdict_free (g_queue_pop_head (&self->pending));
  notify_pending (self);
  try_again (self);
}

static void
try_again (PurgeRecorder *self)
{
  Verdict *verdict = g_queue_peek_head (&self->pending);

  if (verdict == NULL || self->trying || g_cancellable_is_cancelled (self->stopped))
    return;

  self->trying = TRUE;
  purge_journal_record_async (self->journal, verdict->batch_id, verdict->outcome, verdict->now,
                              NULL, on_recorded_again_cb, g_object_ref (self));
}

static void
keep (PurgeRecorder *self,
      Verdict       *verdict)
{
  g_queue_push_tail (&self->pending, verdict);
  notify_pending (self);

  if (self->trying)
    return;

  self->trying = TRUE;
  purge_clock_wait_async (self->clock, TRY_AGAIN_MS, self->stopped, on_waited_cb,
                          g_object_ref (self));
}

static void
purge_recorder_dispose (GObject *object)
{
  PurgeRecorder *self = PURGE_RECORDER (object);

  purge_recorder_stop (self);
  g_queue_clear_full (&self->pending, verdict_free);
  g_clear_object (&self->journal);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (purge_recorder_parent_class)->dispose (object);
}

static void
purge_recorder_finalize (GObject *object)
{
  g_object_unref (PURGE_RECORDER (object)->stopped);

  G_OBJECT_CLASS (purge_recorder_parent_class)->finalize (object);
}

static void
purge_recorder_get_property (GObject    *object,
                             guint       property_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  switch ((PurgeRecorderProperty) property_id)
    {
    case PROP_N_PENDING:
      g_value_set_uint (value, purge_recorder_get_n_pending (PURGE_RECORDER (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
purge_recorder_class_init (PurgeRecorderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = purge_recorder_dispose;
  object_class->finalize = purge_recorder_finalize;
  object_class->get_property = purge_recorder_get_property;

  properties[PROP_N_PENDING] =
    g_param_spec_uint ("n-pending", NULL, NULL, 0, G_MAXUINT, 0,
                       G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
purge_recorder_init (PurgeRecorder *self)
{
  self->stopped = g_cancellable_new ();
  g_queue_init (&self->pending);
}

/**
 * purge_recorder_new:
 * @journal: where verdicts are written to
 * @clock: tells when to try again, and when a verdict came
 *
 * Returns: (transfer full): a recorder with nothing to do
 */
PurgeRecorder *
purge_recorder_new (PurgeJournal *journal,
                    PurgeClock   *clock)
{
  PurgeRecorder *self;

  g_return_val_if_fail (PURGE_IS_JOURNAL (journal), NULL);
  g_return_val_if_fail (PURGE_IS_CLOCK (clock), NULL);

  self = g_object_new (PURGE_TYPE_RECORDER, NULL);
  self->journal = g_object_ref (journal);
  self->clock = g_object_ref (clock);
  return self;
}

static void
on_recorded_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PurgeRecorder *self = g_task_get_source_object (task);
  Verdict *verdict = g_task_get_task_data (task);
  GError *error = NULL;
  PurgeBatchState state;

  if (purge_journal_record_finish (PURGE_JOURNAL (source), result, &state, &error))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  if (is_of_disk (error))
    keep (self, verdict_new (verdict->batch_id, verdict->outcome, verdict->now));
  g_task_return_error (task, error);
}

/**
 * purge_recorder_record_async:
 * @self: a recorder
 * @batch_id: a batch that is being sent
 * @outcome: what became of it
 * @callback: called in the main context when the disk has taken it, or has not
 * @user_data: for @callback
 *
 * Writes a verdict. It cannot be cancelled: a verdict that is not on disk would be lost.
 */
void
purge_recorder_record_async (PurgeRecorder       *self,
                             gint64               batch_id,
                             PurgeOutcome        *outcome,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  GTask *task;
  Verdict *verdict;

  g_return_if_fail (PURGE_IS_RECORDER (self));
  g_return_if_fail (outcome != NULL);

  verdict = verdict_new (batch_id, outcome, purge_clock_get_unix_time (self->clock));
  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, purge_recorder_record_async);
  g_task_set_task_data (task, verdict, verdict_free);
  purge_journal_record_async (self->journal, batch_id, outcome, verdict->now, NULL, on_recorded_cb,
                              task);
}

/**
 * purge_recorder_record_finish:
 * @self: a recorder
 * @result: what the callback was given
 * @error: return location for the errors of purge_journal_record_finish()
 *
 * Returns: whether it is on the disk; where the disk failed it is kept and tried again
 */
gboolean
purge_recorder_record_finish (PurgeRecorder  *self,
                              GAsyncResult   *result,
                              GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, purge_recorder_record_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * purge_recorder_get_n_pending:
 * @self: a recorder
 *
 * Returns: how many verdicts are not on the disk
 */
guint
purge_recorder_get_n_pending (PurgeRecorder *self)
{
  g_return_val_if_fail (PURGE_IS_RECORDER (self), 0);

  return g_queue_get_length (&self->pending);
}

/**
 * purge_recorder_stop:
 * @self: a recorder
 *
 * Gives up what the disk has not taken, since the program ends.
 */
void
purge_recorder_stop (PurgeRecorder *self)
{
  g_return_if_fail (PURGE_IS_RECORDER (self));

  g_cancellable_cancel (self->stopped);
}
