/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The CDN Purge authors
 */

/* One account, as a form. Knows fields; what may be in them is known to the values. */

#define G_LOG_DOMAIN "purge-account-dialog"

#include "config.h"

#include "purge-account-dialog.h"

#include <glib/gi18n-lib.h>

#include "purge-error.h"
#include "purge-focus.h"
#include "purge-key-test.h"
#include "purge-secret-row.h"

struct _PurgeAccountDialog
{
  AdwWindow        parent_instance;

  PurgeSession    *session;
  PurgeAccount    *account;
  GCancellable    *saving;

  GtkWidget       *save;
  GtkWidget       *form;
  GtkWidget       *waiting;
  GtkLabel        *waiting_label;
  GtkLabel        *failure;
  PurgeKeyTest    *key_test;
  GtkWidget       *test;

  GtkEditable     *name;
  GtkLabel        *name_problem;
  AdwPreferencesGroup *key_group;
  GtkEditable     *secret_id;
  GtkEditable     *secret_key;
  GtkEditable     *token;
  GtkLabel        *key_problem;
  GtkLabel        *key_note;
  AdwComboRow     *api;
  GtkLabel        *api_note;
  AdwComboRow     *signature;
  AdwComboRow     *request_form;
  GtkSpinButton   *daily_quota;
  AdwExpanderRow  *advanced;
  GtkEditable     *endpoint;
  GtkLabel        *endpoint_problem;
};

G_DEFINE_FINAL_TYPE (PurgeAccountDialog, purge_account_dialog, ADW_TYPE_WINDOW)

/* As they stand in the list; the one that works for a new key comes first. */
static const struct
{
  PurgeApiKind  kind;
  const char   *note;
} apis[] = {
  { PURGE_API_KIND_3_0, N_("For a key of Tencent Cloud’s site for China.") },
  { PURGE_API_KIND_3_0_INTL, N_("For a key of Tencent Cloud’s international site.") },
  { PURGE_API_KIND_2_0, N_("Tencent announced the end of API 2.0 for 30 November 2022.") },
};

static guint
get_api (PurgeAccountDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->api);

  return selected < G_N_ELEMENTS (apis) ? selected : 0;
}

static void
show_problem (GtkLabel    *label,
              GtkEditable *field,
              const char  *problem)
{
  gtk_label_set_label (label, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (label), problem != NULL);
  if (problem != NULL)
    {
      gtk_widget_add_css_class (GTK_WIDGET (field), "error");
      gtk_widget_grab_focus (GTK_WIDGET (field));
    }
}

static void
clear_problems (PurgeAccountDialog *self)
{
  GtkEditable *fields[] = {
    self->name, self->secret_id, self->secret_key, self->token, self->endpoint,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (fields[i]), "error");
  show_problem (self->name_problem, self->name, NULL);
  show_problem (self->key_problem, self->secret_id, NULL);
  show_problem (self->endpoint_problem, self->endpoint, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->failure), FALSE);
  purge_key_test_clear (self->key_test);
}

/* What was typed; of a secret it is not to be copied into ordinary memory. */
static const char *
get_typed (GtkEditable *field)
{
  return PURGE_IS_SECRET_ROW (field) ? purge_secret_row_get_secret (PURGE_SECRET_ROW (field))
                                     : gtk_editable_get_text (field);
}

static gboolean
is_empty (GtkEditable *field)
{
  return *get_typed (field) == '\0';
}

static PurgeSecret *
read_part (PurgeAccountDialog *self,
           PurgeKeyPart        part,
           GtkEditable        *field)
{
  g_autoptr (GError) error = NULL;
  gboolean trimmed;
  PurgeSecret *secret = purge_credentials_read_part (part, get_typed (field), -1, &trimmed, &error);

  if (secret == NULL)
    show_problem (self->key_problem, field, error->message);
  return secret;
}

/* FALSE where a field has a problem; NULL credentials where the stored key is to be kept. */
static gboolean
read_credentials (PurgeAccountDialog  *self,
                  PurgeCredentials   **credentials)
{
  g_autoptr (PurgeSecret) id = NULL;
  g_autoptr (PurgeSecret) key = NULL;
  g_autoptr (PurgeSecret) token = NULL;

  *credentials = NULL;
  if (self->account != NULL && is_empty (self->secret_id) && is_empty (self->secret_key) &&
      is_empty (self->token))
    return TRUE;

  id = read_part (self, PURGE_KEY_PART_ID, self->secret_id);
  if (id == NULL)
    return FALSE;
  key = read_part (self, PURGE_KEY_PART_KEY, self->secret_key);
  if (key == NULL)
    return FALSE;
  if (!is_empty (self->token))
    {
      token = read_part (self, PURGE_KEY_PART_TOKEN, self->token);
      if (token == NULL)
        return FALSE;
    }

  *credentials = purge_credentials_new (purge_secret_peek (id), key, token);
  return TRUE;
}

static gboolean
read_endpoint (PurgeAccountDialog  *self,
               PurgeEndpoint      **endpoint)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (self->endpoint)));
  g_autoptr (GError) error = NULL;

  *endpoint = NULL;
  if (*text == '\0')
    return TRUE;

  *endpoint = purge_endpoint_parse (text, &error);
  if (*endpoint != NULL)
    return TRUE;

  adw_expander_row_set_expanded (self->advanced, TRUE);
  show_problem (self->endpoint_problem, self->endpoint, error->message);
  return FALSE;
}

/* What an API has no choice of is what a new account has. */
static void
read_form (PurgeAccountDialog *self,
           PurgeAccount       *account)
{
  PurgeApiKind api = apis[get_api (self)].kind;
  PurgeSignatureMethod signature = PURGE_SIGNATURE_HMAC_SHA256;
  PurgeForm form = PURGE_FORM_POST;

  if (purge_api_kind_has_forms (api))
    {
      signature = adw_combo_row_get_selected (self->signature);
      form = adw_combo_row_get_selected (self->request_form);
    }

  g_object_set (account, "api", api, "signature", signature, "form", form, NULL);
}

static char *
read_name (PurgeAccountDialog *self)
{
  g_autoptr (GError) error = NULL;
  char *name = purge_account_clean_name (gtk_editable_get_text (self->name), &error);

  if (name == NULL)
    show_problem (self->name_problem, self->name, error->message);
  return name;
}

static PurgeAccount *
read_account (PurgeAccountDialog *self,
              const char         *name)
{
  g_autoptr (PurgeEndpoint) endpoint = NULL;
  PurgeAccount *account;

  if (!read_endpoint (self, &endpoint))
    return NULL;

  account = self->account != NULL ? purge_account_copy (self->account)
                                  : purge_account_new (NULL, name);
  g_object_set (account,
                "name", name,
                "daily-quota", (guint) gtk_spin_button_get_value_as_int (self->daily_quota),
                "endpoint", endpoint,
                NULL);
  read_form (self, account);
  return account;
}

/* The form is empty then, and what was typed is wiped where it is secret. */
static void
forget_key (PurgeAccountDialog *self)
{
  gtk_editable_set_text (self->secret_id, "");
  purge_secret_row_forget (PURGE_SECRET_ROW (self->secret_key));
  purge_secret_row_forget (PURGE_SECRET_ROW (self->token));
}

static void
update_busy (PurgeAccountDialog *self)
{
  PurgeKeyring *keyring;
  gboolean testing, busy;

  /* What was under way ends after the window. */
  if (self->form == NULL)
    return;

  keyring = purge_workspace_get_keyring (purge_session_get_workspace (self->session));
  testing = purge_key_test_get_running (self->key_test);
  busy = self->saving != NULL || testing;
  if (busy)
    purge_focus_drop (self->form);
  gtk_widget_set_sensitive (self->form, !busy);
  gtk_widget_set_visible (self->waiting, busy);
  if (purge_keyring_get_waiting (keyring))
    gtk_label_set_label (self->waiting_label, _("Waiting for the keyring…"));
  else
    gtk_label_set_label (self->waiting_label, testing ? _("Asking Tencent…") : _("Saving…"));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "account.save", !busy);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "account.test", !busy);
}

static void
show_failure (PurgeAccountDialog *self,
              const GError       *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (g_error_matches (error, PURGE_ERROR, PURGE_ERROR_EXISTS))
    {
      show_problem (self->name_problem, self->name, error->message);
      return;
    }

  gtk_label_set_label (self->failure, error->message);
  gtk_widget_set_visible (GTK_WIDGET (self->failure), TRUE);
  gtk_widget_grab_focus (self->save);
}

static void
on_account_put_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (PurgeAccountDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean stored = purge_accounts_put_finish (PURGE_ACCOUNTS (source), result, &error);

  g_clear_object (&self->saving);
  update_busy (self);

  if (!stored)
    {
      show_failure (self, error);
      return;
    }

  gtk_window_destroy (GTK_WINDOW (self));
}

static void
save_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  PurgeAccountDialog *self = PURGE_ACCOUNT_DIALOG (widget);
  g_autofree char *name = NULL;
  g_autoptr (PurgeAccount) account = NULL;
  g_autoptr (PurgeCredentials) credentials = NULL;

  clear_problems (self);
  name = read_name (self);
  if (name != NULL)
    account = read_account (self, name);
  if (account == NULL || !read_credentials (self, &credentials))
    return;

  self->saving = g_cancellable_new ();
  update_busy (self);
  purge_accounts_put_async (purge_session_get_accounts (self->session), account, credentials,
                            self->saving, on_account_put_cb, g_object_ref (self));
}

/* What is in the form, stored or not; a key needs no name to be tried. */
static void
test_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  PurgeAccountDialog *self = PURGE_ACCOUNT_DIALOG (widget);
  g_autoptr (PurgeAccount) account = NULL;
  g_autoptr (PurgeCredentials) credentials = NULL;

  clear_problems (self);
  account = read_account (self, "");
  if (account == NULL || !read_credentials (self, &credentials))
    return;

  purge_key_test_start (self->key_test, self->session, account, credentials);
}

/* The keyboard goes on where it was. */
static void
on_key_test_running_cb (PurgeAccountDialog *self)
{
  update_busy (self);
  if (!purge_key_test_get_running (self->key_test))
    gtk_widget_grab_focus (self->test);
}

static void
cancel_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  PurgeAccountDialog *self = PURGE_ACCOUNT_DIALOG (widget);

  if (self->saving != NULL)
    g_cancellable_cancel (self->saving);
  else if (purge_key_test_get_running (self->key_test))
    purge_key_test_cancel (self->key_test);
  else
    gtk_window_destroy (GTK_WINDOW (self));
}

static void
on_key_changed_cb (PurgeAccountDialog *self)
{
  const struct {
    PurgeKeyPart  part;
    GtkEditable  *field;
  } parts[] = {
    { PURGE_KEY_PART_ID, self->secret_id },
    { PURGE_KEY_PART_KEY, self->secret_key },
    { PURGE_KEY_PART_TOKEN, self->token },
  };
  gboolean any_trimmed = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      gboolean trimmed = FALSE;
      g_autoptr (PurgeSecret) secret =
        purge_credentials_read_part (parts[i].part, get_typed (parts[i].field), -1, &trimmed, NULL);

      any_trimmed |= secret != NULL && trimmed;
    }

  gtk_widget_set_visible (GTK_WIDGET (self->key_note), any_trimmed);
  purge_key_test_clear (self->key_test);
}

static void
on_endpoint_changed_cb (PurgeAccountDialog *self)
{
  purge_key_test_clear (self->key_test);
}

static void
on_api_selected_cb (PurgeAccountDialog *self)
{
  guint api = get_api (self);
  gboolean has_forms = purge_api_kind_has_forms (apis[api].kind);

  gtk_label_set_label (self->api_note, _(apis[api].note));
  gtk_widget_set_visible (GTK_WIDGET (self->signature), has_forms);
  gtk_widget_set_visible (GTK_WIDGET (self->request_form), has_forms);
  purge_key_test_clear (self->key_test);
}

static void
on_form_selected_cb (PurgeAccountDialog *self)
{
  gboolean get = adw_combo_row_get_selected (self->request_form) == PURGE_FORM_GET;

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->request_form), get
                                 ? _("Leaves directory names in the logs of proxies") : "");
}

static gboolean
on_close_request_cb (PurgeAccountDialog *self)
{
  g_cancellable_cancel (self->saving);
  purge_key_test_cancel (self->key_test);
  return FALSE;
}

static void
show_account (PurgeAccountDialog *self)
{
  PurgeEndpoint *endpoint = purge_account_get_endpoint (self->account);

  gtk_window_set_title (GTK_WINDOW (self), _("Edit Account"));
  gtk_editable_set_text (self->name, purge_account_get_name (self->account));
  for (guint i = 0; i < G_N_ELEMENTS (apis); i++)
    if (apis[i].kind == purge_account_get_api (self->account))
      adw_combo_row_set_selected (self->api, i);
  adw_combo_row_set_selected (self->signature, purge_account_get_signature (self->account));
  adw_combo_row_set_selected (self->request_form, purge_account_get_form (self->account));
  gtk_spin_button_set_value (self->daily_quota, purge_account_get_daily_quota (self->account));
  adw_preferences_group_set_description (self->key_group,
    _("Leave these empty to keep the stored key. It is in the system keyring and nowhere else."));
  if (endpoint != NULL)
    {
      gtk_editable_set_text (self->endpoint, purge_endpoint_to_string (endpoint));
      adw_expander_row_set_expanded (self->advanced, TRUE);
    }
}

static void
purge_account_dialog_dispose (GObject *object)
{
  PurgeAccountDialog *self = PURGE_ACCOUNT_DIALOG (object);

  if (self->secret_id != NULL)
    forget_key (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), PURGE_TYPE_ACCOUNT_DIALOG);
  g_clear_object (&self->saving);
  g_clear_object (&self->account);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (purge_account_dialog_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, PurgeAccountDialog, save);
  gtk_widget_class_bind_template_child (widget_class, PurgeAccountDialog, form);
  gtk_widget_class_bind_template_child (widget_class, PurgeAccountDialog, waiting);
  gtk_widget_class_bind_template_child (widget_class, PurgeAccountDialog, waiting_label);
  gtk_widget_class_bind_template_child (widget_class, PurgeAccountDialog, failure);
  gtk_widget_class_bind_template_child (widget_class, PurgeAccountDialog, key_test);
  gtk_widget_class_bind_template_child (widget_class, PurgeAccountDialog, test);
  gtk_widget_class_bind_template_child (widget_class, PurgeAccountDialog, name);
  gtk_widget_class_bind_template_child (widget_class, PurgeAccountDialog, name_problem);
  gtk_widget_class_bind_template_child (widget_class, PurgeAccountDialog, key_group);
  gtk_widget_class_bind_template_child (widget_class, PurgeAccountDialog, secret_id);
  gtk_widget_class_bind_template_child (widget_class, PurgeAccountDialog, secret_key);
  gtk_widget_class_bind_template_child (widget_class, PurgeAccountDialog, token);
  gtk_widget_class_bind_template_child (widget_class, PurgeAccountDialog, key_problem);
  gtk_widget_class_bind_template_child (widget_class, PurgeAccountDialog, key_note);
  gtk_widget_class_bind_template_child (widget_class, PurgeAccountDialog, api);
  gtk_widget_class_bind_template_child (widget_class, PurgeAccountDialog, api_note);
  gtk_widget_class_bind_template_child (widget_class, PurgeAccountDialog, signature);
  gtk_widget_class_bind_template_child (widget_class, PurgeAccountDialog, request_form);
  gtk_widget_class_bind_template_child (widget_class, PurgeAccountDialog, daily_quota);
  gtk_widget_class_bind_template_child (widget_class, PurgeAccountDialog, advanced);
  gtk_widget_class_bind_template_child (widget_class, PurgeAccountDialog, endpoint);
  gtk_widget_class_bind_template_child (widget_class, PurgeAccountDialog, endpoint_problem);
}

static void
purge_account_dialog_class_init (PurgeAccountDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = purge_account_dialog_dispose;

  g_type_ensure (PURGE_TYPE_KEY_TEST);
  g_type_ensure (PURGE_TYPE_SECRET_ROW);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/cdn_purge/CdnPurge/purge-account-dialog.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_key_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_api_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_form_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_endpoint_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_key_test_running_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_close_request_cb);

  gtk_widget_class_install_action (widget_class, "account.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "account.test", NULL, test_action);
  gtk_widget_class_install_action (widget_class, "account.cancel", NULL, cancel_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "account.cancel", NULL);
}

static void
purge_account_dialog_init (PurgeAccountDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  on_api_selected_cb (self);
}

/**
 * purge_account_dialog_new:
 * @session: whose accounts they are
 * @account: (nullable): the account to edit, or %NULL to add one
 *
 * Returns: (transfer full): the dialog, to be presented
 */
GtkWidget *
purge_account_dialog_new (PurgeSession *session,
                          PurgeAccount *account)
{
  PurgeAccountDialog *self;
  PurgeKeyring *keyring;

  g_return_val_if_fail (PURGE_IS_SESSION (session), NULL);
  g_return_val_if_fail (account == NULL || PURGE_IS_ACCOUNT (account), NULL);

  self = g_object_new (PURGE_TYPE_ACCOUNT_DIALOG, NULL);
  self->session = g_object_ref (session);
  g_set_object (&self->account, account);
  keyring = purge_workspace_get_keyring (purge_session_get_workspace (session));
  g_signal_connect_object (keyring, "notify::waiting", G_CALLBACK (update_busy), self,
                           G_CONNECT_SWAPPED);
  if (account != NULL)
    show_account (self);
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->name));

  return GTK_WIDGET (self);
}
