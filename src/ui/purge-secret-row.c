/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* A row for a secret. Knows how it is shown to a person, and that nobody else is told; what is typed
 * is kept by the veil.
 *
 * The text of the row is bullets, and never visible to GTK. What was typed is drawn over them when
 * a person wants to see it: whoever listens on the accessibility bus can press the button for that
 * as well, so that nothing may be told there then, either. */

#define G_LOG_DOMAIN "purge-secret-row"

#include "config.h"

#include "purge-secret-row.h"

#include <glib/gi18n-lib.h>

#include "purge-veil.h"

struct _PurgeSecretRow
{
  AdwEntryRow  parent_instance;

  GtkWidget   *caps_lock;
  GtkWidget   *reveal;
  GMenuModel  *menu;

  PurgeVeil   *veil;
  GdkDevice   *keyboard;
  gboolean     revealed;
};

G_DEFINE_FINAL_TYPE (PurgeSecretRow, purge_secret_row, ADW_TYPE_ENTRY_ROW)

typedef enum {
  PROP_REVEALED = 1,
} PurgeSecretRowProperty;

static GParamSpec *properties[PROP_REVEALED + 1];

static GtkText *
get_text (PurgeSecretRow *self)
{
  return GTK_TEXT (gtk_editable_get_delegate (GTK_EDITABLE (self)));
}

/* In letters of one width: where the bullets are, which can be asked for, then tells nothing. */
static PangoLayout *
create_layout (PurgeSecretRow *self,
               const char     *secret)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (get_text (self)), secret);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_family_new ("monospace"));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  return layout;
}

/* Room instead of each bullet, as wide as the letter that will be drawn there. */
static PangoAttrList *
create_room (PurgeSecretRow *self)
{
  PangoAttrList *attributes = pango_attr_list_new ();
  g_autoptr (PangoLayout) layout = create_layout (self, "0");
  PangoRectangle letter;

  pango_layout_get_extents (layout, NULL, &letter);
  letter.y -= pango_layout_get_baseline (layout);
  pango_attr_list_insert (attributes, pango_attr_shape_new (&letter, &letter));
  return attributes;
}

static void
draw_secret (PurgeSecretRow *self,
             GtkSnapshot    *snapshot)
{
  GtkText *text = get_text (self);
  g_autoptr (PangoLayout) layout = create_layout (self, purge_veil_get_text (self->veil));
  graphene_rect_t bounds, first, last;
  GdkRGBA color;

  if (!gtk_widget_compute_bounds (GTK_WIDGET (text), GTK_WIDGET (self), &bounds))
    return;

  /* Where a keyboard writes from right to left, the first bullet is on the right. */
  gtk_text_compute_cursor_extents (text, 0, &first, NULL);
  gtk_text_compute_cursor_extents (text, gtk_text_get_text_length (text), &last, NULL);
  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (text)), &color);

  gtk_snapshot_push_clip (snapshot, &bounds);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (
    bounds.origin.x + MIN (first.origin.x, last.origin.x), bounds.origin.y + first.origin.y));
  gtk_snapshot_append_layout (snapshot, layout, &color);
  gtk_snapshot_pop (snapshot);
}

static void
purge_secret_row_snapshot (GtkWidget   *widget,
                           GtkSnapshot *snapshot)
{
  PurgeSecretRow *self = PURGE_SECRET_ROW (widget);

  GTK_WIDGET_CLASS (purge_secret_row_parent_class)->snapshot (widget, snapshot);
  if (self->revealed)
    draw_secret (self, snapshot);
}

static void
update_room (PurgeSecretRow *self)
{
  g_autoptr (PangoAttrList) room = self->revealed ? create_room (self) : NULL;

  gtk_text_set_attributes (get_text (self), room);
}

static void
update_caps_lock (PurgeSecretRow *self)
{
  gtk_widget_set_visible (self->caps_lock,
                          !self->revealed && self->keyboard != NULL &&
                          gtk_widget_has_focus (GTK_WIDGET (get_text (self))) &&
                          gdk_device_get_caps_lock_state (self->keyboard));
}

static void
update_revealed (PurgeSecretRow *self)
{
  const char *name = self->revealed ? _("Hide Text") : _("Show Text");

  gtk_button_set_icon_name (GTK_BUTTON (self->reveal),
                            self->revealed ? "view-conceal-symbolic" : "view-reveal-symbolic");
  gtk_widget_set_tooltip_text (self->reveal, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->reveal),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  update_room (self);
  update_caps_lock (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
purge_secret_row_realize (GtkWidget *widget)
{
  PurgeSecretRow *self = PURGE_SECRET_ROW (widget);
  GdkSeat *seat = gdk_display_get_default_seat (gtk_widget_get_display (widget));

  GTK_WIDGET_CLASS (purge_secret_row_parent_class)->realize (widget);

  if (seat != NULL)
    g_set_object (&self->keyboard, gdk_seat_get_keyboard (seat));
  if (self->keyboard != NULL)
    g_signal_connect_object (self->keyboard, "notify::caps-lock-state",
                             G_CALLBACK (update_caps_lock), self, G_CONNECT_SWAPPED);
  update_caps_lock (self);
}

static void
purge_secret_row_unrealize (GtkWidget *widget)
{
  PurgeSecretRow *self = PURGE_SECRET_ROW (widget);

  if (self->keyboard != NULL)
    g_signal_handlers_disconnect_by_data (self->keyboard, self);
  g_clear_object (&self->keyboard);

  GTK_WIDGET_CLASS (purge_secret_row_parent_class)->unrealize (widget);
}

/* Another font. */
static void
purge_secret_row_css_changed (GtkWidget         *widget,
                              GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (purge_secret_row_parent_class)->css_changed (widget, change);
  if (PURGE_SECRET_ROW (widget)->revealed)
    update_room (PURGE_SECRET_ROW (widget));
}

static void
set_revealed (PurgeSecretRow *self,
              gboolean        revealed)
{
  if (self->revealed == revealed)
    return;

  self->revealed = revealed;
  update_revealed (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REVEALED]);
}

static void
purge_secret_row_get_property (GObject    *object,
                               guint       property_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  switch ((PurgeSecretRowProperty) property_id)
    {
    case PROP_REVEALED:
      g_value_set_boolean (value, PURGE_SECRET_ROW (object)->revealed);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
purge_secret_row_set_property (GObject      *object,
                               guint         property_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  switch ((PurgeSecretRowProperty) property_id)
    {
    case PROP_REVEALED:
      set_revealed (PURGE_SECRET_ROW (object), g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
purge_secret_row_dispose (GObject *object)
{
  PurgeSecretRow *self = PURGE_SECRET_ROW (object);

  g_clear_object (&self->veil);
  gtk_widget_dispose_template (GTK_WIDGET (self), PURGE_TYPE_SECRET_ROW);

  G_OBJECT_CLASS (purge_secret_row_parent_class)->dispose (object);
}

static void
purge_secret_row_class_init (PurgeSecretRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = purge_secret_row_get_property;
  object_class->set_property = purge_secret_row_set_property;
  object_class->dispose = purge_secret_row_dispose;
  widget_class->realize = purge_secret_row_realize;
  widget_class->unrealize = purge_secret_row_unrealize;
  widget_class->snapshot = purge_secret_row_snapshot;
  widget_class->css_changed = purge_secret_row_css_changed;

  properties[PROP_REVEALED] =
    g_param_spec_boolean ("revealed", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
  gtk_widget_class_install_property_action (widget_class, "secret.reveal", "revealed");

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/cdn_purge/CdnPurge/purge-secret-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PurgeSecretRow, caps_lock);
  gtk_widget_class_bind_template_child (widget_class, PurgeSecretRow, reveal);
  gtk_widget_class_bind_template_child (widget_class, PurgeSecretRow, menu);
}

static void
purge_secret_row_init (PurgeSecretRow *self)
{
  GtkText *text = get_text (self);

  gtk_text_set_visibility (text, FALSE);
  self->veil = purge_veil_new (text);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_text_set_extra_menu (text, self->menu);
  g_signal_connect_object (text, "notify::has-focus", G_CALLBACK (update_caps_lock), self,
                           G_CONNECT_SWAPPED);
  update_revealed (self);
}

/**
 * purge_secret_row_get_secret:
 * @self: a row
 *
 * Returns: (transfer none): what was typed, until that changes; do not copy it into ordinary memory
 */
const char *
purge_secret_row_get_secret (PurgeSecretRow *self)
{
  g_return_val_if_fail (PURGE_IS_SECRET_ROW (self), NULL);

  return purge_veil_get_text (self->veil);
}

/**
 * purge_secret_row_forget:
 * @self: a row that was not disposed of
 *
 * Empties the row and wipes what was typed.
 */
void
purge_secret_row_forget (PurgeSecretRow *self)
{
  g_return_if_fail (PURGE_IS_SECRET_ROW (self));

  purge_veil_forget (self->veil);
}
