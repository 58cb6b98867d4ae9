/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* One bar of a few parts. Knows heights; the style sheet knows what a part looks like, so that it goes
 * with a dark and with a high-contrast style. */

#define G_LOG_DOMAIN "purge-day-bar"

#include "config.h"

#include "purge-day-bar.h"

#include <adwaita.h>

#include "purge-format.h"

#define LEAST_WIDTH 4
#define NATURAL_WIDTH 10

/* Between two parts. */
#define GAP 1

struct _PurgeDayBar
{
  GtkWidget       parent_instance;

  PurgeTallyPart  amounts[PURGE_TALLY_N_PARTS];
  guint           most;
  GtkWidget      *parts[PURGE_TALLY_N_PARTS];
};

G_DEFINE_FINAL_TYPE (PurgeDayBar, purge_day_bar, GTK_TYPE_WIDGET)

/* In proportion, but whatever there is can be seen: at the cost of the highest part, which is still
 * the highest. */
static void
divide (PurgeDayBar *self,
        int          height,
        int         *heights)
{
  guint highest = 0;
  int sum = 0;

  for (guint i = 0; i < PURGE_TALLY_N_PARTS; i++)
    {
      guint n = self->amounts[i].n;

      heights[i] = n > 0 ? MAX ((int) ((gint64) n * height / self->most), PURGE_DAY_BAR_LEAST) : 0;
      sum += heights[i];
      if (heights[i] > heights[highest])
        highest = i;
    }

  heights[highest] -= MAX (sum - height, 0);
}

static void
purge_day_bar_measure (GtkWidget      *widget,
                       GtkOrientation  orientation,
                       int             for_size,
                       int            *minimum,
                       int            *natural,
                       int            *minimum_baseline,
                       int            *natural_baseline)
{
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = LEAST_WIDTH;
      *natural = NATURAL_WIDTH;
    }
  else
    {
      *minimum = *natural = PURGE_DAY_BAR_HEIGHT;
    }
}

static void
purge_day_bar_size_allocate (GtkWidget *widget,
                             int        width,
                             int        height,
                             int        baseline)
{
  PurgeDayBar *self = PURGE_DAY_BAR (widget);
  int heights[PURGE_TALLY_N_PARTS];
  int bottom = height;

  divide (self, height, heights);
  for (guint i = 0; i < PURGE_TALLY_N_PARTS; i++)
    {
      int gap = bottom < height ? GAP : 0;

      if (heights[i] == 0)
        continue;

      gtk_widget_size_allocate (self->parts[i], &(GtkAllocation) {
                                  0, bottom - heights[i], width, heights[i] - gap,
                                }, -1);
      bottom -= heights[i];
    }
}

static void
purge_day_bar_dispose (GObject *object)
{
  PurgeDayBar *self = PURGE_DAY_BAR (object);

  for (guint i = 0; i < PURGE_TALLY_N_PARTS; i++)
    g_clear_pointer (&self->parts[i], gtk_widget_unparent);

  G_OBJECT_CLASS (purge_day_bar_parent_class)->dispose (object);
}

static void
purge_day_bar_class_init (PurgeDayBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = purge_day_bar_dispose;
  widget_class->measure = purge_day_bar_measure;
  widget_class->size_allocate = purge_day_bar_size_allocate;

  gtk_widget_class_set_css_name (widget_class, "daybar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
purge_day_bar_init (PurgeDayBar *self)
{
  /* The mouse is its button's. */
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  self->most = 1;
  purge_tally_split (&(PurgeTally) { 0 }, self->amounts);
  for (guint i = 0; i < PURGE_TALLY_N_PARTS; i++)
    {
      self->parts[i] = purge_day_bar_new_part (self->amounts[i].state);
      gtk_widget_set_visible (self->parts[i], FALSE);
      gtk_widget_set_parent (self->parts[i], GTK_WIDGET (self));
    }
}

/**
 * purge_day_bar_new:
 *
 * Returns: (transfer floating): a bar of nothing
 */
GtkWidget *
purge_day_bar_new (void)
{
  return g_object_new (PURGE_TYPE_DAY_BAR, NULL);
}

/**
 * purge_day_bar_new_part:
 * @state: one of those of purge_tally_split()
 *
 * Returns: (transfer floating): what a part of that looks like, for a bar or beside its word
 */
GtkWidget *
purge_day_bar_new_part (PurgeBatchState state)
{
  GtkWidget *part = g_object_new (ADW_TYPE_BIN,
                                  "css-name", "part",
                                  "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                  NULL);

  gtk_widget_add_css_class (part, purge_format_state_style (state));
  return part;
}

/**
 * purge_day_bar_show:
 * @self: a bar
 * @tally: what became of a day
 * @most: how much there is in the bar that is the highest, at least 1
 *
 * Shows a day.
 */
void
purge_day_bar_show (PurgeDayBar      *self,
                    const PurgeTally *tally,
                    guint             most)
{
  g_return_if_fail (PURGE_IS_DAY_BAR (self));
  g_return_if_fail (tally != NULL);
  g_return_if_fail (most > 0);

  self->most = most;
  purge_tally_split (tally, self->amounts);
  for (guint i = 0; i < PURGE_TALLY_N_PARTS; i++)
    gtk_widget_set_visible (self->parts[i], self->amounts[i].n > 0);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}
