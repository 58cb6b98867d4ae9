/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The buttons of an unknown batch. Asks the job which of them would do something: for one of them that
 * ceases to be so by the mere passing of time. */

#define G_LOG_DOMAIN "purge-batch-actions"

#include "config.h"

#include "purge-batch-actions.h"

#include "purge-wrap.h"

/* How often it is looked whether the time for sending again is over, while it is not. */
#define LOOK_S 2

struct _PurgeBatchActions
{
  AdwBin        parent_instance;

  PurgeJob     *job;
  PurgeBatch   *batch;
  GSignalGroup *job_signals;
  GSignalGroup *batch_signals;
  guint         timer;

  GtkWidget    *send_again;
  GtkWidget    *send_as_new;
};

G_DEFINE_FINAL_TYPE (PurgeBatchActions, purge_batch_actions, ADW_TYPE_BIN)

static void update (PurgeBatchActions *self);

static gboolean
on_look_cb (gpointer user_data)
{
  update (user_data);
  return G_SOURCE_CONTINUE;
}

static void
look_on (PurgeBatchActions *self,
         gboolean           needed)
{
  if (needed && self->timer == 0)
    self->timer = g_timeout_add_seconds (LOOK_S, on_look_cb, self);
  else if (!needed)
    g_clear_handle_id (&self->timer, g_source_remove);
}

static gboolean
can_be_sent_as_new (PurgeBatchActions *self)
{
  return self->batch != NULL && purge_batch_get_state (self->batch) == PURGE_BATCH_UNKNOWN &&
         purge_batch_get_successor (self->batch) == 0 && purge_job_get_account (self->job) != NULL &&
         !purge_job_get_running (self->job) && purge_job_count (self->job, PURGE_BATCH_SENDING) == 0;
}

static void
update (PurgeBatchActions *self)
{
  gboolean as_new = can_be_sent_as_new (self);
  gboolean again = as_new && purge_job_can_send_again (self->job, self->batch);

  gtk_widget_set_visible (self->send_again, again);
  gtk_widget_set_visible (self->send_as_new, as_new);
  gtk_widget_set_visible (GTK_WIDGET (self), as_new);
  look_on (self, again);
}

static void
purge_batch_actions_dispose (GObject *object)
{
  PurgeBatchActions *self = PURGE_BATCH_ACTIONS (object);

  look_on (self, FALSE);
  g_clear_object (&self->job_signals);
  g_clear_object (&self->batch_signals);
  g_clear_object (&self->batch);
  g_clear_object (&self->job);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), PURGE_TYPE_BATCH_ACTIONS);

  G_OBJECT_CLASS (purge_batch_actions_parent_class)->dispose (object);
}

static void
purge_batch_actions_class_init (PurgeBatchActionsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = purge_batch_actions_dispose;

  g_type_ensure (PURGE_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/cdn_purge/CdnPurge/purge-batch-actions.ui");
  gtk_widget_class_bind_template_child (widget_class, PurgeBatchActions, send_again);
  gtk_widget_class_bind_template_child (widget_class, PurgeBatchActions, send_as_new);
}

static void
purge_batch_actions_init (PurgeBatchActions *self)
{
  self->job_signals = g_signal_group_new (PURGE_TYPE_JOB);
  g_signal_group_connect_swapped (self->job_signals, "notify", G_CALLBACK (update), self);
  self->batch_signals = g_signal_group_new (PURGE_TYPE_BATCH);
  g_signal_group_connect_swapped (self->batch_signals, "notify", G_CALLBACK (update), self);

  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * purge_batch_actions_set_batch:
 * @self: the buttons
 * @job: (nullable): a submission
 * @batch: (nullable): one of its batches; %NULL where there is nothing to do
 *
 * Shows what can be done about a batch.
 */
void
purge_batch_actions_set_batch (PurgeBatchActions *self,
                               PurgeJob          *job,
                               PurgeBatch        *batch)
{
  g_return_if_fail (PURGE_IS_BATCH_ACTIONS (self));
  g_return_if_fail (batch == NULL || job != NULL);

  g_set_object (&self->job, job);
  g_set_object (&self->batch, batch);
  g_signal_group_set_target (self->job_signals, batch != NULL ? job : NULL);
  g_signal_group_set_target (self->batch_signals, batch);
  if (batch != NULL)
    {
      guint number = purge_batch_get_number (batch);

      gtk_actionable_set_action_target (GTK_ACTIONABLE (self->send_again), "u", number);
      gtk_actionable_set_action_target (GTK_ACTIONABLE (self->send_as_new), "u", number);
    }
  update (self);
}
