/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Lays two panes out, side by side or stacked, and a line between them. A horizontal GtkPaned can
 * never become narrower than the sum of its children; here stacked panes need only the width of the
 * wider one. Knows nothing of what is in the panes. */

#define G_LOG_DOMAIN "purge-panes"

#include "config.h"

#include "purge-panes.h"

/* How much of the room beyond what it needs the first pane gets, in hundredths. */
#define START_SHARE_BESIDE 50
#define START_SHARE_STACKED 56

struct _PurgePanes
{
  GtkWidget  parent_instance;

  GtkWidget *start;
  GtkWidget *separator;
  GtkWidget *end;
  gboolean   end_needed;
  gboolean   stacked; /* when they were laid out last */
};

G_DEFINE_FINAL_TYPE (PurgePanes, purge_panes, GTK_TYPE_WIDGET)

typedef enum {
  PROP_START = 1,
  PROP_END,
  PROP_END_NEEDED,
} PurgePanesProperty;

static GParamSpec *properties[PROP_END_NEEDED + 1];

static gboolean
is_shown (GtkWidget *child)
{
  return child != NULL && gtk_widget_should_layout (child);
}

static int
get_minimum (GtkWidget      *child,
             GtkOrientation  orientation,
             int             for_size)
{
  int minimum;

  gtk_widget_measure (child, orientation, for_size, &minimum, NULL, NULL, NULL);
  return minimum;
}

/* Divides @size between two children that need at least their minimum. Where even that does not fit
 * the second one is cut off at the edge. */
static int
get_start_size (int size,
                int start_minimum,
                int end_minimum,
                int share)
{
  int wanted = size * share / 100;

  return MAX (MIN (wanted, size - end_minimum), start_minimum);
}

static int
get_separator_size (PurgePanes     *self,
                    GtkOrientation  orientation)
{
  return get_minimum (self->separator, orientation, -1);
}

static int
get_start_width (PurgePanes *self,
                 int         width)
{
  return get_start_size (width - get_separator_size (self, GTK_ORIENTATION_HORIZONTAL),
                         get_minimum (self->start, GTK_ORIENTATION_HORIZONTAL, -1),
                         get_minimum (self->end, GTK_ORIENTATION_HORIZONTAL, -1),
                         START_SHARE_BESIDE);
}

/* Children that are wider than the threshold together are stacked a little longer. */
static gboolean
fits_side_by_side (PurgePanes *self,
                   int         width)
{
  return width >= PURGE_PANES_SIDE_BY_SIDE_WIDTH &&
         width >= get_minimum (self->start, GTK_ORIENTATION_HORIZONTAL, -1) +
                  get_minimum (self->end, GTK_ORIENTATION_HORIZONTAL, -1) +
                  get_separator_size (self, GTK_ORIENTATION_HORIZONTAL);
}

static void
measure_width (PurgePanes *self,
               int        *minimum,
               int        *natural)
{
  int start_minimum, start_natural, end_minimum, end_natural;

  gtk_widget_measure (self->start, GTK_ORIENTATION_HORIZONTAL, -1,
                      &start_minimum, &start_natural, NULL, NULL);
  gtk_widget_measure (self->end, GTK_ORIENTATION_HORIZONTAL, -1,
                      &end_minimum, &end_natural, NULL, NULL);

  *minimum = MAX (start_minimum, end_minimum);
  *natural = MAX (start_natural + end_natural +
                  get_separator_size (self, GTK_ORIENTATION_HORIZONTAL),
                  PURGE_PANES_SIDE_BY_SIDE_WIDTH);
}

/* Whatever the width is: where there is room side by side each pane may be narrower than where they
 * are stacked just below that, and so higher. GTK takes for granted that nothing becomes higher when
 * it is wider, and measures for ever otherwise. */
static void
measure_height (PurgePanes *self,
                int        *minimum,
                int        *natural)
{
  int start_minimum, start_natural, end_minimum, end_natural;

  gtk_widget_measure (self->start, GTK_ORIENTATION_VERTICAL, -1,
                      &start_minimum, &start_natural, NULL, NULL);
  gtk_widget_measure (self->end, GTK_ORIENTATION_VERTICAL, -1,
                      &end_minimum, &end_natural, NULL, NULL);

  if (!self->stacked)
    {
      *minimum = MAX (start_minimum, end_minimum);
      *natural = MAX (start_natural, end_natural);
    }
  else
    {
      int line = get_separator_size (self, GTK_ORIENTATION_VERTICAL);

      if (!self->end_needed)
        end_minimum = end_natural = line = 0;
      *minimum = start_minimum + end_minimum + line;
      *natural = start_natural + end_natural + line;
    }
}

static void
purge_panes_measure (GtkWidget      *widget,
                     GtkOrientation  orientation,
                     int             for_size,
                     int            *minimum,
                     int            *natural,
                     int            *minimum_baseline,
                     int            *natural_baseline)
{
  PurgePanes *self = PURGE_PANES (widget);
  GtkWidget *only = is_shown (self->start) ? self->start : self->end;

  *minimum = *natural = 0;
  *minimum_baseline = *natural_baseline = -1;

  if (is_shown (self->start) && is_shown (self->end))
    {
      if (orientation == GTK_ORIENTATION_HORIZONTAL)
        measure_width (self, minimum, natural);
      else
        measure_height (self, minimum, natural);
    }
  else if (is_shown (only))
    {
      gtk_widget_measure (only, orientation, for_size, minimum, natural, NULL, NULL);
    }
}

static void
allocate_beside (PurgePanes *self,
                 int         width,
                 int         height)
{
  int line = get_separator_size (self, GTK_ORIENTATION_HORIZONTAL);
  int start_width = get_start_width (self, width);
  int end_width = width - start_width - line;

  /* What does not fit is cut off at the edge. */
  height = MAX (height, get_minimum (self->start, GTK_ORIENTATION_VERTICAL, start_width));
  height = MAX (height, get_minimum (self->end, GTK_ORIENTATION_VERTICAL, end_width));

  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    {
      gtk_widget_size_allocate (self->end, &(GtkAllocation) { 0, 0, end_width, height }, -1);
      gtk_widget_size_allocate (self->separator, &(GtkAllocation) { end_width, 0, line, height }, -1);
      gtk_widget_size_allocate (self->start,
                                &(GtkAllocation) { end_width + line, 0, start_width, height }, -1);
    }
  else
    {
      gtk_widget_size_allocate (self->start, &(GtkAllocation) { 0, 0, start_width, height }, -1);
      gtk_widget_size_allocate (self->separator,
                                &(GtkAllocation) { start_width, 0, line, height }, -1);
      gtk_widget_size_allocate (self->end,
                                &(GtkAllocation) { start_width + line, 0, end_width, height }, -1);
    }
}

static void
allocate_stacked (PurgePanes *self,
                  int         width,
                  int         height)
{
  int line = get_separator_size (self, GTK_ORIENTATION_VERTICAL);
  int end_minimum = get_minimum (self->end, GTK_ORIENTATION_VERTICAL, width);
  int start_height = get_start_size (height - line,
                                     get_minimum (self->start, GTK_ORIENTATION_VERTICAL, width),
                                     end_minimum, START_SHARE_STACKED);
  int end_height = MAX (height - start_height - line, end_minimum);

  gtk_widget_size_allocate (self->start, &(GtkAllocation) { 0, 0, width, start_height }, -1);
  gtk_widget_size_allocate (self->separator, &(GtkAllocation) { 0, start_height, width, line }, -1);
  gtk_widget_size_allocate (self->end,
                            &(GtkAllocation) { 0, start_height + line, width, end_height }, -1);
}

static void
purge_panes_size_allocate (GtkWidget *widget,
                           int        width,
                           int        height,
                           int        baseline)
{
  PurgePanes *self = PURGE_PANES (widget);
  gboolean both = is_shown (self->start) && is_shown (self->end);
  GtkWidget *only = is_shown (self->start) ? self->start : self->end;

  gboolean beside = both && fits_side_by_side (self, width);
  gboolean shows_end = beside || self->end_needed || only == self->end;

  self->stacked = both && !beside;
  gtk_widget_set_child_visible (self->separator, both && shows_end);
  if (self->end != NULL)
    gtk_widget_set_child_visible (self->end, shows_end);

  if (beside)
    allocate_beside (self, width, height);
  else if (both && shows_end)
    allocate_stacked (self, width, height);
  else if (is_shown (only))
    {
      const int needed = get_minimum (only, GTK_ORIENTATION_VERTICAL, width);
      const GtkAllocation all = { 0, 0, width, MAX (height, needed) };

      gtk_widget_size_allocate (only, &all, baseline);
    }
}

static GtkSizeRequestMode
purge_panes_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
purge_panes_dispose (GObject *object)
{
  PurgePanes *self = PURGE_PANES (object);

  g_clear_pointer (&self->start, gtk_widget_unparent);
  g_clear_pointer (&self->separator, gtk_widget_unparent);
  g_clear_pointer (&self->end, gtk_widget_unparent);

  G_OBJECT_CLASS (purge_panes_parent_class)->dispose (object);
}

static void
purge_panes_get_property (GObject    *object,
                          guint       property_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  PurgePanes *self = PURGE_PANES (object);

  switch ((PurgePanesProperty) property_id)
    {
    case PROP_START:
      g_value_set_object (value, self->start);
      break;
    case PROP_END:
      g_value_set_object (value, self->end);
      break;
    case PROP_END_NEEDED:
      g_value_set_boolean (value, self->end_needed);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
purge_panes_set_property (GObject      *object,
                          guint         property_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  PurgePanes *self = PURGE_PANES (object);

  switch ((PurgePanesProperty) property_id)
    {
    case PROP_START:
      purge_panes_set_start (self, g_value_get_object (value));
      break;
    case PROP_END:
      purge_panes_set_end (self, g_value_get_object (value));
      break;
    case PROP_END_NEEDED:
      purge_panes_set_end_needed (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
purge_panes_class_init (PurgePanesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = purge_panes_dispose;
  object_class->get_property = purge_panes_get_property;
  object_class->set_property = purge_panes_set_property;

  widget_class->measure = purge_panes_measure;
  widget_class->size_allocate = purge_panes_size_allocate;
  widget_class->get_request_mode = purge_panes_get_request_mode;

  properties[PROP_START] = g_param_spec_object ("start", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_END] = g_param_spec_object ("end", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_END_NEEDED] = g_param_spec_boolean ("end-needed", NULL, NULL, TRUE, flags);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_css_name (widget_class, "panes");
}

static void
purge_panes_init (PurgePanes *self)
{
  self->end_needed = TRUE;
  self->separator = gtk_separator_new (GTK_ORIENTATION_VERTICAL);
  gtk_widget_set_parent (self->separator, GTK_WIDGET (self));
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

/* Parents @child before or behind the line, which is also the order of the Tab key. */
static gboolean
replace_child (PurgePanes  *self,
               GtkWidget  **field,
               GtkWidget   *child,
               GtkWidget   *previous)
{
  if (*field == child)
    return FALSE;

  g_clear_pointer (field, gtk_widget_unparent);
  *field = child;
  if (child != NULL)
    gtk_widget_insert_after (child, GTK_WIDGET (self), previous);

  return TRUE;
}

/**
 * purge_panes_new:
 *
 * Returns: (transfer floating): panes with nothing in them
 */
GtkWidget *
purge_panes_new (void)
{
  return g_object_new (PURGE_TYPE_PANES, NULL);
}

/**
 * purge_panes_set_start:
 * @self: panes
 * @child: (nullable) (transfer floating): the pane at the left, or at the top where stacked
 *
 * Replaces the first pane.
 */
void
purge_panes_set_start (PurgePanes *self,
                       GtkWidget  *child)
{
  g_return_if_fail (PURGE_IS_PANES (self));
  g_return_if_fail (child == NULL || GTK_IS_WIDGET (child));

  if (replace_child (self, &self->start, child, NULL))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_START]);
}

/**
 * purge_panes_set_end:
 * @self: panes
 * @child: (nullable) (transfer floating): the pane at the right, or at the bottom where stacked
 *
 * Replaces the second pane.
 */
void
purge_panes_set_end (PurgePanes *self,
                     GtkWidget  *child)
{
  g_return_if_fail (PURGE_IS_PANES (self));
  g_return_if_fail (child == NULL || GTK_IS_WIDGET (child));

  if (replace_child (self, &self->end, child, self->separator))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_END]);
}

/**
 * purge_panes_set_end_needed:
 * @self: panes
 * @needed: whether the second pane has something to show
 *
 * Leaves the second pane out of the stacked form, or takes it in.
 */
void
purge_panes_set_end_needed (PurgePanes *self,
                            gboolean    needed)
{
  g_return_if_fail (PURGE_IS_PANES (self));

  needed = !!needed;
  if (self->end_needed == needed)
    return;

  self->end_needed = needed;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_END_NEEDED]);
}
