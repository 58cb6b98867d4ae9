/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Lays widgets out in lines, as words are laid out in a paragraph. Knows nothing of what they are. */

#define G_LOG_DOMAIN "purge-wrap"

#include "config.h"

#include "purge-wrap.h"

#define LINE_SPACING 6

struct _PurgeWrap
{
  GtkWidget parent_instance;

  gboolean  at_start;
  guint     spacing;
};

G_DEFINE_FINAL_TYPE (PurgeWrap, purge_wrap, GTK_TYPE_WIDGET)

typedef enum {
  PROP_AT_START = 1,
  PROP_SPACING,
} PurgeWrapProperty;

static GParamSpec *properties[PROP_SPACING + 1];

/* One line: from which child on, before which one it ends, and how much room they take. */
typedef struct {
  GtkWidget *first;
  GtkWidget *end;
  int        width;
  int        height;
} Line;

/* A child that is wider than the whole is made as wide as that, and may be higher then. */
static int
get_width (GtkWidget *child,
           int        width)
{
  int natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  return MIN (natural, width);
}

static int
get_height (GtkWidget *child,
            int        width)
{
  gboolean squeezed = get_width (child, G_MAXINT) > width;
  int natural;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, squeezed ? width : -1, NULL, &natural, NULL,
                      NULL);
  return natural;
}

/* The line that begins with @first, which gets its place however wide it is. */
static Line
find_line (GtkWidget *first,
           int        width,
           int        spacing)
{
  Line line = { first, first, -spacing, 0 };

  while (line.end != NULL)
    {
      if (gtk_widget_should_layout (line.end))
        {
          int child_width = get_width (line.end, width);
          int wanted = line.width + spacing + child_width;

          if (wanted > width && line.height > 0)
            break;
          line.width = MIN (wanted, width);
          line.height = MAX (line.height, get_height (line.end, width));
        }
      line.end = gtk_widget_get_next_sibling (line.end);
    }

  return line;
}

static void
measure_width (GtkWidget *widget,
               int       *minimum,
               int       *natural)
{
  int spacing = PURGE_WRAP (widget)->spacing;

  *natural = -spacing;
  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int child_minimum, child_natural;

      if (!gtk_widget_should_layout (child))
        continue;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_minimum, &child_natural, NULL,
                          NULL);
      *minimum = MAX (*minimum, child_minimum);
      *natural += child_natural + spacing;
    }
  *natural = MAX (*natural, *minimum);
}

static int
measure_height (GtkWidget *widget,
                int        width)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);
  int height = -LINE_SPACING;

  while (child != NULL)
    {
      Line line = find_line (child, width >= 0 ? width : G_MAXINT, PURGE_WRAP (widget)->spacing);

      if (line.height > 0)
        height += line.height + LINE_SPACING;
      child = line.end;
    }

  return MAX (height, 0);
}

/* GTK asks also how wide it has to be for a height, and asks for ever where the answers to the two
 * questions do not agree: the least width at which the lines are no higher than that. */
static void
measure_width_for_height (GtkWidget *widget,
                          int        height,
                          int       *minimum,
                          int       *natural)
{
  int most;

  measure_width (widget, minimum, natural);
  if (height < 0)
    return;

  most = *natural;
  while (*minimum < most)
    {
      int middle = *minimum + (most - *minimum) / 2;

      if (measure_height (widget, middle) <= height)
        most = middle;
      else
        *minimum = middle + 1;
    }
}

static void
purge_wrap_measure (GtkWidget      *widget,
                    GtkOrientation  orientation,
                    int             for_size,
                    int            *minimum,
                    int            *natural,
                    int            *minimum_baseline,
                    int            *natural_baseline)
{
  *minimum = *natural = 0;
  *minimum_baseline = *natural_baseline = -1;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    measure_width_for_height (widget, for_size, minimum, natural);
  else
    *minimum = *natural = measure_height (widget, for_size);
}

static void
allocate_line (GtkWidget  *widget,
               const Line *line,
               int         width,
               int         y)
{
  PurgeWrap *self = PURGE_WRAP (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int x = self->at_start ? 0 : width - line->width;

  for (GtkWidget *child = line->first; child != line->end;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkAllocation place;
      int child_width;

      if (!gtk_widget_should_layout (child))
        continue;

      child_width = get_width (child, width);
      if (gtk_widget_get_halign (child) == GTK_ALIGN_END)
        x = width - child_width;
      place = (GtkAllocation) { x, y, child_width, line->height };
      if (rtl)
        place.x = width - x - child_width;
      gtk_widget_size_allocate (child, &place, -1);
      x += child_width + self->spacing;
    }
}

static void
purge_wrap_size_allocate (GtkWidget *widget,
                          int        width,
                          int        height,
                          int        baseline)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);
  int y = 0;

  while (child != NULL)
    {
      Line line = find_line (child, width, PURGE_WRAP (widget)->spacing);

      allocate_line (widget, &line, width, y);
      y += line.height + LINE_SPACING;
      child = line.end;
    }
}

static GtkSizeRequestMode
purge_wrap_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
purge_wrap_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (purge_wrap_parent_class)->dispose (object);
}

static void
purge_wrap_get_property (GObject    *object,
                         guint       property_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  PurgeWrap *self = PURGE_WRAP (object);

  switch ((PurgeWrapProperty) property_id)
    {
    case PROP_AT_START:
      g_value_set_boolean (value, self->at_start);
      break;
    case PROP_SPACING:
      g_value_set_uint (value, self->spacing);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
purge_wrap_set_property (GObject      *object,
                         guint         property_id,
                         const GValue *value,
                         GParamSpec   *pspec)
{
  PurgeWrap *self = PURGE_WRAP (object);

  switch ((PurgeWrapProperty) property_id)
    {
    case PROP_AT_START:
      self->at_start = g_value_get_boolean (value);
      break;
    case PROP_SPACING:
      self->spacing = g_value_get_uint (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
purge_wrap_class_init (PurgeWrapClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = purge_wrap_dispose;
  object_class->get_property = purge_wrap_get_property;
  object_class->set_property = purge_wrap_set_property;

  properties[PROP_AT_START] =
    g_param_spec_boolean ("at-start", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SPACING] =
    g_param_spec_uint ("spacing", NULL, NULL, 0, G_MAXINT16, 6,
                       G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
  widget_class->measure = purge_wrap_measure;
  widget_class->size_allocate = purge_wrap_size_allocate;
  widget_class->get_request_mode = purge_wrap_get_request_mode;
}

static void
purge_wrap_init (PurgeWrap *self)
{
  self->spacing = 6;
}
