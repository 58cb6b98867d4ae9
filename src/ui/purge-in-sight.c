/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Which rows of a list view can be seen. A list view makes two hundred rows, however few fit into it:
 * what only those need that are seen is made when they are. Knows no row.
 *
 * It looks after GTK has given everything its place, and before it draws: what is made then gets its
 * place in the same frame, so that nobody sees a row without it. */

#define G_LOG_DOMAIN "purge-in-sight"

#include "config.h"

#include "purge-in-sight.h"

typedef struct {
  GtkWidget        *view;
  PurgeInSightFunc  func;
} Watch;

/* One that has no place at all yet is as wide as nothing. */
static gboolean
is_in_sight (GtkWidget *child,
             GtkWidget *view)
{
  graphene_rect_t bounds;

  return gtk_widget_get_width (child) > 0 && gtk_widget_get_mapped (child) &&
         gtk_widget_compute_bounds (child, view, &bounds) &&
         bounds.origin.y < gtk_widget_get_height (view) && bounds.origin.y + bounds.size.height > 0;
}

static void
on_layout_cb (Watch *watch)
{
  if (!gtk_widget_get_mapped (watch->view))
    return;

  for (GtkWidget *child = gtk_widget_get_first_child (watch->view);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *row = gtk_widget_get_first_child (child);

      if (row != NULL && is_in_sight (child, watch->view))
        watch->func (row);
    }
}

static void
on_realize_cb (Watch *watch)
{
  g_signal_connect_data (gtk_widget_get_frame_clock (watch->view), "layout",
                         G_CALLBACK (on_layout_cb), watch, NULL, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

static void
on_unrealize_cb (Watch *watch)
{
  g_signal_handlers_disconnect_by_func (gtk_widget_get_frame_clock (watch->view), on_layout_cb, watch);
}

/**
 * purge_in_sight_watch:
 * @view: a list view that is not on the screen yet
 * @func: what to do with each row that can be seen
 *
 * Calls @func for the rows that a new frame shows, before it is drawn.
 */
void
purge_in_sight_watch (GtkListView      *view,
                      PurgeInSightFunc  func)
{
  Watch *watch;

  g_return_if_fail (GTK_IS_LIST_VIEW (view));
  g_return_if_fail (!gtk_widget_get_realized (GTK_WIDGET (view)));

  watch = g_new0 (Watch, 1);
  watch->view = GTK_WIDGET (view);
  watch->func = func;
  g_object_set_data_full (G_OBJECT (view), "purge-in-sight", watch, g_free);
  g_signal_connect_swapped (view, "realize", G_CALLBACK (on_realize_cb), watch);
  g_signal_connect_swapped (view, "unrealize", G_CALLBACK (on_unrealize_cb), watch);
}
