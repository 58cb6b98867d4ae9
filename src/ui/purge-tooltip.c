/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Tooltips. Knows what GTK does when one is set. */

#define G_LOG_DOMAIN "purge-tooltip"

#include "config.h"

#include "purge-tooltip.h"

/**
 * purge_tooltip_set:
 * @widget: a widget
 * @text: what it is for
 *
 * Where a visible widget gets a tooltip GTK looks whether the pointer is above it, for which the X server
 * is asked four times, and waited for each time; of one that is not on the screen it need not ask.
 */
void
purge_tooltip_set (GtkWidget  *widget,
                   const char *text)
{
  gboolean visible;

  g_return_if_fail (GTK_IS_WIDGET (widget));

  visible = gtk_widget_get_visible (widget);
  if (!gtk_widget_get_mapped (widget))
    gtk_widget_set_visible (widget, FALSE);
  gtk_widget_set_tooltip_text (widget, text);
  gtk_widget_set_visible (widget, visible);
}
