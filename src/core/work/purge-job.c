/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* One submission, for showing. Knows its batches and what became of them; the run does the work. */

#define G_LOG_DOMAIN "purge-job"

#include "config.h"

#include "purge-job.h"

#include "purge-api.h"
#include "purge-run.h"
#include "purge-tally.h"

struct _PurgeJob
{
  GObject           parent_instance;

  PurgeWorkspace   *workspace;
  PurgeAccount     *account;
  PurgeSubmission  *submission;
  GPtrArray        *batches;
  gboolean          running;
  char             *warning;
};

typedef enum {
  PROP_RUNNING = 1,
  PROP_N_DIRECTORIES,
  PROP_N_ACCEPTED,
  PROP_N_REJECTED,
  PROP_N_UNKNOWN,
  PROP_N_WAITING,
  PROP_N_BATCHES,
  PROP_N_BATCHES_DONE,
  PROP_SUMMARY,
  PROP_WARNING,
} PurgeJobProperty;

static GParamSpec *properties[PROP_WARNING + 1];

static void purge_job_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PurgeJob, purge_job, G_TYPE_OBJECT,
  G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, purge_job_list_model_init))

static PurgeTally
tally (PurgeJob *self)
{
  PurgeTally tally = { 0 };

  for (guint i = 0; i < self->batches->len; i++)
    {
      PurgeBatch *batch = g_ptr_array_index (self->batches, i);

      purge_tally_add (&tally, purge_batch_get_state (batch),
                       purge_batch_get_n_directories (batch));
    }

  return tally;
}

static void
notify_counts (PurgeJob *self)
{
  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = PROP_N_ACCEPTED; i <= PROP_SUMMARY; i++)
    if (i != PROP_N_BATCHES)
      g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
  g_object_thaw_notify (G_OBJECT (self));
}

static void
set_running (PurgeJob *self,
             gboolean  running)
{
  if (self->running == running)
    return;

  self->running = running;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);
}

static void
set_warning (PurgeJob     *self,
             const GError *error)
{
  g_free (self->warning);
  self->warning = g_strdup (error->message);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WARNING]);
}

static void
on_batch_state_cb (PurgeBatch *batch,
                   GParamSpec *pspec,
                   PurgeJob   *self)
{
  notify_counts (self);
}

static void
add_batches (PurgeJob *self)
{
  for (guint i = 0; i < self->submission->batches->len; i++)
    {
      PurgeBatch *batch = purge_batch_new (self->submission, i);

      g_signal_connect_object (batch, "notify::state", G_CALLBACK (on_batch_state_cb), self, 0);
      g_ptr_array_add (self->batches, batch);
    }
}

/* What is left waiting says why. */
static void
explain_waiting (PurgeJob   *self,
                 PurgeCause  cause)
{
  g_autoptr (PurgeOutcome) outcome = purge_outcome_new (PURGE_BATCH_EVENT_NOT_EXECUTED, cause);

  for (guint i = 0; i < self->batches->len; i++)
    {
      PurgeBatch *batch = g_ptr_array_index (self->batches, i);

      if (purge_batch_get_state (batch) == PURGE_BATCH_WAITING &&
          purge_batch_get_outcome (batch) == NULL)
        purge_batch_set (batch, PURGE_BATCH_WAITING, outcome);
    }
}

static void
purge_job_dispose (GObject *object)
{
  PurgeJob *self = PURGE_JOB (object);

  g_clear_pointer (&self->batches, g_ptr_array_unref);
  g_clear_object (&self->workspace);
  g_clear_object (&self->account);
  g_clear_pointer (&self->submission, purge_submission_unref);

  G_OBJECT_CLASS (purge_job_parent_class)->dispose (object);
}

static void
purge_job_finalize (GObject *object)
{
  PurgeJob *self = PURGE_JOB (object);

  g_free (self->warning);

  G_OBJECT_CLASS (purge_job_parent_class)->finalize (object);
}

static void
purge_job_get_property (GObject    *object,
                        guint       property_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  PurgeJob *self = PURGE_JOB (object);
  PurgeTally counts = tally (self);

  switch ((PurgeJobProperty) property_id)
    {
    case PROP_RUNNING:
      g_value_set_boolean (value, self->running);
      break;
    case PROP_N_DIRECTORIES:
      g_value_set_uint (value, counts.n_directories);
      break;
    case PROP_N_ACCEPTED:
      g_value_set_uint (value, counts.n_accepted);
      break;
    case PROP_N_REJECTED:
      g_value_set_uint (value, counts.n_rejected);
      break;
    case PROP_N_UNKNOWN:
      g_value_set_uint (value, counts.n_unknown);
      break;
    case PROP_N_WAITING:
      g_value_set_uint (value, counts.n_waiting);
      break;
    case PROP_N_BATCHES:
      g_value_set_uint (value, counts.n_batches);
      break;
    case PROP_N_BATCHES_DONE:
      g_value_set_uint (value, counts.n_batches_done);
      break;
    case PROP_SUMMARY:
      g_value_take_string (value, purge_tally_dup_summary (&counts));
      break;
    case PROP_WARNING:
      g_value_set_string (value, self->warning);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
purge_job_class_init (PurgeJobClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  static const char * const numbers[] = {
    "n-directories", "n-accepted", "n-rejected", "n-unknown", "n-waiting", "n-batches",
    "n-batches-done",
  };

  object_class->dispose = purge_job_dispose;
  object_class->finalize = purge_job_finalize;
  object_class->get_property = purge_job_get_property;

  properties[PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE, flags);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    properties[PROP_N_DIRECTORIES + i] =
      g_param_spec_uint (numbers[i], NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_SUMMARY] = g_param_spec_string ("summary", NULL, NULL, NULL, flags);
  properties[PROP_WARNING] = g_param_spec_string ("warning", NULL, NULL, NULL, flags);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
purge_job_init (PurgeJob *self)
{
  self->batches = g_ptr_array_new_with_free_func (g_object_unref);
}

static GType
purge_job_get_item_type (GListModel *model)
{
  return PURGE_TYPE_BATCH;
}

static guint
purge_job_get_n_items (GListModel *model)
{
  return PURGE_JOB (model)->batches->len;
}

static gpointer
purge_job_get_item (GListModel *model,
                    guint       position)
{
  PurgeJob *self = PURGE_JOB (model);

  if (position >= self->batches->len)
    return NULL;

  return g_object_ref (g_ptr_array_index (self->batches, position));
}

static void
purge_job_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = purge_job_get_item_type;
  iface->get_n_items = purge_job_get_n_items;
  iface->get_item = purge_job_get_item;
}

/**
 * purge_job_new:
 * @workspace: what to work with
 * @account: the account whose key signs; what it says is fixed here
 * @mode: what of the directories is purged
 * @urls: (array zero-terminated=1): the directories, judged and mended, in the order of the list
 *
 * Makes a job of what a person confirmed; a list that changes later does not change it.
 *
 * Returns: (transfer full): a job whose batches all wait
 */
PurgeJob *
purge_job_new (PurgeWorkspace     *workspace,
               PurgeAccount       *account,
               PurgeMode           mode,
               const char * const *urls)
{
  g_autoptr (PurgeApi) api = NULL;
  PurgeJob *self;

  g_return_val_if_fail (PURGE_IS_WORKSPACE (workspace), NULL);
  g_return_val_if_fail (PURGE_IS_ACCOUNT (account), NULL);
  g_return_val_if_fail (urls != NULL && urls[0] != NULL, NULL);

  self = g_object_new (PURGE_TYPE_JOB, NULL);
  self->workspace = g_object_ref (workspace);
  self->account = purge_account_copy (account);
  api = purge_api_new_for_account (account);
  self->submission =
    purge_submission_new (account, purge_endpoint_to_string (purge_api_get_endpoint (api)),
                          mode, purge_clock_get_unix_time (purge_workspace_get_clock (workspace)),
                          urls, purge_api_get_batch_limit (api));
  add_batches (self);

  return self;
}

static void
on_run_ended_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PurgeJob *self = g_task_get_source_object (task);
  g_autoptr (GError) trouble = NULL;
  GError *error = NULL;

  if (!purge_run_finish (PURGE_WORKSPACE (source), result, &trouble, &error))
    {
      set_running (self, FALSE);
      g_task_return_error (task, error);
      return;
    }

  if (trouble != NULL)
    set_warning (self, trouble);
  explain_waiting (self, g_cancellable_is_cancelled (g_task_get_cancellable (task))
                           ? PURGE_CAUSE_CANCELLED_BEFORE : PURGE_CAUSE_QUEUE_STOPPED);
  set_running (self, FALSE);
  g_task_return_boolean (task, TRUE);
}

/**
 * purge_job_run_async:
 * @self: a job made by purge_job_new(), to be run once
 * @cancellable: (nullable): stops what is not sent yet, and gives the requests under way up
 * @callback: called in the main context when nothing is under way any more
 * @user_data: for @callback
 *
 * Sends what was confirmed; see purge_run_async().
 */
void
purge_job_run_async (PurgeJob            *self,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (PURGE_IS_JOB (self));
  g_return_if_fail (!self->running && self->account != NULL && self->submission->id == 0);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, purge_job_run_async);
  g_task_set_check_cancellable (task, FALSE);

  set_running (self, TRUE);
  purge_run_async (self->workspace, self->account, self->submission, G_LIST_MODEL (self),
                   cancellable, on_run_ended_cb, g_steal_pointer (&task));
}

/**
 * purge_job_run_finish:
 * @self: a job
 * @result: what the callback was given
 * @error: return location for a code of #PurgeError or %G_IO_ERROR_CANCELLED
 *
 * Returns: %TRUE where there is a submission in the journal, whatever became of its batches; %FALSE
 *   with @error set where nothing was sent, since the key, the journal or the person did not allow it
 */
gboolean
purge_job_run_finish (PurgeJob      *self,
                      GAsyncResult  *result,
                      GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, purge_job_run_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
on_loaded_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (PurgeJob) job = NULL;
  GError *error = NULL;
  PurgeSubmission *submission =
    purge_journal_load_finish (PURGE_JOURNAL (source), result, &error);

  if (submission == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  job = g_object_new (PURGE_TYPE_JOB, NULL);
  job->workspace = g_object_ref (g_task_get_source_object (task));
  job->submission = submission;
  add_batches (job);
  explain_waiting (job, PURGE_CAUSE_QUEUE_STOPPED);

  g_task_return_pointer (task, g_steal_pointer (&job), g_object_unref);
}

static void
on_latest_found_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PurgeJournal *journal = PURGE_JOURNAL (source);
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;
  gint64 id;

  if (!purge_journal_find_latest_finish (journal, result, &id, &error))
    g_task_return_error (task, error);
  else if (id == 0)
    g_task_return_pointer (task, NULL, NULL);
  else
    purge_journal_load_async (journal, id, cancellable, on_loaded_cb,
                              g_steal_pointer (&task));
}

/**
 * purge_job_load_async:
 * @workspace: an open workspace
 * @submission_id: which submission, or 0 for the newest
 * @cancellable: (nullable): cancels it
 * @callback: called in the main context
 * @user_data: for @callback
 *
 * Loads a submission of before.
 */
void
purge_job_load_async (PurgeWorkspace      *workspace,
                      gint64               submission_id,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  PurgeJournal *journal;

  g_return_if_fail (PURGE_IS_WORKSPACE (workspace));

  task = g_task_new (workspace, cancellable, callback, user_data);
  g_task_set_source_tag (task, purge_job_load_async);
  journal = purge_workspace_get_journal (workspace);

  if (submission_id == 0)
    purge_journal_find_latest_async (journal, cancellable, on_latest_found_cb,
                                     g_steal_pointer (&task));
  else
    purge_journal_load_async (journal, submission_id, cancellable, on_loaded_cb,
                              g_steal_pointer (&task));
}

/**
 * purge_job_load_finish:
 * @workspace: the workspace
 * @result: what the callback was given
 * @error: return location for %PURGE_ERROR_NOT_FOUND, %PURGE_ERROR_STORAGE or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the job, not to be run; or %NULL with @error set; or %NULL
 *   without an error where the newest was asked for and there is none
 */
PurgeJob *
purge_job_load_finish (PurgeWorkspace  *workspace,
                       GAsyncResult    *result,
                       GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, workspace), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, purge_job_load_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * purge_job_get_submission:
 * @self: a job
 *
 * Returns: (transfer none): its submission; the id is 0 until it is on disk
 */
PurgeSubmission *
purge_job_get_submission (PurgeJob *self)
{
  g_return_val_if_fail (PURGE_IS_JOB (self), NULL);

  return self->submission;
}

/**
 * purge_job_get_running:
 * @self: a job
 *
 * Returns: whether it is at work
 */
gboolean
purge_job_get_running (PurgeJob *self)
{
  g_return_val_if_fail (PURGE_IS_JOB (self), FALSE);

  return self->running;
}

/**
 * purge_job_get_warning:
 * @self: a job
 *
 * Returns: (transfer none) (nullable): what went wrong beside the batches, translated
 */
const char *
purge_job_get_warning (PurgeJob *self)
{
  g_return_val_if_fail (PURGE_IS_JOB (self), NULL);

  return self->warning;
}

/**
 * purge_job_count:
 * @self: a job
 * @state: a state
 *
 * Returns: how many directories are in that state
 */
guint
purge_job_count (PurgeJob        *self,
                 PurgeBatchState  state)
{
  guint n = 0;

  g_return_val_if_fail (PURGE_IS_JOB (self), 0);

  for (guint i = 0; i < self->batches->len; i++)
    {
      PurgeBatch *batch = g_ptr_array_index (self->batches, i);

      if (purge_batch_get_state (batch) == state)
        n += purge_batch_get_n_directories (batch);
    }

  return n;
}

/**
 * purge_job_dup_urls:
 * @self: a job
 * @state: a state
 *
 * Returns: (transfer full) (array zero-terminated=1): the directories in that state, in order
 */
GStrv
purge_job_dup_urls (PurgeJob        *self,
                    PurgeBatchState  state)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_return_val_if_fail (PURGE_IS_JOB (self), NULL);

  for (guint i = 0; i < self->batches->len; i++)
    {
      PurgeBatch *batch = g_ptr_array_index (self->batches, i);

      if (purge_batch_get_state (batch) == state)
        g_strv_builder_addv (builder, (const char **) purge_batch_get_directories (batch));
    }

  return g_strv_builder_end (builder);
}
