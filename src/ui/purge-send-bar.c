/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* What would happen, before it does. Shows a session; sends nothing by itself. */

#define G_LOG_DOMAIN "purge-send-bar"

#include "config.h"

#include "purge-send-bar.h"

#include <glib/gi18n-lib.h>

#include "purge-accessible.h"
#include "purge-dialogs.h"
#include "purge-format.h"
#include "purge-obstacle.h"
#include "purge-sentences.h"
#include "purge-wrap.h"

struct _PurgeSendBar
{
  AdwBin        parent_instance;

  PurgeSession *session;
  GCancellable *asking;

  GtkLabel     *plan;
  GtkLabel     *notes;
  GtkLevelBar  *quota;
  GtkWidget    *teller_box;
  GtkLabel     *teller;
  GtkDropDown  *mode;
  GtkDropDown  *area;
  GtkButton    *purge;
};

G_DEFINE_FINAL_TYPE (PurgeSendBar, purge_send_bar, ADW_TYPE_BIN)

static PurgeQuotaMeter *
get_meter (PurgeSendBar *self)
{
  return purge_quotas_get_meter (purge_session_get_quotas (self->session));
}

static gboolean
has_areas (PurgeSendBar *self)
{
  PurgeAccount *account = purge_session_get_account (self->session);

  return account != NULL && purge_api_kind_has_areas (purge_account_get_api (account));
}

static double
get_share (const PurgeQuotaReading *reading)
{
  return reading->total > 0 ? (double) MIN (reading->left, reading->total) / reading->total : 0;
}

/* The scarcer one of those that the list would take of; of directories where it is empty. */
static void
update_quota (PurgeSendBar            *self,
              const guint             *n,
              const PurgeQuotaReading *readings)
{
  const PurgeQuotaReading *shown = &readings[PURGE_KIND_DIRECTORY];
  g_autofree char *teller = NULL;

  if (n[PURGE_KIND_URL] > 0 && (n[PURGE_KIND_DIRECTORY] == 0 ||
                                get_share (&readings[PURGE_KIND_URL]) < get_share (shown)))
    shown = &readings[PURGE_KIND_URL];

  teller = purge_format_teller (shown, purge_quota_meter_get_told (get_meter (self)));
  gtk_widget_set_visible (GTK_WIDGET (self->quota), shown->known);
  gtk_level_bar_set_value (self->quota, get_share (shown));
  gtk_label_set_label (self->teller, self->asking != NULL ? _("Asking Tencent…") : teller);
  gtk_widget_set_visible (self->teller_box,
                          purge_quotas_can_ask (purge_session_get_account (self->session)));
}

static void
update_purge (PurgeSendBar *self,
              guint         n_sendable)
{
  const char *obstacle = purge_obstacle_find (self->session);
  g_autofree char *label = purge_format_purge_button (n_sendable);

  gtk_button_set_label (self->purge, label);
  gtk_widget_set_sensitive (GTK_WIDGET (self->purge), obstacle == NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->purge),
                               obstacle != NULL ? obstacle : _("Send the list (Ctrl+Return)"));
}

static void
on_purge_clicked_cb (PurgeSendBar *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.purge", NULL);
}

/* The pointer is on the button that sends. */
static void
on_purge_near_cb (PurgeSendBar *self)
{
  if (self->session != NULL && purge_obstacle_find (self->session) == NULL)
    purge_readiness_expect (purge_session_get_readiness (self->session),
                            purge_session_get_account (self->session));
}

static void
update (PurgeSendBar *self)
{
  g_autofree char *plan = NULL;
  g_autofree char *notes = NULL;
  PurgeDirectoryList *list;
  PurgeLimits limits;
  PurgeQuotaReading readings[PURGE_N_KINDS];
  guint n[PURGE_N_KINDS];

  if (self->session == NULL)
    return;

  list = purge_session_get_list (self->session);
  for (guint kind = 0; kind < PURGE_N_KINDS; kind++)
    {
      n[kind] = purge_directory_list_get_n_of_kind (list, kind);
      readings[kind] = purge_quota_meter_read (get_meter (self), kind);
    }
  purge_quota_meter_get_limits (get_meter (self), &limits);

  plan = purge_format_plan (n, &limits, readings);
  notes = purge_format_problems (purge_directory_list_get_n_problems (list),
                                 purge_directory_list_get_n_covered (list));
  gtk_label_set_label (self->plan, plan);
  gtk_label_set_label (self->notes, notes);
  gtk_widget_set_visible (GTK_WIDGET (self->notes), *notes != '\0');
  gtk_drop_down_set_selected (self->mode, purge_session_get_mode (self->session));
  gtk_drop_down_set_selected (self->area, purge_session_get_area (self->session));
  gtk_widget_set_visible (GTK_WIDGET (self->area), has_areas (self));
  update_quota (self, n, readings);
  update_purge (self, purge_directory_list_get_n_sendable (list));
}

/* The rows of the drop-down are the modes in their order. */
static void
on_mode_selected_cb (PurgeSendBar *self)
{
  guint selected = gtk_drop_down_get_selected (self->mode);

  if (self->session != NULL && selected != GTK_INVALID_LIST_POSITION)
    g_object_set (self->session, "mode", (PurgeMode) selected, NULL);
}

/* And the areas in theirs. */
static void
on_area_selected_cb (PurgeSendBar *self)
{
  guint selected = gtk_drop_down_get_selected (self->area);

  if (self->session != NULL && selected != GTK_INVALID_LIST_POSITION && has_areas (self))
    g_object_set (self->session, "area", (PurgeArea) selected, NULL);
}

static void
on_quota_told_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (PurgeSendBar) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PurgeKeyVerdict) verdict =
    purge_quota_asker_ask_finish (PURGE_QUOTA_ASKER (source), result, &error);
  g_autofree char *why = NULL;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  g_clear_object (&self->asking);
  update (self);
  if (root == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (error != NULL)
    why = g_strdup (error->message);
  else if (verdict->finding != PURGE_KEY_GOOD && verdict->finding != PURGE_KEY_GOOD_BUT_CLOCK)
    why = purge_sentences_join (verdict->sentence, verdict->next_step);
  if (why != NULL)
    purge_dialogs_tell (GTK_WINDOW (root), _("Tencent Did Not Tell the Quota"), why);
}

static void
ask_action (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  PurgeSendBar *self = PURGE_SEND_BAR (widget);

  /* The button stays sensitive: it has the focus, and that would be gone. */
  if (self->asking != NULL)
    return;

  self->asking = g_cancellable_new ();
  update (self);
  purge_quota_asker_ask_async (purge_quotas_get_asker (purge_session_get_quotas (self->session)),
                               purge_session_get_account (self->session), FALSE, self->asking,
                               on_quota_told_cb, g_object_ref (self));
}

static void
purge_send_bar_dispose (GObject *object)
{
  PurgeSendBar *self = PURGE_SEND_BAR (object);

  purge_send_bar_set_session (self, NULL);
  g_cancellable_cancel (self->asking);
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

  g_type_ensure (PURGE_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/cdn_purge/CdnPurge/purge-send-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, PurgeSendBar, plan);
  gtk_widget_class_bind_template_child (widget_class, PurgeSendBar, notes);
  gtk_widget_class_bind_template_child (widget_class, PurgeSendBar, quota);
  gtk_widget_class_bind_template_child (widget_class, PurgeSendBar, teller_box);
  gtk_widget_class_bind_template_child (widget_class, PurgeSendBar, teller);
  gtk_widget_class_bind_template_child (widget_class, PurgeSendBar, mode);
  gtk_widget_class_bind_template_child (widget_class, PurgeSendBar, area);
  gtk_widget_class_bind_template_child (widget_class, PurgeSendBar, purge);
  gtk_widget_class_bind_template_callback (widget_class, on_mode_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_area_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_purge_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_purge_near_cb);
  gtk_widget_class_install_action (widget_class, "quota.ask", NULL, ask_action);
}

static void
purge_send_bar_init (PurgeSendBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  purge_accessible_name (GTK_WIDGET (self->mode), _("What to purge"));
  purge_accessible_name (GTK_WIDGET (self->area), _("Where to purge"));
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
      g_signal_handlers_disconnect_by_func (get_meter (self), update, self);
      g_signal_handlers_disconnect_by_func (purge_session_get_list (self->session), update, self);
    }

  g_set_object (&self->session, session);
  if (session == NULL)
    return;

  g_signal_connect_object (session, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (get_meter (self), "changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (purge_session_get_list (session), "notify", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (purge_session_get_list (session), "items-changed", G_CALLBACK (update),
                           self, G_CONNECT_SWAPPED);
  update (self);
}
