/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* One submission, for showing. Knows its batches and what became of them; what is done about them is
 * next door. */

#define G_LOG_DOMAIN "purge-job"

#include "config.h"

#include "purge-job-private.h"

#include <glib/gi18n-lib.h>

#include "purge-api.h"
#include "purge-error.h"
#include "purge-tally.h"

typedef enum {
  PROP_RUNNING = 1,
  PROP_CHECKING,
  PROP_N_DIRECTORIES,
  PROP_N_ACCEPTED,
  PROP_N_REJECTED,
  PROP_N_UNKNOWN,
  PROP_N_WAITING,
  PROP_N_DONE,
  PROP_N_FAILED,
  PROP_N_BATCHES,
  PROP_N_BATCHES_DONE,
  PROP_SUMMARY,
  PROP_WARNING,
  PROP_HAS_ACCOUNT,
} PurgeJobProperty;

static GParamSpec *properties[PROP_HAS_ACCOUNT + 1];

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

      if (purge_batch_get_successor (batch) == 0)
        purge_tally_add (&tally, purge_batch_get_state (batch),
                         purge_batch_get_n_directories (batch));
    }

  return tally;
}

static void
notify_counts (PurgeJob *self)
{
  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = PROP_N_DIRECTORIES; i <= PROP_SUMMARY; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
  g_object_thaw_notify (G_OBJECT (self));
}

static void
on_batch_changed_cb (PurgeBatch *batch,
                     GParamSpec *pspec,
                     PurgeJob   *self)
{
  notify_counts (self);
}

static void
add_batch (PurgeJob        *self,
           PurgeSubmission *submission,
           guint            index)
{
  PurgeBatch *batch = purge_batch_new (submission, index);

  g_signal_connect_object (batch, "notify::state", G_CALLBACK (on_batch_changed_cb), self, 0);
  g_signal_connect_object (batch, "notify::successor", G_CALLBACK (on_batch_changed_cb), self, 0);
  g_ptr_array_add (self->batches, batch);
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
    case PROP_CHECKING:
      g_value_set_boolean (value, self->checking);
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
    case PROP_N_DONE:
      g_value_set_uint (value, counts.n_done);
      break;
    case PROP_N_FAILED:
      g_value_set_uint (value, counts.n_failed);
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
    case PROP_HAS_ACCOUNT:
      g_value_set_boolean (value, self->account != NULL);
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
    "n-directories", "n-accepted", "n-rejected", "n-unknown", "n-waiting", "n-done",
    "n-failed", "n-batches", "n-batches-done",
  };

  object_class->dispose = purge_job_dispose;
  object_class->finalize = purge_job_finalize;
  object_class->get_property = purge_job_get_property;

  properties[PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE, flags);
  properties[PROP_CHECKING] = g_param_spec_boolean ("checking", NULL, NULL, FALSE, flags);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    properties[PROP_N_DIRECTORIES + i] =
      g_param_spec_uint (numbers[i], NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_SUMMARY] = g_param_spec_string ("summary", NULL, NULL, NULL, flags);
  properties[PROP_WARNING] = g_param_spec_string ("warning", NULL, NULL, NULL, flags);
  properties[PROP_HAS_ACCOUNT] = g_param_spec_boolean ("has-account", NULL, NULL, FALSE, flags);

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
 * @order: what a person confirmed; something at least
 * @quota: (nullable): what the server says of its limits, where it was asked
 *
 * Returns: (transfer full): a job whose batches all wait
 */
PurgeJob *
purge_job_new (PurgeWorkspace   *workspace,
               PurgeAccount     *account,
               PurgeOrder       *order,
               PurgeServerQuota *quota)
{
  g_autoptr (PurgeSubmission) submission = NULL;
  g_autoptr (PurgeApi) api = NULL;
  PurgeLimits limits = { 0 };
  PurgeJob *self;

  g_return_val_if_fail (PURGE_IS_WORKSPACE (workspace), NULL);
  g_return_val_if_fail (PURGE_IS_ACCOUNT (account), NULL);
  g_return_val_if_fail (order != NULL, NULL);

  api = purge_api_new_for_account (account);
  for (guint kind = 0; kind < PURGE_N_KINDS; kind++)
    limits.of[kind].batch = purge_api_get_batch_limit (api, kind, purge_order_get_area (order),
                                                       quota);
  submission =
    purge_submission_new (account, purge_endpoint_to_string (purge_api_get_endpoint (api)), order,
                          &limits,
                          purge_clock_get_unix_time (purge_workspace_get_clock (workspace)));
  self = purge_job_new_for_submission (workspace, submission);
  self->account = purge_account_copy (account);

  return self;
}

/**
 * purge_job_new_for_submission:
 * @workspace: what to work with
 * @submission: a submission, new or from the journal
 *
 * Returns: (transfer full): a job that shows it
 */
PurgeJob *
purge_job_new_for_submission (PurgeWorkspace  *workspace,
                              PurgeSubmission *submission)
{
  PurgeJob *self = g_object_new (PURGE_TYPE_JOB, NULL);

  self->workspace = g_object_ref (workspace);
  self->submission = purge_submission_ref (submission);
  for (guint i = 0; i < submission->batches->len; i++)
    add_batch (self, submission, i);

  return self;
}

/**
 * purge_job_set_account:
 * @self: a job
 * @account: (nullable): the account that it belongs to, as it is now; %NULL where it is gone
 *
 * A job that was loaded shows what was; to go on with it takes the account. What it says is fixed
 * here.
 */
void
purge_job_set_account (PurgeJob     *self,
                       PurgeAccount *account)
{
  g_return_if_fail (PURGE_IS_JOB (self));
  g_return_if_fail (account == NULL ||
                    g_str_equal (purge_account_get_uuid (account), self->submission->account_uuid));

  g_clear_object (&self->account);
  self->account = account != NULL ? purge_account_copy (account) : NULL;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HAS_ACCOUNT]);
}

/**
 * purge_job_get_account:
 * @self: a job
 *
 * Returns: (transfer none) (nullable): the account that it goes on with, as it was when it was set
 */
PurgeAccount *
purge_job_get_account (PurgeJob *self)
{
  g_return_val_if_fail (PURGE_IS_JOB (self), NULL);

  return self->account;
}

/**
 * purge_job_check_free:
 * @self: a job
 * @task: what is to be done with it
 *
 * Says whether something can be done with a job, and returns the reason to @task where not.
 *
 * Returns: whether it can
 */
gboolean
purge_job_check_free (PurgeJob *self,
                      GTask    *task)
{
  if (self->account == NULL)
    g_task_return_new_error (task, PURGE_ERROR, PURGE_ERROR_NOT_FOUND, "%s",
                             _("The account of this submission is not there any more. Its "
                               "directories can be purged with another one as a new list."));
  else if (self->running || self->checking)
    g_task_return_new_error (task, PURGE_ERROR, PURGE_ERROR_EXISTS, "%s",
                             _("Something is being done with this submission already. Wait until "
                               "that has ended."));
  else
    return TRUE;

  return FALSE;
}

/**
 * purge_job_set_running:
 * @self: a job
 * @running: whether it is at work
 */
void
purge_job_set_running (PurgeJob *self,
                       gboolean  running)
{
  if (self->running == running)
    return;

  self->running = running;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);
}

/**
 * purge_job_set_checking:
 * @self: a job
 * @checking: whether the server is being asked what became of it
 */
void
purge_job_set_checking (PurgeJob *self,
                        gboolean  checking)
{
  if (self->checking == checking)
    return;

  self->checking = checking;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHECKING]);
}

/**
 * purge_job_set_warning:
 * @self: a job
 * @warning: (nullable): what is wrong beside the batches, translated
 */
void
purge_job_set_warning (PurgeJob   *self,
                       const char *warning)
{
  if (g_strcmp0 (self->warning, warning) == 0)
    return;

  g_free (self->warning);
  self->warning = g_strdup (warning);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WARNING]);
}

/**
 * purge_job_explain_waiting:
 * @self: a job
 * @replace: whether to explain anew what has a reason already
 * @outcome: (nullable): why what waits is waiting; %NULL where it will have its turn
 *
 * What is left waiting says why.
 */
void
purge_job_explain_waiting (PurgeJob     *self,
                           gboolean      replace,
                           PurgeOutcome *outcome)
{
  for (guint i = 0; i < self->batches->len; i++)
    {
      PurgeBatch *batch = g_ptr_array_index (self->batches, i);

      if (purge_batch_get_state (batch) == PURGE_BATCH_WAITING &&
          (replace || purge_batch_get_outcome (batch) == NULL))
        purge_batch_set (batch, PURGE_BATCH_WAITING, outcome);
    }
}

/**
 * purge_job_update:
 * @self: a job
 * @submission: the same submission, as the journal has it now
 *
 * Shows what went on elsewhere, and the batches that were added.
 */
void
purge_job_update (PurgeJob        *self,
                  PurgeSubmission *submission)
{
  guint n_known = self->batches->len;

  g_return_if_fail (submission->id == self->submission->id);
  g_return_if_fail (submission->batches->len >= n_known);

  for (guint i = 0; i < submission->batches->len; i++)
    if (i < n_known)
      purge_batch_update (g_ptr_array_index (self->batches, i),
                          g_ptr_array_index (submission->batches, i));
    else
      add_batch (self, submission, i);

  if (submission->batches->len == n_known)
    return;

  g_list_model_items_changed (G_LIST_MODEL (self), n_known, 0, self->batches->len - n_known);
  notify_counts (self);
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
 * purge_job_get_checking:
 * @self: a job
 *
 * Returns: whether the server is being asked what became of it
 */
gboolean
purge_job_get_checking (PurgeJob *self)
{
  g_return_val_if_fail (PURGE_IS_JOB (self), FALSE);

  return self->checking;
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
 * Returns: how many directories are in that state; those of batches with a successor are not counted
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

      if (purge_batch_get_state (batch) == state && purge_batch_get_successor (batch) == 0)
        n += purge_batch_get_n_directories (batch);
    }

  return n;
}

/**
 * purge_job_dup_urls:
 * @self: a job
 * @state: a state
 *
 * Returns: (transfer full) (array zero-terminated=1): the directories in that state, in order;
 *   without those of batches with a successor
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

      if (purge_batch_get_state (batch) == state && purge_batch_get_successor (batch) == 0)
        g_strv_builder_addv (builder, (const char **) purge_batch_get_directories (batch));
    }

  return g_strv_builder_end (builder);
}
