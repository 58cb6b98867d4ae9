/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* A menu for what is in it. Knows how a person asks for one and where it is to be; what is in it, and
 * for what, is told it. */

#define G_LOG_DOMAIN "purge-row-menu"

#include "config.h"

#include "purge-row-menu.h"

struct _PurgeRowMenu
{
  AdwBin      parent_instance;

  GMenuModel *menu_model; /* nullable */
  GtkWidget  *popover;    /* nullable: made when the menu is asked for */
};

G_DEFINE_FINAL_TYPE (PurgeRowMenu, purge_row_menu, ADW_TYPE_BIN)

typedef enum {
  PROP_MENU_MODEL = 1,
} PurgeRowMenuProperty;

static GParamSpec *properties[PROP_MENU_MODEL + 1];
static guint asked_signal;

static GtkPopover *
ensure_popover (PurgeRowMenu *self)
{
  if (self->popover == NULL)
    {
      self->popover = gtk_popover_menu_new_from_model (self->menu_model);
      gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
      gtk_widget_set_halign (self->popover, GTK_ALIGN_START);
      gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
    }

  return GTK_POPOVER (self->popover);
}

static gboolean
pop_up (PurgeRowMenu       *self,
        GtkWidget          *widget,
        const GdkRectangle *area)
{
  gboolean wanted = FALSE;

  if (widget != NULL)
    g_signal_emit (self, asked_signal, 0, widget, &wanted);
  if (!wanted)
    return FALSE;

  gtk_popover_set_pointing_to (ensure_popover (self), area);
  gtk_popover_popup (ensure_popover (self));
  return TRUE;
}

static gboolean
pop_up_at (PurgeRowMenu *self,
           double        x,
           double        y)
{
  const GdkRectangle area = { x, y, 1, 1 };

  return pop_up (self, gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT), &area);
}

static void
on_pressed_cb (PurgeRowMenu *self,
               int           n_press,
               double        x,
               double        y,
               GtkGesture   *gesture)
{
  if (pop_up_at (self, x, y))
    gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
on_long_pressed_cb (PurgeRowMenu *self,
                    double        x,
                    double        y,
                    GtkGesture   *gesture)
{
  if (pop_up_at (self, x, y))
    gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
}

/* By keyboard: below what has the focus. */
static void
popup_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  PurgeRowMenu *self = PURGE_ROW_MENU (widget);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  graphene_rect_t bounds;
  GdkRectangle area;

  if (focus == NULL || !gtk_widget_compute_bounds (focus, widget, &bounds))
    return;

  area.x = bounds.origin.x;
  area.y = bounds.origin.y;
  area.width = MIN (bounds.size.width, gtk_widget_get_width (widget));
  area.height = bounds.size.height;
  pop_up (self, focus, &area);
}

static void
purge_row_menu_dispose (GObject *object)
{
  PurgeRowMenu *self = PURGE_ROW_MENU (object);

  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_clear_object (&self->menu_model);

  G_OBJECT_CLASS (purge_row_menu_parent_class)->dispose (object);
}

static void
purge_row_menu_get_property (GObject    *object,
                             guint       property_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  PurgeRowMenu *self = PURGE_ROW_MENU (object);

  switch ((PurgeRowMenuProperty) property_id)
    {
    case PROP_MENU_MODEL:
      g_value_set_object (value, self->menu_model);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
purge_row_menu_set_property (GObject      *object,
                             guint         property_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  PurgeRowMenu *self = PURGE_ROW_MENU (object);

  switch ((PurgeRowMenuProperty) property_id)
    {
    case PROP_MENU_MODEL:
      if (g_set_object (&self->menu_model, g_value_get_object (value)))
        {
          if (self->popover != NULL)
            gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (self->popover), self->menu_model);
          g_object_notify_by_pspec (object, pspec);
        }
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
purge_row_menu_class_init (PurgeRowMenuClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = purge_row_menu_dispose;
  object_class->get_property = purge_row_menu_get_property;
  object_class->set_property = purge_row_menu_set_property;

  properties[PROP_MENU_MODEL] =
    g_param_spec_object ("menu-model", NULL, NULL, G_TYPE_MENU_MODEL,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
  asked_signal = g_signal_new ("asked", PURGE_TYPE_ROW_MENU, G_SIGNAL_RUN_LAST, 0,
                               g_signal_accumulator_true_handled, NULL, NULL, G_TYPE_BOOLEAN, 1,
                               GTK_TYPE_WIDGET);

  gtk_widget_class_install_action (widget_class, "row-menu.popup", NULL, popup_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "row-menu.popup", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "row-menu.popup",
                                       NULL);
}

static void
purge_row_menu_init (PurgeRowMenu *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *press = gtk_gesture_long_press_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (on_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));

  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (press), TRUE);
  g_signal_connect_swapped (press, "pressed", G_CALLBACK (on_long_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (press));
}
