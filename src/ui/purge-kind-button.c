/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What a row is, as an icon with a name. Shows a kind and offers the other; changes nothing by itself. */

#define G_LOG_DOMAIN "purge-kind-button"

#include "config.h"

#include "purge-kind-button.h"

#include <glib/gi18n-lib.h>

#include "purge-accessible.h"
#include "purge-menu-button.h"
#include "purge-tooltip.h"

struct _PurgeKindButton
{
  AdwBin         parent_instance;

  GtkMenuButton *button;
  PurgeKind      kind;
};

G_DEFINE_FINAL_TYPE (PurgeKindButton, purge_kind_button, ADW_TYPE_BIN)

typedef enum {
  PROP_KIND = 1,
} PurgeKindButtonProperty;

static GParamSpec *properties[PROP_KIND + 1];

static void
update (PurgeKindButton *self)
{
  gboolean is_url = self->kind == PURGE_KIND_URL;

  gtk_menu_button_set_icon_name (self->button,
                                 is_url ? "text-x-generic-symbolic" : "folder-symbolic");
  purge_tooltip_set (GTK_WIDGET (self->button),
                     is_url ? _("URL: this one only") : _("Directory, with all in it"));
  /* Translators: what a screen reader calls the button that says what a row of the list is. */
  purge_accessible_name (GTK_WIDGET (self->button), is_url ? _("Kind: URL") : _("Kind: directory"));
}

/* One for all buttons: there are as many as rows. */
static GMenuModel *
get_menu (void)
{
  static GMenu *menu;

  if (menu == NULL)
    {
      menu = g_menu_new ();
      g_menu_append (menu, _("Purge as _Directory, with All in It"), "row.kind::directory");
      g_menu_append (menu, _("Purge as _URL, This One Only"), "row.kind::url");
    }

  return G_MENU_MODEL (menu);
}

static void
purge_kind_button_dispose (GObject *object)
{
  adw_bin_set_child (ADW_BIN (object), NULL);

  G_OBJECT_CLASS (purge_kind_button_parent_class)->dispose (object);
}

static void
purge_kind_button_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  switch ((PurgeKindButtonProperty) property_id)
    {
    case PROP_KIND:
      g_value_set_enum (value, PURGE_KIND_BUTTON (object)->kind);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
purge_kind_button_set_property (GObject      *object,
                                guint         property_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  PurgeKindButton *self = PURGE_KIND_BUTTON (object);

  switch ((PurgeKindButtonProperty) property_id)
    {
    case PROP_KIND:
      if (self->kind == (PurgeKind) g_value_get_enum (value))
        break;
      self->kind = g_value_get_enum (value);
      update (self);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
purge_kind_button_class_init (PurgeKindButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = purge_kind_button_dispose;
  object_class->get_property = purge_kind_button_get_property;
  object_class->set_property = purge_kind_button_set_property;

  properties[PROP_KIND] =
    g_param_spec_enum ("kind", NULL, NULL, PURGE_TYPE_KIND, PURGE_KIND_DIRECTORY,
                       G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
purge_kind_button_init (PurgeKindButton *self)
{
  self->button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  purge_menu_button_set_menu (self->button, get_menu ());
  gtk_menu_button_set_has_frame (self->button, FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self->button), "kind");
  gtk_widget_add_css_class (GTK_WIDGET (self->button), "circular");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->button));
  update (self);
}
