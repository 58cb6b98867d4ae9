/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Names for screen readers where GTK's own widgets keep the part that takes the focus to themselves. */

#define G_LOG_DOMAIN "purge-accessible"

#include "config.h"

#include "purge-accessible.h"

/**
 * purge_accessible_name:
 * @widget: a menu button or a drop-down
 * @name: its name, translated
 *
 * Names a widget and the button inside it: until GTK 4.10 a screen reader that comes upon the button
 * reads the name of its type.
 */
void
purge_accessible_name (GtkWidget  *widget,
                       const char *name)
{
  GtkWidget *button;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (name != NULL);

  button = gtk_widget_get_first_child (widget);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (GTK_IS_BUTTON (button))
    gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}
