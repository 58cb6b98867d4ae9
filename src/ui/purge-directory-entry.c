/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* An entry that knows one line from several, and nothing of directories. */

#define G_LOG_DOMAIN "purge-directory-entry"

#include "config.h"

#include "purge-directory-entry.h"

#include <string.h>

struct _PurgeDirectoryEntry
{
  GtkEntry      parent_instance;

  GCancellable *pasting;
};

G_DEFINE_FINAL_TYPE (PurgeDirectoryEntry, purge_directory_entry, GTK_TYPE_ENTRY)

static gboolean
has_several_lines (const char *text)
{
  const char *first_break = strpbrk (text, "\r\n");

  return first_break != NULL && strspn (first_break, " \t\r\n") < strlen (first_break);
}

static void
insert_line (GtkEditable *editable,
             const char  *text)
{
  g_autofree char *line = g_strstrip (g_strdup (text));
  int position;

  gtk_editable_delete_selection (editable);
  position = gtk_editable_get_position (editable);
  gtk_editable_insert_text (editable, line, -1, &position);
  gtk_editable_set_position (editable, position);
}

/* Several lines are a list. */
static void
take_text (PurgeDirectoryEntry *self,
           const char          *text)
{
  if (has_several_lines (text))
    gtk_widget_activate_action (GTK_WIDGET (self), "editor.add-text", "s", text);
  else
    insert_line (GTK_EDITABLE (self), text);
}

static void
on_clipboard_read_cb (GObject      *source,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  g_autoptr (PurgeDirectoryEntry) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, &error);

  if (text == NULL)
    {
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
      gtk_widget_error_bell (GTK_WIDGET (self));
    }
  else
    take_text (self, text);
}

static void
on_text_paste_clipboard_cb (PurgeDirectoryEntry *self,
                            GtkText             *text)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self));

  g_signal_stop_emission_by_name (text, "paste-clipboard");

  g_cancellable_cancel (self->pasting);
  g_clear_object (&self->pasting);
  self->pasting = g_cancellable_new ();
  gdk_clipboard_read_text_async (clipboard, self->pasting, on_clipboard_read_cb,
                                 g_object_ref (self));
}

/* What is dragged within the program is a part of a text, and moves as in any entry. */
static gboolean
on_accept_cb (PurgeDirectoryEntry *self,
              GdkDrop             *drop)
{
  return gdk_drop_get_drag (drop) == NULL &&
         gdk_content_formats_contain_gtype (gdk_drop_get_formats (drop), G_TYPE_STRING);
}

static gboolean
on_drop_cb (PurgeDirectoryEntry *self,
            const GValue        *value)
{
  take_text (self, g_value_get_string (value));
  return TRUE;
}

static void
purge_directory_entry_dispose (GObject *object)
{
  PurgeDirectoryEntry *self = PURGE_DIRECTORY_ENTRY (object);

  g_cancellable_cancel (self->pasting);
  g_clear_object (&self->pasting);

  G_OBJECT_CLASS (purge_directory_entry_parent_class)->dispose (object);
}

static void
purge_directory_entry_class_init (PurgeDirectoryEntryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = purge_directory_entry_dispose;
}

static void
purge_directory_entry_init (PurgeDirectoryEntry *self)
{
  GtkEditable *text = gtk_editable_get_delegate (GTK_EDITABLE (self));
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_STRING, GDK_ACTION_COPY);

  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (target), GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (target, "accept", G_CALLBACK (on_accept_cb), self);
  g_signal_connect_swapped (target, "drop", G_CALLBACK (on_drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));

  gtk_entry_set_input_purpose (GTK_ENTRY (self), GTK_INPUT_PURPOSE_URL);
  gtk_entry_set_input_hints (GTK_ENTRY (self), GTK_INPUT_HINT_NO_SPELLCHECK | GTK_INPUT_HINT_NO_EMOJI);
  g_signal_connect_object (text, "paste-clipboard", G_CALLBACK (on_text_paste_clipboard_cb), self,
                           G_CONNECT_SWAPPED);
}
