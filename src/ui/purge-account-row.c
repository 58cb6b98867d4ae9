/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* One account in a list of accounts. */

#define G_LOG_DOMAIN "purge-account-row"

#include "config.h"

#include "purge-account-row.h"

#include <glib/gi18n-lib.h>

struct _PurgeAccountRow
{
  AdwActionRow   parent_instance;

  PurgeSession  *session;
  PurgeAccount  *account;

  GtkImage      *chosen;
  GtkActionable *edit;
  GtkActionable *remove;
};

G_DEFINE_FINAL_TYPE (PurgeAccountRow, purge_account_row, ADW_TYPE_ACTION_ROW)

static void
update_chosen (PurgeAccountRow *self)
{
  gboolean chosen = purge_session_get_account (self->session) == self->account;

  gtk_widget_set_opacity (GTK_WIDGET (self->chosen), chosen ? 1 : 0);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_SELECTED, chosen, -1);
}

static const char *
get_api (PurgeAccount *account)
{
  switch (purge_account_get_api (account))
    {
    case PURGE_API_KIND_2_0:
      return _("API 2.0");
    case PURGE_API_KIND_3_0:
      return _("API 3.0");
    case PURGE_API_KIND_3_0_INTL:
      return _("API 3.0, international");
    default:
      g_return_val_if_reached ("");
    }
}

static void
update_account (PurgeAccountRow *self)
{
  PurgeEndpoint *endpoint = purge_account_get_endpoint (self->account);
  g_autofree char *quota =
    g_strdup_printf (ngettext ("%u directory a day", "%u directories a day",
                               purge_account_get_daily_quota (self->account)),
                     purge_account_get_daily_quota (self->account));
  const char *api = get_api (self->account);
  g_autofree char *subtitle =
    endpoint != NULL
      /* Translators: an account: "API 2.0 · 100 directories a day · https://cdn.example.com" */
      ? g_strdup_printf (_("%s · %s · %s"), api, quota, purge_endpoint_to_string (endpoint))
      /* Translators: an account: "API 2.0 · 100 directories a day" */
      : g_strdup_printf (_("%s · %s"), api, quota);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), purge_account_get_name (self->account));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
}

static void
on_activated_cb (PurgeAccountRow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "accounts.choose", "s",
                              purge_account_get_uuid (self->account));
}

static void
purge_account_row_dispose (GObject *object)
{
  PurgeAccountRow *self = PURGE_ACCOUNT_ROW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), PURGE_TYPE_ACCOUNT_ROW);
  g_clear_object (&self->account);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (purge_account_row_parent_class)->dispose (object);
}

static void
purge_account_row_class_init (PurgeAccountRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = purge_account_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/cdn_purge/CdnPurge/purge-account-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PurgeAccountRow, chosen);
  gtk_widget_class_bind_template_child (widget_class, PurgeAccountRow, edit);
  gtk_widget_class_bind_template_child (widget_class, PurgeAccountRow, remove);
  gtk_widget_class_bind_template_callback (widget_class, on_activated_cb);
}

static void
purge_account_row_init (PurgeAccountRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * purge_account_row_new:
 * @session: where the account can be chosen
 * @account: the account
 *
 * Returns: (transfer floating): a row for it
 */
GtkWidget *
purge_account_row_new (PurgeSession *session,
                       PurgeAccount *account)
{
  PurgeAccountRow *self;
  const char *uuid;

  g_return_val_if_fail (PURGE_IS_SESSION (session), NULL);
  g_return_val_if_fail (PURGE_IS_ACCOUNT (account), NULL);

  self = g_object_new (PURGE_TYPE_ACCOUNT_ROW, NULL);
  self->session = g_object_ref (session);
  self->account = g_object_ref (account);
  uuid = purge_account_get_uuid (account);
  gtk_actionable_set_action_target (self->edit, "s", uuid);
  gtk_actionable_set_action_target (self->remove, "s", uuid);

  g_signal_connect_object (session, "notify::account", G_CALLBACK (update_chosen), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (account, "notify", G_CALLBACK (update_account), self, G_CONNECT_SWAPPED);
  update_chosen (self);
  update_account (self);

  return GTK_WIDGET (self);
}
