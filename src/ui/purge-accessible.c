/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Names for screen readers where GTK's own widgets keep the part that takes the focus to themselves. */

#define G_LOG_DOMAIN "purge-accessible"

#include "config.h"

#include "purge-accessible.h"

static void
set_name (GtkAccessible *accessible,
          const char    *name)
{
  gtk_accessible_reset_relation (accessible, GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/**
 * purge_accessible_name:
 * @widget: a menu button or a drop-down
 * @name: its name, translated
 *
 * Names a widget and the button inside it: until GTK 4.10 a screen reader that comes upon the button
 * reads the name of its type. Later versions let the chosen item of a drop-down name it, and nothing
 * tells what is chosen there.
 */
void
purge_accessible_name (GtkWidget  *widget,
                       const char *name)
{
  GtkWidget *button;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (name != NULL);

  button = gtk_widget_get_first_child (widget);
  set_name (GTK_ACCESSIBLE (widget), name);
  if (GTK_IS_BUTTON (button))
    set_name (GTK_ACCESSIBLE (button), name);
}
