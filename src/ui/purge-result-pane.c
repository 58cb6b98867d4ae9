/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What became of a submission, and what can be done about it. Shows a job; what a button does is
 * elsewhere. */

#define G_LOG_DOMAIN "purge-result-pane"

#include "config.h"

#include "purge-result-pane.h"

#include <glib/gi18n-lib.h>

#include "purge-accessible.h"
#include "purge-follow-up.h"
#include "purge-format.h"
#include "purge-menu-button.h"
#include "purge-result-export.h"
#include "purge-result-row.h"
#include "purge-result-text.h"
#include "purge-retirement-offer.h"
#include "purge-toaster.h"
#include "purge-wrap.h"

struct _PurgeResultPane
{
  AdwBin           parent_instance;

  PurgeSession    *session;
  PurgeKeyring    *keyring;
  PurgeJob        *job;
  GSignalGroup    *job_signals;

  GtkStack        *stack;
  AdwToastOverlay *toasts;
  PurgeToaster    *toaster;
  GtkLabel        *summary;
  GMenuModel      *menu;
  GtkWidget       *menu_button;
  GtkLabel        *subtitle;
  GtkLabel        *warning;
  GtkLabel        *obstacle;
  PurgeRetirementOffer *retirement_offer;
  GtkWidget       *progress_box;
  GtkSpinner      *spinner;
  GtkLabel        *progress;
  GtkProgressBar  *progress_bar;
  GtkNoSelection  *batches;
  GtkWidget       *actions;
  GtkWidget       *load;
  GtkWidget       *check;
  GtkWidget       *retry;
  GtkWidget       *resume;
};

G_DEFINE_FINAL_TYPE (PurgeResultPane, purge_result_pane, ADW_TYPE_BIN)

typedef enum {
  PROP_HAS_JOB = 1,
} PurgeResultPaneProperty;

static GParamSpec *properties[PROP_HAS_JOB + 1];

static char *
dup_progress (PurgeResultPane *self,
              guint            n_done,
              guint            n_batches)
{
  if (self->keyring != NULL && purge_keyring_get_waiting (self->keyring))
    return g_strdup (_("Waiting for the keyring…"));
  if (purge_job_get_checking (self->job))
    return g_strdup (_("Asking Tencent…"));

  return purge_format_progress (n_done, n_batches);
}

static void
update_progress (PurgeResultPane *self)
{
  gboolean running = purge_job_get_running (self->job);
  gboolean checking = purge_job_get_checking (self->job);
  g_autofree char *progress = NULL;
  guint n_batches, n_done;

  g_object_get (self->job, "n-batches", &n_batches, "n-batches-done", &n_done, NULL);
  progress = dup_progress (self, n_done, n_batches);
  gtk_label_set_label (self->progress, progress);
  gtk_progress_bar_set_fraction (self->progress_bar, n_batches > 0 ? (double) n_done / n_batches : 0);
  gtk_widget_set_visible (GTK_WIDGET (self->progress_bar), running);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), checking);
  gtk_spinner_set_spinning (self->spinner, checking);
  gtk_widget_set_visible (self->progress_box, running || checking);
}

static void
show_label (GtkLabel   *label,
            const char *text)
{
  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
}

static guint
count_failed (PurgeJob *job)
{
  return purge_job_count (job, PURGE_BATCH_REJECTED) + purge_job_count (job, PURGE_BATCH_FAILED) +
         purge_job_count (job, PURGE_BATCH_WAITING);
}

/* Why nothing can be done although there is something to do. */
static const char *
find_obstacle (PurgeJob *job)
{
  if (purge_job_get_running (job))
    return NULL;
  if (purge_job_count (job, PURGE_BATCH_SENDING) > 0)
    return _("CDN Purge is sending this in another window or terminal.");
  if (purge_job_get_account (job) == NULL &&
      count_failed (job) + purge_job_count (job, PURGE_BATCH_UNKNOWN) > 0)
    return _("The account of this submission is not there any more: it cannot be gone on with.");

  return NULL;
}

static void
show_action (PurgeResultPane *self,
             GtkWidget       *button,
             const char      *action_name,
             guint            n)
{
  gtk_widget_set_visible (button, n > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), action_name, n > 0);
}

/* Only what does something is there. */
static void
update_actions (PurgeResultPane *self)
{
  guint n_resumed = purge_follow_up_count (self->session, PURGE_FOLLOW_UP_RESUME);
  guint n_retried = purge_follow_up_count (self->session, PURGE_FOLLOW_UP_RETRY);
  gboolean check = purge_follow_up_can_check (self->session);
  gboolean load = !purge_session_get_sending (self->session) && count_failed (self->job) > 0;
  g_autofree char *resume = NULL;
  g_autofree char *retry = NULL;

  /* Translators: the button that sends what is left of a submission; %u is how many directories */
  resume = g_strdup_printf (ngettext ("_Resume %u", "_Resume %u", n_resumed), n_resumed);
  /* Translators: the button that sends what failed once more; %u is how many directories */
  retry = g_strdup_printf (ngettext ("Re_try %u", "Re_try %u", n_retried), n_retried);
  gtk_button_set_label (GTK_BUTTON (self->resume), resume);
  gtk_button_set_label (GTK_BUTTON (self->retry), retry);

  show_action (self, self->resume, "results.resume", n_resumed);
  show_action (self, self->retry, "results.retry", n_retried);
  show_action (self, self->check, "results.check", check);
  gtk_widget_set_visible (self->load, load);
  gtk_widget_set_visible (self->actions, load || check || n_resumed + n_retried > 0);
}

/* What is being sent; what a batch was sent again as counts in its place. */
static char *
dup_sending (PurgeJob *job)
{
  guint n[PURGE_N_KINDS] = { 0 };
  g_autofree char *entries = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (job)); i++)
    {
      g_autoptr (PurgeBatch) batch = g_list_model_get_item (G_LIST_MODEL (job), i);

      if (purge_batch_get_successor (batch) == 0)
        n[purge_batch_get_kind (batch)] += purge_batch_get_n_directories (batch);
    }

  entries = purge_format_entries (n);
  /* Translators: "Sending 37 directories, 12 URLs…" */
  return g_strdup_printf (_("Sending %s…"), entries);
}

/* That there is nothing to show is said when it is known. */
static const char *
get_page (PurgeResultPane *self)
{
  if (self->job != NULL)
    return "job";
  if (self->session != NULL && purge_session_get_state (self->session) == PURGE_SESSION_READING)
    return "loading";

  return self->session != NULL && purge_session_knows_newest (self->session) ? "empty" : "unknown";
}

static void
update (PurgeResultPane *self)
{
  g_autofree char *summary = NULL;

  gtk_stack_set_visible_child_name (self->stack, get_page (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "results.copy", self->job != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "results.export", self->job != NULL);
  if (self->job == NULL)
    return;

  g_object_get (self->job, "summary", &summary, NULL);
  if (purge_job_get_running (self->job))
    {
      g_free (summary);
      summary = dup_sending (self->job);
    }
  gtk_label_set_label (self->summary, summary);
  show_label (self->warning, purge_job_get_warning (self->job));
  show_label (self->obstacle, find_obstacle (self->job));
  update_progress (self);
  update_actions (self);
}

static GListModel *
create_directories (gpointer item,
                    gpointer user_data)
{
  if (!PURGE_IS_BATCH (item))
    return NULL;

  return G_LIST_MODEL (gtk_string_list_new (purge_batch_get_directories (PURGE_BATCH (item))));
}

static void
set_job (PurgeResultPane *self,
         PurgeJob        *job)
{
  g_autoptr (GtkTreeListModel) tree = NULL;
  g_autofree char *subtitle = NULL;

  gboolean had_job = self->job != NULL;

  if (!g_set_object (&self->job, job))
    return;

  g_signal_group_set_target (self->job_signals, job);
  if (job != NULL)
    {
      /* One batch alone needs no click to show what became of each directory. */
      gboolean single = g_list_model_get_n_items (G_LIST_MODEL (job)) == 1;

      tree = gtk_tree_list_model_new (g_object_ref (G_LIST_MODEL (job)), FALSE, single,
                                      create_directories, NULL, NULL);
      subtitle = purge_result_text_dup_subtitle (purge_job_get_submission (job));
      gtk_label_set_label (self->subtitle, subtitle);
    }

  gtk_no_selection_set_model (self->batches, G_LIST_MODEL (tree));
  update (self);
  if (had_job != (job != NULL))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HAS_JOB]);
}

static void
on_row_setup_cb (GtkSignalListItemFactory *factory,
                 GtkListItem              *item,
                 PurgeResultPane          *self)
{
  gtk_list_item_set_child (item, purge_result_row_new ());
}

static void
on_row_bind_cb (GtkSignalListItemFactory *factory,
                GtkListItem              *item,
                PurgeResultPane          *self)
{
  purge_result_row_show (PURGE_RESULT_ROW (gtk_list_item_get_child (item)), self->job,
                         gtk_list_item_get_item (item));
}

static void
on_row_unbind_cb (GtkSignalListItemFactory *factory,
                  GtkListItem              *item,
                  PurgeResultPane          *self)
{
  purge_result_row_show (PURGE_RESULT_ROW (gtk_list_item_get_child (item)), NULL, NULL);
}

static void
on_session_job_cb (PurgeResultPane *self)
{
  set_job (self, purge_session_get_job (self->session));
}

static void
on_keyring_waiting_cb (PurgeResultPane *self)
{
  update (self);
}

static void
on_session_changed_cb (PurgeResultPane *self)
{
  update (self);
}

/* The whole row opens and closes it, not only the small arrow. */
static void
on_list_activate_cb (PurgeResultPane *self,
                     guint            position)
{
  g_autoptr (GtkTreeListRow) row = g_list_model_get_item (G_LIST_MODEL (self->batches), position);

  if (row != NULL && gtk_tree_list_row_is_expandable (row))
    gtk_tree_list_row_set_expanded (row, !gtk_tree_list_row_get_expanded (row));
}

static void
resume_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  purge_follow_up_run (widget, PURGE_RESULT_PANE (widget)->session, PURGE_FOLLOW_UP_RESUME, NULL);
}

static void
retry_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  purge_follow_up_run (widget, PURGE_RESULT_PANE (widget)->session, PURGE_FOLLOW_UP_RETRY, NULL);
}

static void
check_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  purge_follow_up_check (widget, PURGE_RESULT_PANE (widget)->session);
}

static void
run_for_batch (PurgeResultPane *self,
               PurgeFollowUp    what,
               guint            number)
{
  g_autoptr (PurgeBatch) batch = NULL;

  if (self->job != NULL && number > 0)
    batch = g_list_model_get_item (G_LIST_MODEL (self->job), number - 1);
  if (batch != NULL)
    purge_follow_up_run (GTK_WIDGET (self), self->session, what, batch);
}

static void
send_again_action (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  run_for_batch (PURGE_RESULT_PANE (widget), PURGE_FOLLOW_UP_SEND_AGAIN,
                 g_variant_get_uint32 (parameter));
}

static void
send_as_new_action (GtkWidget  *widget,
                    const char *action_name,
                    GVariant   *parameter)
{
  run_for_batch (PURGE_RESULT_PANE (widget), PURGE_FOLLOW_UP_SEND_AS_NEW,
                 g_variant_get_uint32 (parameter));
}

static void
copy_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  purge_result_export_copy (widget, PURGE_RESULT_PANE (widget)->job);
}

/* Of practice, the command line shows nothing. */
static void
export_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  PurgeResultPane *self = PURGE_RESULT_PANE (widget);

  if (gtk_widget_get_mapped (widget))
    purge_result_export_run (widget, self->job, purge_session_is_practice (self->session)
                                                  ? 0 : purge_job_get_submission (self->job)->id);
}

static void
toast_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  PurgeResultPane *self = PURGE_RESULT_PANE (widget);

  purge_toaster_show (self->toaster, g_variant_get_string (parameter, NULL), NULL);
}

static void
purge_result_pane_dispose (GObject *object)
{
  PurgeResultPane *self = PURGE_RESULT_PANE (object);

  if (self->stack != NULL)
    purge_result_pane_set_session (self, NULL);
  g_clear_object (&self->job_signals);
  g_clear_object (&self->toaster);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), PURGE_TYPE_RESULT_PANE);

  G_OBJECT_CLASS (purge_result_pane_parent_class)->dispose (object);
}

static void
purge_result_pane_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  PurgeResultPane *self = PURGE_RESULT_PANE (object);

  switch ((PurgeResultPaneProperty) property_id)
    {
    case PROP_HAS_JOB:
      g_value_set_boolean (value, self->job != NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
purge_result_pane_class_init (PurgeResultPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = purge_result_pane_dispose;
  object_class->get_property = purge_result_pane_get_property;

  properties[PROP_HAS_JOB] =
    g_param_spec_boolean ("has-job", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (PURGE_TYPE_RETIREMENT_OFFER);
  g_type_ensure (PURGE_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/cdn_purge/CdnPurge/purge-result-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, PurgeResultPane, stack);
  gtk_widget_class_bind_template_child (widget_class, PurgeResultPane, toasts);
  gtk_widget_class_bind_template_child (widget_class, PurgeResultPane, summary);
  gtk_widget_class_bind_template_child (widget_class, PurgeResultPane, menu);
  gtk_widget_class_bind_template_child (widget_class, PurgeResultPane, menu_button);
  gtk_widget_class_bind_template_child (widget_class, PurgeResultPane, subtitle);
  gtk_widget_class_bind_template_child (widget_class, PurgeResultPane, warning);
  gtk_widget_class_bind_template_child (widget_class, PurgeResultPane, obstacle);
  gtk_widget_class_bind_template_child (widget_class, PurgeResultPane, retirement_offer);
  gtk_widget_class_bind_template_child (widget_class, PurgeResultPane, progress_box);
  gtk_widget_class_bind_template_child (widget_class, PurgeResultPane, spinner);
  gtk_widget_class_bind_template_child (widget_class, PurgeResultPane, progress);
  gtk_widget_class_bind_template_child (widget_class, PurgeResultPane, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, PurgeResultPane, batches);
  gtk_widget_class_bind_template_child (widget_class, PurgeResultPane, actions);
  gtk_widget_class_bind_template_child (widget_class, PurgeResultPane, load);
  gtk_widget_class_bind_template_child (widget_class, PurgeResultPane, check);
  gtk_widget_class_bind_template_child (widget_class, PurgeResultPane, retry);
  gtk_widget_class_bind_template_child (widget_class, PurgeResultPane, resume);
  gtk_widget_class_bind_template_callback (widget_class, on_list_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_row_setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_row_bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_row_unbind_cb);

  gtk_widget_class_install_action (widget_class, "results.resume", NULL, resume_action);
  gtk_widget_class_install_action (widget_class, "results.retry", NULL, retry_action);
  gtk_widget_class_install_action (widget_class, "results.check", NULL, check_action);
  gtk_widget_class_install_action (widget_class, "results.copy", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "results.export", NULL, export_action);
  gtk_widget_class_install_action (widget_class, "results.toast", "s", toast_action);
  gtk_widget_class_install_action (widget_class, "results.send-again", "u", send_again_action);
  gtk_widget_class_install_action (widget_class, "results.send-as-new", "u", send_as_new_action);
}

static void
purge_result_pane_init (PurgeResultPane *self)
{
  self->job_signals = g_signal_group_new (PURGE_TYPE_JOB);
  g_signal_group_connect_swapped (self->job_signals, "notify", G_CALLBACK (update), self);

  gtk_widget_init_template (GTK_WIDGET (self));
  self->toaster = purge_toaster_new (self->toasts);
  purge_accessible_name (self->menu_button, _("Results Menu"));
  purge_menu_button_set_menu (GTK_MENU_BUTTON (self->menu_button), self->menu);
  update (self);
}

/**
 * purge_result_pane_new:
 *
 * Returns: (transfer floating): a pane that shows nothing yet
 */
GtkWidget *
purge_result_pane_new (void)
{
  return g_object_new (PURGE_TYPE_RESULT_PANE, NULL);
}

/**
 * purge_result_pane_set_session:
 * @self: a result pane
 * @session: (nullable): whose submission it shows
 *
 * Shows the submission of another session.
 */
void
purge_result_pane_set_session (PurgeResultPane *self,
                               PurgeSession    *session)
{
  PurgeWorkspace *workspace = session != NULL ? purge_session_get_workspace (session) : NULL;
  PurgeKeyring *keyring = workspace != NULL ? purge_workspace_get_keyring (workspace) : NULL;

  g_return_if_fail (PURGE_IS_RESULT_PANE (self));
  g_return_if_fail (session == NULL || PURGE_IS_SESSION (session));

  if (self->session == session)
    return;

  if (self->session != NULL)
    {
      g_signal_handlers_disconnect_by_func (self->session, on_session_job_cb, self);
      g_signal_handlers_disconnect_by_func (self->session, on_session_changed_cb, self);
      g_signal_handlers_disconnect_by_func (self->keyring, on_keyring_waiting_cb, self);
    }

  g_set_object (&self->session, session);
  g_set_object (&self->keyring, keyring);
  purge_retirement_offer_set_session (self->retirement_offer, session);
  if (session != NULL)
    {
      g_signal_connect_object (session, "notify::job", G_CALLBACK (on_session_job_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (session, "notify::state", G_CALLBACK (on_session_changed_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (session, "notify::knows-newest", G_CALLBACK (on_session_changed_cb),
                               self, G_CONNECT_SWAPPED);
      g_signal_connect_object (session, "notify::sending", G_CALLBACK (on_session_changed_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (keyring, "notify::waiting", G_CALLBACK (on_keyring_waiting_cb),
                               self, G_CONNECT_SWAPPED);
    }
  set_job (self, session != NULL ? purge_session_get_job (session) : NULL);
  update (self);
}
