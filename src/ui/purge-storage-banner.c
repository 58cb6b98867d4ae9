/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* Says what is the matter with the disk. Knows the words; recorder and database know the trouble. */

#define G_LOG_DOMAIN "purge-storage-banner"

#include "config.h"

#include "purge-storage-banner.h"

#include <glib/gi18n-lib.h>

#include "purge-banner.h"

struct _PurgeStorageBanner
{
  AdwBin         parent_instance;

  PurgeDatabase *database;
  PurgeRecorder *recorder;
  char          *notice;
  PurgeBanner   *banner;
};

G_DEFINE_FINAL_TYPE (PurgeStorageBanner, purge_storage_banner, ADW_TYPE_BIN)

static void
update (PurgeStorageBanner *self)
{
  guint n_pending = self->recorder != NULL ? purge_recorder_get_n_pending (self->recorder) : 0;
  g_autofree char *pending = NULL;

  if (n_pending > 0)
    {
      pending = g_strdup_printf (ngettext ("The disk has not taken the result of %u batch yet. It is "
                                           "tried again every few seconds; keep the window open.",
                                           "The disk has not taken the results of %u batches yet. It "
                                           "is tried again every few seconds; keep the window open.",
                                           n_pending), n_pending);
      purge_banner_show (self->banner, pending, NULL, NULL);
    }
  else if (self->notice != NULL)
    {
      purge_banner_show (self->banner, self->notice, _("_Close"), "storage.dismiss");
    }
  else
    {
      purge_banner_hide (self->banner);
    }
}

static void
dismiss_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  PurgeStorageBanner *self = PURGE_STORAGE_BANNER (widget);

  g_clear_pointer (&self->notice, g_free);
  update (self);
}

static void
purge_storage_banner_dispose (GObject *object)
{
  PurgeStorageBanner *self = PURGE_STORAGE_BANNER (object);

  g_clear_object (&self->database);
  g_clear_object (&self->recorder);
  g_clear_pointer (&self->notice, g_free);

  G_OBJECT_CLASS (purge_storage_banner_parent_class)->dispose (object);
}

static void
purge_storage_banner_class_init (PurgeStorageBannerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = purge_storage_banner_dispose;

  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "storage.dismiss", NULL, dismiss_action);
}

static void
purge_storage_banner_init (PurgeStorageBanner *self)
{
  self->banner = g_object_new (PURGE_TYPE_BANNER, NULL);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->banner));
}

/**
 * purge_storage_banner_set_session:
 * @self: a banner
 * @session: (nullable): whose disk it speaks of
 *
 * Speaks of another session.
 */
void
purge_storage_banner_set_session (PurgeStorageBanner *self,
                                  PurgeSession       *session)
{
  PurgeWorkspace *workspace = session != NULL ? purge_session_get_workspace (session) : NULL;
  PurgeDatabase *database = workspace != NULL ? purge_workspace_get_database (workspace) : NULL;
  PurgeRecorder *recorder = workspace != NULL ? purge_workspace_get_recorder (workspace) : NULL;

  g_return_if_fail (PURGE_IS_STORAGE_BANNER (self));

  if (self->recorder != NULL)
    g_signal_handlers_disconnect_by_func (self->recorder, update, self);
  g_set_object (&self->database, database);
  g_set_object (&self->recorder, recorder);
  if (self->recorder != NULL)
    g_signal_connect_object (self->recorder, "notify::n-pending", G_CALLBACK (update), self,
                             G_CONNECT_SWAPPED);
  update (self);
}

/**
 * purge_storage_banner_read_notice:
 * @self: a banner
 *
 * The database was opened: what it has to say is shown until it is closed.
 */
void
purge_storage_banner_read_notice (PurgeStorageBanner *self)
{
  g_return_if_fail (PURGE_IS_STORAGE_BANNER (self));

  g_clear_pointer (&self->notice, g_free);
  if (self->database != NULL)
    self->notice = purge_database_dup_notice (self->database);
  update (self);
}
