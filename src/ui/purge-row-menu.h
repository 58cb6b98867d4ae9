/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * PurgeRowMenu:
 *
 * A menu for what is in it, by the second button of the mouse, a long press, the Menu key or
 * Shift+F10. Property: `menu-model` (#GMenuModel). Signal: `asked` (#GtkWidget), with the widget below
 * the pointer or with the focus; a handler says whether there is a menu for it, after it has made
 * ready what the menu acts on.
 */
#define PURGE_TYPE_ROW_MENU (purge_row_menu_get_type ())

G_DECLARE_FINAL_TYPE (PurgeRowMenu, purge_row_menu, PURGE, ROW_MENU, AdwBin)

G_END_DECLS
