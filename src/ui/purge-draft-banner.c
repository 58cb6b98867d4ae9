/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What a person has to know of the draft. A toast would cut the sentences off and be gone; this
 * stays until the list is saved, or until it was read. */

#define G_LOG_DOMAIN "purge-draft-banner"

#include "config.h"

#include "purge-draft-banner.h"

#include <glib/gi18n-lib.h>

#include "purge-banner.h"

struct _PurgeDraftBanner
{
  AdwBin            parent_instance;

  PurgeDraftKeeper *keeper;
  PurgeBanner      *banner;
};

G_DEFINE_FINAL_TYPE (PurgeDraftBanner, purge_draft_banner, ADW_TYPE_BIN)

static void
update (PurgeDraftBanner *self)
{
  const char *trouble = NULL;
  const char *damage = NULL;

  if (self->keeper != NULL)
    {
      trouble = purge_draft_keeper_get_trouble (self->keeper);
      damage = purge_draft_keeper_get_damage (self->keeper);
    }

  if (trouble != NULL)
    purge_banner_show (self->banner, trouble, _("_Try Again"), "draft.save");
  else if (damage != NULL)
    purge_banner_show (self->banner, damage, _("_Close"), "draft.dismiss");
  else
    purge_banner_hide (self->banner);
}

static void
save_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  /* The answer is what the banner shows. */
  purge_draft_keeper_flush_async (PURGE_DRAFT_BANNER (widget)->keeper, NULL, NULL, NULL);
}

static void
dismiss_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  purge_draft_keeper_dismiss (PURGE_DRAFT_BANNER (widget)->keeper);
}

static void
purge_draft_banner_dispose (GObject *object)
{
  PurgeDraftBanner *self = PURGE_DRAFT_BANNER (object);

  g_clear_object (&self->keeper);

  G_OBJECT_CLASS (purge_draft_banner_parent_class)->dispose (object);
}

static void
purge_draft_banner_class_init (PurgeDraftBannerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = purge_draft_banner_dispose;

  gtk_widget_class_install_action (widget_class, "draft.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "draft.dismiss", NULL, dismiss_action);
}

static void
purge_draft_banner_init (PurgeDraftBanner *self)
{
  self->banner = g_object_new (PURGE_TYPE_BANNER, NULL);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->banner));
}

/**
 * purge_draft_banner_set_session:
 * @self: a banner
 * @session: (nullable): whose draft it speaks of
 *
 * Speaks of another draft.
 */
void
purge_draft_banner_set_session (PurgeDraftBanner *self,
                                PurgeSession     *session)
{
  PurgeDraftKeeper *keeper = session != NULL ? purge_session_get_keeper (session) : NULL;

  g_return_if_fail (PURGE_IS_DRAFT_BANNER (self));

  if (self->keeper != NULL)
    g_signal_handlers_disconnect_by_func (self->keeper, update, self);
  g_set_object (&self->keeper, keeper);
  if (keeper != NULL)
    g_signal_connect_object (keeper, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}
