/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The history, in a window. Knows rows and questions; the history knows how to search and to delete,
 * and the choice beside it for how long it is kept. */

#define G_LOG_DOMAIN "purge-history-window"

#include "config.h"

#include "purge-history-window.h"

#include <glib/gi18n-lib.h>

#include "purge-day-strip.h"
#include "purge-dialogs.h"
#include "purge-focus.h"
#include "purge-format.h"
#include "purge-history-row.h"
#include "purge-history.h"
#include "purge-keep-choice.h"
#include "purge-load-back.h"

#define ANSWER_DELETE "delete"

/* How many screenfuls before the end the next page is asked for. */
#define PAGES_AHEAD 2

struct _PurgeHistoryWindow
{
  AdwWindow          parent_instance;

  PurgeListEditor   *editor;
  PurgeSession      *session;
  PurgeHistory      *history;
  PurgeRecentDays   *days;
  gint64             deleted;
  gboolean           loading_back;

  GtkEditable       *search;
  PurgeDayStrip     *strip;
  GtkWidget         *period;
  GtkLabel          *period_label;
  GtkStack          *stack;
  GtkLabel          *failure;
  GtkNoSelection    *submissions;
  GtkScrolledWindow *scroller;
  PurgeKeepChoice   *keep;
};

G_DEFINE_FINAL_TYPE (PurgeHistoryWindow, purge_history_window, ADW_TYPE_WINDOW)

static void
tell (PurgeHistoryWindow *self,
      const char         *text)
{
  gtk_label_set_label (self->failure, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->failure), text != NULL);
}

static gboolean
is_empty (PurgeHistoryWindow *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->history)) == 0;
}

static void
update (PurgeHistoryWindow *self)
{
  gboolean searched = *purge_history_get_search (self->history) != '\0';
  const char *page = "list";

  if (is_empty (self))
    page = purge_history_get_loading (self->history) ? "loading" : searched ? "no-match" : "empty";

  gtk_stack_set_visible_child_name (self->stack, page);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "history.delete-all",
                                 searched || !is_empty (self));
}

static void
on_failure_cb (PurgeHistoryWindow *self)
{
  tell (self, purge_history_get_failure (self->history));
}

static void
reload (PurgeHistoryWindow *self)
{
  if (self->history == NULL)
    return;

  purge_history_reload (self->history);
  purge_recent_days_reload (self->days);
}

/* What was purged or found out beside this window is in the history by now. */
static void
on_session_busy_cb (PurgeHistoryWindow *self)
{
  if (self->session != NULL && !purge_session_get_sending (self->session) &&
      !purge_session_get_checking (self->session))
    reload (self);
}

static void
on_scrolled_cb (PurgeHistoryWindow *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  double page = gtk_adjustment_get_page_size (adjustment);

  if (gtk_adjustment_get_value (adjustment) + (1 + PAGES_AHEAD) * page >=
      gtk_adjustment_get_upper (adjustment))
    purge_history_load_more (self->history);
}

static void
on_search_changed_cb (PurgeHistoryWindow *self)
{
  purge_history_set_search (self->history, gtk_editable_get_text (self->search));
}

static void
on_day_chosen_cb (PurgeHistoryWindow *self)
{
  const PurgeDay *day = purge_day_strip_get_chosen (self->strip);

  if (self->history == NULL)
    return;

  if (day != NULL)
    {
      g_autofree char *date = purge_format_day (day->start);
      /* Translators: above a list; %s is a day, “Nov 24” */
      g_autofree char *text = g_strdup_printf (_("Only what was submitted on %s"), date);

      gtk_label_set_label (self->period_label, text);
    }
  else if (purge_focus_drop (self->period))
    {
      gtk_widget_child_focus (GTK_WIDGET (self->strip), GTK_DIR_TAB_FORWARD);
    }
  gtk_widget_set_visible (self->period, day != NULL);
  purge_history_set_period (self->history, day != NULL ? day->start : 0,
                            day != NULL ? day->end : 0);
}

/* First what limits the list goes, and then the window. */
static void
back (PurgeHistoryWindow *self)
{
  if (*gtk_editable_get_text (self->search) != '\0')
    gtk_editable_set_text (self->search, "");
  else if (purge_day_strip_get_chosen (self->strip) != NULL)
    purge_day_strip_clear (self->strip);
  else
    gtk_window_close (GTK_WINDOW (self));
}

/* The search entry keeps Escape for itself. */
static void
on_search_stopped_cb (PurgeHistoryWindow *self)
{
  back (self);
}

static void
on_row_setup_cb (GtkSignalListItemFactory *factory,
                 GtkListItem              *item,
                 PurgeHistoryWindow       *self)
{
  gtk_list_item_set_child (item, purge_history_row_new ());
}

static void
on_row_bind_cb (GtkSignalListItemFactory *factory,
                GtkListItem              *item,
                PurgeHistoryWindow       *self)
{
  purge_history_row_show (PURGE_HISTORY_ROW (gtk_list_item_get_child (item)),
                          gtk_list_item_get_item (item),
                          *purge_history_get_search (self->history) != '\0');
}

/* What is shown changes only while nothing is sent. */
static gboolean
is_free (PurgeHistoryWindow *self)
{
  gboolean sending = purge_session_get_sending (self->session);

  tell (self, sending ? _("Something is being sent. Wait until that has ended.") : NULL);
  return !sending;
}

static void
on_job_loaded_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (PurgeHistoryWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PurgeJob) job = purge_job_load_finish (PURGE_WORKSPACE (source), result, &error);

  if (self->session == NULL)
    return;

  if (job == NULL)
    tell (self, error->message);
  else if (self->loading_back)
    purge_load_back_all (self->editor, self->session, purge_job_get_submission (job));
  else if (is_free (self))
    purge_session_show_job (self->session, job);
  else
    return;

  if (job != NULL)
    gtk_window_close (GTK_WINDOW (self));
}

static void
load_job (PurgeHistoryWindow *self,
          gint64              id,
          gboolean            back)
{
  self->loading_back = back;
  purge_job_load_async (purge_session_get_workspace (self->session), id, NULL, on_job_loaded_cb,
                        g_object_ref (self));
}

static void
show_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  PurgeHistoryWindow *self = PURGE_HISTORY_WINDOW (widget);

  if (is_free (self))
    load_job (self, g_variant_get_int64 (parameter), FALSE);
}

static void
load_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  load_job (PURGE_HISTORY_WINDOW (widget), g_variant_get_int64 (parameter), TRUE);
}

static void
on_deleted_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (PurgeHistoryWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  PurgeJob *job;

  if (!purge_history_remove_finish (PURGE_HISTORY (source), result, &error))
    {
      if (self->session != NULL)
        tell (self, error->message);
      return;
    }
  if (self->session == NULL)
    return;

  purge_recent_days_reload (self->days);
  /* What is gone from the disk is not shown as if it were there. */
  job = purge_session_get_job (self->session);
  if (job != NULL && (self->deleted == 0 || purge_job_get_submission (job)->id == self->deleted))
    purge_session_forget_before (self->session, G_MAXINT64);
}

static void
on_delete_answered_cb (GObject      *source,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  PurgeHistoryWindow *self = PURGE_HISTORY_WINDOW (source);
  g_autofree char *answer = purge_dialogs_ask_finish (GTK_WINDOW (source), result, NULL);

  if (g_strcmp0 (answer, ANSWER_DELETE) != 0 || self->session == NULL || !is_free (self))
    return;

  if (self->deleted != 0)
    purge_history_remove_async (self->history, self->deleted, on_deleted_cb, g_object_ref (self));
  else
    purge_history_remove_before_async (self->history, G_MAXINT64, on_deleted_cb,
                                       g_object_ref (self));
}

static void
ask_to_delete (PurgeHistoryWindow *self,
               gint64              id,
               const char         *heading,
               const char         *label)
{
  PurgeDialogResponse delete = { ANSWER_DELETE, label, ADW_RESPONSE_DESTRUCTIVE };

  if (!is_free (self))
    return;

  self->deleted = id;
  purge_dialogs_ask_async (GTK_WINDOW (self), &(PurgeDialogQuestion) {
                             .heading = heading,
                             .body = _("What became of the directories cannot be seen or looked up "
                                       "any more. The quota that was spent stays counted."),
                             .cancel_label = _("_Cancel"),
                             .responses = &delete,
                             .n_responses = 1,
                             .default_id = PURGE_DIALOGS_CANCEL,
                           }, NULL, on_delete_answered_cb, NULL);
}

static void
delete_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  ask_to_delete (PURGE_HISTORY_WINDOW (widget), g_variant_get_int64 (parameter),
                 _("Delete This Submission?"), _("_Delete"));
}

static void
delete_all_action (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  ask_to_delete (PURGE_HISTORY_WINDOW (widget), 0, _("Delete the Whole History?"),
                 _("_Delete All"));
}

static void
all_days_action (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  purge_day_strip_clear (PURGE_HISTORY_WINDOW (widget)->strip);
}

static void
back_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  back (PURGE_HISTORY_WINDOW (widget));
}

static void
find_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  gtk_widget_grab_focus (GTK_WIDGET (PURGE_HISTORY_WINDOW (widget)->search));
}

static void
purge_history_window_dispose (GObject *object)
{
  PurgeHistoryWindow *self = PURGE_HISTORY_WINDOW (object);

  if (self->submissions != NULL)
    gtk_no_selection_set_model (self->submissions, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), PURGE_TYPE_HISTORY_WINDOW);
  g_clear_object (&self->days);
  g_clear_object (&self->history);
  g_clear_object (&self->session);
  g_clear_object (&self->editor);

  G_OBJECT_CLASS (purge_history_window_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/cdn_purge/CdnPurge/purge-history-window.ui");
  gtk_widget_class_bind_template_child (widget_class, PurgeHistoryWindow, search);
  gtk_widget_class_bind_template_child (widget_class, PurgeHistoryWindow, strip);
  gtk_widget_class_bind_template_child (widget_class, PurgeHistoryWindow, period);
  gtk_widget_class_bind_template_child (widget_class, PurgeHistoryWindow, period_label);
  gtk_widget_class_bind_template_child (widget_class, PurgeHistoryWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, PurgeHistoryWindow, failure);
  gtk_widget_class_bind_template_child (widget_class, PurgeHistoryWindow, submissions);
  gtk_widget_class_bind_template_child (widget_class, PurgeHistoryWindow, scroller);
  gtk_widget_class_bind_template_child (widget_class, PurgeHistoryWindow, keep);
  gtk_widget_class_bind_template_callback (widget_class, on_scrolled_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_stopped_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_day_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_row_setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_row_bind_cb);
}

static void
purge_history_window_class_init (PurgeHistoryWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = purge_history_window_dispose;

  g_type_ensure (PURGE_TYPE_DAY_STRIP);
  g_type_ensure (PURGE_TYPE_KEEP_CHOICE);
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "history.show", "x", show_action);
  gtk_widget_class_install_action (widget_class, "history.load", "x", load_action);
  gtk_widget_class_install_action (widget_class, "history.delete", "x", delete_action);
  gtk_widget_class_install_action (widget_class, "history.delete-all", NULL, delete_all_action);
  gtk_widget_class_install_action (widget_class, "history.find", NULL, find_action);
  gtk_widget_class_install_action (widget_class, "history.all-days", NULL, all_days_action);
  gtk_widget_class_install_action (widget_class, "history.back", NULL, back_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "history.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "history.find",
                                       NULL);
}

static void
purge_history_window_init (PurgeHistoryWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * purge_history_window_new:
 * @editor: where submissions are loaded back
 * @session: whose history it is
 * @settings: (nullable): the settings of the window; without them the history is kept for ever
 *
 * Returns: (transfer full): the window, to be presented
 */
GtkWidget *
purge_history_window_new (PurgeListEditor *editor,
                          PurgeSession    *session,
                          GSettings       *settings)
{
  PurgeHistoryWindow *self;

  g_return_val_if_fail (PURGE_IS_LIST_EDITOR (editor), NULL);
  g_return_val_if_fail (PURGE_IS_SESSION (session), NULL);

  self = g_object_new (PURGE_TYPE_HISTORY_WINDOW, NULL);
  self->editor = g_object_ref (editor);
  self->session = g_object_ref (session);
  self->history = purge_history_new (purge_session_get_workspace (session));
  g_signal_connect_object (self->history, "notify::loading", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->history, "items-changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->history, "notify::failure", G_CALLBACK (on_failure_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_no_selection_set_model (self->submissions, G_LIST_MODEL (self->history));
  self->days = purge_recent_days_new (purge_session_get_workspace (session));
  purge_day_strip_set_days (self->strip, self->days);
  g_signal_connect_object (session, "forgotten", G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::sending", G_CALLBACK (on_session_busy_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::checking", G_CALLBACK (on_session_busy_cb), self,
                           G_CONNECT_SWAPPED);
  purge_keep_choice_set_session (self->keep, session, settings);
  reload (self);
  update (self);

  return GTK_WIDGET (self);
}
