/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What the window can be told to do, by a button, a menu or a key: hands each action on to whoever does
 * it. Which of them can be used when, and what the window shows, is elsewhere. */

#define G_LOG_DOMAIN "purge-window"

#include "config.h"

#include "purge-window-private.h"

#include <string.h>

#include "purge-load-back.h"
#include "purge-side-window.h"
#include "purge-submit.h"

static gboolean
is_on_main_page (PurgeWindow *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "main") == 0;
}

static void
purge_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  PurgeWindow *self = PURGE_WINDOW (widget);

  if (self->session == NULL || !is_on_main_page (self))
    return;

  /* What was typed a moment ago belongs to the list, and may have been all of it. */
  purge_list_editor_commit (self->editor);
  purge_submit (self->editor, self->session);
}

static void
cancel_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  purge_session_cancel (PURGE_WINDOW (widget)->session);
}

static void
load_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  PurgeWindow *self = PURGE_WINDOW (widget);

  if (self->session == NULL)
    return;

  if (g_str_equal (action_name, "win.load-failed"))
    purge_load_back_failed (self->editor, self->session);
  else
    purge_load_back_unserved (self->editor, self->session);
}

static void
side_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  PurgeWindow *self = PURGE_WINDOW (widget);

  purge_side_window_present (GTK_WINDOW (self), strchr (action_name, '.') + 1, self->editor,
                             self->session);
}

static void
open_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  purge_window_open (PURGE_WINDOW (widget));
}

static void
practice_action (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  purge_window_start_practice (PURGE_WINDOW (widget));
}

/* What belongs to the editor, for keys that work wherever the focus is. */
static void
editor_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  PurgeWindow *self = PURGE_WINDOW (widget);
  g_autofree char *name = g_strconcat ("editor.", strchr (action_name, '.') + 1, NULL);

  if (is_on_main_page (self))
    gtk_widget_activate_action (GTK_WIDGET (self->editor), name, NULL);
}

static void
export_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  gtk_widget_activate_action (GTK_WIDGET (PURGE_WINDOW (widget)->results), "results.export", NULL);
}

/* Keys that mean something else inside an entry or a text: bindings of a class are asked only where
 * the widget with the focus had no use for the key, unlike those of the application. */
static void
add_bindings (GtkWidgetClass *widget_class)
{
  static const struct {
    guint            key;
    GdkModifierType  modifiers;
    const char      *action_name;
  } bindings[] = {
    { GDK_KEY_v, GDK_CONTROL_MASK, "win.paste" },
    { GDK_KEY_Insert, GDK_SHIFT_MASK, "win.paste" },
    { GDK_KEY_z, GDK_CONTROL_MASK, "win.undo" },
    { GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "win.redo" },
    { GDK_KEY_Escape, 0, "win.cancel" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bindings); i++)
    gtk_widget_class_add_binding_action (widget_class, bindings[i].key, bindings[i].modifiers,
                                         bindings[i].action_name, NULL);
}

void
purge_window_install_actions (GtkWidgetClass *widget_class)
{
  static const struct {
    const char                  *name;
    GtkWidgetActionActivateFunc  activate;
  } actions[] = {
    { "win.purge", purge_action },
    { "win.cancel", cancel_action },
    { "win.load-failed", load_action },
    { "win.load-unserved", load_action },
    { "win.add-account", side_action },
    { "win.edit-account", side_action },
    { "win.accounts", side_action },
    { "win.history", side_action },
    { "win.preferences", side_action },
    { "win.shortcuts", side_action },
    { "win.export", export_action },
    { "win.open", open_action },
    { "win.practice", practice_action },
    { "win.end-practice", open_action },
    { "win.type", editor_action },
    { "win.paste", editor_action },
    { "win.import", editor_action },
    { "win.undo", editor_action },
    { "win.redo", editor_action },
    { "win.as-text", editor_action },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, NULL, actions[i].activate);
  gtk_widget_class_install_property_action (widget_class, "win.account", "account-uuid");
  add_bindings (widget_class);
}
