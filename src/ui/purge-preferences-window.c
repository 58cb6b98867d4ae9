/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The preferences, in a window. Stores them; who obeys them is elsewhere. */

#define G_LOG_DOMAIN "purge-preferences-window"

#include "config.h"

#include "purge-preferences-window.h"

#include <glib/gi18n-lib.h>

#include "purge-keep-choice.h"

struct _PurgePreferencesWindow
{
  AdwWindow        parent_instance;

  AdwComboRow     *style;
  GtkSwitch       *notify;
  GtkSwitch       *look_up;
  AdwActionRow    *history;
  PurgeKeepChoice *keep;
};

G_DEFINE_FINAL_TYPE (PurgePreferencesWindow, purge_preferences_window, ADW_TYPE_WINDOW)

/* As they stand in the list. */
static const char * const styles[] = { "default", "force-light", "force-dark" };

static gboolean
get_style (GValue   *value,
           GVariant *variant,
           gpointer  user_data)
{
  const char *style = g_variant_get_string (variant, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    if (g_str_equal (styles[i], style))
      {
        g_value_set_uint (value, i);
        return TRUE;
      }

  return FALSE;
}

static GVariant *
set_style (const GValue       *value,
           const GVariantType *type,
           gpointer            user_data)
{
  guint i = g_value_get_uint (value);

  return i < G_N_ELEMENTS (styles) ? g_variant_new_string (styles[i]) : NULL;
}

static void
purge_preferences_window_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), PURGE_TYPE_PREFERENCES_WINDOW);

  G_OBJECT_CLASS (purge_preferences_window_parent_class)->dispose (object);
}

static void
purge_preferences_window_class_init (PurgePreferencesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = purge_preferences_window_dispose;

  g_type_ensure (PURGE_TYPE_KEEP_CHOICE);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/cdn_purge/CdnPurge/purge-preferences-window.ui");
  gtk_widget_class_bind_template_child (widget_class, PurgePreferencesWindow, style);
  gtk_widget_class_bind_template_child (widget_class, PurgePreferencesWindow, notify);
  gtk_widget_class_bind_template_child (widget_class, PurgePreferencesWindow, look_up);
  gtk_widget_class_bind_template_child (widget_class, PurgePreferencesWindow, history);
  gtk_widget_class_bind_template_child (widget_class, PurgePreferencesWindow, keep);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
purge_preferences_window_init (PurgePreferencesWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * purge_preferences_window_new:
 * @session: what the main window works on
 * @settings: the settings of the window
 *
 * Returns: (transfer full): the window, to be presented
 */
GtkWidget *
purge_preferences_window_new (PurgeSession *session,
                              GSettings    *settings)
{
  PurgePreferencesWindow *self;

  g_return_val_if_fail (PURGE_IS_SESSION (session), NULL);
  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);

  self = g_object_new (PURGE_TYPE_PREFERENCES_WINDOW, NULL);
  g_settings_bind_with_mapping (settings, "color-scheme", self->style, "selected",
                                G_SETTINGS_BIND_DEFAULT, get_style, set_style, NULL, NULL);
  g_settings_bind (settings, "notify", self->notify, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "look-up", self->look_up, "active", G_SETTINGS_BIND_DEFAULT);

  /* Practice has a history of its own, which is gone at the end. */
  if (purge_session_is_practice (session))
    {
      gtk_widget_set_sensitive (GTK_WIDGET (self->history), FALSE);
      adw_action_row_set_subtitle (self->history, _("Not while practising"));
      purge_keep_choice_set_session (self->keep, NULL, settings);
    }
  else
    {
      purge_keep_choice_set_session (self->keep, session, settings);
    }

  return GTK_WIDGET (self);
}
