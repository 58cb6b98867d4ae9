/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* The chosen account in the header bar. Shows a session; the window does what is chosen. */

#define G_LOG_DOMAIN "purge-account-switch"

#include "config.h"

#include "purge-account-switch.h"

#include <glib/gi18n-lib.h>

#include "purge-accessible.h"
#include "purge-menu-button.h"

struct _PurgeAccountSwitch
{
  AdwBin         parent_instance;

  PurgeSession  *session;

  GtkWidget     *button;
  GtkLabel      *name;
  GMenu         *menu;
};

G_DEFINE_FINAL_TYPE (PurgeAccountSwitch, purge_account_switch, ADW_TYPE_BIN)

static void
update_name (PurgeAccountSwitch *self)
{
  PurgeAccount *account = self->session != NULL ? purge_session_get_account (self->session) : NULL;

  if (account != NULL)
    {
      g_autofree char *spoken = g_strdup_printf (_("Account: %s"), purge_account_get_name (account));

      purge_accessible_name (self->button, spoken);
    }
  gtk_label_set_label (self->name, account != NULL ? purge_account_get_name (account) : "");
  gtk_widget_set_visible (GTK_WIDGET (self), account != NULL);
}

static GMenuModel *
new_accounts_section (GListModel *accounts)
{
  GMenu *section = g_menu_new ();

  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (PurgeAccount) account = g_list_model_get_item (accounts, i);
      g_autoptr (GMenuItem) item = g_menu_item_new (NULL, NULL);
      g_auto (GStrv) parts = g_strsplit (purge_account_get_name (account), "_", -1);
      g_autofree char *label = g_strjoinv ("__", parts);

      /* One underscore would be a mnemonic. */
      g_menu_item_set_label (item, label);
      g_menu_item_set_action_and_target (item, "win.account", "s", purge_account_get_uuid (account));
      g_menu_append_item (section, item);
    }

  return G_MENU_MODEL (section);
}

static GMenuModel *
new_manage_section (void)
{
  GMenu *section = g_menu_new ();

  g_menu_append (section, _("_Edit This Account…"), "win.edit-account");
  g_menu_append (section, _("_Add Account…"), "win.add-account");
  g_menu_append (section, _("_Manage Accounts…"), "win.accounts");
  return G_MENU_MODEL (section);
}

static void
update_menu (PurgeAccountSwitch *self)
{
  GListModel *model = G_LIST_MODEL (purge_session_get_accounts (self->session));
  g_autoptr (GMenuModel) accounts = new_accounts_section (model);
  g_autoptr (GMenuModel) manage = new_manage_section ();

  g_menu_remove_all (self->menu);
  g_menu_append_section (self->menu, NULL, accounts);
  if (!purge_session_is_practice (self->session))
    g_menu_append_section (self->menu, NULL, manage);
  update_name (self);
}

static void
purge_account_switch_dispose (GObject *object)
{
  PurgeAccountSwitch *self = PURGE_ACCOUNT_SWITCH (object);

  g_clear_object (&self->session);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), PURGE_TYPE_ACCOUNT_SWITCH);

  G_OBJECT_CLASS (purge_account_switch_parent_class)->dispose (object);
}

static void
purge_account_switch_class_init (PurgeAccountSwitchClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = purge_account_switch_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/cdn_purge/CdnPurge/purge-account-switch.ui");
  gtk_widget_class_bind_template_child (widget_class, PurgeAccountSwitch, name);
  gtk_widget_class_bind_template_child (widget_class, PurgeAccountSwitch, button);
  gtk_widget_class_bind_template_child (widget_class, PurgeAccountSwitch, menu);
}

static void
purge_account_switch_init (PurgeAccountSwitch *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  purge_menu_button_set_menu (GTK_MENU_BUTTON (self->button), G_MENU_MODEL (self->menu));
}

/**
 * purge_account_switch_set_session:
 * @self: a switch
 * @session: (nullable): whose accounts it shows
 *
 * Shows the accounts of another session.
 */
void
purge_account_switch_set_session (PurgeAccountSwitch *self,
                                  PurgeSession       *session)
{
  g_return_if_fail (PURGE_IS_ACCOUNT_SWITCH (self));
  g_return_if_fail (session == NULL || PURGE_IS_SESSION (session));

  if (self->session == session)
    return;

  if (self->session != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->session, self);
      g_signal_handlers_disconnect_by_data (purge_session_get_accounts (self->session), self);
    }

  g_set_object (&self->session, session);
  update_name (self);
  if (session == NULL)
    return;

  g_signal_connect_object (session, "notify::account", G_CALLBACK (update_name), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (purge_session_get_accounts (session), "items-changed",
                           G_CALLBACK (update_menu), self, G_CONNECT_SWAPPED);
  update_menu (self);
}
