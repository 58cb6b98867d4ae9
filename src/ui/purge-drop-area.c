/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Where text, files and links can be dropped. Knows in which shapes they come; what is done with
 * them is not its business. */

#define G_LOG_DOMAIN "purge-drop-area"

#include "config.h"

#include "purge-drop-area.h"

#include <glib/gi18n-lib.h>

struct _PurgeDropArea
{
  AdwBin parent_instance;
};

G_DEFINE_FINAL_TYPE (PurgeDropArea, purge_drop_area, ADW_TYPE_BIN)

static guint dropped_signal;

static void
hide (PurgeDropArea *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static GdkDragAction
on_enter_cb (PurgeDropArea *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  return GDK_ACTION_COPY;
}

/* A drop that could not be read is neither told nor leaves. */
static void
on_current_drop_cb (PurgeDropArea *self,
                    GParamSpec    *pspec,
                    GtkDropTarget *target)
{
  if (gtk_drop_target_get_current_drop (target) == NULL)
    hide (self);
}

static gboolean
on_text_cb (PurgeDropArea *self,
            const GValue  *value)
{
  hide (self);
  g_signal_emit (self, dropped_signal, 0, g_value_get_string (value), NULL);
  return TRUE;
}

/* A browser gives the link that is dragged as a file that is not on this computer. */
static gboolean
is_link (GFile *file)
{
  return g_file_has_uri_scheme (file, "http") || g_file_has_uri_scheme (file, "https");
}

static gboolean
on_files_cb (PurgeDropArea *self,
             const GValue  *value)
{
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  g_autoptr (GString) links = g_string_new (NULL);

  for (GSList *l = g_value_get_boxed (value); l != NULL; l = l->next)
    if (is_link (l->data))
      {
        g_autofree char *uri = g_file_get_uri (l->data);

        g_string_append_printf (links, "%s\n", uri);
      }
    else
      g_list_store_append (files, l->data);

  hide (self);
  g_signal_emit (self, dropped_signal, 0, links->len > 0 ? links->str : NULL,
                 g_list_model_get_n_items (G_LIST_MODEL (files)) > 0 ? files : NULL);
  return TRUE;
}

static void
add_target (PurgeDropArea       *self,
            GtkWidget           *widget,
            GType                type,
            GtkPropagationPhase  phase,
            GCallback            drop_cb)
{
  GtkDropTarget *target = gtk_drop_target_new (type, GDK_ACTION_COPY);

  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (target), phase);
  g_signal_connect_object (target, "enter", G_CALLBACK (on_enter_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (target, "leave", G_CALLBACK (hide), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (target, "notify::current-drop", G_CALLBACK (on_current_drop_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (target, "drop", drop_cb, self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (target));
}

static void
purge_drop_area_dispose (GObject *object)
{
  adw_bin_set_child (ADW_BIN (object), NULL);

  G_OBJECT_CLASS (purge_drop_area_parent_class)->dispose (object);
}

static void
purge_drop_area_class_init (PurgeDropAreaClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = purge_drop_area_dispose;

  dropped_signal = g_signal_new ("dropped", PURGE_TYPE_DROP_AREA, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_LIST_MODEL);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "droparea");
}

static void
purge_drop_area_init (PurgeDropArea *self)
{
  GtkWidget *label = gtk_label_new (_("Drop to add to the list"));

  gtk_widget_set_halign (label, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (label, "title-4");
  adw_bin_set_child (ADW_BIN (self), label);

  /* The pointer is above what is below. */
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  hide (self);
}

/**
 * purge_drop_area_watch:
 * @self: a drop area
 * @target: what it covers
 *
 * Begins to take what is dropped on a widget. Files and links are for it alone; a text that is
 * dropped on an entry goes there.
 */
void
purge_drop_area_watch (PurgeDropArea *self,
                       GtkWidget     *target)
{
  g_return_if_fail (PURGE_IS_DROP_AREA (self));
  g_return_if_fail (GTK_IS_WIDGET (target));

  add_target (self, target, GDK_TYPE_FILE_LIST, GTK_PHASE_CAPTURE, G_CALLBACK (on_files_cb));
  add_target (self, target, G_TYPE_STRING, GTK_PHASE_BUBBLE, G_CALLBACK (on_text_cb));
}
