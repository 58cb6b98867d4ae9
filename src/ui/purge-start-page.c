/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What a person sees who has no account yet. Knows the names of two actions, and nothing of accounts. */

#define G_LOG_DOMAIN "purge-start-page"

#include "config.h"

#include "purge-start-page.h"

struct _PurgeStartPage
{
  AdwBin     parent_instance;

  GtkWidget *add_account_button;
};

G_DEFINE_FINAL_TYPE (PurgeStartPage, purge_start_page, ADW_TYPE_BIN)

static gboolean
purge_start_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (PURGE_START_PAGE (widget)->add_account_button);
}

static void
purge_start_page_dispose (GObject *object)
{
  PurgeStartPage *self = PURGE_START_PAGE (object);

  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), PURGE_TYPE_START_PAGE);

  G_OBJECT_CLASS (purge_start_page_parent_class)->dispose (object);
}

static void
purge_start_page_class_init (PurgeStartPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = purge_start_page_dispose;
  widget_class->grab_focus = purge_start_page_grab_focus;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/cdn_purge/CdnPurge/purge-start-page.ui");
  gtk_widget_class_bind_template_child (widget_class, PurgeStartPage, add_account_button);
}

static void
purge_start_page_init (PurgeStartPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * purge_start_page_new:
 *
 * Returns: (transfer floating): a page
 */
GtkWidget *
purge_start_page_new (void)
{
  return g_object_new (PURGE_TYPE_START_PAGE, NULL);
}
