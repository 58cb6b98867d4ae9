/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What would happen, before it does. Shows a session; sends nothing by itself. */

#define G_LOG_DOMAIN "purge-send-bar"

#include "config.h"

#include "purge-send-bar.h"

#include <glib/gi18n-lib.h>

#include "purge-accessible.h"
#include "purge-format.h"

struct _PurgeSendBar
{
  AdwBin        parent_instance;

  PurgeSession *session;

  GtkLabel     *plan;
  GtkLabel     *notes;
  GtkLevelBar  *quota;
  GtkDropDown  *mode;
  GtkButton    *purge;
};

G_DEFINE_FINAL_TYPE (PurgeSendBar, purge_send_bar, ADW_TYPE_BIN)

/* Why nothing can be sent; NULL where it can. */
static const char *
get_obstacle (PurgeSession *session)
{
  PurgeDirectoryList *list = purge_session_get_list (session);

  if (purge_session_get_sending (session))
    return _("A submission is under way");
  if (purge_session_get_account (session) == NULL)
    return _("There is no account yet");
  if (g_list_model_get_n_items (G_LIST_MODEL (list)) == 0)
    return _("The list is empty");
  if (purge_directory_list_get_n_sendable (list) == 0)
    return _("Every row has a problem");

  return NULL;
}

static void
update_quota (PurgeSendBar *self,
              gboolean      known,
              guint         left,
              guint         total)
{
  gtk_widget_set_visible (GTK_WIDGET (self->quota), known);
  gtk_level_bar_set_value (self->quota, total > 0 ? (double) MIN (left, total) / total : 0);
}

static void
update_purge (PurgeSendBar *self,
              guint         n_sendable)
{
  const char *obstacle = get_obstacle (self->session);
  g_autofree char *label = purge_format_purge_button (n_sendable);

  gtk_button_set_label (self->purge, label);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->purge),
                               obstacle != NULL ? obstacle : _("Send the list (Ctrl+Return)"));
}

static void
update (PurgeSendBar *self)
{
  g_autofree char *plan = NULL;
  g_autofree char *notes = NULL;
  PurgeDirectoryList *list;
  guint n_sendable, left, total;
  gboolean known;

  if (self->session == NULL)
    return;

  list = purge_session_get_list (self->session);
  n_sendable = purge_directory_list_get_n_sendable (list);
  known = purge_quota_meter_read (purge_session_get_meter (self->session), &left, &total);

  plan = purge_format_plan (n_sendable, purge_session_get_batch_limit (self->session), known, left,
                            total);
  notes = purge_format_problems (purge_directory_list_get_n_problems (list),
                                 purge_directory_list_get_n_covered (list));
  gtk_label_set_label (self->plan, plan);
  gtk_label_set_label (self->notes, notes);
  gtk_widget_set_visible (GTK_WIDGET (self->notes), *notes != '\0');
  gtk_drop_down_set_selected (self->mode, purge_session_get_mode (self->session));
  update_quota (self, known, left, total);
  update_purge (self, n_sendable);
}

/* The rows of the drop-down are the modes in their order. */
static void
on_mode_selected_cb (PurgeSendBar *self)
{
  guint selected = gtk_drop_down_get_selected (self->mode);

  if (self->session != NULL && selected != GTK_INVALID_LIST_POSITION)
    g_object_set (self->session, "mode", (PurgeMode) selected, NULL);
}

static void
purge_send_bar_dispose (GObject *object)
{
  PurgeSendBar *self = PURGE_SEND_BAR (object);

  purge_send_bar_set_session (self, NULL);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), PURGE_TYPE_SEND_BAR);

  G_OBJECT_CLASS (purge_send_bar_parent_class)->dispose (object);
}

static void
purge_send_bar_class_init (PurgeSendBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = purge_send_bar_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/cdn_purge/CdnPurge/purge-send-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, PurgeSendBar, plan);
  gtk_widget_class_bind_template_child (widget_class, PurgeSendBar, notes);
  gtk_widget_class_bind_template_child (widget_class, PurgeSendBar, quota);
  gtk_widget_class_bind_template_child (widget_class, PurgeSendBar, mode);
  gtk_widget_class_bind_template_child (widget_class, PurgeSendBar, purge);
  gtk_widget_class_bind_template_callback (widget_class, on_mode_selected_cb);
}

static void
purge_send_bar_init (PurgeSendBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  purge_accessible_name (GTK_WIDGET (self->mode), _("What to purge"));
}

/**
 * purge_send_bar_set_session:
 * @self: a send bar
 * @session: (nullable): what it shows
 *
 * Shows another session.
 */
void
purge_send_bar_set_session (PurgeSendBar *self,
                            PurgeSession *session)
{
  g_return_if_fail (PURGE_IS_SEND_BAR (self));
  g_return_if_fail (session == NULL || PURGE_IS_SESSION (session));

  if (self->session == session)
    return;

  if (self->session != NULL)
    {
      g_signal_handlers_disconnect_by_func (self->session, update, self);
      g_signal_handlers_disconnect_by_func (purge_session_get_meter (self->session), update, self);
      g_signal_handlers_disconnect_by_func (purge_session_get_list (self->session), update, self);
    }

  g_set_object (&self->session, session);
  if (session == NULL)
    return;

  g_signal_connect_object (session, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (purge_session_get_meter (session), "changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (purge_session_get_list (session), "notify", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (purge_session_get_list (session), "items-changed", G_CALLBACK (update),
                           self, G_CONNECT_SWAPPED);
  update (self);
}
