/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* One row of the results. What a server said is hostile: it is shown as plain text, never as markup,
 * with nothing in it hidden. */

#define G_LOG_DOMAIN "purge-result-row"

#include "config.h"

#include "purge-result-row.h"

#include "purge-batch-actions.h"
#include "purge-countdown.h"
#include "purge-format.h"
#include "purge-raw-window.h"
#include "purge-reading.h"
#include "purge-result-export.h"
#include "purge-wrap.h"

struct _PurgeResultRow
{
  AdwBin             parent_instance;

  GtkTreeListRow    *row;
  PurgeJob          *job;
  PurgeBatch        *batch;
  GSignalGroup      *job_signals;
  GSignalGroup      *batch_signals;

  GtkTreeExpander   *expander;
  GtkImage          *icon;
  GtkLabel          *title;
  GtkLabel          *word;
  GtkWidget         *detail;
  PurgeCountdown    *countdown;
  GtkLabel          *explanation;
  GtkLabel          *message;
  GtkWidget         *answer;
  GtkLabel          *code;
  GtkWidget         *raw;
  GtkWidget         *curl;
  PurgeBatchActions *actions;
};

G_DEFINE_FINAL_TYPE (PurgeResultRow, purge_result_row, ADW_TYPE_BIN)

/* What another batch stands for is of the past. */
static gboolean
is_replaced (PurgeResultRow *self)
{
  return purge_batch_get_successor (self->batch) != 0;
}

static void
show_state (PurgeResultRow *self)
{
  PurgeBatchState state = purge_batch_get_state (self->batch);
  const char *style[] = { is_replaced (self) ? "dim-label" : purge_format_state_style (state), NULL };

  gtk_image_set_from_icon_name (self->icon, purge_format_state_icon (state));
  gtk_widget_set_css_classes (GTK_WIDGET (self->icon), style);
  gtk_label_set_label (self->word, purge_format_state_word (state));
  gtk_widget_set_css_classes (GTK_WIDGET (self->word), style);
}

static void
show_text (GtkLabel   *label,
           const char *text)
{
  gtk_label_set_label (label, text);
  gtk_widget_set_visible (GTK_WIDGET (label), *text != '\0');
}

static void
show_answer (PurgeResultRow *self)
{
  g_autofree char *code = NULL;
  g_autofree char *code_desc = NULL;
  g_autofree char *message = NULL;
  g_autofree char *task_id = NULL;
  g_autofree char *raw = NULL;
  g_autofree char *code_line = NULL;
  g_autofree char *safe_message = NULL;
  gboolean curl = purge_result_export_has_curl (self->job);

  g_object_get (self->batch, "code", &code, "code-desc", &code_desc, "message", &message,
                "task-id", &task_id, "raw", &raw, NULL);
  code_line = purge_format_code_line (code, code_desc, task_id);
  safe_message = purge_format_server_text (message, PURGE_FORMAT_SERVER_TEXT_MAX);

  show_text (self->code, code_line);
  show_text (self->message, safe_message);
  gtk_widget_set_visible (self->raw, raw != NULL);
  gtk_widget_set_visible (self->curl, curl);
  gtk_widget_set_visible (self->answer, curl || raw != NULL || *code_line != '\0');
}

static void
show_batch (PurgeResultRow *self)
{
  g_autofree char *title =
    purge_format_batch_title (purge_batch_get_number (self->batch),
                              purge_batch_get_kind (self->batch),
                              purge_batch_get_n_directories (self->batch));
  g_autofree char *explanation =
    is_replaced (self) ? purge_format_successor (purge_batch_get_successor (self->batch))
                       : purge_batch_dup_explanation (self->batch);
  guint retry_in;

  g_object_get (self->batch, "retry-in", &retry_in, NULL);
  gtk_label_set_label (self->title, title);
  purge_countdown_set_seconds (self->countdown, retry_in);
  show_text (self->explanation, explanation);
  show_answer (self);
}

static void
show_directory (PurgeResultRow  *self,
                GtkStringObject *directory)
{
  g_autofree char *url =
    purge_format_server_text (gtk_string_object_get_string (directory), PURGE_LINE_MAX_BYTES);

  gtk_label_set_label (self->title, url);
}

static void
set_style (GtkWidget  *widget,
           const char *style,
           gboolean    has_style)
{
  if (has_style)
    gtk_widget_add_css_class (widget, style);
  else
    gtk_widget_remove_css_class (widget, style);
}

static void
update (PurgeResultRow *self)
{
  g_autoptr (GObject) item = NULL;
  gboolean is_batch;

  if (self->row == NULL || self->batch == NULL)
    return;

  item = gtk_tree_list_row_get_item (self->row);
  is_batch = PURGE_IS_BATCH (item);
  set_style (GTK_WIDGET (self->title), "heading", is_batch);
  set_style (GTK_WIDGET (self->title), "directory", !is_batch);
  gtk_label_set_wrap_mode (self->title, is_batch ? PANGO_WRAP_WORD_CHAR : PANGO_WRAP_CHAR);
  set_style (GTK_WIDGET (self->title), "dim-label", is_replaced (self));
  gtk_widget_set_visible (self->detail, is_batch);
  show_state (self);
  if (is_batch)
    show_batch (self);
  else if (GTK_IS_STRING_OBJECT (item))
    show_directory (self, GTK_STRING_OBJECT (item));
}

static PurgeBatch *
dup_batch (GtkTreeListRow *row)
{
  g_autoptr (GtkTreeListRow) parent = row != NULL ? gtk_tree_list_row_get_parent (row) : NULL;
  GtkTreeListRow *top = parent != NULL ? parent : row;

  return top != NULL ? gtk_tree_list_row_get_item (top) : NULL;
}

static void
show_raw_action (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  PurgeResultRow *self = PURGE_RESULT_ROW (widget);
  g_autofree char *raw = NULL;

  if (self->batch == NULL)
    return;

  g_object_get (self->batch, "raw", &raw, NULL);
  purge_raw_window_present (GTK_WINDOW (gtk_widget_get_root (widget)), raw);
}

static void
copy_curl_action (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  PurgeResultRow *self = PURGE_RESULT_ROW (widget);

  if (self->batch != NULL)
    purge_result_export_copy_curl (widget, self->job, self->batch);
}

static void
purge_result_row_dispose (GObject *object)
{
  PurgeResultRow *self = PURGE_RESULT_ROW (object);

  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), PURGE_TYPE_RESULT_ROW);
  g_clear_object (&self->job_signals);
  g_clear_object (&self->batch_signals);
  g_clear_object (&self->batch);
  g_clear_object (&self->job);
  g_clear_object (&self->row);

  G_OBJECT_CLASS (purge_result_row_parent_class)->dispose (object);
}

static void
purge_result_row_class_init (PurgeResultRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = purge_result_row_dispose;

  g_type_ensure (PURGE_TYPE_BATCH_ACTIONS);
  g_type_ensure (PURGE_TYPE_COUNTDOWN);
  g_type_ensure (PURGE_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/cdn_purge/CdnPurge/purge-result-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PurgeResultRow, expander);
  gtk_widget_class_bind_template_child (widget_class, PurgeResultRow, icon);
  gtk_widget_class_bind_template_child (widget_class, PurgeResultRow, title);
  gtk_widget_class_bind_template_child (widget_class, PurgeResultRow, word);
  gtk_widget_class_bind_template_child (widget_class, PurgeResultRow, detail);
  gtk_widget_class_bind_template_child (widget_class, PurgeResultRow, countdown);
  gtk_widget_class_bind_template_child (widget_class, PurgeResultRow, explanation);
  gtk_widget_class_bind_template_child (widget_class, PurgeResultRow, message);
  gtk_widget_class_bind_template_child (widget_class, PurgeResultRow, answer);
  gtk_widget_class_bind_template_child (widget_class, PurgeResultRow, code);
  gtk_widget_class_bind_template_child (widget_class, PurgeResultRow, raw);
  gtk_widget_class_bind_template_child (widget_class, PurgeResultRow, curl);
  gtk_widget_class_bind_template_child (widget_class, PurgeResultRow, actions);

  gtk_widget_class_install_action (widget_class, "row.show-raw", NULL, show_raw_action);
  gtk_widget_class_install_action (widget_class, "row.copy-curl", NULL, copy_curl_action);
}

static void
purge_result_row_init (PurgeResultRow *self)
{
  self->job_signals = g_signal_group_new (PURGE_TYPE_JOB);
  g_signal_group_connect_swapped (self->job_signals, "notify::has-account", G_CALLBACK (update), self);
  self->batch_signals = g_signal_group_new (PURGE_TYPE_BATCH);
  g_signal_group_connect_swapped (self->batch_signals, "notify", G_CALLBACK (update), self);

  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * purge_result_row_new:
 *
 * Returns: (transfer floating): a row that shows nothing yet
 */
GtkWidget *
purge_result_row_new (void)
{
  return g_object_new (PURGE_TYPE_RESULT_ROW, NULL);
}

/**
 * purge_result_row_show:
 * @self: a row
 * @job: (nullable): the submission
 * @row: (nullable): what of it: the item is a batch, or a #GtkStringObject below one
 *
 * Shows a batch or a directory.
 */
void
purge_result_row_show (PurgeResultRow *self,
                       PurgeJob       *job,
                       GtkTreeListRow *row)
{
  g_autoptr (PurgeBatch) batch = NULL;
  gboolean is_batch;

  g_return_if_fail (PURGE_IS_RESULT_ROW (self));

  batch = dup_batch (row);
  is_batch = row != NULL && gtk_tree_list_row_get_depth (row) == 0;
  g_set_object (&self->row, row);
  g_set_object (&self->job, job);
  g_set_object (&self->batch, batch);
  g_signal_group_set_target (self->job_signals, job);
  g_signal_group_set_target (self->batch_signals, batch);
  gtk_tree_expander_set_list_row (self->expander, row);
  purge_batch_actions_set_batch (self->actions, job, is_batch ? batch : NULL);
  update (self);
}
