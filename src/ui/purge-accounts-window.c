/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* All accounts. Knows rows and questions; the accounts know how to remove one. */

#define G_LOG_DOMAIN "purge-accounts-window"

#include "config.h"

#include "purge-accounts-window.h"

#include <glib/gi18n-lib.h>

#include "purge-account-dialog.h"
#include "purge-account-row.h"
#include "purge-dialogs.h"
#include "purge-focus.h"

struct _PurgeAccountsWindow
{
  AdwWindow     parent_instance;

  PurgeSession *session;
  PurgeAccount *removed;
  GCancellable *removing;

  GtkListBox   *list;
  GtkLabel     *failure;
  GtkWidget    *waiting;
};

G_DEFINE_FINAL_TYPE (PurgeAccountsWindow, purge_accounts_window, ADW_TYPE_WINDOW)

static void
set_removing (PurgeAccountsWindow *self,
              GCancellable        *cancellable)
{
  g_set_object (&self->removing, cancellable);
  purge_focus_drop (GTK_WIDGET (self->list));
  gtk_widget_set_visible (self->waiting, cancellable != NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->list), cancellable == NULL);
}

static void
on_account_removed_cb (GObject      *source,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  g_autoptr (PurgeAccountsWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean removed = purge_accounts_remove_finish (PURGE_ACCOUNTS (source), result, &error);

  if (self->list == NULL)
    return;

  set_removing (self, NULL);
  if (!removed && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      gtk_label_set_label (self->failure, error->message);
      gtk_widget_set_visible (GTK_WIDGET (self->failure), TRUE);
    }
}

static void
on_remove_answered_cb (GObject      *source,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  PurgeAccountsWindow *self = PURGE_ACCOUNTS_WINDOW (source);
  g_autoptr (GError) error = NULL;
  g_autofree char *answer = purge_dialogs_ask_finish (GTK_WINDOW (source), result, &error);
  g_autoptr (PurgeAccount) account = g_steal_pointer (&self->removed);
  g_autoptr (GCancellable) cancellable = NULL;

  if (self->session == NULL || g_strcmp0 (answer, "remove") != 0)
    return;

  cancellable = g_cancellable_new ();
  set_removing (self, cancellable);
  purge_accounts_remove_async (purge_session_get_accounts (self->session), account, cancellable,
                               on_account_removed_cb, g_object_ref (self));
}

static PurgeAccount *
find_account (PurgeAccountsWindow *self,
              GVariant            *uuid)
{
  return purge_accounts_find_uuid (purge_session_get_accounts (self->session),
                                   g_variant_get_string (uuid, NULL));
}

static void
present_dialog (PurgeAccountsWindow *self,
                PurgeAccount        *account)
{
  GtkWidget *dialog = purge_account_dialog_new (self->session, account);

  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (self));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
choose_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  PurgeAccountsWindow *self = PURGE_ACCOUNTS_WINDOW (widget);
  PurgeAccount *account = find_account (self, parameter);

  if (account != NULL)
    purge_session_set_account (self->session, account);
}

static void
add_action (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  present_dialog (PURGE_ACCOUNTS_WINDOW (widget), NULL);
}

static void
edit_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  PurgeAccountsWindow *self = PURGE_ACCOUNTS_WINDOW (widget);
  PurgeAccount *account = find_account (self, parameter);

  if (account != NULL)
    present_dialog (self, account);
}

static void
remove_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  PurgeAccountsWindow *self = PURGE_ACCOUNTS_WINDOW (widget);
  PurgeAccount *account = find_account (self, parameter);
  g_autofree char *heading = NULL;
  PurgeDialogResponse remove = { "remove", _("_Remove"), ADW_RESPONSE_DESTRUCTIVE };

  if (account == NULL)
    return;

  /* Translators: %s is the name of an account */
  heading = g_strdup_printf (_("Remove “%s”?"), purge_account_get_name (account));
  g_set_object (&self->removed, account);
  purge_dialogs_ask_async (GTK_WINDOW (self), &(PurgeDialogQuestion) {
                             .heading = heading,
                             .body = _("Its key is removed from the keyring as well. What was sent "
                                       "with it stays in the history."),
                             .cancel_label = _("_Cancel"),
                             .responses = &remove,
                             .n_responses = 1,
                             .default_id = PURGE_DIALOGS_CANCEL,
                           }, NULL, on_remove_answered_cb, NULL);
}

static void
cancel_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  g_cancellable_cancel (PURGE_ACCOUNTS_WINDOW (widget)->removing);
}

static GtkWidget *
create_row (gpointer item,
            gpointer user_data)
{
  PurgeAccountsWindow *self = user_data;

  return purge_account_row_new (self->session, PURGE_ACCOUNT (item));
}

static void
purge_accounts_window_dispose (GObject *object)
{
  PurgeAccountsWindow *self = PURGE_ACCOUNTS_WINDOW (object);

  if (self->list != NULL)
    gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  g_cancellable_cancel (self->removing);
  gtk_widget_dispose_template (GTK_WIDGET (self), PURGE_TYPE_ACCOUNTS_WINDOW);
  g_clear_object (&self->removing);
  g_clear_object (&self->removed);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (purge_accounts_window_parent_class)->dispose (object);
}

static void
purge_accounts_window_class_init (PurgeAccountsWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = purge_accounts_window_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/cdn_purge/CdnPurge/purge-accounts-window.ui");
  gtk_widget_class_bind_template_child (widget_class, PurgeAccountsWindow, list);
  gtk_widget_class_bind_template_child (widget_class, PurgeAccountsWindow, failure);
  gtk_widget_class_bind_template_child (widget_class, PurgeAccountsWindow, waiting);

  gtk_widget_class_install_action (widget_class, "accounts.choose", "s", choose_action);
  gtk_widget_class_install_action (widget_class, "accounts.add", NULL, add_action);
  gtk_widget_class_install_action (widget_class, "accounts.edit", "s", edit_action);
  gtk_widget_class_install_action (widget_class, "accounts.remove", "s", remove_action);
  gtk_widget_class_install_action (widget_class, "accounts.cancel", NULL, cancel_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
purge_accounts_window_init (PurgeAccountsWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * purge_accounts_window_new:
 * @session: whose accounts they are
 *
 * Returns: (transfer full): the window, to be presented
 */
GtkWidget *
purge_accounts_window_new (PurgeSession *session)
{
  PurgeAccountsWindow *self;

  g_return_val_if_fail (PURGE_IS_SESSION (session), NULL);

  self = g_object_new (PURGE_TYPE_ACCOUNTS_WINDOW, NULL);
  self->session = g_object_ref (session);
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (purge_session_get_accounts (session)),
                           create_row, self, NULL);

  return GTK_WIDGET (self);
}
