/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Lays buttons out in lines, as words are laid out in a paragraph. Knows nothing of what they do. */

#define G_LOG_DOMAIN "purge-wrap"

#include "config.h"

#include "purge-wrap.h"

#define SPACING 6

struct _PurgeWrap
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (PurgeWrap, purge_wrap, GTK_TYPE_WIDGET)

/* One line: from which child on, before which one it ends, and how much room they take. */
typedef struct {
  GtkWidget *first;
  GtkWidget *end;
  int        width;
  int        height;
} Line;

static int
get_natural (GtkWidget      *child,
             GtkOrientation  orientation)
{
  int natural;

  gtk_widget_measure (child, orientation, -1, NULL, &natural, NULL, NULL);
  return natural;
}

/* The line that begins with @first, which gets its place however wide it is. */
static Line
find_line (GtkWidget *first,
           int        width)
{
  Line line = { first, first, -SPACING, 0 };

  while (line.end != NULL)
    {
      if (gtk_widget_should_layout (line.end))
        {
          int wanted = line.width + SPACING + get_natural (line.end, GTK_ORIENTATION_HORIZONTAL);

          if (wanted > width && line.height > 0)
            break;
          line.width = MIN (wanted, width);
          line.height = MAX (line.height, get_natural (line.end, GTK_ORIENTATION_VERTICAL));
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
  *natural = -SPACING;
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
      *natural += child_natural + SPACING;
    }
  *natural = MAX (*natural, *minimum);
}

static int
measure_height (GtkWidget *widget,
                int        width)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);
  int height = -SPACING;

  while (child != NULL)
    {
      Line line = find_line (child, width >= 0 ? width : G_MAXINT);

      if (line.height > 0)
        height += line.height + SPACING;
      child = line.end;
    }

  return MAX (height, 0);
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
    measure_width (widget, minimum, natural);
  else
    *minimum = *natural = measure_height (widget, for_size);
}

static void
allocate_line (GtkWidget  *widget,
               const Line *line,
               int         width,
               int         y)
{
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int x = width - line->width;

  for (GtkWidget *child = line->first; child != line->end;
       child = gtk_widget_get_next_sibling (child))
    {
      int child_width;

      if (!gtk_widget_should_layout (child))
        continue;

      child_width = MIN (get_natural (child, GTK_ORIENTATION_HORIZONTAL), width);
      gtk_widget_size_allocate (child, &(GtkAllocation) {
                                  rtl ? width - x - child_width : x, y, child_width, line->height,
                                }, -1);
      x += child_width + SPACING;
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
      Line line = find_line (child, width);

      allocate_line (widget, &line, width, y);
      y += line.height + SPACING;
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
purge_wrap_class_init (PurgeWrapClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = purge_wrap_dispose;
  widget_class->measure = purge_wrap_measure;
  widget_class->size_allocate = purge_wrap_size_allocate;
  widget_class->get_request_mode = purge_wrap_get_request_mode;
}

static void
purge_wrap_init (PurgeWrap *self)
{
}
