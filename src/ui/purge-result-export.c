/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* From the results to the clipboard and into a file. Asks where to, and says what became of it through
 * the action `results.toast`; the texts are made elsewhere. */

#define G_LOG_DOMAIN "purge-result-export"

#include "config.h"

#include "purge-result-export.h"

#include <glib/gi18n-lib.h>

#include "purge-dialogs.h"
#include "purge-export.h"
#include "purge-result-text.h"
#include "purge-saved-file.h"

static const struct {
  const char        *name;
  PurgeExportFormat  format;
} formats[] = {
  /* Translators: a kind of file, and how its name ends: whoever types that gets it */
  { N_("CSV for spreadsheets (*.csv)"), PURGE_EXPORT_CSV },
  { N_("JSON for scripts (*.json)"), PURGE_EXPORT_JSON },
};

typedef struct {
  GtkWidget    *widget;
  PurgeJob     *job;
  gint64        number;
  GApplication *application;
} Export;

static void
export_free (Export *self)
{
  g_object_unref (self->widget);
  g_object_unref (self->job);
  if (self->application != NULL)
    g_application_release (self->application);
  g_clear_object (&self->application);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Export, export_free)

static GtkWindow *
get_window (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  return root != NULL ? GTK_WINDOW (root) : NULL;
}

static void
copy (GtkWidget  *widget,
      const char *text,
      const char *sentence)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  gtk_widget_activate_action (widget, "results.toast", "s", sentence);
}

/* A window that was closed in the meantime has nothing to say. */
static void
tell_failure (GtkWidget    *widget,
              const GError *error)
{
  GtkWindow *window = get_window (widget);

  if (window != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    purge_dialogs_tell (window, _("Nothing Was Exported"), error->message);
}

static void
on_written_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (Export) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_file_get_parse_name (G_FILE (source));
  g_autofree char *name = g_filename_display_basename (path);
  g_autofree char *sentence = NULL;

  if (!purge_saved_file_write_finish (G_FILE (source), result, &error))
    {
      tell_failure (self->widget, error);
      return;
    }

  /* Translators: %s is the name of a file */
  sentence = g_strdup_printf (_("Exported to “%s”"), name);
  gtk_widget_activate_action (self->widget, "results.toast", "s", sentence);
}

/* The program goes on until the file is written, even if its window is closed. */
static void
hold_application (Export *self)
{
  GApplication *application = g_application_get_default ();

  if (application == NULL)
    return;

  self->application = g_object_ref (application);
  g_application_hold (application);
}

/* What the name says counts: whoever opens the file goes by it, and the chooser does not change it with
 * the format. */
static void
on_chosen_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (Export) self = user_data;
  g_autoptr (GError) error = NULL;
  guint chosen;
  g_autoptr (GFile) file = purge_dialogs_export_finish (GTK_WINDOW (source), result, &chosen, &error);
  g_autofree char *name = file != NULL ? g_file_get_basename (file) : NULL;
  PurgeExportFormat format;

  if (error != NULL)
    tell_failure (self->widget, error);
  if (file == NULL)
    return;

  format = formats[chosen].format;
  purge_export_read_ending (name, &format);
  hold_application (self);
  purge_saved_file_write_async (file, purge_export_dup_text (self->job, self->number, format), NULL,
                                on_written_cb, self);
  g_steal_pointer (&self);
}

/**
 * purge_result_export_copy:
 * @widget: where the results are shown
 * @job: a submission
 *
 * Copies the results as plain text.
 */
void
purge_result_export_copy (GtkWidget *widget,
                          PurgeJob  *job)
{
  g_autofree char *text = NULL;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (PURGE_IS_JOB (job));

  text = purge_result_text_dup (job);
  copy (widget, text, _("Results copied"));
}

/**
 * purge_result_export_run:
 * @widget: where the results are shown, in a window
 * @job: a submission
 * @number: what `show` of the command line takes, or 0 where that cannot show it
 *
 * Asks for a file and writes the results into it, as they are then.
 */
void
purge_result_export_run (GtkWidget *widget,
                         PurgeJob  *job,
                         gint64     number)
{
  PurgeDialogFormat shown[G_N_ELEMENTS (formats)];
  g_autofree char *name = NULL;
  Export *self;

  g_return_if_fail (get_window (widget) != NULL);
  g_return_if_fail (PURGE_IS_JOB (job));

  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    shown[i] = (PurgeDialogFormat) { _(formats[i].name), purge_export_get_ending (formats[i].format) };

  self = g_new0 (Export, 1);
  self->widget = g_object_ref (widget);
  self->job = g_object_ref (job);
  self->number = number;
  name = number != 0 ? g_strdup_printf ("cdn-purge-%" G_GINT64_FORMAT "%s", number, shown[0].ending)
                     : g_strdup_printf ("cdn-purge%s", shown[0].ending);
  purge_dialogs_export_async (get_window (widget), name, shown, G_N_ELEMENTS (shown), NULL,
                              on_chosen_cb, self);
}

/**
 * purge_result_export_has_curl:
 * @job: a submission
 *
 * Returns: whether its requests can be shown: what they look like is known by their account
 */
gboolean
purge_result_export_has_curl (PurgeJob *job)
{
  g_return_val_if_fail (PURGE_IS_JOB (job), FALSE);

  return purge_job_get_account (job) != NULL;
}

/**
 * purge_result_export_copy_curl:
 * @widget: where the batch is shown
 * @job: a submission
 * @batch: one of its batches
 *
 * Copies the request of a batch as a command for a shell, with variables in the place of what nobody
 * else may have.
 */
void
purge_result_export_copy_curl (GtkWidget  *widget,
                               PurgeJob   *job,
                               PurgeBatch *batch)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *command = NULL;

  g_return_if_fail (GTK_IS_WIDGET (widget));

  command = purge_export_dup_curl (job, batch, &error);
  if (command != NULL)
    copy (widget, command, _("Command copied, without key and signature"));
  else
    gtk_widget_activate_action (widget, "results.toast", "s", error->message);
}
