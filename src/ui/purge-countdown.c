/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* A label that counts seconds down. Knows nothing of what happens at zero. */

#define G_LOG_DOMAIN "purge-countdown"

#include "config.h"

#include "purge-countdown.h"

#include <glib/gi18n-lib.h>

struct _PurgeCountdown
{
  AdwBin     parent_instance;

  GtkWidget *label;
  guint      seconds;
  gint64     end;
  guint      timer;
};

G_DEFINE_FINAL_TYPE (PurgeCountdown, purge_countdown, ADW_TYPE_BIN)

static guint
get_left (PurgeCountdown *self)
{
  gint64 left = (self->end - g_get_monotonic_time () + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC;

  return CLAMP (left, 1, (gint64) self->seconds);
}

static gboolean
on_second_cb (gpointer user_data)
{
  PurgeCountdown *self = user_data;
  guint left = get_left (self);
  g_autofree char *text =
    g_strdup_printf (ngettext ("Trying again in %u s", "Trying again in %u s", left), left);

  gtk_label_set_label (GTK_LABEL (self->label), text);
  return G_SOURCE_CONTINUE;
}

static void
purge_countdown_dispose (GObject *object)
{
  g_clear_handle_id (&PURGE_COUNTDOWN (object)->timer, g_source_remove);

  G_OBJECT_CLASS (purge_countdown_parent_class)->dispose (object);
}

static void
purge_countdown_class_init (PurgeCountdownClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = purge_countdown_dispose;
}

static void
purge_countdown_init (PurgeCountdown *self)
{
  self->label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->label), 0);
  gtk_label_set_wrap (GTK_LABEL (self->label), TRUE);
  gtk_widget_add_css_class (self->label, "numeric");
  adw_bin_set_child (ADW_BIN (self), self->label);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * purge_countdown_set_seconds:
 * @self: a countdown
 * @seconds: from where it counts, or 0 for nothing
 *
 * Begins to count; a countdown from the same number goes on.
 */
void
purge_countdown_set_seconds (PurgeCountdown *self,
                             guint           seconds)
{
  g_return_if_fail (PURGE_IS_COUNTDOWN (self));

  if (self->seconds == seconds)
    return;

  g_clear_handle_id (&self->timer, g_source_remove);
  self->seconds = seconds;
  gtk_widget_set_visible (GTK_WIDGET (self), seconds > 0);
  if (seconds == 0)
    return;

  self->end = g_get_monotonic_time () + seconds * (gint64) G_USEC_PER_SEC;
  self->timer = g_timeout_add_seconds (1, on_second_cb, self);
  on_second_cb (self);
}
