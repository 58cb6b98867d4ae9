/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* A banner. Knows words and the name of an action, and no reason. */

#define G_LOG_DOMAIN "purge-banner"

#include "config.h"

#include "purge-banner.h"

struct _PurgeBanner
{
  AdwBin       parent_instance;

  GtkRevealer *revealer;
  GtkLabel    *title;
  GtkButton   *button;
};

G_DEFINE_FINAL_TYPE (PurgeBanner, purge_banner, ADW_TYPE_BIN)

static void
purge_banner_dispose (GObject *object)
{
  PurgeBanner *self = PURGE_BANNER (object);

  /* Here and in every other bin: it would keep a pointer to a child that its template frees. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), PURGE_TYPE_BANNER);

  G_OBJECT_CLASS (purge_banner_parent_class)->dispose (object);
}

static void
purge_banner_class_init (PurgeBannerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = purge_banner_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/cdn_purge/CdnPurge/purge-banner.ui");
  gtk_widget_class_bind_template_child (widget_class, PurgeBanner, revealer);
  gtk_widget_class_bind_template_child (widget_class, PurgeBanner, title);
  gtk_widget_class_bind_template_child (widget_class, PurgeBanner, button);
  gtk_widget_class_set_css_name (widget_class, "banner");
}

static void
purge_banner_init (PurgeBanner *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * purge_banner_show:
 * @self: a banner
 * @title: the state, in words
 * @button_label: (nullable): the button, with a mnemonic, or %NULL for none
 * @action_name: (nullable): what the button does
 *
 * Shows a state until it is over.
 */
void
purge_banner_show (PurgeBanner *self,
                   const char  *title,
                   const char  *button_label,
                   const char  *action_name)
{
  g_return_if_fail (PURGE_IS_BANNER (self));
  g_return_if_fail (title != NULL);

  gtk_label_set_label (self->title, title);
  gtk_widget_set_visible (GTK_WIDGET (self->button), button_label != NULL);
  if (button_label != NULL)
    gtk_button_set_label (self->button, button_label);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), action_name);
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
}

/**
 * purge_banner_hide:
 * @self: a banner
 *
 * The state is over.
 */
void
purge_banner_hide (PurgeBanner *self)
{
  g_return_if_fail (PURGE_IS_BANNER (self));

  gtk_revealer_set_reveal_child (self->revealer, FALSE);
}
