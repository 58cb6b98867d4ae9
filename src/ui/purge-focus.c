/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Where the keyboard goes. */

#define G_LOG_DOMAIN "purge-focus"

#include "config.h"

#include "purge-focus.h"

/**
 * purge_focus_drop:
 * @widget: what is about to be hidden or made insensitive
 *
 * Takes the focus from @widget or from what is in it. An entry that is hidden or made insensitive with
 * the focus in it is not told that it lost it, and warns when its cursor blinks next.
 *
 * Returns: whether it had the focus
 */
gboolean
purge_focus_drop (GtkWidget *widget)
{
  GtkRoot *root;
  GtkWidget *focus;

  g_return_val_if_fail (GTK_IS_WIDGET (widget), FALSE);

  root = gtk_widget_get_root (widget);
  focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  if (focus == NULL || (focus != widget && !gtk_widget_is_ancestor (focus, widget)))
    return FALSE;

  gtk_root_set_focus (root, NULL);
  return TRUE;
}
