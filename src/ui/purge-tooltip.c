/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Tooltips. Knows what GTK does when one is set, and when one is shown. */

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

static void
on_popover_visible_cb (GtkPopover *popover,
                       GParamSpec *pspec,
                       GtkWidget  *button)
{
  gtk_widget_set_has_tooltip (button, !gtk_widget_get_visible (GTK_WIDGET (popover)));
}

/**
 * purge_tooltip_hide_while_open:
 * @button: a button that has a tooltip and a menu
 *
 * Keeps the tooltip from the open menu. With GTK 4.8 it comes where the pointer rests on the button, and
 * when something was chosen from the menu the next click on the button does nothing.
 */
void
purge_tooltip_hide_while_open (GtkMenuButton *button)
{
  GtkPopover *popover;

  g_return_if_fail (GTK_IS_MENU_BUTTON (button));

  popover = gtk_menu_button_get_popover (button);
  g_return_if_fail (popover != NULL);

  g_signal_connect_object (popover, "notify::visible", G_CALLBACK (on_popover_visible_cb), button, 0);
}
