/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Buttons that open a menu. Knows when its widgets are made, and what GTK does with a tooltip beside it;
 * what is in it the button's owner knows. */

#define G_LOG_DOMAIN "purge-menu-button"

#include "config.h"

#include "purge-menu-button.h"

static void
on_popover_visible_cb (GtkPopover *popover,
                       GParamSpec *pspec,
                       GtkWidget  *button)
{
  gtk_widget_set_has_tooltip (button, !gtk_widget_get_visible (GTK_WIDGET (popover)));
}

/* GTK asks whenever the menu is opened. */
static void
create_menu_cb (GtkMenuButton *button,
                gpointer       user_data)
{
  if (gtk_menu_button_get_popover (button) != NULL)
    return;

  gtk_menu_button_set_menu_model (button, user_data);
  g_signal_connect_object (gtk_menu_button_get_popover (button), "notify::visible",
                           G_CALLBACK (on_popover_visible_cb), button, 0);
}

/**
 * purge_menu_button_set_menu:
 * @button: a button
 * @menu: what it opens
 *
 * Gives a button a menu. Its widgets are made when it is opened for the first time, so that no window
 * waits for them. The button's tooltip is kept away from the open menu: with GTK 4.8 it comes where the
 * pointer rests on the button, and when something was chosen from the menu the next click on the button
 * does nothing.
 */
void
purge_menu_button_set_menu (GtkMenuButton *button,
                            GMenuModel    *menu)
{
  g_return_if_fail (GTK_IS_MENU_BUTTON (button));
  g_return_if_fail (G_IS_MENU_MODEL (menu));

  /* Not with a function that lets it go: GTK 4.8 would call that each time that the button is disposed of. */
  g_object_set_data_full (G_OBJECT (button), "purge-menu", g_object_ref (menu), g_object_unref);
  gtk_menu_button_set_create_popup_func (button, create_menu_cb, menu, NULL);
}
