/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The list as plain text. Keeps a text buffer and a list alike; knows nothing of what is in them. */

#define G_LOG_DOMAIN "purge-list-text"

#include "config.h"

#include "purge-list-text.h"

/* How long typing pauses before it goes to the list. */
#define PAUSE_MS 350

struct _PurgeListText
{
  AdwBin              parent_instance;

  PurgeDirectoryList *list;
  GtkTextView        *view;
  GtkTextBuffer      *buffer;
  guint               pause_id;
  gboolean            copying;
};

G_DEFINE_FINAL_TYPE (PurgeListText, purge_list_text, ADW_TYPE_BIN)

static void
copy_from_list (PurgeListText *self)
{
  g_autofree char *text = NULL;

  if (self->list == NULL || self->copying)
    return;

  g_clear_handle_id (&self->pause_id, g_source_remove);
  text = purge_directory_list_dup_all_text (self->list);
  self->copying = TRUE;
  gtk_text_buffer_set_text (self->buffer, text, -1);
  self->copying = FALSE;
}

/* A text that nobody sees need not follow every change. */
static void
on_list_changed_cb (PurgeListText *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    copy_from_list (self);
}

static gboolean
on_pause_cb (gpointer user_data)
{
  PurgeListText *self = PURGE_LIST_TEXT (user_data);

  purge_list_text_commit (self);
  return G_SOURCE_REMOVE;
}

static void
on_buffer_changed_cb (PurgeListText *self)
{
  if (self->copying)
    return;

  g_clear_handle_id (&self->pause_id, g_source_remove);
  self->pause_id = g_timeout_add (PAUSE_MS, on_pause_cb, self);
}

static void
purge_list_text_map (GtkWidget *widget)
{
  copy_from_list (PURGE_LIST_TEXT (widget));

  GTK_WIDGET_CLASS (purge_list_text_parent_class)->map (widget);
}

static void
purge_list_text_unmap (GtkWidget *widget)
{
  purge_list_text_commit (PURGE_LIST_TEXT (widget));

  GTK_WIDGET_CLASS (purge_list_text_parent_class)->unmap (widget);
}

static gboolean
purge_list_text_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (PURGE_LIST_TEXT (widget)->view));
}

static void
purge_list_text_dispose (GObject *object)
{
  PurgeListText *self = PURGE_LIST_TEXT (object);

  g_clear_handle_id (&self->pause_id, g_source_remove);
  purge_list_text_set_list (self, NULL);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), PURGE_TYPE_LIST_TEXT);

  G_OBJECT_CLASS (purge_list_text_parent_class)->dispose (object);
}

static void
purge_list_text_class_init (PurgeListTextClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = purge_list_text_dispose;
  widget_class->map = purge_list_text_map;
  widget_class->unmap = purge_list_text_unmap;
  widget_class->grab_focus = purge_list_text_grab_focus;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/cdn_purge/CdnPurge/purge-list-text.ui");
  gtk_widget_class_bind_template_child (widget_class, PurgeListText, view);
  gtk_widget_class_bind_template_child (widget_class, PurgeListText, buffer);
  gtk_widget_class_bind_template_callback (widget_class, on_buffer_changed_cb);
}

static void
purge_list_text_init (PurgeListText *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * purge_list_text_set_list:
 * @self: the text
 * @list: (nullable): the list it is
 *
 * Shows another list.
 */
void
purge_list_text_set_list (PurgeListText      *self,
                          PurgeDirectoryList *list)
{
  g_return_if_fail (PURGE_IS_LIST_TEXT (self));
  g_return_if_fail (list == NULL || PURGE_IS_DIRECTORY_LIST (list));

  if (self->list == list)
    return;

  if (self->list != NULL)
    g_signal_handlers_disconnect_by_func (self->list, on_list_changed_cb, self);
  g_set_object (&self->list, list);
  if (list == NULL)
    return;

  g_signal_connect_object (list, "items-changed", G_CALLBACK (on_list_changed_cb), self,
                           G_CONNECT_SWAPPED);
  copy_from_list (self);
}

/**
 * purge_list_text_select_all:
 * @self: the text
 *
 * Selects the whole text, and hands it the keyboard.
 */
void
purge_list_text_select_all (PurgeListText *self)
{
  GtkTextIter start, end;

  g_return_if_fail (PURGE_IS_LIST_TEXT (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->view));
  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  gtk_text_buffer_select_range (self->buffer, &start, &end);
}

/**
 * purge_list_text_commit:
 * @self: the text
 *
 * Makes the list what was typed, without waiting for a pause.
 */
void
purge_list_text_commit (PurgeListText *self)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  GtkTextIter start, end;
  PurgeAddReport report;
  gboolean taken;

  g_return_if_fail (PURGE_IS_LIST_TEXT (self));

  if (self->pause_id == 0 || self->list == NULL)
    return;

  g_clear_handle_id (&self->pause_id, g_source_remove);
  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  text = gtk_text_buffer_get_text (self->buffer, &start, &end, TRUE);

  self->copying = TRUE;
  taken = purge_directory_list_set_all_text (self->list, text, -1, &report, &error);
  self->copying = FALSE;
  if (!taken)
    gtk_widget_activate_action (GTK_WIDGET (self), "editor.toast", "s", error->message);
}
