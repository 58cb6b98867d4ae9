/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What comes to a list from elsewhere. Knows where from and how long it takes; what is in it, the list
 * knows. */

#define G_LOG_DOMAIN "purge-incoming"

#include "config.h"

#include "purge-incoming.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "purge-banner.h"
#include "purge-dialogs.h"
#include "purge-error.h"
#include "purge-intake.h"

/* What is read while nobody can notice. */
#define SHORT_TEXT_BYTES (64 * 1024)

struct _PurgeIncoming
{
  AdwBin              parent_instance;

  PurgeDirectoryList *list;
  PurgeIntake        *intake;
  GCancellable       *cancellable;
  PurgeBanner        *banner;
};

G_DEFINE_FINAL_TYPE (PurgeIncoming, purge_incoming, ADW_TYPE_BIN)

enum {
  ADDING,
  ADDED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static GtkWindow *
get_window (PurgeIncoming *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static void
tell_error (PurgeIncoming *self,
            const GError  *error)
{
  gboolean is_file = g_error_matches (error, PURGE_ERROR, PURGE_ERROR_REFUSED_FILE);

  purge_dialogs_tell (get_window (self), is_file ? _("Nothing Was Imported")
                                                 : _("Nothing Was Added"), error->message);
}

static void
add_now (PurgeIncoming *self,
         const char    *text,
         gsize          length)
{
  g_autoptr (GError) error = NULL;
  PurgeAddReport report;

  g_signal_emit (self, signals[ADDING], 0);
  if (purge_directory_list_add_text (self->list, text, length, &report, &error))
    g_signal_emit (self, signals[ADDED], 0, &report);
  else
    tell_error (self, error);
}

static void
on_read_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (PurgeIncoming) self = user_data;
  g_autoptr (GError) error = NULL;
  guint n_duplicates;
  g_autoptr (PurgeRows) rows =
    purge_intake_read_finish (PURGE_INTAKE (source), result, &n_duplicates, &error);
  PurgeAddReport report;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->list == NULL)
    return;

  if (rows == NULL)
    {
      tell_error (self, error);
      return;
    }

  g_signal_emit (self, signals[ADDING], 0);
  purge_directory_list_add_rows (self->list, g_steal_pointer (&rows), n_duplicates, &report);
  g_signal_emit (self, signals[ADDED], 0, &report);
}

static void
add_later (PurgeIncoming *self,
           const char    *text,
           gsize          length,
           GListModel    *files)
{
  purge_intake_read_async (self->intake, text, length, files, on_read_cb, g_object_ref (self));
}

static void
on_clipboard_read_cb (GObject      *source,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  g_autoptr (PurgeIncoming) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (text == NULL || *text == '\0')
    gtk_widget_activate_action (GTK_WIDGET (self), "editor.toast", "s",
                                _("There is no text on the clipboard"));
  else
    purge_incoming_add_text (self, text, -1);
}

static void
on_files_chosen_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (PurgeIncoming) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) files =
    purge_dialogs_import_finish (GTK_WINDOW (source), result, &error);

  if (files != NULL && self->list != NULL)
    purge_incoming_add_files (self, NULL, files);
}

static void
on_slow_cb (PurgeIncoming *self)
{
  if (purge_intake_get_slow (self->intake))
    purge_banner_show (self->banner, _("Checking a long list…"), _("_Cancel"), "incoming.stop");
  else
    purge_banner_hide (self->banner);
}

static void
stop_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  purge_intake_cancel (PURGE_INCOMING (widget)->intake);
}

static void
purge_incoming_dispose (GObject *object)
{
  PurgeIncoming *self = PURGE_INCOMING (object);

  g_cancellable_cancel (self->cancellable);
  purge_intake_cancel (self->intake);
  g_clear_object (&self->list);
  adw_bin_set_child (ADW_BIN (self), NULL);

  G_OBJECT_CLASS (purge_incoming_parent_class)->dispose (object);
}

static void
purge_incoming_finalize (GObject *object)
{
  PurgeIncoming *self = PURGE_INCOMING (object);

  g_object_unref (self->cancellable);
  g_object_unref (self->intake);

  G_OBJECT_CLASS (purge_incoming_parent_class)->finalize (object);
}

static void
purge_incoming_class_init (PurgeIncomingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = purge_incoming_dispose;
  object_class->finalize = purge_incoming_finalize;

  signals[ADDING] = g_signal_new ("adding", PURGE_TYPE_INCOMING, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
  signals[ADDED] = g_signal_new ("added", PURGE_TYPE_INCOMING, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "incoming.stop", NULL, stop_action);
}

static void
purge_incoming_init (PurgeIncoming *self)
{
  self->cancellable = g_cancellable_new ();
  self->intake = purge_intake_new ();
  g_signal_connect_object (self->intake, "notify::slow", G_CALLBACK (on_slow_cb), self,
                           G_CONNECT_SWAPPED);
  self->banner = g_object_new (PURGE_TYPE_BANNER, NULL);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->banner));
}

/**
 * purge_incoming_set_list:
 * @self: what comes
 * @list: (nullable): where to
 *
 * Gives up what is on its way to another list.
 */
void
purge_incoming_set_list (PurgeIncoming      *self,
                         PurgeDirectoryList *list)
{
  g_return_if_fail (PURGE_IS_INCOMING (self));
  g_return_if_fail (list == NULL || PURGE_IS_DIRECTORY_LIST (list));

  if (g_set_object (&self->list, list))
    purge_intake_cancel (self->intake);
}

/**
 * purge_incoming_add_text:
 * @self: what comes to a list
 * @text: any text
 * @length: its length in bytes, or -1
 *
 * Adds what is in a text: a short one at once, unless it has to wait for what came before.
 */
void
purge_incoming_add_text (PurgeIncoming *self,
                         const char    *text,
                         gssize         length)
{
  const gsize n_bytes = length < 0 ? strlen (text) : (gsize) length;

  g_return_if_fail (PURGE_IS_INCOMING (self));

  if (self->list == NULL)
    return;

  if (n_bytes > SHORT_TEXT_BYTES || purge_intake_get_busy (self->intake))
    add_later (self, text, n_bytes, NULL);
  else
    add_now (self, text, n_bytes);
}

/**
 * purge_incoming_add_files:
 * @self: what comes to a list
 * @text: (nullable): any text
 * @files: text files, each a #GFile
 *
 * Adds what is in a text and behind it what is in files, all together or, where one of them cannot be
 * read, nothing.
 */
void
purge_incoming_add_files (PurgeIncoming *self,
                          const char    *text,
                          GListModel    *files)
{
  g_return_if_fail (PURGE_IS_INCOMING (self));
  g_return_if_fail (G_IS_LIST_MODEL (files));

  add_later (self, text, text != NULL ? strlen (text) : 0, files);
}

/**
 * purge_incoming_paste:
 * @self: what comes to a list
 *
 * Adds what is on the clipboard.
 */
void
purge_incoming_paste (PurgeIncoming *self)
{
  g_return_if_fail (PURGE_IS_INCOMING (self));

  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->cancellable,
                                 on_clipboard_read_cb, g_object_ref (self));
}

/**
 * purge_incoming_choose_files:
 * @self: what comes to a list
 *
 * Lets a person choose text files, and adds what is in them.
 */
void
purge_incoming_choose_files (PurgeIncoming *self)
{
  g_return_if_fail (PURGE_IS_INCOMING (self));

  purge_dialogs_import_async (get_window (self), self->cancellable, on_files_chosen_cb,
                              g_object_ref (self));
}
