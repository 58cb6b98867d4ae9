/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The last days, side by side. Knows which one is chosen; what that does is the window's. */

#define G_LOG_DOMAIN "purge-day-strip"

#include "config.h"

#include "purge-day-strip.h"

#include <glib/gi18n-lib.h>

#include "purge-day-bar.h"
#include "purge-format.h"
#include "purge-wrap.h"

struct _PurgeDayStrip
{
  AdwBin           parent_instance;

  PurgeRecentDays *days;
  PurgeDay         chosen;
  gboolean         has_chosen;

  GtkWidget       *legend;
  GtkWidget       *bars;
  GtkWidget       *buttons[PURGE_RECENT_DAYS_N];
};

G_DEFINE_FINAL_TYPE (PurgeDayStrip, purge_day_strip, ADW_TYPE_BIN)

static guint chosen_signal;

static void on_toggled_cb (PurgeDayStrip   *self,
                           GtkToggleButton *button);

static guint
find_most (PurgeDayStrip *self)
{
  guint most = 1;

  for (guint i = 0; i < PURGE_RECENT_DAYS_N; i++)
    most = MAX (most, purge_recent_days_get (self->days, i)->tally.n_directories);

  return most;
}

static char *
dup_words (const PurgeDay *day)
{
  g_autofree char *date = purge_format_day (day->start);
  g_autofree char *counts = purge_format_counts (&day->tally);

  if (*counts == '\0')
    /* Translators: %s is a day, “Nov 24” */
    return g_strdup_printf (_("%s: nothing"), date);

  /* Translators: a day and what became of what was submitted then: “Nov 24: 40 accepted” */
  return g_strdup_printf (_("%s: %s"), date, counts);
}

/* Beside a day that is chosen the others step back. */
static void
tell_chosen (PurgeDayStrip *self)
{
  if (self->has_chosen)
    gtk_widget_add_css_class (self->bars, "chosen");
  else
    gtk_widget_remove_css_class (self->bars, "chosen");
  g_signal_emit (self, chosen_signal, 0);
}

static void
press (PurgeDayStrip *self,
       guint          index,
       gboolean       pressed)
{
  GtkToggleButton *button = GTK_TOGGLE_BUTTON (self->buttons[index]);

  g_signal_handlers_block_by_func (button, on_toggled_cb, self);
  gtk_toggle_button_set_active (button, pressed);
  g_signal_handlers_unblock_by_func (button, on_toggled_cb, self);
}

static void
show_day (PurgeDayStrip *self,
          guint          index,
          guint          most)
{
  const PurgeDay *day = purge_recent_days_get (self->days, index);
  GtkWidget *button = self->buttons[index];
  g_autofree char *words = dup_words (day);

  purge_day_bar_show (PURGE_DAY_BAR (gtk_button_get_child (GTK_BUTTON (button))), &day->tally, most);
  gtk_widget_set_tooltip_text (button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_widget_set_sensitive (button, day->tally.n_directories > 0);
  press (self, index, self->has_chosen && self->chosen.start == day->start);
}

static void
add_to_legend (PurgeDayStrip        *self,
               const PurgeTallyPart *part)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *sample = purge_day_bar_new_part (part->state);
  g_autofree char *text = purge_format_count (part);
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_set_valign (sample, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (label, "caption");
  gtk_box_append (GTK_BOX (box), sample);
  gtk_box_append (GTK_BOX (box), label);
  gtk_widget_set_parent (box, self->legend);
}

static void
show_sum (PurgeDayStrip    *self,
          const PurgeTally *sum)
{
  PurgeTallyPart parts[PURGE_TALLY_N_PARTS];
  g_autofree char *words = purge_format_counts (sum);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->legend)) != NULL)
    gtk_widget_unparent (child);

  purge_tally_split (sum, parts);
  for (guint i = 0; i < PURGE_TALLY_N_PARTS; i++)
    if (parts[i].n > 0)
      add_to_legend (self, &parts[i]);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bars), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  words, -1);
}

static gboolean
still_has_chosen (PurgeDayStrip *self)
{
  for (guint i = 0; i < PURGE_RECENT_DAYS_N; i++)
    {
      const PurgeDay *day = purge_recent_days_get (self->days, i);

      if (day->start == self->chosen.start)
        return day->tally.n_directories > 0;
    }

  return FALSE;
}

static void
update (PurgeDayStrip *self)
{
  PurgeTally sum;
  guint most = find_most (self);

  /* A day that was deleted is not asked for any more. */
  if (self->has_chosen && !still_has_chosen (self))
    purge_day_strip_clear (self);

  for (guint i = 0; i < PURGE_RECENT_DAYS_N; i++)
    show_day (self, i, most);
  purge_recent_days_sum_up (self->days, &sum);
  show_sum (self, &sum);
  gtk_widget_set_visible (GTK_WIDGET (self), sum.n_directories > 0);
}

static void
on_toggled_cb (PurgeDayStrip   *self,
               GtkToggleButton *button)
{
  self->has_chosen = gtk_toggle_button_get_active (button);
  for (guint i = 0; i < PURGE_RECENT_DAYS_N; i++)
    if (self->buttons[i] == GTK_WIDGET (button))
      self->chosen = *purge_recent_days_get (self->days, i);
    else
      press (self, i, FALSE);

  tell_chosen (self);
}

/* The day at which the Tab key enters: the chosen one, or else the last one that has something. */
static GtkWidget *
find_entrance (PurgeDayStrip *self)
{
  GtkWidget *entrance = NULL;

  for (guint i = 0; i < PURGE_RECENT_DAYS_N; i++)
    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->buttons[i])))
      return self->buttons[i];
    else if (gtk_widget_get_sensitive (self->buttons[i]))
      entrance = self->buttons[i];

  return entrance;
}

/* One stop of the Tab key; the arrows go from day to day. */
static gboolean
purge_day_strip_focus (GtkWidget        *widget,
                       GtkDirectionType  direction)
{
  PurgeDayStrip *self = PURGE_DAY_STRIP (widget);
  GtkWidget *entrance = find_entrance (self);
  gboolean is_inside = gtk_widget_get_focus_child (widget) != NULL;

  if (direction != GTK_DIR_TAB_FORWARD && direction != GTK_DIR_TAB_BACKWARD)
    return GTK_WIDGET_CLASS (purge_day_strip_parent_class)->focus (widget, direction);

  return !is_inside && entrance != NULL && gtk_widget_grab_focus (entrance);
}

static void
purge_day_strip_dispose (GObject *object)
{
  PurgeDayStrip *self = PURGE_DAY_STRIP (object);

  if (self->days != NULL)
    g_signal_handlers_disconnect_by_data (self->days, self);
  g_clear_object (&self->days);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), PURGE_TYPE_DAY_STRIP);

  G_OBJECT_CLASS (purge_day_strip_parent_class)->dispose (object);
}

static void
purge_day_strip_class_init (PurgeDayStripClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = purge_day_strip_dispose;
  widget_class->focus = purge_day_strip_focus;

  g_type_ensure (PURGE_TYPE_WRAP);
  chosen_signal = g_signal_new ("chosen", PURGE_TYPE_DAY_STRIP, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/cdn_purge/CdnPurge/purge-day-strip.ui");
  gtk_widget_class_bind_template_child (widget_class, PurgeDayStrip, legend);
  gtk_widget_class_bind_template_child (widget_class, PurgeDayStrip, bars);
}

static void
purge_day_strip_init (PurgeDayStrip *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  for (guint i = 0; i < PURGE_RECENT_DAYS_N; i++)
    {
      GtkWidget *button = gtk_toggle_button_new ();

      gtk_button_set_child (GTK_BUTTON (button), purge_day_bar_new ());
      gtk_widget_add_css_class (button, "flat");
      g_signal_connect_object (button, "toggled", G_CALLBACK (on_toggled_cb), self,
                               G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (self->bars), button);
      self->buttons[i] = button;
    }
}

/**
 * purge_day_strip_set_days:
 * @self: a strip
 * @days: what it shows
 *
 * Shows days, also when they change.
 */
void
purge_day_strip_set_days (PurgeDayStrip   *self,
                          PurgeRecentDays *days)
{
  g_return_if_fail (PURGE_IS_DAY_STRIP (self));
  g_return_if_fail (PURGE_IS_RECENT_DAYS (days));
  g_return_if_fail (self->days == NULL);

  self->days = g_object_ref (days);
  g_signal_connect_object (days, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

/**
 * purge_day_strip_get_chosen:
 * @self: a strip
 *
 * Returns: (transfer none) (nullable): the day that is chosen
 */
const PurgeDay *
purge_day_strip_get_chosen (PurgeDayStrip *self)
{
  g_return_val_if_fail (PURGE_IS_DAY_STRIP (self), NULL);

  return self->has_chosen ? &self->chosen : NULL;
}

/**
 * purge_day_strip_clear:
 * @self: a strip
 *
 * Chooses no day.
 */
void
purge_day_strip_clear (PurgeDayStrip *self)
{
  g_return_if_fail (PURGE_IS_DAY_STRIP (self));

  if (!self->has_chosen)
    return;

  self->has_chosen = FALSE;
  for (guint i = 0; i < PURGE_RECENT_DAYS_N; i++)
    press (self, i, FALSE);
  tell_chosen (self);
}
