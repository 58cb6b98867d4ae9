/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Questions, the file chooser and the About window. The only file with widgets that newer versions of
 * the libraries deprecate, so that raising the baseline changes one file. */

#define G_LOG_DOMAIN "purge-dialogs"

#include "config.h"

#include "purge-dialogs.h"

#include <glib/gi18n-lib.h>

/* The message dialog tells its answer by a signal and then destroys itself. */
static void
on_dialog_response_cb (AdwMessageDialog *dialog,
                       const char       *response,
                       gpointer          user_data)
{
  g_autoptr (GTask) task = user_data;

  g_signal_handlers_disconnect_by_data (dialog, task);
  if (!g_task_had_error (task) && !g_task_return_error_if_cancelled (task))
    g_task_return_pointer (task, g_strdup (response), g_free);
}

/* Which of its formats was chosen has to be known when the chooser is gone. */
static guint
find_filter (GtkFileChooser *chooser)
{
  g_autoptr (GListModel) filters = gtk_file_chooser_get_filters (chooser);

  for (guint i = 0; i < g_list_model_get_n_items (filters); i++)
    {
      g_autoptr (GtkFileFilter) filter = g_list_model_get_item (filters, i);

      if (filter == gtk_file_chooser_get_filter (chooser))
        return i;
    }

  return 0;
}

static void
on_chooser_response_cb (GtkNativeDialog *chooser,
                        int              response,
                        gpointer         user_data)
{
  g_autoptr (GTask) task = user_data;

  g_signal_handlers_disconnect_by_data (chooser, task);
  g_task_set_task_data (task, GUINT_TO_POINTER (find_filter (GTK_FILE_CHOOSER (chooser))), NULL);
  if (g_task_return_error_if_cancelled (task))
    ;
  else if (response == GTK_RESPONSE_ACCEPT)
    g_task_return_pointer (task, gtk_file_chooser_get_files (GTK_FILE_CHOOSER (chooser)),
                           g_object_unref);
  else
    g_task_return_pointer (task, NULL, NULL);

  gtk_native_dialog_destroy (chooser);
  g_object_unref (chooser);
}

static void
show_chooser (GtkFileChooserNative *chooser,
              GTask                *task)
{
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect (chooser, "response", G_CALLBACK (on_chooser_response_cb), task);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static GtkWidget *
new_message (GtkWindow  *parent,
             const char *heading,
             const char *body,
             const char *close_label)
{
  GtkWidget *dialog = adw_message_dialog_new (parent, heading, body);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), PURGE_DIALOGS_CANCEL, close_label);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), PURGE_DIALOGS_CANCEL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), PURGE_DIALOGS_CANCEL);

  return dialog;
}

/**
 * purge_dialogs_ask_async:
 * @parent: the window that asks
 * @question: what it asks
 * @cancellable: (nullable): a cancellable; the question stays open, its answer is dropped
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Asks a question over @parent.
 */
void
purge_dialogs_ask_async (GtkWindow                 *parent,
                         const PurgeDialogQuestion *question,
                         GCancellable              *cancellable,
                         GAsyncReadyCallback        callback,
                         gpointer                   user_data)
{
  GtkWidget *widget;
  AdwMessageDialog *dialog;
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (question != NULL);

  task = g_task_new (parent, cancellable, callback, user_data);
  g_task_set_source_tag (task, purge_dialogs_ask_async);

  widget = new_message (parent, question->heading, question->body, question->cancel_label);
  dialog = ADW_MESSAGE_DIALOG (widget);
  for (gsize i = 0; i < question->n_responses; i++)
    {
      const PurgeDialogResponse *response = &question->responses[i];

      adw_message_dialog_add_response (dialog, response->id, response->label);
      adw_message_dialog_set_response_appearance (dialog, response->id, response->appearance);
    }

  adw_message_dialog_set_default_response (dialog, question->default_id);
  g_signal_connect (dialog, "response", G_CALLBACK (on_dialog_response_cb), g_steal_pointer (&task));
  gtk_window_present (GTK_WINDOW (dialog));
}

/**
 * purge_dialogs_ask_finish:
 * @parent: the window that asked
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the id of the answer, %PURGE_DIALOGS_CANCEL where it was closed
 */
char *
purge_dialogs_ask_finish (GtkWindow     *parent,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, parent), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * purge_dialogs_import_async:
 * @parent: the window that asks
 * @cancellable: (nullable): a cancellable
 * @callback: called with the files
 * @user_data: for @callback
 *
 * Asks for text files to import.
 */
void
purge_dialogs_import_async (GtkWindow           *parent,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GtkFileFilter) texts = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();
  GtkFileChooserNative *chooser;

  g_return_if_fail (GTK_IS_WINDOW (parent));

  task = g_task_new (parent, cancellable, callback, user_data);
  g_task_set_source_tag (task, purge_dialogs_import_async);

  gtk_file_filter_set_name (texts, _("Text files"));
  gtk_file_filter_add_mime_type (texts, "text/*");
  gtk_file_filter_set_name (all, _("All files"));
  gtk_file_filter_add_pattern (all, "*");

  chooser = gtk_file_chooser_native_new (_("Import Directories"), parent,
                                         GTK_FILE_CHOOSER_ACTION_OPEN, _("_Import"), _("_Cancel"));
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (chooser), TRUE);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), texts);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), all);

  show_chooser (chooser, g_steal_pointer (&task));
}

/**
 * purge_dialogs_import_finish:
 * @parent: the window that asked
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the #GFile objects, or %NULL without an error where it was
 *   closed
 */
GListModel *
purge_dialogs_import_finish (GtkWindow     *parent,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, parent), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * purge_dialogs_export_async:
 * @parent: the window that asks
 * @name: what the file may be called
 * @formats: (array length=n_formats): what there is to choose from
 * @n_formats: how many
 * @cancellable: (nullable): a cancellable
 * @callback: called with the file
 * @user_data: for @callback
 *
 * Asks where to put results, and in which format. Whether a file that is there may be replaced is asked
 * by the chooser.
 */
void
purge_dialogs_export_async (GtkWindow               *parent,
                            const char              *name,
                            const PurgeDialogFormat *formats,
                            gsize                    n_formats,
                            GCancellable            *cancellable,
                            GAsyncReadyCallback      callback,
                            gpointer                 user_data)
{
  g_autoptr (GTask) task = NULL;
  GtkFileChooserNative *chooser;

  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (n_formats > 0);

  task = g_task_new (parent, cancellable, callback, user_data);
  g_task_set_source_tag (task, purge_dialogs_export_async);

  chooser = gtk_file_chooser_native_new (_("Export Results"), parent, GTK_FILE_CHOOSER_ACTION_SAVE,
                                         _("_Export"), _("_Cancel"));
  for (gsize i = 0; i < n_formats; i++)
    {
      g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

      gtk_file_filter_set_name (filter, formats[i].name);
      gtk_file_filter_add_suffix (filter, formats[i].ending + 1);
      gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), filter);
    }
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);

  show_chooser (chooser, g_steal_pointer (&task));
}

/**
 * purge_dialogs_export_finish:
 * @parent: the window that asked
 * @result: what the callback was given
 * @format: (out): which of the formats was chosen
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the file, or %NULL without an error where it was closed
 */
GFile *
purge_dialogs_export_finish (GtkWindow     *parent,
                             GAsyncResult  *result,
                             guint         *format,
                             GError       **error)
{
  g_autoptr (GListModel) files = NULL;

  g_return_val_if_fail (g_task_is_valid (result, parent), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, purge_dialogs_export_async), NULL);

  *format = GPOINTER_TO_UINT (g_task_get_task_data (G_TASK (result)));
  files = g_task_propagate_pointer (G_TASK (result), error);

  return files != NULL ? g_list_model_get_item (files, 0) : NULL;
}

/**
 * purge_dialogs_tell:
 * @parent: the window that tells
 * @heading: what happened
 * @body: what it means, and what to do
 *
 * Tells something that must not be overlooked.
 */
void
purge_dialogs_tell (GtkWindow  *parent,
                    const char *heading,
                    const char *body)
{
  g_return_if_fail (GTK_IS_WINDOW (parent));

  gtk_window_present (GTK_WINDOW (new_message (parent, heading, body, _("_Close"))));
}

/**
 * purge_dialogs_show_about:
 * @parent: (nullable): the window it belongs to
 *
 * Shows what the program is and whose it is.
 */
void
purge_dialogs_show_about (GtkWindow *parent)
{
  static const char * const developers[] = { "The CDN Purge authors", NULL };
  GtkWidget *about = adw_about_window_new ();

  g_object_set (about,
                "transient-for", parent,
                "modal", parent != NULL,
                "application-icon", APP_ID,
                "application-name", _("CDN Purge"),
                "developer-name", _("The CDN Purge authors"),
                "developers", developers,
                /* Translators: your name or names, one a line; they appear in the About window */
                "translator-credits", _("translator-credits"),
                "version", VERSION,
                "license-type", GTK_LICENSE_GPL_3_0,
                "comments", _("Purges directories from Tencent Cloud CDN. Independent of the "
                              "vendor; keys stay in the system keyring."),
                NULL);
  gtk_window_present (GTK_WINDOW (about));
}
