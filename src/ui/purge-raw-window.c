/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* A whole answer, for reading and copying. */

#define G_LOG_DOMAIN "purge-raw-window"

#include "config.h"

#include "purge-raw-window.h"

#include "purge-format.h"

struct _PurgeRawWindow
{
  AdwWindow      parent_instance;

  GtkTextBuffer *buffer;
};

G_DEFINE_FINAL_TYPE (PurgeRawWindow, purge_raw_window, ADW_TYPE_WINDOW)

static void
purge_raw_window_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), PURGE_TYPE_RAW_WINDOW);

  G_OBJECT_CLASS (purge_raw_window_parent_class)->dispose (object);
}

static void
purge_raw_window_class_init (PurgeRawWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = purge_raw_window_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/cdn_purge/CdnPurge/purge-raw-window.ui");
  gtk_widget_class_bind_template_child (widget_class, PurgeRawWindow, buffer);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
purge_raw_window_init (PurgeRawWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * purge_raw_window_present:
 * @parent: (nullable): the window it belongs to
 * @raw: (nullable): the answer, as it came
 *
 * Shows an answer in a window of its own.
 */
void
purge_raw_window_present (GtkWindow  *parent,
                          const char *raw)
{
  PurgeRawWindow *self = g_object_new (PURGE_TYPE_RAW_WINDOW,
                                       "transient-for", parent,
                                       NULL);
  g_autofree char *text = purge_format_raw_answer (raw);
  GtkTextTag *plain;
  GtkTextIter start;

  /* Where a line is broken, Pango would put a hyphen that nobody said. */
  plain = gtk_text_buffer_create_tag (self->buffer, NULL, "insert-hyphens", FALSE, NULL);
  gtk_text_buffer_get_start_iter (self->buffer, &start);
  gtk_text_buffer_insert_with_tags (self->buffer, &start, text, -1, plain, NULL);
  gtk_window_present (GTK_WINDOW (self));
}
